"""Arrow text columns that are guaranteed valid UTF-8, for any input."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.corpus.encodings import utf8_within
from corpus_audit.corpus.entry import RAW, ColumnSeen, Defect, FileEntry, ReadResult, Skipped, WholeText
from corpus_audit.corpus.fields import read_field
from corpus_audit.corpus.listed import JOINS, LICENSE
from corpus_audit.corpus.recognition import UTF_8, UTF_8_WITH_MARK
from corpus_audit.corpus.turns import read_texts
from corpus_audit.schemas import TEXT
from corpus_audit.schemas.text_lists import split_lists
from corpus_audit.vocabulary import ColumnReason, ColumnRole, DefectCode, SkipReason, Unit

_REPLACEMENT = "\ufffd".encode()
_MANY, _FEW = 8, 4
"""A value is no text when it has so many NULs and U+FFFD, and one in every so many characters."""

_BLOCK = 1 << 16
"""Bytes that are looked at at once: they stay in the cache."""

_BLANK = r"\A[\s\p{Z}\x{85}\x{200B}-\x{200D}\x{2060}\x{FEFF}]*\z"

REPLACED = "bytes that are not {encoding} were read as U+FFFD"


def replaced_detail(entry: FileEntry) -> str:
    """Return what is said of bytes that the encoding of a file does not know."""
    encoding = entry.recognition.encoding
    return REPLACED.format(encoding="UTF-8" if encoding in (None, UTF_8, UTF_8_WITH_MARK) else encoding)


def changed_encoding(entry: FileEntry, stream: BinaryIO) -> Iterator[Defect]:
    """Yield a defect where a text that was read to its end from *as_utf8* is in two encodings."""
    at = utf8_within(stream)
    if at is not None:
        detail = f"from here on it is UTF-8, and is read as {entry.recognition.encoding} like its beginning"
        yield entry.defect(DefectCode.ENCODING_GUESSED, detail, f"byte {at}")


def decode_bytes(content: bytes) -> tuple[bytes, int | None]:
    """Return *content* as valid UTF-8 and the offset of the first bad byte, None when there was none."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return content.decode(errors="replace").encode(), error.start
    return content, None


