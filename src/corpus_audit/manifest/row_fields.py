"""The column roles of a data file on this disk, and the manifest fields that follow."""

from dataclasses import replace
from pathlib import Path

from corpus_audit.corpus.content import Content
from corpus_audit.corpus.field_roles import AssignedRoles
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.corpus.row_samples import assign_file_roles
from corpus_audit.manifest.model import FileFields
from corpus_audit.manifest.values import is_text
from corpus_audit.vocabulary import FileFormat


def content_of_file(path: Path, named: FileFormat | None) -> Content | None:
    """Return what a file is by its first bytes, where its name does not settle it; None where they cannot be read.

    Archives whose name says program, such as wheels, are left unopened.
    """
    try:
        found = recognise_file(_local(path), None if named is FileFormat.BINARY else named)
    except Exception:  # noqa: BLE001 - parsers of foreign bytes raise what they like; ingest reports it
        return None
    is_program = named is FileFormat.BINARY and found.format is FileFormat.ZIP
    return replace(found, format=FileFormat.BINARY) if is_program else found


def roles_in_file(path: Path, content: Content) -> AssignedRoles:
    """Return what the columns of a file are; no column where it has no rows, or none that can be read."""
    return assign_file_roles(_local(path), content)


def _local(path: Path) -> LocalFile:
    return LocalFile(path, path.name, path.stat().st_size)


def fields_of_roles(roles: AssignedRoles) -> FileFields:
    """Return the fields that a manifest can name; a column whose name it cannot hold is left to the audit."""
    proposed = {field: name for field, name in roles.proposed.items() if is_text(name)}
    return FileFields(text=tuple(name for name in roles.text if is_text(name)), **proposed)
