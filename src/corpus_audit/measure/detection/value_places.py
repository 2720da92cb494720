"""Where values lie beside a label: behind it, in front of it, further on in its sentence or in the next one."""

import re
from collections.abc import Iterator

from corpus_audit.measure.detection.detector import Buffer, Candidate
from corpus_audit.measure.detection.label_gaps import end_of_gap, end_of_label
from corpus_audit.measure.detection.labels import is_abbreviation, is_written_without_spaces
from corpus_audit.measure.detection.stated_values import is_owned

_DOTS = rb"(?:\xc2\xb7|\xe2\x80[\xa2\xa7]|\xe2\x88\x99|\xe3\x83\xbb)"
"""Dots that stand between groups at half height, as bullets and as katakana have them."""
_DIGITS = re.compile(
    rb"(?:\+ ?\(?|\(\+?)?[0-9](?:(?:[ ().\-/_]{0,3}| ?\xe2\x80\x93 ?| ?\r?\n ?| ?%b ?)[0-9]){5,33}(?![0-9A-Za-wyz])"
    % _DOTS
)
_SERIES_OF_OTHERS = (
    rb"(?:\xd0[\x80-\xaf]|\xd2\x90|\xce[\x91-\xa9]|\xd4[\xb1-\xbf]|\xd5[\x80-\x96]){1,3}(?![\xce-\xd6])[0-9]{0,12}"
)
"""Cyrillic, Greek or Armenian capitals, and digits that they stand directly in front of: a series of documents."""
_SIGNS = re.compile(
    rb"(?:[0-9A-Z]{1,34}|%b|[a-z]{1,6}[0-9][0-9a-z]{0,30}|[0-9]{7,11}[a-z])"
    rb"(?:(?:(?:[ ./_-]|\xc2\xa0){1,3}| ?%b ?|\xe2\x80[\x87\x89\x90-\x94\xaf]|\r?\n ?| ?\xe2\x84\x96 ?"
    rb"|,? (?:nr|no|\xd0\xbd\xd0\xbe\xd0\xbc\xd0\xb5\xd1\x80)\.? )"
    rb"(?:[0-9A-Z]{1,34}|%b|[a-z]{0,4}[0-9][0-9a-z]{0,30})){0,11}(?: ?\([0-9A-Z]\))?(?![0-9A-Za-z])"
    % (_SERIES_OF_OTHERS, _DOTS, _SERIES_OF_OTHERS)
)
_DIGITS_BEHIND = re.compile(
    rb"(?<![0-9A-Za-z+(/.-])(?P<number>(?:\+ ?\(?|\(\+?)?[0-9](?:[ ().\-/]{0,3}[0-9]){5,24})"
    rb"(?: ?(?:x|ext\.?) ?[0-9]{1,6})?(?:(?:[-:']|\xe2\x80\x99)[a-z\x80-\xff]{1,4}(?= ))?"
    rb"[ \t]{0,2}(?:[(\[]|\xef\xbc\x88|[-,] ?|\xe2\x80[\x93\x94] ?)?\Z"
)
_SAID_OF_IT = re.compile(
    rb"(?:[ \t]{1,2}(?:\xe2\x80[\x93\x94] ?|[-|=:] )?(?:[a-z\x80-\xff]{1,12}(?:'s)? ){0,3}"
    rb"|(?:[\xe3-\xed][\x80-\xbf]{2}){1,3})\Z"
)
"""What stands between a number that a check decides about and its label: "… is my ", "… – ", "…是我的"."""
_SIGNS_BEHIND = re.compile(
    rb"(?<![0-9A-Za-z./-])(?P<number>(?:[A-Z]{1,4}(?:[ -]|\xc2\xa0))?[A-Z0-9]*[0-9](?:[./-]?[A-Z0-9]){4,20})"
    rb"[ \t]{0,2}(?:[(\[]|\xef\xbc\x88|[-,] ?|\xe2\x80[\x93\x94] ?)?\Z"
)
_SAME_SENTENCE = re.compile(
    rb"(?:[\xc3-\xdf][\x80-\xbf]|[^0-9.!?;\n+(]|(?<=\b[DMS][rst])\.|24/7|24 ?h|[0-9]{1,2}(?= ?(?:Uhr|h|am|pm)\b)"
    rb"|\([0-9]{1,2} [^()\n0-9]{2,24}\)|\((?:[a-z\x80-\xff]{2,16}:? ){1,2}(?=[0-9])){1,56}(?P<line_end>\r?\n ?)?"
)
_CONNECTION = re.compile(
    rb"[)\]]?(?:[\"'] ?)?(?:\xe3\x80\x81|\xd8\x8c ?|[,;/|&+] ?)?"
    rb"(?: ?\(?(?:[A-Za-z\x80-\xff]{1,14}\)?[.:]? ?){1,4}[.:(]?)?[\"']?(?=[0-9+(])"
)
"""What stands between numbers that one label names."""
_FEW_WORDS = re.compile(
    rb"[ :]{0,2}(?:(?:[A-Za-z\x80-\xff-]{2,24}|\([^()\n]{1,24}\))[.:]?(?:[ :]{1,3}|[ :]?\r?\n ?)){1,3}"
    rb"(?:[A-Za-z\x80-\xff]{1,24}:? ){0,4}(?=[0-9A-Z])"
)
"""Whose number it is, and how long: "CURP del alumno: ", "fødselsnummer (11 siffer): "."""
_SERIES = re.compile(rb"(?<![A-Za-z])[A-Z]{1,3}(?: (?:nr|no)\.?)?[ ./-]?\Z")
"""Capitals in front of a number: a series may read like a word between a label and its value ("DAL 512620")."""
_LETTER = re.compile(rb"[A-MO-Z]")
_IN_NEXT_SENTENCE = re.compile(rb"(?:[^0-9\n]|\n(?![ \t\r]*\n)){1,110}(?=[0-9])")
"""What stands between a label and the first number behind its sentence: "podaję PESEL. Prawidłowy to …"."""
_MOST_LINES = 3
_LETTERS_FIRST = re.compile(rb"(?<![0-9A-Za-z])[A-Z]{1,6}[-./]?\Z")
_DIGIT = re.compile(rb"[0-9]")
_ABROAD = (b"+", b"(+")
_OPENED, _CLOSED = (b"(", "（".encode()), (b")", "）".encode())
_VALUE_REACH, _GAP_REACH, _BEHIND_REACH, _LONGEST_SERIES = 130, 100, 56, 8
MARK = re.compile(rb"(?i)[:#]|\xef\xbc\x9a|\xc2[\xb0\xba]|\xe2\x84\x96|\b(?:no|nr|num|number|nummer|numero|n)\b")
"""What makes a label of a common word: a colon, or a word or sign for a number."""
_LINE_END = re.compile(rb"[.:]?[ \t]*\r?\n")
_IN_ANOTHER_LINE = re.compile(rb"[\"'][ \t]*\r?\n")
"""A quotation that ends with its line: what begins the next line is no value of its last word."""
_AFTER_SPACE = re.compile(rb" (?=[0-9(+])")