def raw_batch(rows: pa.Array, columns: dict[str, pa.Array]) -> pa.RecordBatch:
    """Return a batch of schema RAW from row numbers and the columns there are; the others are null."""
    arrays = [rows]
    for field in list(RAW)[1:]:
        column = columns.get(field.name)
        arrays.append(pa.nulls(len(rows), field.type) if column is None else _in_type(column, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=RAW)


def text_batch(rows: Sequence[int], texts: Sequence[str | bytes], **columns: Sequence[str | None]) -> pa.RecordBatch:
    """Return a batch of schema RAW from texts at hand; half surrogate pairs, which no UTF-8 has, become '?'."""
    content = [text.encode(errors="replace") if isinstance(text, str) else text for text in texts]
    arrays = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return raw_batch(pa.array(rows, pa.int64()), {"text": pa.array(content, pa.large_binary()).cast(TEXT), **arrays})


def whole_texts(found: Sequence[WholeText]) -> pa.RecordBatch:
    """Return a batch of schema RAW from texts that are rows by themselves."""
    offsets = np.cumsum([0, *(len(one.text) for one in found)], dtype=np.int64)
    content = pa.py_buffer(b"".join([one.text for one in found]))
    columns = {
        "text": pa.Array.from_buffers(TEXT, len(found), [None, pa.py_buffer(offsets), content]),
        LICENSE: pa.array([one.license for one in found], pa.string()),
    }
    return raw_batch(pa.array([one.row for one in found], pa.int64()), columns)


def raw_columns(entry: FileEntry, fields: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """Return the columns of RAW that a file's fields give; what no field gives is left out.

    Raises ArrowInvalid for values that are no text.
    """
    found = {column: _field_column(column, names, fields) for column, names in entry.fields.items()}
    return {column: values for column, values in found.items() if values is not None}


def readable_columns(entry: FileEntry, fields: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """Return the same without the columns beside the text whose values are no text."""
    found = {column: names for column, names in entry.fields.items() if not _is_odd(column, names, fields)}
    columns = {column: _field_column(column, names, fields) for column, names in found.items()}
    return {column: values for column, values in columns.items() if values is not None}


def _field_column(column: str, names: Sequence[str], fields: Mapping[str, pa.Array]) -> pa.Array | None:
    join = JOINS.get(column)
    return read_field(fields, names[0], join) if join is not None else read_texts(fields, names)


def _is_odd(column: str, names: Sequence[str], fields: Mapping[str, pa.Array]) -> bool:
    """True if a field beside the text holds values that are no text, such as nested ones."""
    if column == "text":
        return False
    try:
        _field_column(column, names, {name: values.slice(0, 0) for name, values in fields.items()})
    except pa.ArrowInvalid:
        return True
    return False


def absent_fields(
    entry: FileEntry, columns: Mapping[str, pa.Array], fields: Mapping[str, pa.Array]
) -> Iterator[ReadResult]:
    """Yield a defect for each declared field that a file with a schema does not have, or whose values are no text."""
    for column, names in entry.fields.items():
        if column in columns:
            continue
        called = " or ".join(repr(name) for name in names)
        if _is_odd(column, names, fields):
            yield entry.defect(DefectCode.BAD_ROW, f"{called} holds something else than text", column, rows_lost=0)
            yield ColumnSeen(names[0], ColumnRole.NOT_LOOKED_AT, ColumnReason.OTHER_TYPE, "nested")
        else:
            yield entry.defect(DefectCode.NO_TEXT_FIELD, f"no column of the file is called {called}", column)


def checked_rows(
    entry: FileEntry, rows: pa.Array, columns: dict[str, pa.Array], elsewhere: pa.Array | None = None
) -> Iterator[ReadResult]:
    """Yield defects of a batch of rows, then the batch itself: null and blank texts left out, bad UTF-8 replaced.

    *elsewhere* says which rows hold a text in another column: where theirs is blank, they are not empty but unread.
    """
    columns = dict(columns)
    for name, column in columns.items():
        columns[name], bad = valid_utf8(column)
        for index, offset in bad:
            place = f"row {rows[index]}, byte {offset}"
            yield entry.defect(DefectCode.NOT_UTF8, f"{name}: {replaced_detail(entry)}", place)
    is_null = pc.is_null(columns["text"])
    for row in rows.filter(is_null).to_pylist():
        yield entry.defect(DefectCode.NULL_TEXT, "the text field is null or absent", f"row {row}")
    is_text = _is_text(columns["text"])
    for row in rows.filter(pc.invert(is_text)).to_pylist():
        yield entry.defect(DefectCode.NOT_UTF8, "the text field holds no text in UTF-8", f"row {row}", rows_lost=1)
    blank = is_blank(columns["text"])
    unread = 0 if elsewhere is None else pc.and_(blank, elsewhere).true_count
    for reason, count in ((SkipReason.NO_TEXT_FIELD, unread), (SkipReason.NO_CONTENT, blank.true_count - unread)):
        if count:
            yield Skipped(Unit.ROW, reason, count)
    present = pc.and_not(pc.and_not(is_text, is_null), blank)
    if present.true_count == len(present) > 0:  # as nearly always: filtering would copy every text
        yield raw_batch(rows, columns)
    elif present.true_count:
        yield raw_batch(rows.filter(present), {name: column.filter(present) for name, column in columns.items()})


def is_blank(column: pa.Array) -> pa.Array:
    """Return which texts hold nothing but white space and signs of no width; false for a null."""
    return pc.fill_null(pc.match_substring_regex(column, _BLANK), False)


def _is_text(column: pa.Array) -> pa.Array:
    """Return which values are text: bytes of another kind, or text in UTF-16, have a NUL or U+FFFD in every few."""
    content = np.frombuffer(column.buffers()[2] or b"", np.uint8)
    places = np.concatenate([np.zeros(0, np.int64), *_signs_of_other_bytes(content)])
    if not places.size:
        return pa.repeat(pa.scalar(True), len(column))
    is_text = np.ones(len(column), np.bool_)
    # Only some texts have such a sign, and few have many.
    offsets = np.frombuffer(column.buffers()[1], np.int64, len(column) + 1, column.offset * 8)
    bad = np.diff(np.searchsorted(np.sort(places), offsets))
    doubtful = np.flatnonzero(bad >= _MANY)
    lengths = pc.fill_null(pc.utf8_length(column.take(pa.array(doubtful))), 0).to_numpy()
    is_text[doubtful] = bad[doubtful] * _FEW <= lengths
    return pa.array(is_text)


def _signs_of_other_bytes(content: NDArray[np.uint8]) -> Iterator[NDArray[np.int64]]:
    """Yield where NULs and U+FFFD stand; looking at all bytes at once is many times faster than to search."""
    first, second, third = _REPLACEMENT
    for start in range(0, content.size, _BLOCK):
        block = content[start : start + _BLOCK + 2]
        if block.min() == 0:
            yield start + np.flatnonzero(block[:_BLOCK] == 0)
        if block.max() >= first:  # as in no text in Latin letters
            is_whole = (block[:-2] == first) & (block[1:-1] == second) & (block[2:] == third)
            if is_whole.any():
                yield start + np.flatnonzero(is_whole)


def _in_type(column: pa.Array, kind: pa.DataType) -> pa.Array:
    return split_lists(column) if pa.types.is_list(kind) else column.cast(kind)


def row_numbers(first: int, count: int) -> pa.Array:
    """Return the row numbers first, first + 1, … as an Arrow array."""
    return pa.array(np.arange(first, first + count, dtype=np.int64))


def valid_utf8(column: pa.Array) -> tuple[pa.Array, list[tuple[int, int]]]:
    """Return the column as valid text and (index, byte offset) of each value that had to be repaired."""
    binary = column.cast(pa.large_binary())
    try:
        return binary.cast(TEXT), []
    except pa.ArrowInvalid:
        values = [None if value is None else decode_bytes(value) for value in binary.to_pylist()]
        bad = [(index, value[1]) for index, value in enumerate(values) if value and value[1] is not None]
        repaired = pa.array([value and value[0] for value in values], pa.large_binary())
        return repaired.cast(TEXT), bad
