"""What a short text of preferences says of training: ``train-ai=n``, ``ai-train=no``, ``noai``, ``tdm-reservation``.

Sources: IETF drafts aipref-vocab and aipref-attach (Content-Usage), contentsignals.org (Content-Signal), W3C TDMRep
final report of 2024, and the noai convention for robots meta tags.
"""

import re
from collections.abc import Mapping

from corpus_audit.vocabulary import OptOutState

_TRAINING = ("train-ai", "ai-train", "train-genai")
_BROADER = ("ai", "genai", "automated", "bots")
"""Categories that hold training among other uses; what is said of training itself goes before them."""

_VALUES: Mapping[str, OptOutState] = {
    "n": OptOutState.RESERVED,
    "no": OptOutState.RESERVED,
    "y": OptOutState.ALLOWED,
    "yes": OptOutState.ALLOWED,
}
_PAIR = re.compile(r"([a-z][a-z-]*)\s*=\s*\"?([a-z]+)")
_NOAI = frozenset({"noai", "noimageai"})
_RESERVATIONS = {"1": OptOutState.RESERVED, "0": OptOutState.ALLOWED}


def strictest(answers: list[OptOutState]) -> OptOutState | None:
    """Return reserved when anything is, else allowed when anything is, else None."""
    return next((state for state in (OptOutState.RESERVED, OptOutState.ALLOWED) if state in answers), None)


def read_preferences(text: str) -> OptOutState | None:
    """Return what Content-Usage or Content-Signal values say of training; each vocabulary is read in both."""
    said: dict[str, list[OptOutState]] = {}
    for name, value in _PAIR.findall(text.lower()):
        if value in _VALUES:
            said.setdefault(name, []).append(_VALUES[value])
    for names in (_TRAINING, _BROADER):
        answer = strictest([state for name in names for state in said.get(name, [])])
        if answer is not None:
            return answer
    return None


def read_robots_tag(value: str, crawler: str) -> OptOutState | None:
    """Return what an X-Robots-Tag or robots meta tag says: only a reservation, since it has no word for a yes."""
    agent, separator, directives = value.lower().rpartition(":")
    if separator and agent.strip() not in (crawler.lower(), "*"):
        return None
    words = {word.strip() for word in directives.split(",")}
    return OptOutState.RESERVED if words & _NOAI else None


def read_reservation(value: object) -> OptOutState | None:
    """Return what a tdm-reservation says; anything but 1 and 0 is an error of protocol and says nothing."""
    return None if isinstance(value, bool) else _RESERVATIONS.get(str(value).strip())
