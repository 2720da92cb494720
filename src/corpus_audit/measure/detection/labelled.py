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
from corpus_audit.measure.detection.label_routes import LabelRoute
from corpus_audit.measure.detection.labels import (
    COMMON,
    MARKED,
    NOT_PERSONAL,
    WEAK,
    begins_word,
    ends_word,
    groups_before,
    is_of_person,
    is_part_of_other,
    made_sure,
)
from corpus_audit.measure.detection.negatives import is_something_else
from corpus_audit.measure.detection.stated_values import stated_before
from corpus_audit.measure.detection.value_places import (
    MARK,
    Ahead,
    digits_before,
    digits_listed,
    digits_near,
    in_next_sentence,
    in_parentheses,
    said_of,
    signs_before,
    signs_listed,
    signs_near,
)

NEAR = "NEAR"
"""The group of a label that stands in the same sentence, not directly beside the value."""
FURTHER = "FURTHER"
"""The group of a label that stands in the sentence before that of the value: there a check digit must hold."""
_OF_CALLS = {"PHONE_CALL"}
"""What stands directly in front of a number that is dialled, whatever stands further ahead: "call", "ligue"."""

_MOST_LISTED = 4
_DIALLED = (b"0", b"+", b"(")
"""How a number begins that is dialled and not counted."""
_PREPOSITIONS = "on|at|unter|auf|au|sur|al|allo|en|ao|no|pelo|op|onder|på|na|pod|la|pe|στο|на|по|за|ke|di"
_SET_APART = re.compile(rf"(?:[,:(–-]|(?<![^ ,])(?:{_PREPOSITIONS})) ?\Z")
"""What stands in front of a number that is dialled, and not counted, further behind a label."""
_ENDS_SENTENCE = (b"", b",", b".", b";", b"!", b"?", b")", b"\n")
_SHORT_WORD_BYTES = 10
_FEWEST_GROUPS, _DIGITS_OF_THOUSANDS = 3, 3
_BEFORE_BYTES = 120
_OF_CARDS, _FEWEST_OF_CARDS = {"CREDIT_CARD", "CREDIT_CARD_WEAK"}, 12
_LEAST_DIFFERENT = 3
"""Values of fewer different digits are made up."""
_COUNTED = re.compile(r"[0-9]{1,8}|[0-9]{1,3}(?:[ .,\u00a0][0-9]{3})+")
_DIGIT = re.compile(rb"[0-9]")
_GROUP = re.compile(rb"[0-9]+")
_TOKEN = re.compile(r"[0-9A-Za-z]+")
_RUNS_ON = re.compile(r"[-./][0-9]")
_DIALLED_TYPE = "PHONE_NUMBER"
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_ALIKE = str.maketrans("АВЕКМНОРСТХІУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXIYABEZHIKMNOPTYX")
"""Cyrillic and Greek capitals that look like Latin ones, and are written for one another in series of documents."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NUMBER_SIGN = re.compile(r",? (?:nr|no|номер)\.? ")
"""What stands between the series of a document and its number."""


def labelled_candidates(record: Buffer, end: int, route: LabelRoute) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the candidates beside a label that ends at *end*, with its group and a detector that asks for it."""
    start = end - len(route.word.encode())
    if start < 0 or not (begins_word(record, start, route.word) and ends_word(record, end, route.word)):
        return
    found = Ahead(record, start, end, route.word)
    is_part = is_part_of_other(record, start, end, route.word)
    if is_part:
        route = route.of_sure()
    for group, detector in route.ahead:
        # A letter in front of a number may read like a word behind the label: "CIN A 123456".
        for candidate in (found.with_letter, found.signs) if _has_letters(detector) else (found.digits,):
            if candidate and (found.is_marked or not group.endswith(MARKED)):
                said = made_sure(group) if found.is_marked else group
                yield candidate, NEAR if is_part else said, detector
    before = list(digits_before(record, start)) if route.behind else []
    others = _label_of(before[0]) if before else frozenset()
    for candidate in before:
        yield from ((candidate, group, taker) for group, taker in route.behind if _may_be_of(others, taker))
    yield from _in_front_of_parenthesis(record, start, end, route)
    near = digits_near(record, found.label_end) if found.digits is None else None
    yield from _near_candidates(found, near, record, end, route)
    if near is None and found.digits is None:
        yield from _further_candidates(found, record, route)
    yield from _listed(record, found.digits or near, route)
    yield from _listed_signs(record, found, route)
    for candidate in column_candidates(record, start, end) if route.ahead else ():
        yield from ((candidate, made_sure(group), detector) for group, detector in route.ahead)
    if not found:
        yield from _stated_before(record, start, route)


