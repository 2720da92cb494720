"""JSON: the entries of a list are records; a single object is one, or holds the list that the fields' paths name."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from corpus_audit.corpus.entry import FileEntry, ReadResult
from corpus_audit.corpus.fields import EVERY, Path, paths_of, values_at
from corpus_audit.corpus.formats.json_rows import Row, checked_json_rows
from corpus_audit.corpus.inputs import MAX_HELD_BYTES, Input, read_whole
from corpus_audit.corpus.json_columns import JsonColumns

_SPACE = " \t\r\n"
_CHUNK = 1 << 20
_ROWS = 4096


def read_json(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the records of a JSON file; a list is read entry by entry, whatever its size."""
    with source.stream() as stream:
        text = _Text(stream)
        if text.skip_space() == "[":
            yield from _in_batches(entry, _entries(text), batch_bytes)
        else:
            rest = text.rest() + read_whole(stream).decode(errors="surrogateescape")
            inner, rows = _rows_of(json.loads(rest), entry)
            yield from _in_batches(inner, rows, batch_bytes)


def _in_batches(entry: FileEntry, rows: Iterator[Row], batch_bytes: int) -> Iterator[ReadResult]:
    waiting: list[Row] = []
    step = max(1, min(_ROWS, batch_bytes // 256))
    columns = JsonColumns(entry) if entry.scans else None
    for row in rows:
        waiting.append(row)
        if len(waiting) >= step:
            yield from checked_json_rows(entry, waiting, columns)
            waiting = []
    yield from checked_json_rows(entry, waiting, columns)


class _Text:
    """Text that is decoded as it is needed; bytes that are not UTF-8 stay as they are."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        self._at_end = False
        self.text = ""
        self.at = 0

    def more(self) -> bool:
        """Was there more to read?"""
        if self._at_end:
            return False
        chunk = self._stream.read(max(_CHUNK, len(self.text)))
        self._at_end = not chunk
        self.text = self.text[self.at :] + self._decode(chunk, self._at_end)
        self.at = 0
        if len(self.text) > MAX_HELD_BYTES:
            message = "one entry of the list is too long"
            raise ValueError(message)
        return True

    def skip_space(self) -> str:
        """Return the next character that is no space, '' at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in _SPACE:
                    return self.text[self.at]
                self.at += 1
            if not self.more():
                return ""

    def rest(self) -> str:
        """Return what was decoded and not used."""
        return self.text[self.at :]


def _entries(text: _Text) -> Iterator[Row]:
    """Yield the entries of the list that *text* stands before; raises ValueError where it stops being JSON."""
    decode = json.JSONDecoder().raw_decode
    text.at += 1
    if text.skip_space() == "]":
        return
    number = 0
    while True:
        text.skip_space()
        value, text.at = _decode_entry(decode, text)
        yield number, value, ""
        number += 1
        mark = text.skip_space()
        if mark == "]":
            return
        if mark != ",":
            message = "the list is not well-formed"
            raise ValueError(message)
        text.at += 1


def _decode_entry(decode: Any, text: _Text) -> tuple[Any, int]:
    while True:
        try:
            value, end = decode(text.text, text.at)
        except json.JSONDecodeError:
            if not text.more():
                raise
        except RecursionError:
            message = "an entry is nested too deeply"
            raise ValueError(message) from None
        else:
            # A number may go on in what was not read yet.
            if end < len(text.text) or not text.more():
                return value, end


def _rows_of(value: Any, entry: FileEntry) -> tuple[FileEntry, Iterator[Row]]:
    """Return the rows of a single value, and the entry whose fields are relative to them."""
    prefix = _common_list([path for name in entry.text_fields for path in paths_of(name)])
    if not prefix:
        return entry, iter([(0, value, "")])
    rows = values_at(value, prefix[:-1])
    return _relative(entry, len(prefix)), ((number, row, "") for number, row in enumerate(rows))


def _common_list(paths: list[Path]) -> Path:
    """Return the path to the list that all texts lie in, '*' at its end; () when they lie in no common one."""
    first = paths[0] if paths else ()
    if EVERY not in first:
        return ()
    prefix = first[: first.index(EVERY) + 1]
    return prefix if len(first) > len(prefix) and all(path[: len(prefix)] == prefix for path in paths) else ()


def _relative(entry: FileEntry, depth: int) -> FileEntry:
    """Return the entry with the names of fields as they are within an entry of the list."""
    return replace(
        entry,
        text_fields=tuple(_within(name, depth) or name for name in entry.text_fields),
        license_field=_within(entry.license_field, depth),
        language_field=_within(entry.language_field, depth),
        url_field=_within(entry.url_field, depth),
        date_field=_within(entry.date_field, depth),
        subject_ids_field=_within(entry.subject_ids_field, depth),
    )


def _within(name: str | None, depth: int) -> str | None:
    if name is None:
        return None
    steps = name.split("/")[1:] if name.startswith("/") else [name]
    return "/" + "/".join(steps[depth:]) if len(steps) > depth else name
