"""The column roles of a data file on this disk, and the manifest fields that follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_audit import guard
from corpus_audit.config import Parameters
from corpus_audit.corpus.content import HAS_FIELDS
from corpus_audit.corpus.field_roles import AssignedRoles, FieldRole
from corpus_audit.corpus.field_roles.rule import ColumnRoleFound
from corpus_audit.corpus.limits import reading_limits
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.corpus.row_samples import assign_file_roles
from corpus_audit.guard import WorkerDiedError
from corpus_audit.manifest.model import FileFields
from corpus_audit.manifest.values import is_text
from corpus_audit.vocabulary import FileFormat


@dataclass(frozen=True)
class FileLook:
    """What a file is by its first bytes, and what its columns are; no roles where it has no rows."""

    format: FileFormat
    is_empty: bool
    roles: AssignedRoles | None = None


def look_at_file(path: Path, named: FileFormat | None) -> FileLook | None:
    """Return what a file is, where its name does not settle it; None where it cannot be read.

    It is looked at in a worker. Archives whose name says program, such as wheels, are left unopened.
    """
    try:
        found = guard.run_again_if_killed(lambda: guard.run(_look, path, named, limits=reading_limits(Parameters())))
    except WorkerDiedError:
        return None  # ingest reports it
    return None if found is None else _look_of(found)


def _look(path: Path, named: FileFormat | None) -> Mapping[str, Any] | None:
    file = LocalFile(path, path.name, path.stat().st_size)
    guard.begin_file(path.name, file.size_bytes)
    try:
        content = recognise_file(file, None if named is FileFormat.BINARY else named)
        has_rows = content.format in HAS_FIELDS and not content.is_empty
        roles = assign_file_roles(file, content) if has_rows else None
    except Exception:  # noqa: BLE001 - parsers of foreign bytes raise what they like; ingest reports it
        return None
    is_program = named is FileFormat.BINARY and content.format is FileFormat.ZIP
    return {
        "format": FileFormat.BINARY if is_program else content.format,
        "is_empty": content.is_empty,
        "roles": None if roles is None else _stored(roles),
    }


def _stored(roles: AssignedRoles) -> Mapping[str, Any]:
    columns = [[column.path, column.role] for column in roles.columns]
    return {"columns": columns, "text": roles.text, "proposed": roles.proposed, "is_guess": roles.is_guess}


def _look_of(found: Mapping[str, Any]) -> FileLook:
    roles = found["roles"]
    if roles is not None:
        columns = [ColumnRoleFound(tuple(path), FieldRole(role)) for path, role in roles["columns"]]
        roles = AssignedRoles(columns, roles["text"], roles["proposed"], roles["is_guess"])
    return FileLook(FileFormat(found["format"]), found["is_empty"], roles)


def fields_of_roles(roles: AssignedRoles) -> FileFields:
    """Return the fields that a manifest can name; a column whose name it cannot hold is left to the audit."""
    proposed = {field: name for field, name in roles.proposed.items() if is_text(name)}
    return FileFields(text=tuple(name for name in roles.text if is_text(name)), **proposed)
