"""Delimited files without some of their rows: the others keep their bytes, quotes and line ends."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.inputs import FileInput, split_lines
from corpus_audit.corpus.recognition import Dialect
from corpus_audit.corpus.rewriting.changes import FileChanges, Masking, Masks, Rewritten
from corpus_audit.corpus.rewriting.lines import RowWriter
from corpus_audit.corpus.rewriting.packed import CHUNK, encoding_of, writing
from corpus_audit.errors import RewriteError
from corpus_audit.vocabulary import ColumnNames

_LONGEST_ROW = 256 * 2**20
_ROWS_AT_ONCE = 4096


def rewrite_delimited(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    """Write a delimited file without the dropped rows; what stands above its table, its header and bad rows stay.

    Rows count as its reader counts them: without the header, empty lines, and rows of another number of columns.
    Raises RewriteError where that gives another number than the reader's.
    """
    encoding = encoding_of(entry)
    dialect = entry.recognition.dialect or Dialect()
    grammar = _Grammar(dialect)
    writer = RowWriter(changes, lambda row, masks: _mask_row(row, masks, dialect, encoding))
    with source.stream() as stream, writing(target, entry.recognition.compression) as out:
        above, table = split_lines(stream, dialect.first_line - 1)
        out.write(above)
        rows = grammar.rows(table)
        counted = _write_rows(rows, grammar, dialect, writer, out)
    if changes.rows not in (None, counted):
        message = (
            f"{entry.file} has {changes.rows} rows as its reader counts and {counted} as they are cut: its quotes are "
            "not balanced. Mend it, and audit it again."
        )
        raise RewriteError(message)
    return writer.done


def _write_rows(rows: Iterator[bytes], grammar: "_Grammar", dialect: Dialect, writer: RowWriter, out: Any) -> int:
    """Write the rows that stay, and return how many there were as the reader counts."""
    width: int | None = None
    row = 0
    waiting: list[bytes] = []

    def flush() -> None:
        out.write(b"".join(writer.kept(waiting, row - len(waiting))))
        waiting.clear()

    for content in rows:
        is_empty = not content.strip(b"\r\n")
        columns = 0 if is_empty else grammar.columns(content)
        is_first = width is None and not is_empty
        width = columns if is_first else width
        if is_empty or columns != width or (is_first and dialect.names is ColumnNames.IN_FILE):
            flush()
            out.write(content)
            continue
        waiting.append(content)
        row += 1
        if len(waiting) >= _ROWS_AT_ONCE:
            flush()
    flush()
    return row


@dataclass(frozen=True)
class _Grammar:
    """How rows and values follow each other in a dialect: quotes count where a value begins with one."""

    dialect: Dialect

    @cached_property
    def _value(self) -> bytes:
        quote, delimiter, escape = (re.escape(sign.encode()) for sign in self._signs)
        if self.dialect.escape:
            quoted = b"%b(?:[^%b%b]|%b.)*+%b" % (quote, quote, escape, escape, quote)
            bare = b"(?:[^%b\r\n%b]|%b.)*+" % (delimiter, escape, escape)
        else:
            quoted = b"%b(?:[^%b]|%b%b)*+%b" % (quote, quote, quote, quote, quote)
            bare = b"[^%b\r\n]*+" % delimiter
        return b"(?:%b%b|(?!%b)%b)" % (quoted, bare, quote, bare)

    @property
    def _signs(self) -> tuple[str, str, str]:
        return self.dialect.quote, self.dialect.delimiter, self.dialect.escape

    @cached_property
    def _row(self) -> "re.Pattern[bytes]":
        delimiter = re.escape(self.dialect.delimiter.encode())
        return re.compile(b"%b(?:%b%b)*+(?:\r\n|\n|\r(?=.))" % (self._value, delimiter, self._value), re.DOTALL)

    @cached_property
    def _ended_value(self) -> "re.Pattern[bytes]":
        return re.compile(self._value + re.escape(self.dialect.delimiter.encode()), re.DOTALL)

    def rows(self, stream: Any) -> Iterator[bytes]:
        """Yield the rows of a table with their line ends; one whose quote is not closed holds all that follows."""
        pending = b""
        while chunk := stream.read(CHUNK):
            pending += chunk
            at = 0
            while match := self._row.match(pending, at):
                yield match.group()
                at = match.end()
            pending = pending[at:]
            if len(pending) > _LONGEST_ROW:
                message = f"a row is longer than {_LONGEST_ROW} bytes"
                raise RewriteError(message)
        at = 0
        pending += b"\r\n"
        while match := self._row.match(pending, at):
            row = match.group()
            at = match.end()
            yield row.removesuffix(b"\r\n") if at == len(pending) else row
        yield pending[at:].removesuffix(b"\r\n")

    def columns(self, row: bytes) -> int:
        """Return how many values a row holds."""
        delimiter = self.dialect.delimiter.encode()
        if self.dialect.quote.encode() not in row and not self.dialect.escape:
            return row.count(delimiter) + 1
        count, at = 1, 0
        while match := self._ended_value.match(row, at):
            count, at = count + 1, match.end()
        return count


def _mask_row(row: bytes, masks: Masks, dialect: Dialect, encoding: str) -> bytes | None:
    """Return a row with values masked, its values quoted where they must be."""
    body = row.rstrip(b"\r\n")
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        return None
    form: dict[str, Any] = {
        "delimiter": dialect.delimiter,
        "quotechar": dialect.quote,
        "escapechar": dialect.escape or None,
        "doublequote": not dialect.escape,
    }
    (values,) = csv.reader(io.StringIO(text, newline=""), **form)
    masking = Masking(masks)
    changed = masking.apply(values)
    if not masking.is_complete:
        return None
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="", **form).writerow(changed)
    return written.getvalue().encode(encoding, "replace") + row[len(body) :]
