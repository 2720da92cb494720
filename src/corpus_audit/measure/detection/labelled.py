"""Values in labelled places: confirmed where their check holds, else reported as labelled, with a lower score.

A label is looked for near digits only. Its value stands behind it, across a line end too, or directly in front of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus_audit.measure.detection.detector import (
    LABELLED_SCORE,
    Buffer,
    Candidate,
    ConfirmedBy,
    Detector,
    LabelledForm,
    Match,
)
from corpus_audit.measure.detection.labels import (
    BESIDES,
    COMMON,
    begins_word,
    ends_word,
    is_abbreviation,
    is_written_without_spaces,
    labels_of,
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
    rb"(?: ?(?:x|ext\.?) ?[0-9]{1,6})?[ \t]{0,2}(?:[(\[]|\xef\xbc\x88|[-,] ?|\xe2\x80[\x93\x94] ?)?\Z"
)
_SAID_OF_IT = re.compile(
    rb"(?:[ \t]{1,2}(?:\xe2\x80[\x93\x94] ?|[-|=:] )?(?:[a-z\x80-\xff]{1,12}(?:'s)? ){0,3}"
    rb"|(?:[\xe3-\xed][\x80-\xbf]{2}){1,3})\Z"
)
"""What stands between a number that a check decides about and its label: "… is my ", "… – ", "…是我的"."""
_SIGNS_BEHIND = re.compile(
    rb"(?<![0-9A-Za-z./-])(?P<number>[A-Z0-9]*[0-9](?:[./-]?[A-Z0-9]){4,20})"
    rb"[ \t]{0,2}(?:[(\[]|\xef\xbc\x88|[-,] ?|\xe2\x80[\x93\x94] ?)?\Z"
)
_SAME_SENTENCE = re.compile(
    rb"(?:[^0-9.!?;\n+(]|(?<=\b[DMS][rst])\.|24/7|24 ?h|[0-9]{1,2}(?= ?(?:Uhr|h|am|pm)\b)){1,56}"
)
_FEW_WORDS = re.compile(rb"[ :]{0,2}(?:(?:[a-z\x80-\xff]{2,24}|\([^()\n]{1,24}\))[.:]?[ :]{1,3}){1,3}(?=[0-9A-Z])")
"""Whose number it is, and how long: "CURP del alumno: ", "fødselsnummer (11 siffer): "."""
_SERIES = re.compile(rb"(?<![A-Za-z])[A-Z]{1,3}(?: (?:nr|no)\.?)? ?\Z")
"""Capitals in front of a number: a series may read like a word between a label and its value ("DAL 512620")."""
_DIALLED = (b"0", b"+", b"(")
"""How a number begins that is dialled and not counted."""
_EXPLANATION = r"\((?![a-z_$]{1,2},|[a-z_$]\))(?:[0-9]{1,2} )?[^()\n0-9]{2,30}\)"
"""What a label says more about its value: "(11 siffer)", "(if any)"; parameters of a function say nothing."""
_GAP = r";(?=[\"']?[+(0-9])|[\]}](?!\s*[,;)])|[\s\"'`=:,|>*_()\[{~/\\#-]|<[^<>]{0,60}>|" + "|".join(
    "：，“”„«»‘’（）【】「」‐–—\u00a0；°º№".replace("；", "")
)
_VALUE_REACH, _GAP_REACH, _BEHIND_REACH = 130, 100, 56
_LEAST_DIFFERENT = 3
"""Values of fewer different digits are made up."""
_MARK = re.compile(rb"(?i)[:#]|\xef\xbc\x9a|\xc2[\xb0\xba]|\xe2\x84\x96|\b(?:no|nr|num|number|nummer|numero|n)\b")
"""What makes a label of a common word: a colon, or a word or sign for a number."""
_IN_ANOTHER_LINE = re.compile(rb"[\"'][ \t]*\r?\n")
"""A quotation that ends with its line: what begins the next line is no value of its last word."""
_COUNTED = re.compile(r"[0-9]{1,8}|[0-9]{1,3}(?:[ .,\u00a0][0-9]{3})+")
_AFTER_SPACE = re.compile(rb" (?=[0-9(+])")
_TOKEN = re.compile(r"[0-9A-Za-z]+")
_RUNS_ON = re.compile(r"[-./][0-9]")
_DIALLED_TYPE = "PHONE_NUMBER"
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_NUMBER_SIGN = re.compile(r" (?:nr|no|номер)\.? ")
"""What stands between the series of a document and its number."""


@dataclass(frozen=True)
class LabelRoute:
    """A label, and the detectors that look behind it and in front of it, each with the label's group."""

    word: str
    ahead: tuple[tuple[str, Detector], ...]
    behind: tuple[tuple[str, Detector], ...]


