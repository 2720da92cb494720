"""Values in labelled places: confirmed where their check holds, else reported as labelled, with a lower score.

A label is looked for near digits only. Its value stands behind it, across a line end too, or directly in front of it.
"""

import re
from collections.abc import Iterator, Sequence

from corpus_audit.measure.detection.columns import column_candidates
from corpus_audit.measure.detection.detector import (
    LABELLED_SCORE,
    Buffer,
    Candidate,
    ConfirmedBy,
    Detector,
    LabelledForm,
    Match,
)
from corpus_audit.measure.detection.label_gaps import end_of_gap, end_of_label
from corpus_audit.measure.detection.label_routes import LabelRoute
from corpus_audit.measure.detection.labels import (
    COMMON,
    NOT_PERSONAL,
    WEAK,
    begins_word,
    ends_word,
    groups_before,
    is_abbreviation,
    is_part_of_other,
    is_written_without_spaces,
)
from corpus_audit.measure.detection.negatives import is_something_else

NEAR = "NEAR"
"""The group of a label that stands in the same sentence, not directly beside the value."""

_DIGITS = re.compile(
    rb"(?:\+ ?\(?|\(\+?)?[0-9](?:(?:[ ().\-/]{0,3}| ?\xe2\x80\x93 ?| ?\r?\n ?)[0-9]){5,30}(?![0-9A-Za-wyz])"
)
_SIGNS = re.compile(
    rb"(?:[0-9A-Z]{1,34}|[a-z]{1,6}[0-9][0-9a-z]{0,30}|[0-9]{7,11}[a-z])"
    rb"(?:(?:(?:[ ./-]|\xc2\xa0){1,2}|\r?\n ?| ?\xe2\x84\x96 ?| (?:nr|no|\xd0\xbd\xd0\xbe\xd0\xbc\xd0\xb5\xd1\x80)\.? )"
    rb"(?:[0-9A-Z]{1,34}|[a-z]{0,4}[0-9][0-9a-z]{0,30})){0,11}(?![0-9A-Za-z])"
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
    rb"(?<![0-9A-Za-z./-])(?P<number>(?:[A-Z]-)?[A-Z0-9]*[0-9](?:[./-]?[A-Z0-9]){4,20})"
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
_MOST_LISTED = 4
_FEW_WORDS = re.compile(
    rb"[ :]{0,2}(?:(?:[A-Za-z\x80-\xff-]{2,24}|\([^()\n]{1,24}\))[.:]?(?:[ :]{1,3}|[ :]?\r?\n ?)){1,3}"
    rb"(?:[A-Za-z\x80-\xff]{1,24}:? ){0,4}(?=[0-9A-Z])"
)
"""Whose number it is, and how long: "CURP del alumno: ", "fødselsnummer (11 siffer): "."""
_SERIES = re.compile(rb"(?<![A-Za-z])[A-Z]{1,3}(?: (?:nr|no)\.?)? ?\Z")
"""Capitals in front of a number: a series may read like a word between a label and its value ("DAL 512620")."""
_DIALLED = (b"0", b"+", b"(")
"""How a number begins that is dialled and not counted."""
_PREPOSITIONS = "on|at|unter|auf|au|sur|al|allo|en|ao|no|pelo|op|onder|på|na|pod|la|pe|στο|на|по|за|ke|di"
_SET_APART = re.compile(rf"(?:[,:(–-]|(?<![^ ,])(?:{_PREPOSITIONS})) ?\Z")
"""What stands in front of a number that is dialled, and not counted, further behind a label."""
_ENDS_SENTENCE = (b"", b",", b".", b";", b"!", b"?", b")", b"\n")
_SHORT_WORD_BYTES = 10
_FEWEST_GROUPS, _DIGITS_OF_THOUSANDS = 3, 3
_VALUE_REACH, _GAP_REACH, _BEHIND_REACH, _BEFORE_BYTES = 130, 100, 56, 120
_LEAST_DIFFERENT = 3
"""Values of fewer different digits are made up."""
_MARK = re.compile(rb"(?i)[:#]|\xef\xbc\x9a|\xc2[\xb0\xba]|\xe2\x84\x96|\b(?:no|nr|num|number|nummer|numero|n)\b")
"""What makes a label of a common word: a colon, or a word or sign for a number."""
_IN_ANOTHER_LINE = re.compile(rb"[\"'][ \t]*\r?\n")
"""A quotation that ends with its line: what begins the next line is no value of its last word."""
_COUNTED = re.compile(r"[0-9]{1,8}|[0-9]{1,3}(?:[ .,\u00a0][0-9]{3})+")
_AFTER_SPACE = re.compile(rb" (?=[0-9(+])")
_DIGIT = re.compile(rb"[0-9]")
_GROUP = re.compile(rb"[0-9]+")
_TOKEN = re.compile(r"[0-9A-Za-z]+")
_RUNS_ON = re.compile(r"[-./][0-9]")
_DIALLED_TYPE = "PHONE_NUMBER"
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_NUMBER_SIGN = re.compile(r" (?:nr|no|номер)\.? ")
"""What stands between the series of a document and its number."""


def labelled_candidates(record: Buffer, end: int, route: LabelRoute) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the candidates beside a label that ends at *end*, with its group and a detector that asks for it."""
    start = end - len(route.word.encode())
    if start < 0 or not (begins_word(record, start, route.word) and ends_word(record, end, route.word)):
        return
    found = _Ahead(record, end, route.word)
    if is_part_of_other(record, start, end, route.word):
        route = route.of_sure()
    for group, detector in route.ahead:
        if candidate := found.signs if _has_letters(detector) else found.digits:
            yield candidate, group.removesuffix(COMMON) if found.is_marked else group, detector
    before = list(_digits_before(record, start)) if route.behind else []
    others = _label_of(before[0]) if before else frozenset()
    for candidate in before:
        yield from ((candidate, group, taker) for group, taker in route.behind if _may_be_of(others, taker))
    near = _digits_near(record, found.label_end) if found.digits is None else None
    yield from _near_candidates(found, near, record, end, route)
    yield from _listed(record, found.digits or near, route)
    yield from _listed_signs(record, found, route)
    for candidate in column_candidates(record, start, end) if route.ahead else ():
        yield from ((candidate, group.removesuffix(COMMON), detector) for group, detector in route.ahead)


def _label_of(candidate: Candidate) -> frozenset[str]:
    """Return the groups of the label directly in front of a candidate."""
    return groups_before(candidate.before(_BEFORE_BYTES).decode(errors="ignore"))


def _may_be_of(groups: frozenset[str], detector: Detector) -> bool:
    """True unless the label directly in front of a value is of *groups* that *detector* does not ask for."""
    form = detector.labelled
    return not groups or form is None or not groups.isdisjoint(form.labels + form.behind)


def _is_not_of_other(candidate: Candidate, detector: Detector) -> bool:
    """True unless a label that *detector* does not ask for is nearer, and its check alone does not say enough."""
    is_sure = detector.labelled is not None and detector.labelled.is_sure
    return is_sure or _may_be_of(_label_of(candidate) - {NOT_PERSONAL}, detector)


def _near_candidates(
    found: "_Ahead", near: Candidate | None, record: Buffer, end: int, route: LabelRoute
) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the candidates further behind a label that has none directly behind it."""
    if near:
        for group, detector in route.ahead:
            if _may_be_near(near, group, detector) and _is_not_of_other(near, detector):
                yield near, NEAR, detector
    takers = [taker for taker in route.ahead if _is_checked_near(route.word, *taker)]
    if takers and found.digits is None and found.signs is None:
        yield from _checked_before(record, end - len(route.word.encode()), takers)
    candidate = found.with_series if found.signs else _signs_near(record, found.label_end) if takers else None
    if candidate is not None:
        yield from ((candidate, NEAR, detector) for _, detector in takers if _is_not_of_other(candidate, detector))


def decide_labelled(candidate: Candidate, group: str, detector: Detector) -> Match | None:
    """Return what *detector* makes of a candidate beside a label of *group*; None where it is nothing to it."""
    form = detector.labelled
    if form is None:
        return None
    text = candidate.text
    labelled: Match | None = None
    is_doubtful = is_something_else(candidate, text)
    if is_doubtful and not _outweighs(form, text):
        return None
    for end in _ends(text, form):
        value = text[:end] + _tail(candidate, form, end)
        # What is a citation as a whole is not personal in its first part.
        is_other = is_doubtful or is_something_else(candidate, value)
        if is_other and not _outweighs(form, value):
            return labelled
        confirmed = form.check(_NUMBER_SIGN.sub(" ", value)) if form.accepts(value, group) else None
        if confirmed is not None:
            return Match(confirmed.normalised, confirmed.score, confirmed.validator, end=len(value.encode()))
        # Two lines of digits are one number only where a check says so.
        is_broken = "\n" in value and not form.has_letters
        is_said = _says(form, group, value) and not _is_day(detector, value)
        if labelled is None and is_said and not (is_other or is_broken) and _label_of(candidate) != {NOT_PERSONAL}:
            labelled = Match(_compact(value).encode(), LABELLED_SCORE, ConfirmedBy.LABEL, end=len(value.encode()))
    return labelled


def _outweighs(form: LabelledForm, value: str) -> bool:
    """True if a check of a form decides about a value that looks like something else."""
    return form.is_sure and len(set(filter(str.isdigit, value))) >= _LEAST_DIFFERENT


def is_no_amount(value: str, group: str) -> bool:
    """True unless a common word that nothing makes a label stands before what may be an amount."""
    return not group.endswith(COMMON) or _COUNTED.fullmatch(value) is None


def has_letters_or_label(value: str, group: str) -> bool:
    """True unless a common word that nothing makes a label stands before digits alone."""
    return not group.endswith(COMMON) or any(map(str.isalpha, value))


def _is_day(detector: Detector, value: str) -> bool:
    """True of a day such as 20240115 where it is no number that one dials: files of papers are named by their days."""
    return detector.entity_type != _DIALLED_TYPE and _DAY.fullmatch(value) is not None


def _says(form: LabelledForm, group: str, value: str) -> bool:
    """True if a label of *group* alone says what a value is."""
    if not form.accepts(value, group):
        return False
    return group != NEAR or bool(form.unmistakable and form.unmistakable.fullmatch(value))


class _Ahead:
    """What stands behind a label: a number, and a number that may hold letters."""

    def __init__(self, record: Buffer, end: int, word: str) -> None:
        if _is_abbreviated(word, bytes(record[end : end + 2])):
            end += 1
        else:
            end = end_of_label(record, end)
        self.label_end = end
        start = end_of_gap(record, end, min(len(record), end + _GAP_REACH))
        self.is_marked = bool(_MARK.search(record, end, start))
        if bytes(record[start - 1 : start]) == b"(" and b")" in bytes(record[start : start + 6]):
            start -= 1
        last = start + _VALUE_REACH
        if _IN_ANOTHER_LINE.search(record, end, start):
            self.digits = self.signs = self.with_series = None
            return
        is_separate = start > end or not word[-1].isalnum() or is_written_without_spaces(word[-1])
        self.digits = _candidate(record, _DIGITS.match(record, start, last)) if is_separate else None
        self.signs = _candidate(record, _SIGNS.match(record, start, last)) if is_separate else None
        series = _SERIES.search(record, end, start) if self.signs else None
        self.with_series = _candidate(record, _SIGNS.match(record, series.start(), last)) if series else None


def _is_abbreviated(word: str, behind: bytes) -> bool:
    """True if a full stop behind a label is no end of a sentence."""
    if not behind.startswith(b"."):
        return False
    return is_abbreviation(word) or behind.endswith(b":")


def _may_be_near(candidate: Candidate, group: str, detector: Detector) -> bool:
    """True if *detector* takes values from further behind such a label; a verb must be followed by what is dialled."""
    form = detector.labelled
    if form is None or not form.is_near:
        return False
    is_dialled = candidate.value.startswith(_DIALLED) or _is_set_apart(candidate)
    is_unmistakable = form.unmistakable is not None and form.unmistakable.fullmatch(candidate.text)
    return group == form.labels[0] or is_dialled or bool(is_unmistakable)


def _is_set_apart(candidate: Candidate) -> bool:
    """True of a number in groups that are no thousands, or between commas or colons."""
    groups = candidate.value.replace(b"-", b" ").split()
    if len(groups) < _FEWEST_GROUPS:
        return False
    if b"-" in candidate.value or any(len(group) != _DIGITS_OF_THOUSANDS for group in groups[1:]):
        return True
    return (
        bool(_SET_APART.search(candidate.before(_SHORT_WORD_BYTES).decode(errors="ignore")))
        and candidate.after(1) in _ENDS_SENTENCE
    )


def _listed(record: Buffer, first: Candidate | None, route: LabelRoute) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the numbers that follow the one behind a label, for checks to decide: "PESEL 4405… and of my son 0221…"."""
    last = first
    for _ in range(_MOST_LISTED if route.ahead else 0):
        between = _CONNECTION.match(record, last.end) if last else None
        last = (
            _candidate(record, _DIGITS.match(record, between.end(), between.end() + _VALUE_REACH)) if between else None
        )
        if first is None or last is None:
            return
        others = _label_of(last)
        for _, taker in route.ahead:
            if _may_be_of(others, taker) and _is_like(first, last, taker):
                yield last, NEAR, taker


def _listed_signs(record: Buffer, found: "_Ahead", route: LabelRoute) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the numbers with letters that follow one behind a label, for checks to decide: "PPS 1912306S, 8269909O"."""
    takers = [
        taker for group, taker in route.ahead if _has_letters(taker) and _is_checked_near(route.word, group, taker)
    ]
    last = (found.signs or _signs_near(record, found.label_end)) if takers and found.digits is None else None
    for _ in range(_MOST_LISTED):
        between = _CONNECTION.match(record, last.end) if last else None
        last = (
            _candidate(record, _SIGNS.match(record, between.end(), between.end() + _VALUE_REACH)) if between else None
        )
        if last is None:
            return
        others = _label_of(last)
        yield from ((last, NEAR, taker) for taker in takers if _may_be_of(others, taker))


def _is_like(first: Candidate, other: Candidate, detector: Detector) -> bool:
    """True if *other* may be a number of the kind of *first*: as long, or written like it or as one dials."""
    form = detector.labelled
    if form is None or form.unmistakable is None:
        if len(_DIGIT.findall(first.value)) != len(_DIGIT.findall(other.value)):
            return False
        more_groups = len(_GROUP.findall(other.value)) - len(_GROUP.findall(first.value))
        return more_groups <= 1 or _has_check_digit(other, detector)
    if not first.value.isdigit() and _DIGIT.sub(b"0", first.value) == _DIGIT.sub(b"0", other.value):
        return True
    return other.value.startswith(_DIALLED) or _is_set_apart(other) or bool(form.unmistakable.fullmatch(other.text))


def _has_check_digit(candidate: Candidate, detector: Detector) -> bool:
    """True if a check digit holds; a number of a kind without them may be anything as long."""
    match = detector.confirm(candidate)
    return match is not None and match.validator == ConfirmedBy.CHECKSUM


def _digits_before(record: Buffer, start: int) -> Iterator[Candidate]:
    """Yield the number in front of a label, and what is left of it after each space: a postcode may stand there too."""
    low = max(0, start - _BEHIND_REACH)
    found = _DIGITS_BEHIND.search(record, low, start)
    if found is None:
        return
    last = found.end("number")
    text = bytes(record[found.start() : last])
    for skipped in (0, *(space.end() for space in _AFTER_SPACE.finditer(text))):
        yield Candidate(record, found.start() + skipped, last, text[skipped:])


def _checked_before(
    record: Buffer, start: int, takers: Sequence[tuple[str, Detector]]
) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the number in front of a label that has none behind it, for checks to decide: "36008141118 (isikukood)"."""
    if said := _SAID_OF_IT.search(record, max(0, start - _BEHIND_REACH // 2), start):
        start = said.start()
    for candidate in _digits_before(record, start):
        others = _label_of(candidate)
        yield from ((candidate, NEAR, detector) for _, detector in takers if _may_be_of(others, detector))
    low = max(0, start - _BEHIND_REACH)
    if found := _SIGNS_BEHIND.search(record, low, start):
        candidate = Candidate(record, found.start(), found.end("number"), found["number"])
        yield from ((candidate, NEAR, detector) for _, detector in takers if _has_letters(detector))


def _has_letters(detector: Detector) -> bool:
    return detector.labelled is not None and detector.labelled.has_letters


def _digits_near(record: Buffer, end: int) -> Candidate | None:
    between = _SAME_SENTENCE.match(record, end)
    found = _DIGITS.match(record, between.end(), between.end() + _VALUE_REACH) if between else None
    # What begins the next line, and goes on behind the number, is no value of a label in the line above.
    is_part = found and between and between["line_end"] and bytes(record[found.end() : found.end() + 1]).strip(b"\r\n")
    return None if is_part else _candidate(record, found)


def _signs_near(record: Buffer, end: int) -> Candidate | None:
    between = _FEW_WORDS.match(record, end)
    return _candidate(record, _SIGNS.match(record, between.end(), between.end() + _VALUE_REACH)) if between else None


def _is_checked_near(word: str, group: str, detector: Detector) -> bool:
    """True if *detector* takes values a few words behind a label of such a group, where its check holds."""
    form = detector.labelled
    if form is None or not form.is_near or form.unmistakable is not None:
        return False
    return group == form.labels[0] or (group.endswith(WEAK) and bool(_MARK.search(word.encode())))


def _candidate(record: Buffer, found: re.Match[bytes] | None) -> Candidate | None:
    """Return the candidate of a match, without a parenthesis in front of it that closes behind it."""
    if found is None:
        return None
    start = found.start() + (found[0].startswith(b"(") and b")" not in found[0])
    return Candidate(record, start, found.end(), bytes(record[start : found.end()]))


def _ends(text: str, form: LabelledForm) -> Iterator[int]:
    """Yield where a value of the right shape may end, the furthest first."""
    for token in reversed(list(_TOKEN.finditer(text))):
        end = token.end()
        may_end = form.ends_in_letters or any(sign.isdigit() for sign in token[0])
        if may_end and not _RUNS_ON.match(text, end) and form.shape.fullmatch(_compact(text[:end])):
            yield end


def _tail(candidate: Candidate, form: LabelledForm, end: int) -> str:
    """Return what follows the value and belongs to it."""
    if form.tail is None:
        return ""
    behind = candidate.text[end:] + candidate.after(12).decode(errors="replace")
    found = form.tail.match(behind)
    return found[0] if found else ""


def _compact(value: str) -> str:
    signs = filter(str.isalnum, _NUMBER_SIGN.sub("", value))
    return ("+" if value.startswith(("+", "(+")) else "") + "".join(signs).upper()
