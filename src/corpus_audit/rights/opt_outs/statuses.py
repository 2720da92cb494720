"""The combined opt-out status of one address, from all snapshots of its host.

Every carrier that speaks is heard, and one reservation is enough. Only within TDMRep does one carrier replace another:
headers go before the file, a page's own tags before headers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from corpus_audit.rights.opt_outs import Says
from corpus_audit.rights.opt_outs.pages import read_headers, read_meta
from corpus_audit.rights.opt_outs.paths import path_of
from corpus_audit.rights.opt_outs.preferences import (
    read_preferences,
    read_reservation,
    read_robots_tag,
    strictest,
)
from corpus_audit.rights.opt_outs.robots import ANYBODY, read_ai_txt, read_robots, read_robots_preferences
from corpus_audit.rights.opt_outs.rsl import names_rsl, read_rsl
from corpus_audit.rights.opt_outs.tdmrep import read_tdmrep
from corpus_audit.vocabulary import NOT_RECORDED, OptOutKind, OptOutState


class TdmRank(IntEnum):
    """Which carrier of TDMRep replaces which; NONE is for everything that is not TDMRep."""

    NONE = 0
    FILE = 1
    HEADER = 2
    PAGE = 3


@dataclass(frozen=True)
class Snapshot:
    """The recorded content of one address, as in its manifest."""

    kind: OptOutKind
    content: str
    crawler: str
    url: str | None


@dataclass(frozen=True)
class OptOutStatement:
    """What one carrier says, and of which page when it speaks of one only."""

    kind: OptOutKind
    says: Says
    rank: TdmRank = TdmRank.NONE
    page: str | None = None


@dataclass(frozen=True)
class OptOutStatus:
    """What is known of one address, and which kinds of carrier reserve it."""

    state: OptOutState
    reserved_by: frozenset[OptOutKind] = frozenset()


@dataclass
class HostRules:
    """All statements about one host, those of single pages found by their path."""

    everywhere: list[OptOutStatement] = field(default_factory=list)
    by_page: dict[str, list[OptOutStatement]] = field(default_factory=dict)
    has_terms: bool = False
    """Whether the RSL document that robots.txt or a page may name is among them."""
    names_terms: bool = False

    @classmethod
    def of(cls, snapshots: Iterable[Snapshot]) -> "HostRules":
        """Return the rules that some snapshots of one host state."""
        rules = cls()
        taken = list(snapshots)
        rules.names_terms = any(_names_terms(snapshot) for snapshot in taken)
        for statement in (statement for snapshot in taken for statement in _read(snapshot)):
            rules.has_terms |= statement.kind is OptOutKind.RSL
            if statement.page is None:
                rules.everywhere.append(statement)
            else:
                rules.by_page.setdefault(statement.page, []).append(statement)
        return rules

    def decide(self, url: str, *, names_terms: bool = False) -> OptOutStatus:
        """Return the snapshots' answer for an address on this host.

        Nothing is known to be allowed where robots.txt or the page itself, as *names_terms* tells, names terms that no
        snapshot holds.
        """
        pages = self.by_page.get(path_of(url), ()) if self.by_page else ()
        heard = [(s, said) for s in (*self.everywhere, *pages) if (said := s.says(url)) is not None]
        highest = max((statement.rank for statement, _ in heard), default=TdmRank.NONE)
        counted = [(s.kind, said) for s, said in heard if s.rank in (TdmRank.NONE, highest)]
        state = strictest([said for _, said in counted])
        reserved_by = frozenset(kind for kind, said in counted if said is OptOutState.RESERVED)
        if state is OptOutState.ALLOWED and (names_terms or self.names_terms) and not self.has_terms:
            state = None
        return OptOutStatus(state or OptOutState.NOT_RECORDED, reserved_by)


def _read(snapshot: Snapshot) -> Iterator[OptOutStatement]:
    """Yield everything that a snapshot states."""
    crawler = ANYBODY if snapshot.crawler == NOT_RECORDED else snapshot.crawler
    if snapshot.kind in _OF_PAGES:
        page = None if snapshot.url is None else path_of(snapshot.url)
        for said, rank in _fields(snapshot, crawler):
            yield OptOutStatement(snapshot.kind, _always(said), rank, page)
        return
    for says, rank in _of_hosts(snapshot, crawler):
        if says is not None:
            yield OptOutStatement(snapshot.kind, says, rank)


def _of_hosts(snapshot: Snapshot, crawler: str) -> Iterator[tuple[Says | None, TdmRank]]:
    if snapshot.kind is OptOutKind.ROBOTS:
        yield read_robots(snapshot.content, crawler), TdmRank.NONE
        yield read_robots_preferences(snapshot.content, crawler), TdmRank.NONE
    elif snapshot.kind is OptOutKind.AI_TXT:
        yield read_ai_txt(snapshot.content, crawler), TdmRank.NONE
    elif snapshot.kind is OptOutKind.RSL:
        yield read_rsl(snapshot.content), TdmRank.NONE
    else:
        yield read_tdmrep(snapshot.content), TdmRank.FILE


_OF_PAGES: Mapping[OptOutKind, TdmRank] = {
    OptOutKind.HEADERS: TdmRank.HEADER,
    OptOutKind.META: TdmRank.PAGE,
    OptOutKind.CONTENT_USAGE: TdmRank.HEADER,
    OptOutKind.CONTENT_SIGNAL: TdmRank.HEADER,
}
"""Kinds that speak of the page they were seen at, or of a host where only that is named."""


def _names_terms(snapshot: Snapshot) -> bool:
    return snapshot.kind is OptOutKind.ROBOTS and names_rsl(snapshot.content)


def _fields(snapshot: Snapshot, crawler: str) -> Iterator[tuple[OptOutState, TdmRank]]:
    """Yield what the fields of headers or of a page say; the value of a single header is one field."""
    if snapshot.kind is OptOutKind.HEADERS:
        fields = list(read_headers(snapshot.content))
    elif snapshot.kind is OptOutKind.META:
        fields = list(read_meta(snapshot.content))
    else:
        fields = [(str(snapshot.kind), snapshot.content)]
    for name, value in fields:
        rank = _OF_PAGES[snapshot.kind] if name == "tdm-reservation" else TdmRank.NONE
        said = _read_field(name, value, crawler)
        if said is not None:
            yield said, rank


def _read_field(name: str, value: str, crawler: str) -> OptOutState | None:
    if name == "tdm-reservation":
        return read_reservation(value)
    if name == "x-robots-tag":
        return read_robots_tag(value, crawler)
    return read_preferences(value) if name in ("content-usage", "content-signal") else None


def _always(said: OptOutState) -> Says:
    return lambda _url: said