def label_routes(detectors: Sequence[Detector]) -> tuple[LabelRoute, ...]:
    """Return a route for every label of the detectors' groups, sorted by label."""
    ahead: dict[str, list[tuple[str, Detector]]] = {}
    behind: dict[str, list[tuple[str, Detector]]] = {}
    for detector in detectors:
        form = detector.labelled
        for groups, routes in () if form is None else ((form.labels, ahead), (form.behind, behind)):
            for group in groups:
                for word in labels_of(group):
                    routes.setdefault(word, []).append((group, detector))
    words = sorted({*ahead, *behind})
    return tuple(LabelRoute(word, tuple(ahead.get(word, ())), tuple(behind.get(word, ()))) for word in words)


def labelled_candidates(record: Buffer, end: int, route: LabelRoute) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the candidates beside a label that ends at *end*, with its group and a detector that asks for it."""
    start = end - len(route.word.encode())
    if start < 0 or not (begins_word(record, start, route.word) and ends_word(record, end, route.word)):
        return
    found = _Ahead(record, end, route.word)
    for group, detector in route.ahead:
        if candidate := found.signs if _has_letters(detector) else found.digits:
            yield candidate, group.removesuffix(COMMON) if found.is_marked else group, detector
    for candidate in _digits_before(record, start) if route.behind else ():
        yield from ((candidate, group, detector) for group, detector in route.behind)
    yield from _near_candidates(found, record, end, route)


def _near_candidates(
    found: "_Ahead", record: Buffer, end: int, route: LabelRoute
) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the candidates further behind a label that has none directly behind it."""
    if found.digits is None and (candidate := _digits_near(record, end)):
        for group, detector in route.ahead:
            if _may_be_near(candidate, group, detector):
                yield candidate, NEAR, detector
    takers = [taker for taker in route.ahead if _is_checked_near(*taker)]
    if takers and found.digits is None and found.signs is None:
        yield from _checked_before(record, end - len(route.word.encode()), takers)
    candidate = found.with_series if found.signs else _signs_near(record, end) if takers else None
    if candidate is not None:
        yield from ((candidate, NEAR, detector) for _, detector in takers)


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
        if labelled is None and is_said and not (is_other or is_broken):
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
        gap = _gap().match(record, end, end + _GAP_REACH)
        start = gap.end() if gap else end
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
    if form is None or not form.is_near or form.has_letters:
        return False
    is_dialled = candidate.value.startswith(_DIALLED)
    is_unmistakable = form.unmistakable is not None and form.unmistakable.fullmatch(candidate.text)
    return group == form.labels[0] or is_dialled or bool(is_unmistakable)


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
        yield from ((candidate, NEAR, detector) for _, detector in takers)
    low = max(0, start - _BEHIND_REACH)
    if found := _SIGNS_BEHIND.search(record, low, start):
        candidate = Candidate(record, found.start(), found.end("number"), found["number"])
        yield from ((candidate, NEAR, detector) for _, detector in takers if _has_letters(detector))


def _has_letters(detector: Detector) -> bool:
    return detector.labelled is not None and detector.labelled.has_letters


def _digits_near(record: Buffer, end: int) -> Candidate | None:
    between = _SAME_SENTENCE.match(record, end)
    return _candidate(record, _DIGITS.match(record, between.end(), between.end() + _VALUE_REACH)) if between else None


def _signs_near(record: Buffer, end: int) -> Candidate | None:
    between = _FEW_WORDS.match(record, end)
    return _candidate(record, _SIGNS.match(record, between.end(), between.end() + _VALUE_REACH)) if between else None


def _is_checked_near(group: str, detector: Detector) -> bool:
    """True if *detector* takes values a few words behind such a label, where its check holds."""
    form = detector.labelled
    return form is not None and form.is_near and form.unmistakable is None and group == form.labels[0]


def _candidate(record: Buffer, found: re.Match[bytes] | None) -> Candidate | None:
    return None if found is None else Candidate(record, found.start(), found.end(), found[0])


@cache
def _gap() -> re.Pattern[bytes]:
    """Return what may stand between a label and its value: signs, markup and words like "number" and "is"."""
    words = sorted(labels_of(BESIDES), key=lambda word: (-len(word), word))
    forms = dict.fromkeys(form for word in words for form in (word, word.capitalize()))
    plain = "|".join(re.escape(form) for form in forms if form.isascii())
    other = "|".join(re.escape(form) for form in forms if not form.isascii())
    # Words with other letters come first: "n" is a word too, and "núm." is not.
    return re.compile(f"(?:{_EXPLANATION}|{_GAP}|(?:{other})\\.?|(?i:{plain})\\.?(?![A-Za-z0-9.]))+".encode())


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
