"""Records' own opt-outs, decided like snapshots: one reservation is enough.

Within TDMRep a page's own tags go before headers. A directive for one crawler counts where the records were collected
by that crawler, and says nothing where the crawler is not known.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from corpus_audit.corpus.own_statements import OwnStatement
from corpus_audit.rights.opt_outs.preferences import (
    read_preferences,
    read_reservation,
    read_robots_tag,
    strictest,
)
from corpus_audit.rights.opt_outs.robots import ANYBODY
from corpus_audit.vocabulary import OptOutKind, OptOutProtocol, OptOutState, StatementPlace

VERSIONS: Mapping[OptOutProtocol, str] = {
    OptOutProtocol.ROBOTS_TAG: "noai, noml",
    OptOutProtocol.TDMREP: "W3C TDMRep 2024",
    OptOutProtocol.CONTENT_USAGE: "draft-ietf-aipref-vocab-08",
    OptOutProtocol.CONTENT_SIGNAL: "contentsignals.org 2025",
    OptOutProtocol.RSL: "RSL 1.0",
}
"""The version of each convention that statements are read by."""

_KINDS: Mapping[StatementPlace, OptOutKind] = {
    StatementPlace.HEADER: OptOutKind.HEADERS,
    StatementPlace.PAGE: OptOutKind.META,
}
_RESERVATION = "tdm-reservation: "


@dataclass(frozen=True)
class OwnDecision:
    """What a record states of training, where it reserves, and whether it names terms that it does not hold."""

    state: OptOutState
    reserved_by: frozenset[OptOutKind]
    names_terms: bool


def decide_own(said: Iterable[OwnStatement], crawlers: Collection[str]) -> OwnDecision:
    """Return what statements say together, for records that some *crawlers* collected; none where that is unknown."""
    statements = list(said)
    heard = [(one, answer) for one in statements if (answer := _read(one, crawlers)) is not None]
    on_pages = any(_ranks(one) and one.place is StatementPlace.PAGE for one, _ in heard)
    counted = [
        (one, answer)
        for one, answer in heard
        if not (_ranks(one) and on_pages and one.place is not StatementPlace.PAGE)
    ]
    state = strictest([answer for _, answer in counted])
    names_terms = any(one.protocol is OptOutProtocol.RSL for one in statements)
    if state is OptOutState.ALLOWED and names_terms:
        state = None
    reserved_by = frozenset(_KINDS[one.place] for one, answer in counted if answer is OptOutState.RESERVED)
    return OwnDecision(state or OptOutState.NOT_RECORDED, reserved_by, names_terms)


def _ranks(one: OwnStatement) -> bool:
    return one.protocol is OptOutProtocol.TDMREP and one.statement.startswith(_RESERVATION)


def _read(one: OwnStatement, crawlers: Collection[str]) -> OptOutState | None:
    match one.protocol:
        case OptOutProtocol.ROBOTS_TAG:
            answers = [read_robots_tag(one.statement, crawler) for crawler in crawlers or (ANYBODY,)]
            return strictest([answer for answer in answers if answer is not None])
        case OptOutProtocol.TDMREP:
            return read_reservation(one.statement.removeprefix(_RESERVATION))
        case OptOutProtocol.CONTENT_USAGE | OptOutProtocol.CONTENT_SIGNAL:
            return read_preferences(one.statement)
        case _:
            return None
