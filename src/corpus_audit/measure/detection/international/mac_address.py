"""Hardware addresses of network devices (EUI-48) with a maker in the IEEE registry."""

import re
from functools import cache
from typing import Any

from stdnum import mac, numdb

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, context, propose_code
from corpus_audit.vocabulary import SpanKind

_RUNS_ON_BEFORE = re.compile(rb"[0-9A-Fa-f][:-]\Z")
_RUNS_ON_AFTER = re.compile(rb"[:-][0-9A-Fa-f]")
_BLOCK_DIGITS = 6
"""Of every block in the registry; makers of few devices get a part of one."""


def _confirm(candidate: Candidate) -> Match | None:
    if _RUNS_ON_BEFORE.search(candidate.before(2)) or _RUNS_ON_AFTER.match(candidate.after(2)):
        return None
    address = mac.compact(candidate.text)
    return Match(address.encode(), 0.8, ConfirmedBy.LIBRARY) if _is_of_a_device(address) else None


def _is_of_a_device(address: str) -> bool:
    return mac.is_unicast(address) and len(set(address.replace(":", ""))) >= 4 and _is_registered(address)


def _is_registered(address: str) -> bool:
    """True if the registry names the maker that an address was given to."""
    digits = address.replace(":", "").upper()
    registry = numdb.NumDB()
    registry.prefixes = _blocks().get(int(digits[:_BLOCK_DIGITS], 16), [])
    assigned = registry.info(digits)[:-1]
    return bool(assigned and assigned[-1][1].get("o"))


@cache
def _blocks() -> dict[int, list[Any]]:
    """Return the registry's entries by each block that they hold: python-stdnum looks through all of them."""
    blocks: dict[int, list[Any]] = {}
    for entry in numdb.get("oui").prefixes:
        _, low, high, *_ = entry
        for block in range(int(low, 16), int(high, 16) + 1):
            blocks.setdefault(block, []).append(entry)
    return blocks


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="MAC_ADDRESS",
    proposals=(
        propose_code(r"\b[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}\b"),
        propose_code(r"\b[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}\b"),
    ),
    confirm=_confirm,
    context=context("mac, ethernet, hwaddr, bssid, wifi, wi-fi, bluetooth", 0.95),
)
