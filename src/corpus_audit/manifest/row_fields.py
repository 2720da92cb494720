"""What the columns of a data file on this disk are, and the fields of a manifest that follow."""

from pathlib import Path

from corpus_audit.corpus.field_roles import AssignedRoles
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.corpus.row_samples import assign_file_roles
from corpus_audit.manifest.model import FileFields
from corpus_audit.manifest.values import is_text
from corpus_audit.vocabulary import FileFormat


def roles_in_file(path: Path, file_format: FileFormat | None) -> AssignedRoles:
    """Return what the columns of a file are; no column where it has no rows, or none that can be read."""
    return assign_file_roles(LocalFile(path, path.name, path.stat().st_size), file_format)


def fields_of_roles(roles: AssignedRoles) -> FileFields:
    """Return the fields that a manifest can name; a column whose name it cannot hold is left to the audit."""
    proposed = {field: name for field, name in roles.proposed.items() if is_text(name)}
    return FileFields(text=tuple(name for name in roles.text if is_text(name)), **proposed)