class Ahead:
    """What stands behind a label: a number, and a number that may hold letters."""

    def __init__(self, record: Buffer, start_of_label: int, end: int, word: str) -> None:
        if _is_abbreviated(word, bytes(record[end : end + 2])):
            end += 1
        else:
            end = end_of_label(record, end)
        self.label_end = end
        start = end_of_gap(record, end, min(len(record), end + _GAP_REACH))
        self.is_marked = _is_marked(record, start_of_label, end, start)
        if bytes(record[start - 1 : start]) == b"(" and b")" in bytes(record[start : start + 6]):
            start -= 1
        if _IN_ANOTHER_LINE.search(record, end, start):
            self.digits = self.signs = self.with_series = self.with_letter = None
            return
        is_separate = start > end or not word[-1].isalnum() or is_written_without_spaces(word[-1])
        self.digits = _digits_at(record, start) if is_separate else None
        signs = _signs_at(record, start) if is_separate else None
        # Capitals alone are a word: "Ghana Card number GHA-format: GHA-…".
        self.signs = signs if signs and _DIGIT.search(signs.value) else None
        series = _SERIES.search(record, end, start) if self.signs else None
        self.with_series = _signs_at(record, series.start()) if series else None
        is_letter = series and _LETTER.fullmatch(series[0].rstrip(b" ./-"))
        self.with_letter = self.with_series if is_letter else None

    def __bool__(self) -> bool:
        """True if there is any number."""
        return self.digits is not None or self.signs is not None


def _is_marked(record: Buffer, start: int, end: int, value: int) -> bool:
    """True if something makes a label of a word from *start* to *end* in front of a value."""
    if MARK.search(record, end, value) or is_owned(record, start):
        return True
    return bytes(record[start - 1 : start]) in (b"", b"\n") and bool(_LINE_END.match(record, end, value))