def _stated_before(record: Buffer, start: int, route: LabelRoute) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the number in front of words that say it is what the label at *start* names: "80.824.720 es mi cédula"."""
    digits, signs = stated_before(record, start) if route.ahead else (None, None)
    for group, detector in route.ahead:
        candidate = signs if _has_letters(detector) else digits
        if candidate is not None and _may_be_of(_label_of(candidate), detector):
            yield candidate, made_sure(group), detector


def _in_front_of_parenthesis(
    record: Buffer, start: int, end: int, route: LabelRoute
) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the number in front of a label of a person's number in parentheses: "22833838443 (BVN)"."""
    if not in_parentheses(record, start, end):
        return
    digits, signs = list(digits_before(record, start)), signs_before(record, start)
    for group, detector in route.ahead:
        candidates = [signs] if signs and _has_letters(detector) else digits
        for candidate in candidates if is_of_person(group) else ():
            if _may_be_of(_label_of(candidate), detector):
                yield candidate, group, detector


def _label_of(candidate: Candidate) -> frozenset[str]:
    """Return the groups of the label directly in front of a candidate; that of a card names no shorter number."""
    groups = groups_before(candidate.before(_BEFORE_BYTES).decode(errors="ignore"))
    return groups - _OF_CARDS if len(_DIGIT.findall(candidate.value)) < _FEWEST_OF_CARDS else groups


def _may_be_of(groups: frozenset[str], detector: Detector) -> bool:
    """True unless the label directly in front of a value is of *groups* that *detector* does not ask for."""
    form = detector.labelled
    return not groups or form is None or not groups.isdisjoint(form.labels + form.behind)


def _is_not_of_other(candidate: Candidate, detector: Detector) -> bool:
    """True unless a label that *detector* does not ask for is nearer, and its check alone does not say enough."""
    is_sure = detector.labelled is not None and detector.labelled.is_sure
    return is_sure or _may_be_of(_label_of(candidate) - {NOT_PERSONAL}, detector)


def _near_candidates(
    found: Ahead, near: Candidate | None, record: Buffer, end: int, route: LabelRoute
) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the candidates further behind a label that has none directly behind it."""
    if near:
        for group, detector in route.ahead:
            if _may_be_near(near, group, detector) and _is_not_of_other(near, detector):
                yield near, NEAR, detector
    takers = [taker for taker in route.ahead if _is_checked_near(route.word, *taker)]
    if takers and found.digits is None and found.signs is None:
        yield from _checked_before(record, end - len(route.word.encode()), takers)
    if found.signs:
        candidates = [found.with_series] if found.with_series else []
    else:
        candidates = signs_near(record, found.label_end) if takers else []
    for candidate in candidates:
        yield from ((candidate, NEAR, detector) for _, detector in takers if _is_not_of_other(candidate, detector))


def _further_candidates(found: Ahead, record: Buffer, route: LabelRoute) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the first number behind a sentence that has none but names one: "Proszę podać PESEL. Pacjent: 440…"."""
    takers = [detector for group, detector in route.ahead if _is_checked_near(route.word, group, detector)]
    takers = [detector for detector in takers if detector.labelled and detector.labelled.is_sure]
    digits, signs = in_next_sentence(record, found.label_end) if takers else (None, None)
    for detector in takers:
        candidate = signs if _has_letters(detector) else digits
        if candidate is not None and _may_be_of(_label_of(candidate), detector):
            yield candidate, FURTHER, detector


