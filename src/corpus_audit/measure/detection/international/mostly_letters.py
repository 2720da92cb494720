"""Numbers of documents that are mostly letters, a few words behind their label: `C01X00T47`, `NXR8P2KD1`.

Labelled places (labelled.py) are looked for where digits are dense. These have too few, so that their labels, of which
few are enough, are anchors of their own.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus_audit.measure.detection.detector import (
    LABELLED_SCORE,
    Candidate,
    ConfirmedBy,
    Detector,
    Match,
    Pattern,
)

_BETWEEN = r"[^\n0-9]{0,24}(?:\r?\n)?"
_LETTERS_AND_DIGITS = r"(?=[0-9-]*[A-Z])(?=(?:[A-Z-]*[0-9]){2})"


@dataclass(frozen=True)
class FewDigits:
    """What values of few digits look like, and the words that they stand behind, as expressions.

    ``signs`` is what a value must hold besides; "" where its shape says enough.
    """

    words: str
    shape: str
    signs: str = _LETTERS_AND_DIGITS


def _trust_words(_value: str) -> None:
    """Confirm nothing: a value is what the words in front of it say."""


def find_mostly_letters(
    detector: Detector, few: FewDigits, check: Callable[[str], Match | None] = _trust_words
) -> Detector:
    """Return *detector*, which also finds values of *few* digits behind their words, labelled where *check* fails."""
    whole = re.compile(rf"(?i:{few.words}){_BETWEEN}?\b{few.signs}(?P<value>{few.shape})\b".encode())
    pattern = Pattern(rf"(?i:{few.words}){_BETWEEN}\b(?:{few.shape})\b", whole, before=96, after=2)

    def confirm(candidate: Candidate) -> Match | None:
        found = whole.fullmatch(candidate.value)
        if found is None:
            return detector.confirm(candidate)
        value = found["value"].decode()
        match = check(value) or Match(value.replace("-", "").encode(), LABELLED_SCORE, ConfirmedBy.LABEL)
        return replace(match, start=found.start("value"), end=found.end("value"))

    return replace(detector, proposals=(*detector.proposals, pattern), confirm=confirm)
