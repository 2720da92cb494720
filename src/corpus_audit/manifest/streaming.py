"""A valid manifest in JSON, read source by source and file by file: its files are packed before the next are read."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from corpus_audit.manifest.json_cursor import JsonCursor, fields_of
from corpus_audit.manifest.model import LISTED_FILES, DataFile, Manifest, Source
from corpus_audit.manifest.packed import AT_ONCE, Packed
from corpus_audit.manifest.syntax import has_too_many_values


def stream_manifest(text: str) -> Manifest | None:
    """Return the manifest in a JSON text, None where anything at all is wrong with it.

    What is wrong is found, and said in order, by who reads it as a tree.
    """
    if has_too_many_values(text):
        return None
    try:
        cursor = JsonCursor(text)
        fields = fields_of(list(_fields(cursor)))
        cursor.end()
        return Manifest.model_validate(fields)
    except (ValueError, RecursionError):  # pydantic's ValidationError and JSONDecodeError are such too
        return None


def _fields(cursor: JsonCursor) -> Iterator[tuple[str, Any]]:
    for key in cursor.members():
        is_list = key == "sources" and cursor.is_at("[")
        yield key, tuple(_sources(cursor)) if is_list else cursor.value()


def _sources(cursor: JsonCursor) -> Iterator[Source]:
    for _ in cursor.entries():
        yield Source.model_validate(fields_of(list(_source_fields(cursor))))


def _source_fields(cursor: JsonCursor) -> Iterator[tuple[str, Any]]:
    for key in cursor.members():
        is_list = key == "files" and cursor.is_at("[")
        yield key, Packed(DataFile, _checked(cursor.values())) if is_list else cursor.value()


def _checked(files: Iterable[Any]) -> Iterator[DataFile]:
    waiting = iter(files)
    while some := list(islice(waiting, AT_ONCE)):
        yield from LISTED_FILES.validate_python(some)
