"""What the rows of a data file hold, guessed by the names that their fields usually have."""

import csv
import json
import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.manifest.conversion.record_fields import nested_name
from corpus_audit.manifest.model import FileFields
from corpus_audit.manifest.values import is_text
from corpus_audit.vocabulary import FileFormat

_TEXTS = ("text", "content", "body", "raw_content", "document", "article", "markdown", "code", "sentence")
_TURNS = ("content", "value", "text")
"""What one message of a conversation calls its text."""
_SAID: Mapping[str, tuple[str, ...]] = {
    "license": ("license", "licence"),
    "language": ("language", "lang"),
    "url": ("url", "uri", "source_url"),
    "date": ("date", "timestamp", "created", "published"),
}
_CONVERSATIONS = ("messages", "conversations", "conversation", "turns")
_HEAD_BYTES = 64 * 2**10
_ARROW_MARK = b"ARROW1"

_Shape = dict[str, Any]
"""Names of fields; a struct has a shape of its own, a list of structs one in a list, anything else None."""


def guess_fields(path: Path, file_format: FileFormat | None) -> FileFields:
    """Return which fields of a file's rows hold what; empty where it has no rows, or none that can be read."""
    read = _SHAPES.get(file_format) if file_format else None
    try:
        shape = read(path) if read else {}
    except (OSError, EOFError, ValueError, RecursionError, lzma.LZMAError, csv.Error, pa.ArrowException):
        shape = {}  # ingest reports files that cannot be read
    text = _first_of(_TEXTS, _names(shape)) or next(_turns(shape), None)
    said = {role: _first_of(names, _names(shape)) for role, names in _SAID.items()}
    return FileFields(text=(text,) if text else (), **said)


def _first_of(candidates: Iterable[str], names: Iterable[tuple[str, str]]) -> str | None:
    """Return the field named like the first candidate there is, in its own spelling; outer ones come first."""
    spelling = {leaf.lower(): name for leaf, name in reversed(list(names))}
    return next((spelling[name] for name in candidates if name in spelling), None)


def _names(shape: _Shape) -> Iterator[tuple[str, str]]:
    """Yield each field's own name and the name that leads to it, those within structs last."""
    yield from ((name, name) for name in shape)
    for outer, inner in shape.items():
        if isinstance(inner, dict) and is_text(outer):
            yield from ((name, nested_name([outer, name])) for name in inner)


def _turns(shape: _Shape) -> Iterator[str]:
    """Yield the name of the text of a conversation's messages."""
    for outer, inner in shape.items():
        if outer.lower() in _CONVERSATIONS and isinstance(inner, list):
            yield from (nested_name([outer, "*", name]) for name in _TURNS if name in inner[0])


# --- shapes -----------------------------------------------------------------------------------------------------------


def _shape_of_schema(schema: Iterable[pa.Field]) -> _Shape:
    return {field.name: _shape_of_type(field.type) for field in schema}


def _shape_of_type(kind: pa.DataType) -> Any:
    if pa.types.is_struct(kind):
        return _shape_of_schema(kind)
    is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    return [_shape_of_schema(kind.value_type)] if is_list and pa.types.is_struct(kind.value_type) else None


def _shape_of_value(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shape_of_value(inner) for name, inner in value.items()}
    is_rows = isinstance(value, list) and value and isinstance(value[0], dict)
    return [_shape_of_value(value[0])] if is_rows else None


def _arrow(path: Path) -> _Shape:
    with pa.OSFile(str(path)) as file:
        is_file = file.read(len(_ARROW_MARK)) == _ARROW_MARK
        file.seek(0)
        return _shape_of_schema(pa.ipc.open_file(file).schema if is_file else pa.ipc.open_stream(file).schema)


def _json_lines(path: Path) -> _Shape:
    return _shape_of_value(json.loads(_head(path).split("\n", 1)[0])) or {}


def _json(path: Path) -> _Shape:
    """Return the shape of the first entry of a list; a single object is a document, not a row."""
    text = _head(path).lstrip()
    if not text.startswith("["):
        return {}
    row, _ = json.JSONDecoder().raw_decode(text, len(text) - len(text[1:].lstrip()))
    return _shape_of_value(row) or {}


def _csv(path: Path) -> _Shape:
    line = _head(path).split("\n", 1)[0].rstrip("\r")
    return dict.fromkeys(next(csv.reader([line], delimiter="\t" if "\t" in line else ","), ()))


def _head(path: Path) -> str:
    if path.suffix.lower() == ".xz":
        with lzma.open(path) as unpacked:
            head = unpacked.read(_HEAD_BYTES)
    else:
        with pa.input_stream(str(path), compression="detect") as stream:
            head = stream.read(_HEAD_BYTES)
    return head.decode("utf-8-sig", errors="ignore" if len(head) == _HEAD_BYTES else "strict")


_SHAPES: Mapping[FileFormat, Callable[[Path], _Shape]] = {
    FileFormat.PARQUET: lambda path: _shape_of_schema(pq.read_schema(path)),
    FileFormat.ARROW: _arrow,
    FileFormat.JSONL: _json_lines,
    FileFormat.JSON: _json,
    FileFormat.CSV: _csv,
}
