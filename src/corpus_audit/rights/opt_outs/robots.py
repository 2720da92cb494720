"""robots.txt and files of the same form: the paths that a crawler may fetch, and training preferences.

Sources: RFC 9309; contentsignals.org and the IETF draft aipref-attach for preferences; Spawning's ai.txt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from protego import Protego

from corpus_audit.rights.opt_outs import Says
from corpus_audit.rights.opt_outs.paths import compile_pattern, path_of
from corpus_audit.rights.opt_outs.preferences import read_preferences, strictest
from corpus_audit.vocabulary import OptOutState

ANYBODY = "*"

_LINE = re.compile(r"^\s*([A-Za-z][A-Za-z -]*?)\s*:\s*(.*?)\s*$")
_PREFERENCES = ("content-usage", "content-signal")
_BARE_PATTERN = re.compile(r"(?im)^(\s*(?:dis)?allow\s*:\s*)(?=[*.])")


@dataclass(frozen=True)
class Preference:
    """One line's training preference for the paths that a pattern matches."""

    pattern: str
    says: OptOutState


def read_robots(content: str, crawler: str) -> Says | None:
    """Return whether a crawler may fetch an address; None for a text that is not a robots.txt.

    An empty file permits everything; a page that a server sends in its place says nothing.
    """
    if not _is_robots(content):
        return None
    rules = Protego.parse(content)

    def says(url: str) -> OptOutState:
        return OptOutState.ALLOWED if rules.can_fetch(url, crawler) else OptOutState.RESERVED

    return says


def read_ai_txt(content: str, crawler: str) -> Says | None:
    """Return an ai.txt's answer for an address: robots.txt in form, its patterns often without leading slash."""
    return read_robots(_BARE_PATTERN.sub(r"\1/", content), crawler) if content.strip() else None


def read_robots_preferences(content: str, crawler: str) -> Says | None:
    """Return what the preferences in a robots.txt say of an address: those of the crawler's group, longest path first.

    Lines before the first group are for everybody.
    """
    preferences = list(_preferences(content, crawler))
    if not preferences:
        return None

    def says(url: str) -> OptOutState | None:
        path = path_of(url)
        matching = [p for p in preferences if compile_pattern(p.pattern).match(path)]
        longest = max((len(p.pattern) for p in matching), default=0)
        return strictest([p.says for p in matching if len(p.pattern) == longest])

    return says


def _is_robots(content: str) -> bool:
    lines = [line.split("#", 1)[0].strip() for line in content.splitlines()]
    written = [line for line in lines if line]
    return not written or any(line.lower().replace(" ", "-").startswith("user-agent") for line in written)


def _preferences(content: str, crawler: str) -> Iterator[Preference]:
    groups = list(_groups(content))
    chosen = max((_match(agents, crawler) for agents, _ in groups), default=0)
    for agents, lines in groups:
        if not agents or (chosen and _match(agents, crawler) == chosen):
            for line in lines:
                pattern, _, expression = line.partition(" ") if line.startswith("/") else ("/", "", line)
                said = read_preferences(expression)
                if said is not None:
                    yield Preference(pattern, said)


def _groups(content: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the agents of each group, lower-case, with its preferences; no agents for lines before all groups."""
    agents: list[str] = []
    lines: list[str] = []
    in_agents = False
    for line in content.splitlines():
        match = _LINE.match(line.split("#", 1)[0])
        if match is None:
            continue
        name, value = match[1].lower(), match[2]
        if name == "user-agent" and not in_agents:
            yield agents, lines
            agents, lines = [], []
        if name == "user-agent":
            agents.append(value.lower())
        elif name in _PREFERENCES:
            lines.append(value)
        in_agents = name == "user-agent"
    yield agents, lines


def _match(agents: list[str], crawler: str) -> int:
    """Return how closely a group matches a crawler: the length of the matching name, 1 for ``*``, 0 for no match."""
    name = crawler.lower()
    fits = (len(agent) for agent in agents if re.search(rf"(?<![\w-]){re.escape(agent)}", name))
    return max(fits, default=1 if ANYBODY in agents else 0)
