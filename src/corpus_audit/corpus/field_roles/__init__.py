"""The rule that assigns each column of a dataset its role: text, or one kind of metadata.

Drafts, dataset cards, Croissant, data packages and files whose manifest names no fields all use it. It knows column
names, types and a bounded sample of rows; it opens no file itself.
"""

from corpus_audit.corpus.field_roles.columns import (
    ColumnKind,
    DataColumn,
    Path,
    columns_of_rows,
    columns_of_schema,
    field_name,
)
from corpus_audit.corpus.field_roles.rule import AssignedRoles, ColumnRoleFound, assign_roles
from corpus_audit.corpus.field_roles.tables import FieldRole

__all__ = [
    "AssignedRoles",
    "ColumnKind",
    "ColumnRoleFound",
    "DataColumn",
    "FieldRole",
    "Path",
    "assign_roles",
    "columns_of_rows",
    "columns_of_schema",
    "field_name",
]