def _is_abbreviated(word: str, behind: bytes) -> bool:
    """True if a full stop behind a label is no end of a sentence."""
    if not behind.startswith(b"."):
        return False
    return is_abbreviation(word) or behind.endswith(b":")


def digits_before(record: Buffer, start: int) -> Iterator[Candidate]:
    """Yield the number in front of a label, and what is left of it after each space: a postcode may stand there too."""
    low = max(0, start - _BEHIND_REACH)
    found = _DIGITS_BEHIND.search(record, low, start)
    if found is None:
        return
    last = found.end("number")
    text = bytes(record[found.start() : last])
    for skipped in (0, *(space.end() for space in _AFTER_SPACE.finditer(text))):
        yield Candidate(record, found.start() + skipped, last, text[skipped:])


def digits_near(record: Buffer, end: int) -> Candidate | None:
    """Return the number further on in the sentence of a label that ends at *end*; None where it has none."""
    between = _SAME_SENTENCE.match(record, end)
    found = _DIGITS.match(record, between.end(), between.end() + _VALUE_REACH) if between else None
    # What begins the next line, and goes on behind the number, is no value of a label in the line above.
    is_part = found and between and between["line_end"] and bytes(record[found.end() : found.end() + 1]).strip(b"\r\n")
    return None if is_part else _candidate(record, found)


def signs_near(record: Buffer, end: int) -> list[Candidate]:
    """Return the number, which may hold letters, a few words behind a label that ends at *end*.

    Capitals in front of it may be its own ("il conto è IT 62 D 02008 …"), so that there may be two.
    """
    between = _FEW_WORDS.match(record, end)
    if between is None:
        return []
    series = _SERIES.search(record, end, between.end())
    starts = [between.end(), *([series.start()] if series else [])]
    return [found for start in starts if (found := _signs_at(record, start)) is not None]


def in_next_sentence(record: Buffer, end: int) -> tuple[Candidate | None, Candidate | None]:
    """Return the first number behind a label that ends at *end*, and the same with its letters, if it is not far."""
    between = _IN_NEXT_SENTENCE.match(record, end)
    if between is None or between[0].count(b"\n") > _MOST_LINES or between[0].endswith(_ABROAD):
        return None, None
    start = between.end()
    letters = _LETTERS_FIRST.search(record, max(end, start - _LONGEST_SERIES), start)
    is_glued = bytes(record[start - 1 : start]).isalnum()
    digits = None if letters or is_glued else _digits_at(record, start)
    return digits, None if is_glued and not letters else _signs_at(record, letters.start() if letters else start)


def digits_listed(record: Buffer, last: Candidate) -> Candidate | None:
    """Return the number that follows another one in a list."""
    between = _CONNECTION.match(record, last.end)
    return _digits_at(record, between.end()) if between else None


def signs_listed(record: Buffer, last: Candidate) -> Candidate | None:
    """Return the number, which may hold letters, that follows another one in a list."""
    between = _CONNECTION.match(record, last.end)
    return _signs_at(record, between.end()) if between else None


def in_parentheses(record: Buffer, start: int, end: int) -> bool:
    """True if what lies between *start* and *end* is all that stands in parentheses."""
    before, behind = bytes(record[max(0, start - 3) : start]), bytes(record[end : end + 3])
    return before.endswith(_OPENED) and behind.startswith(_CLOSED)


def said_of(record: Buffer, start: int) -> int:
    """Return where the words begin that say of the number in front of them what the label at *start* names."""
    said = _SAID_OF_IT.search(record, max(0, start - _BEHIND_REACH // 2), start)
    return said.start() if said else start


def signs_before(record: Buffer, start: int) -> Candidate | None:
    """Return the number with letters in front of a place."""
    found = _SIGNS_BEHIND.search(record, max(0, start - _BEHIND_REACH), start)
    return Candidate(record, found.start(), found.end("number"), found["number"]) if found else None


def _digits_at(record: Buffer, start: int) -> Candidate | None:
    return _candidate(record, _DIGITS.match(record, start, start + _VALUE_REACH))


def _signs_at(record: Buffer, start: int) -> Candidate | None:
    return _candidate(record, _SIGNS.match(record, start, start + _VALUE_REACH))


def _candidate(record: Buffer, found: re.Match[bytes] | None) -> Candidate | None:
    """Return the candidate of a match, without a parenthesis in front of it that closes behind it."""
    if found is None:
        return None
    start = found.start() + (found[0].startswith(b"(") and b")" not in found[0])
    return Candidate(record, start, found.end(), bytes(record[start : found.end()]))
