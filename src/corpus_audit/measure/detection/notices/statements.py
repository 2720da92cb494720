"""Builders of notice detectors that match a phrase."""

import re
from collections.abc import Callable

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, DeferredExpression, Detector, Match, Pattern
from corpus_audit.vocabulary import SpanKind

GAP = r"[ \t\r\n*#/;!\"'>_-]{1,16}"
"""What may stand between two words of a notice that is wrapped inside a comment."""

_SPACE = re.compile(r"\\.|\[[^\]]*\]| \?| ")
_GAPS = {" ": GAP, " ?": f"(?:{GAP})?"}

Name = Callable[[re.Match[bytes]], str | None]
Refuses = Callable[[Candidate], bool]


def refuses_nothing(_candidate: Candidate) -> bool:
    """Take a statement wherever it stands."""
    return False


def worded(phrase: str) -> str:
    """Return an expression for *phrase* that takes a wrapped comment's line break for every space outside brackets.

    A space and a question mark are a gap that may be missing.
    """
    return _SPACE.sub(lambda match: _GAPS.get(match[0], match[0]), phrase)


def any_of(*phrases: str) -> str:
    """Return an expression for any of the phrases, worded."""
    return "|".join(map(worded, phrases))


def ignoring_case(*phrases: str) -> tuple[str, ...]:
    """Return the phrases as expressions that ignore the case of ASCII letters."""
    return tuple(f"(?i:{phrase})" for phrase in phrases)


def statement(
    entity_type: str,
    kind: SpanKind,
    phrase: str,
    *,
    extent: str | None = None,
    name: Name | None = None,
    reach: int = 320,
    refuses: Refuses = refuses_nothing,
) -> Detector:
    """Return a detector of a notice by an expression of its words.

    *extent* is the whole notice where it is longer than *phrase*. *name* reads from its match what it says in short,
    shown as the masked excerpt, or None when it says nothing; without it that is the entity type. *reach* is how many
    bytes around the end of a phrase are looked at. *refuses* says where the words only speak of a notice.
    """
    whole = DeferredExpression((extent or phrase).encode())
    naming = name or (lambda _match: entity_type)

    def confirm(candidate: Candidate) -> Match | None:
        match = whole.fullmatch(candidate.value)
        said = naming(match) if match else None
        return None if said is None or refuses(candidate) else Match(said.encode(), 0.9, ConfirmedBy.SHAPE)

    def mask(value: bytes) -> str:
        match = whole.fullmatch(value)
        return (naming(match) if match else None) or entity_type

    return Detector(kind, entity_type, (Pattern(phrase, whole, before=reach, after=reach),), confirm, mask)
