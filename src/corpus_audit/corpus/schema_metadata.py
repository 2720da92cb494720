"""What the metadata of an Arrow schema and of its columns says beside the rows: a column that is scanned."""

import json
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.columns import column_texts, unjudged_licenses
from corpus_audit.corpus.entry import ColumnSeen, FileEntry, ReadResult
from corpus_audit.corpus.fields import JOINT
from corpus_audit.corpus.texts import row_numbers
from corpus_audit.vocabulary import ColumnReason, ColumnRole

METADATA = "(file metadata)"
"""How the column is called."""

_STRUCTURE: Mapping[str, Set[str]] = {
    "pandas": frozenset(
        {"columns", "column_indexes", "index_columns", "partition_columns", "creator", "pandas_version"}
    ),
    "huggingface": frozenset({"features", "splits", "fingerprint"}),
}
"""Metadata that libraries write, and what in them describes columns and says nothing of the data."""

_OF_ARROW = ("ARROW:", "PARQUET:")


def read_metadata(
    entry: FileEntry, schema: pa.Schema, file: Mapping[bytes, bytes] | None = None
) -> Iterator[ReadResult]:
    """Yield the metadata of a schema, its columns and its *file* as texts, and the licenses that they state."""
    said = list(_entries(schema, file or {}))
    for name, value in said:
        yield from unjudged_licenses({name: value})
    if said and entry.scans and not entry.part.first:
        text = JOINT.join(f"{name}: {value if isinstance(value, str) else json.dumps(value)}" for name, value in said)
        yield ColumnSeen(METADATA, ColumnRole.SCANNED, ColumnReason.HOLDS_TEXT, "string")
        content = pa.array([text.encode(errors="surrogateescape")], pa.large_binary())
        yield from column_texts(entry, METADATA, row_numbers(0, 1), content)


def _entries(schema: pa.Schema, file: Mapping[bytes, bytes]) -> Iterator[tuple[str, Any]]:
    """Yield each name and what it says, without what describes columns and without what is empty."""
    for mapping in (schema.metadata or {}, file, *(field.metadata or {} for field in _fields(schema))):
        for key, value in mapping.items():
            name = key.decode(errors="replace")
            if not name.startswith(_OF_ARROW):
                said = _without_structure(name, value.decode(errors="surrogateescape"))
                if said:
                    yield name, said


def _without_structure(name: str, value: str) -> Any:
    structure = _STRUCTURE.get(name)
    if structure is None:
        return value
    with suppress(ValueError, RecursionError):
        parsed = json.loads(value)
        info = parsed.get("info", parsed) if isinstance(parsed, dict) else None
        if isinstance(info, dict):
            kept = {key: inner for key, inner in (info | parsed).items() if key not in structure and key != "info"}
            return {key: inner for key, inner in kept.items() if inner}
    return value


def _fields(inside: Any) -> Iterator[pa.Field]:
    """Yield the columns of a schema or struct, and the columns within them."""
    for field in inside:
        yield field
        kind = field.type
        while hasattr(kind, "value_type"):
            kind = kind.value_type
        if pa.types.is_struct(kind):
            yield from _fields(kind)