def decide_labelled(candidate: Candidate, group: str, detector: Detector) -> Match | None:
    """Return what *detector* makes of a candidate beside a label of *group*; None where it is nothing to it."""
    form = detector.labelled
    if form is None:
        return None
    text = candidate.text
    labelled: Match | None = None
    is_doubtful = is_something_else(candidate, text)
    if is_doubtful and (group == FURTHER or not _outweighs(form, text)):
        return None
    for end in _ends(text, form):
        value = text[:end] + _tail(candidate, form, end)
        # What is a citation as a whole is not personal in its first part.
        is_other = is_doubtful or is_something_else(candidate, value)
        if is_other and not _outweighs(form, value):
            return labelled
        confirmed = form.check(_NUMBER_SIGN.sub(" ", value)) if form.accepts(value, group) else None
        if confirmed is not None and _is_believed(candidate, group, confirmed, detector):
            return Match(confirmed.normalised, confirmed.score, confirmed.validator, end=len(value.encode()))
        # Two lines of digits are one number only where a check says so.
        is_broken = "\n" in value and not form.has_letters
        is_said = _says(form, group, value) and not _is_day(detector, value)
        if (
            labelled is None
            and is_said
            and not (is_other or is_broken)
            and not _is_labelled_otherwise(candidate, detector)
        ):
            labelled = Match(_compact(value).encode(), LABELLED_SCORE, ConfirmedBy.LABEL, end=len(value.encode()))
    return labelled


def _is_believed(candidate: Candidate, group: str, confirmed: Match, detector: Detector) -> bool:
    """True if a check says enough about a value: what has no check digits must not be a number of another sort."""
    if confirmed.validator.startswith(ConfirmedBy.CHECKSUM) or detector.entity_type == _DIALLED_TYPE:
        return True
    if group == FURTHER or (group == NEAR and not _may_be_of(_label_of(candidate), detector)):
        return False
    return _label_of(candidate) != _OF_CALLS


def _is_labelled_otherwise(candidate: Candidate, detector: Detector) -> bool:
    """True if the label directly in front of a value is that of an order, or a verb for a telephone call."""
    others = _label_of(candidate)
    return others == {NOT_PERSONAL} or (others == _OF_CALLS and detector.entity_type != _DIALLED_TYPE)


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
    return group not in (NEAR, FURTHER) or bool(form.unmistakable and form.unmistakable.fullmatch(value))


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
        last = digits_listed(record, last) if last else None
        if first is None or last is None:
            return
        others = _label_of(last)
        for _, taker in route.ahead:
            if _may_be_of(others, taker) and _is_like(first, last, taker):
                yield last, NEAR, taker


def _listed_signs(record: Buffer, found: Ahead, route: LabelRoute) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the numbers with letters that follow one behind a label, for checks to decide: "PPS 1912306S, 8269909O"."""
    takers = [
        taker for group, taker in route.ahead if _has_letters(taker) and _is_checked_near(route.word, group, taker)
    ]
    some = [found.signs] if found.signs else signs_near(record, found.label_end)
    last = some[0] if some and takers and found.digits is None else None
    for _ in range(_MOST_LISTED):
        last = signs_listed(record, last) if last else None
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


def _checked_before(
    record: Buffer, start: int, takers: Sequence[tuple[str, Detector]]
) -> Iterator[tuple[Candidate, str, Detector]]:
    """Yield the number in front of a label that has none behind it, for checks to decide: "36008141118 (isikukood)"."""
    start = said_of(record, start)
    for candidate in digits_before(record, start):
        others = _label_of(candidate)
        yield from ((candidate, NEAR, detector) for _, detector in takers if _may_be_of(others, detector))
    if signs := signs_before(record, start):
        yield from ((signs, NEAR, detector) for _, detector in takers if _has_letters(detector))


def _has_letters(detector: Detector) -> bool:
    return detector.labelled is not None and detector.labelled.has_letters


def _is_checked_near(word: str, group: str, detector: Detector) -> bool:
    """True if *detector* takes values a few words behind a label of such a group, where its check holds."""
    form = detector.labelled
    if form is None or not form.is_near or form.unmistakable is not None:
        return False
    return group == form.labels[0] or (group.endswith(WEAK) and bool(MARK.search(word.encode())))


def _ends(text: str, form: LabelledForm) -> Iterator[int]:
    """Yield where a value of the right shape may end, the furthest first."""
    for token in reversed(list(_TOKEN.finditer(text))):
        end = token.end()
        may_end = form.ends_in_letters or any(sign.isdigit() for sign in token[0])
        if may_end and not _RUNS_ON.match(text, end) and form.shape.fullmatch(_in_latin(_compact(text[:end]))):
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
    return ("+" if value.startswith(("+", "(+")) else "") + "".join(signs).upper().translate(_ALIKE)


def _in_latin(compact: str) -> str:
    """Return a value as shapes are written, whose letters are Latin: any other stands for some Latin one."""
    return compact if compact.isascii() else _NOT_ASCII.sub("A", compact)
