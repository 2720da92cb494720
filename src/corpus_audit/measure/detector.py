"""What a detector is: where it wants to look, how it makes up its mind, and what of the value may be shown.

Belongs here: the types that every detector shares. Not here: any detector (one file each), or how text is walked
(scan.py).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from corpus_audit.vocabulary import SpanKind

Buffer = bytes | memoryview


class Validator(StrEnum):
    """What confirmed a candidate."""

    SHAPE = "shape"
    CONTEXT = "context"
    CHECKSUM = "checksum"
    CHECKSUM_AND_CONTEXT = "checksum+context"
    LIBRARY = "library"
    LIBRARY_AND_CONTEXT = "library+context"
    ENTROPY = "entropy"
    TOP_LEVEL_DOMAIN = "top-level-domain"
    ROLE_ADDRESS = "role-address"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of one record that a proposal points at. It holds a value, so it has no useful repr."""

    record: Buffer
    start: int
    end: int
    value: bytes

    def before(self, count: int) -> bytes:
        """Return up to *count* bytes of the record in front of the candidate."""
        return bytes(self.record[max(0, self.start - count) : self.start])

    def after(self, count: int) -> bytes:
        """Return up to *count* bytes of the record behind the candidate."""
        return bytes(self.record[self.end : self.end + count])

    def __repr__(self) -> str:
        return f"Candidate({self.start}, {self.end})"


@dataclass(frozen=True, slots=True)
class Confirmed:
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
class Proposal:
    """Where a detector wants to look.

    ``anchor`` is a hyperscan expression over bytes (no lookaround, no backreferences); only the ends of its matches
    are used, so it should have few. ``extent`` is what the whole candidate looks like; it is tried on at most
    ``before`` bytes in front of an anchor's end and ``after`` bytes behind it, and must be linear on that stretch.
    """

    anchor: str
    extent: re.Pattern[bytes]
    before: int = 64
    after: int = 64


@dataclass(frozen=True)
class Detector:
    """One entity type: proposals, the decision about a candidate, and the mask.

    Of two detections of the same kind that overlap, the one with the higher score stays, then the longer one.
    """

    kind: SpanKind
    entity_type: str
    proposals: tuple[Proposal, ...]
    confirm: Callable[[Candidate], Confirmed | None]
    mask: Callable[[bytes], str]


def propose(shape: str, reach: int = 64) -> Proposal:
    """Return a proposal whose anchor and extent are one expression that both engines read alike."""
    return Proposal(anchor=shape, extent=re.compile(shape.encode()), before=reach, after=reach)


def mask_all_but_first(value: bytes) -> str:
    """Return the value's first character and three stars, or three stars alone for a short value."""
    text = value.decode(errors="replace")
    return f"{text[0]}***" if len(text) > 4 else "***"
