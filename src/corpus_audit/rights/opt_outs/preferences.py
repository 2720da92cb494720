"""Short training preferences: ``train-ai=n``, ``ai-train=no``, ``noai``, ``tdm-reservation``.

Sources: IETF drafts aipref-vocab-08 and aipref-attach-05 (Content-Usage), contentsignals.org (Content-Signal), W3C
TDMRep final report of 2024, and the noai and noml conventions for robots meta tags. Of the three categories of the
IETF's draft only train-ai speaks of training: ai-use and search are other uses.
"""

import re
from collections.abc import Mapping

from corpus_audit.corpus.own_statements import ROBOTS_WORDS, robots_directives
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
_RESERVATIONS = {"1": OptOutState.RESERVED, "0": OptOutState.ALLOWED}


def strictest(answers: list[OptOutState]) -> OptOutState | None:
    """Return reserved when anything is, else allowed when anything is, else None."""
    return next((state for state in (OptOutState.RESERVED, OptOutState.ALLOWED) if state in answers), None)


def read_preferences(text: str) -> OptOutState | None:
    """Return the training preference in Content-Usage or Content-Signal values; each vocabulary is read in both."""
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
    agents = ("", crawler.lower())
    said = any(word in ROBOTS_WORDS and agent in agents for agent, word in robots_directives(value))
    return OptOutState.RESERVED if said else None


def read_reservation(value: object) -> OptOutState | None:
    """Return what a tdm-reservation says; anything but 1 and 0 is an error of protocol and says nothing."""
    return None if isinstance(value, bool) else _RESERVATIONS.get(str(value).strip())
