"""How one member of an archive is read: its format, and the fields of its rows, as those of a file are found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from io import BufferedReader, BytesIO
from typing import BinaryIO

from corpus_audit.corpus.compression import Budget, suffix_without_compression
from corpus_audit.corpus.content import ALSO_DOCUMENTS, HAS_FIELDS, HEAD_BYTES, Content, recognise_content
from corpus_audit.corpus.doubts import Doubt, doubts_of
from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.field_roles import AssignedRoles
from corpus_audit.corpus.inputs import MemberInput, look_ahead, read_whole
from corpus_audit.corpus.row_samples import assign_input_roles, missing_fields, with_named_columns
from corpus_audit.vocabulary import FileFormat

_TEXT_TABLES = frozenset({FileFormat.CSV, FileFormat.JSONL, FileFormat.JSON})
"""Formats of rows whose beginning is a sample of them."""

_FIELDS = [field.name for field in fields(FileEntry) if field.name.endswith(("_field", "_fields"))]


@dataclass(frozen=True)
class MemberContent:
    """A member's content from its start, its format, the archive's entry with the member's own fields, and doubts."""

    content: BufferedReader
    format: FileFormat
    entry: FileEntry
    doubts: Sequence[Doubt]


def recognise_member(
    entry: FileEntry, stream: BinaryIO, name: str, codec: str | None, formats: Mapping[str, FileFormat]
) -> MemberContent:
    """Return how a member is read, which *stream* unpacks by *codec*; *formats* are those that suffixes stand for.

    Raises TooLargeError where all of it must be held to be recognised, and that is too much.
    """
    suffix = suffix_without_compression(name)
    named = formats.get(suffix)
    head, content = look_ahead(stream, HEAD_BYTES + 1)
    found = recognise_content(head[:HEAD_BYTES], named, suffix, is_whole=len(head) <= HEAD_BYTES)
    if entry.text_fields and named in _TEXT_TABLES and found.format is FileFormat.TEXT:
        found = replace(found, format=named)  # a table of its name is a table where the manifest names the text
    doubts = list(doubts_of(found, name, codec, named=named))
    fields_named = {field: getattr(entry, field) for field in _FIELDS}
    found = with_named_columns(_held(head), found, fields_named)
    inner = replace(entry, recognition=found.recognition)
    if found.format not in HAS_FIELDS or found.is_empty:
        return MemberContent(content, found.format, inner, doubts)
    roles, content = _roles_of(head, content, found)
    if found.format in ALSO_DOCUMENTS and not roles.text and not entry.text_fields:
        return MemberContent(content, FileFormat.TEXT, inner, doubts)
    missing = missing_fields(roles, fields_named)
    text = tuple(missing.pop("text_fields", entry.text_fields))
    return MemberContent(content, found.format, replace(inner, text_fields=text, **missing), doubts)


def _roles_of(head: bytes, content: BufferedReader, found: Content) -> tuple[AssignedRoles, BufferedReader]:
    """Return what a member's columns are by its beginning, else by all of it, and its content from its start."""
    if found.format in _TEXT_TABLES:
        roles = assign_input_roles(_held(head), found)
        if roles.columns or len(head) <= HEAD_BYTES:
            return roles, content
    whole = read_whole(content)
    return assign_input_roles(_held(whole), found), BufferedReader(BytesIO(whole))


def _held(content: bytes) -> MemberInput:
    return MemberInput(BytesIO(content), "", Budget(len(content)))
