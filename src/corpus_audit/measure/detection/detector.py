"""The definition of a detector: its anchors, its validation, and the part of a value that may be shown.

Belongs here: the types that every detector shares. Not here: any detector (one file each), or how text is walked
(scan.py).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from corpus_audit.vocabulary import SpanKind

Buffer = bytes | memoryview

NEAR_BEFORE_BYTES = 80
NEAR_AFTER_BYTES = 32


LABELLED_SCORE = 0.5
"""What a value scores that a label names and no check confirms."""

_GLUED_BEFORE = re.compile(rb"(?:[0-9][-./]|(?:\A|[^A-Za-z])\.|[0-9a-fA-F]{4}-|[$%\\#&])\Z")
_GLUED_AFTER = re.compile(rb"[-.]?[0-9]|-[0-9a-fA-F]{4}|%")


class ConfirmedBy(StrEnum):
    """What confirmed a candidate; ``+context`` is added where a word nearby says so too."""

    SHAPE = "shape"
    CHECKSUM = "checksum"
    LIBRARY = "library"
    LABEL = "label"
    ENTROPY = "entropy"
    TOP_LEVEL_DOMAIN = "top-level-domain"
    ROLE_ADDRESS = "role-address"
    PLACEHOLDER = "placeholder"
    PRIVATE_RANGE = "private-range"
    DATE = "date"
    UNKNOWN_ISSUER = "unknown-issuer"


@dataclass(frozen=True)
class Candidate:
    """A stretch of one record that a proposal points at. It holds a value, so its repr shows only the place."""

    record: Buffer
    start: int
    end: int
    value: bytes

    @property
    def text(self) -> str:
        """The value as text; bytes that are not UTF-8 become U+FFFD."""
        return self.value.decode(errors="replace")

    def before(self, count: int) -> bytes:
        """Return up to *count* bytes of the record in front of the candidate."""
        return bytes(self.record[max(0, self.start - count) : self.start])

    def after(self, count: int) -> bytes:
        """Return up to *count* bytes of the record behind the candidate."""
        return bytes(self.record[self.end : self.end + count])

    @cached_property
    def near(self) -> "Surroundings":
        """The text around the candidate, prepared for word lookups."""
        around = self.before(NEAR_BEFORE_BYTES) + b"\0" + self.after(NEAR_AFTER_BYTES)
        return Surroundings(around, around.lower())

    @cached_property
    def is_glued(self) -> bool:
        """True if the candidate is part of a longer number, of a fraction or a UUID, or is an amount of money."""
        return bool(_GLUED_BEFORE.search(self.before(5)) or _GLUED_AFTER.match(self.after(5)))

    def __repr__(self) -> str:
        return f"Candidate({self.start}, {self.end})"


@dataclass(frozen=True)
class Surroundings:
    """The text around a candidate as it is and in lower case (ASCII only)."""

    text: bytes
    lower: bytes

    def has_any(self, words: tuple[bytes, ...]) -> bool:
        """True if one of *words* (lower case) occurs as a whole word, also within a snake_case or camelCase name."""
        return any(self._has(word) for word in words)

    def __repr__(self) -> str:
        return "Surroundings()"

    def _has(self, word: bytes) -> bool:
        place = self.lower.find(word)
        while place >= 0:
            if self._stands_alone(place, place + len(word)):
                return True
            place = self.lower.find(word, place + 1)
        return False

    def _stands_alone(self, start: int, end: int) -> bool:
        """True if the text has a word boundary at both ends; Han needs no gaps."""
        ahead, first = self.text[max(0, start - 1) : start], self.text[start : start + 1]
        last, behind = self.text[end - 1 : end], self.text[end : end + 1]
        starts = not (ahead.isalpha() and first.isalpha()) or (ahead.islower() and first.isupper())
        return starts and (not (last.isalpha() and behind.isalpha()) or behind.isupper())


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate that holds. ``start`` and ``end`` narrow it; they count from the candidate's first byte.

    ``normalised`` is the value as it is hashed: two ways to write one value give the same bytes.
    """

    normalised: bytes
    score: float
    validator: str
    start: int = 0
    end: int | None = None

    def __repr__(self) -> str:
        return f"Confirmed({self.validator}, {self.score})"


@dataclass(frozen=True)
class DeferredExpression:
    """A long expression that is compiled at its first use: many texts need none of them, and some take 50 ms each."""

    source: bytes

    @cached_property
    def _compiled(self) -> re.Pattern[bytes]:
        return re.compile(self.source)

    def finditer(self, text: Buffer, start: int, end: int, /) -> Iterator[re.Match[bytes]]:
        """Yield the matches between two places of a text."""
        return self._compiled.finditer(text, start, end)

    def fullmatch(self, text: Buffer) -> re.Match[bytes] | None:
        """Return the match of a whole text."""
        return self._compiled.fullmatch(text)

    def search(self, text: Buffer) -> re.Match[bytes] | None:
        """Return the first match in a text."""
        return self._compiled.search(text)


class Spanned(Protocol):
    """What lies between two places of a text, as a match of an expression does."""

    def span(self) -> tuple[int, int]:
        """Return where it begins and ends."""


class Stretch(NamedTuple):
    """Where something lies in a text."""

    start: int
    end: int

    def span(self) -> tuple[int, int]:
        """Return where it begins and ends."""
        return self


