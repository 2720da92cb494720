"""Values under their label: columns of a table that stands in a text, told by its head.

A head is a line of cells, or a row of an HTML table. A column ends at the first row that has another number of cells or
holds no number there, so that each row is looked at once for each label of one head: work is linear in the text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus_audit.measure.detection.detector import Buffer, Candidate

_HEAD_REACH = 1000
"""Bytes of a head in front of a label, and behind it."""
_ROWS_REACH = 2**20
"""Bytes of rows under a head."""
_LONGEST_ROW = 4000
_LONGEST_LABEL = 48
_FEWEST_DIGITS = 5
_MAY_BE_HEAD = re.compile(rb"[^\n\r,;|\t<>0-9]{0,32}(?:[,;|\t\r\n]| {2}|</[tT][hdHD]>)")
"""What follows a label that is a cell of a head, or its last words."""
_SEPARATORS = tuple(re.compile(separator) for separator in (rb"\t", rb"\|", rb";", rb",", rb" {2,}"))
_QUOTED = re.compile(rb'"[^"\n]*"')
_VALUE = re.compile(
    rb"(?P<value>(?:\+ ?\(?|\(\+?)?[0-9A-Za-z](?:(?:[ ().\-/]|\xc2\xa0|\xe2\x80[\x91\x93]){0,3}[0-9A-Za-z]){4,40})"
)
_DIGIT = re.compile(rb"[0-9]")
_NO_VALUE = re.compile(rb"(?i)[:\-./? \xe2\x80\x93\x94]*|n/?a|null|none|nan|nil")
"""What a row holds that has no value, and the line under the head of a Markdown table."""
_AROUND = b" \t\r\"'`=*"
_HTML_ROW = re.compile(rb"(?is)(?:\s|</?t(?:head|body)[^<>]{0,99}>){0,99}<tr\b[^<>]{0,200}>(.{0,4000}?)</tr>")
_HTML_CELL = re.compile(rb"(?is)<t[hd]\b[^<>]{0,200}>(?:\s|<[^<>]{0,100}>)*([^<>]{0,99})(?:<[^<>]{0,100}>|\s)*</t[hd]>")
_HTML_OPENED = re.compile(rb"(?i)<t[hd]\b")


class _Cell(NamedTuple):
    """Where a cell begins in the record, and its text."""

    start: int
    text: bytes


def column_candidates(record: Buffer, start: int, end: int) -> Iterator[Candidate]:
    """Yield what stands in the column under a label that lies between *start* and *end* of a record."""
    found = _MAY_BE_HEAD.match(record, end, end + _LONGEST_LABEL)
    if found is None:
        return
    column = _html_column if found[0].endswith(b">") else _plain_column
    for cell in column(record, start, end):
        text = cell.text.strip(_AROUND)
        value = _VALUE.fullmatch(text)
        if value and len(_DIGIT.findall(text)) >= _FEWEST_DIGITS:
            first = cell.start + cell.text.index(text)
            yield Candidate(record, first, first + len(text), text)
        elif not _NO_VALUE.fullmatch(text):
            return


def _plain_column(record: Buffer, start: int, end: int) -> Iterator[_Cell]:
    """Yield the cells under the one of a line that a label lies in."""
    low = max(0, start - _HEAD_REACH)
    first = low + bytes(record[low:start]).rfind(b"\n") + 1
    last = _line_end(record, end, _HEAD_REACH)
    if last < 0:
        return
    head = bytes(record[first:last])
    for separator in _SEPARATORS:
        cells = _cells(head, separator)
        number = sum(cell.start <= start - first for cell in cells) - 1
        if len(cells) > 1 and len(cells[number].text.strip(_AROUND)) <= _LONGEST_LABEL:
            yield from _rows(record, last + 1, separator, number, len(cells))
            return


def _rows(record: Buffer, place: int, separator: re.Pattern[bytes], number: int, count: int) -> Iterator[_Cell]:
    """Yield one cell of each line from *place* on, as long as the lines have so many."""
    limit = min(len(record), place + _ROWS_REACH)
    while place < limit:
        last = _line_end(record, place, _LONGEST_ROW)
        last = last if last >= 0 else min(limit, place + _LONGEST_ROW)
        cells = _cells(bytes(record[place:last]), separator)
        if len(cells) != count:
            return
        yield _Cell(place + cells[number].start, cells[number].text)
        place = last + 1


def _line_end(record: Buffer, place: int, reach: int) -> int:
    """Return where a line ends; -1 where that is further away than *reach*."""
    found = bytes(record[place : place + reach]).find(b"\n")
    return place + found if found >= 0 else -1


def _cells(line: bytes, separator: re.Pattern[bytes]) -> list[_Cell]:
    """Return the cells of a line; what quotation marks enclose is no separator."""
    plain = _QUOTED.sub(lambda quoted: b"_" * len(quoted[0]), line) if b'"' in line else line
    cells, place = [], 0
    for found in separator.finditer(plain):
        cells.append(_Cell(place, line[place : found.start()]))
        place = found.end()
    return [*cells, _Cell(place, line[place:])]


def _html_column(record: Buffer, start: int, end: int) -> Iterator[_Cell]:
    """Yield the cells under the one of a row of an HTML table that a label lies in."""
    ahead = bytes(record[max(0, start - _HEAD_REACH) : start])
    opened = ahead.lower().rfind(b"<tr")
    closed = bytes(record[end : end + _HEAD_REACH]).lower().find(b"</tr>")
    number = len(_HTML_OPENED.findall(ahead, opened)) - 1
    if opened < 0 or closed < 0 or number < 0:
        return
    place = end + closed + len(b"</tr>")
    limit = min(len(record), place + _ROWS_REACH)
    while row := _HTML_ROW.match(record, place, limit):
        cells = list(_HTML_CELL.finditer(record, row.start(1), row.end(1)))
        if number >= len(cells):
            return
        yield _Cell(cells[number].start(1), cells[number][1])
        place = row.end()