class CandidateShape(Protocol):
    """What whole candidates look like: an expression, or what finds them as one would."""

    def finditer(self, text: Buffer, start: int, end: int, /) -> Iterator[Spanned]:
        """Yield where they lie between two places of a text, from left to right, none over another."""


@dataclass(frozen=True)
class Screen:
    """What decides the plain cases of a pattern that one detector has: many hits at once, and exactly as it does.

    ``find`` is compiled code. Given the data, where the record of each hit begins and ends, and where each hit ends
    (records and ends ascend), it fills in where values begin and end that nothing around them speaks against; in place
    of a start it leaves ASK where it is not certain and fills in REJECT where there is none (text_kernel.py).
    ``match`` then looks at such a value alone.
    """

    find: Callable[..., None]
    match: Callable[[bytes], "Match | None"]


@dataclass(frozen=True)
class Pattern:
    """The anchor of a detector: a place that it examines.

    ``anchor`` is a hyperscan expression over bytes (no lookaround, no backreferences); only the ends of its matches
    are used, so it should have few. ``extent`` is what the whole candidate looks like; it is tried on at most
    ``before`` bytes in front of an anchor's end and ``after`` bytes behind it, and must be linear on that stretch.
    A shape that ``is_common`` says nothing by itself: it is believed only next to one of the detector's context words.
    ``near_digits`` promises that every value worth finding is dense in digits (digit_windows.py says how much); the
    anchor is then tried only around such places. ``near_code`` promises that every match of the anchor holds one of the
    signs of code_windows.py, and goes no further from it than its reach. ``screen`` spares most hits the rest.
    ``may_hold`` is asked once about a candidate's text instead of each detector that has the pattern: where it says no,
    none of them would confirm it.
    """

    anchor: str
    extent: CandidateShape
    before: int = 64
    after: int = 64
    is_common: bool = False
    near_digits: bool = False
    near_code: bool = False
    screen: Screen | None = None
    may_hold: Callable[[bytes], bool] | None = None


@dataclass(frozen=True)
class ContextWords:
    """Words nearby that say what a value is, in lower case, and the score they give."""

    words: tuple[bytes, ...]
    score: float


Confirm = Callable[[Candidate], Match | None]
Mask = Callable[[bytes], str]


def mask_all_but_first(value: bytes) -> str:
    """Return the value's first character and three stars, or three stars alone for a short value."""
    text = value.decode(errors="replace")
    return f"{text[0]}***" if len(text) > 4 else "***"


def _accept_any(_value: str, _group: str) -> bool:
    return True


@dataclass(frozen=True)
class LabelledForm:
    """What a value looks like in a place whose label says what it is.

    ``shape`` is that of the value in capitals without separators, ``accepts`` looks at the value as it is and the group
    of its label. ``check`` gives the match of a value that holds; where it gives None, the value is reported as
    labelled. ``labels`` and ``behind`` are groups of labels.yaml, in front of the value and behind it; with
    ``is_near``, a label of the first group may also stand further ahead in the sentence of a value that holds, or is
    ``unmistakable``. With ``is_sure``, a value that holds is believed even where it looks like a version or a date.
    ``tail`` may follow the value, an extension say. With ``is_of_others``, only what no other type takes is asked for.
    """

    labels: tuple[str, ...]
    shape: re.Pattern[str]
    check: Callable[[str], Match | None]
    behind: tuple[str, ...] = ()
    accepts: Callable[[str, str], bool] = _accept_any
    has_letters: bool = False
    ends_in_letters: bool = False
    is_near: bool = False
    is_sure: bool = False
    unmistakable: re.Pattern[str] | None = None
    tail: re.Pattern[str] | None = None
    is_of_others: bool = False


@dataclass(frozen=True)
class Detector:
    """One entity type: proposals, the decision about a candidate, and the mask.

    With ``standalone``, a candidate that is a piece of a longer number, version or identifier is passed over.
    Of two detections that overlap, the one with the higher score stays, then the longer one. ``labelled`` finds what
    its own proposals and validation do not, where a label says what it is.
    """

    kind: SpanKind
    entity_type: str
    proposals: tuple[Pattern, ...]
    confirm: Confirm
    mask: Mask = mask_all_but_first
    context: ContextWords | None = None
    standalone: bool = False
    labelled: LabelledForm | None = None


def propose(shape: str, *, reach: int = 64, is_common: bool = False) -> Pattern:
    """Return a proposal whose anchor and extent are one expression that both engines read alike."""
    return Pattern(shape, re.compile(shape.encode()), before=reach, after=reach, is_common=is_common)


def propose_number(shape: str, *, reach: int = 48, is_common: bool = False) -> Pattern:
    """Return a proposal for a shape that is dense in digits (six of them within twenty bytes)."""
    return replace(propose(shape, reach=reach, is_common=is_common), near_digits=True)


def propose_code(shape: str) -> Pattern:
    """Return a proposal for a shape that holds the sign of a code."""
    return replace(propose(shape), near_code=True)


def context(words: str, score: float) -> ContextWords:
    """Return a ContextWords from lower-case words separated by commas."""
    return ContextWords(tuple(word.strip().encode() for word in words.split(",")), score)
