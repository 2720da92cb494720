"""Hardware addresses of network devices (EUI-48) with a maker in the IEEE registry."""

import re

from stdnum import mac
from stdnum.exceptions import ValidationError

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, context, propose
from corpus_audit.vocabulary import SpanKind

_RUNS_ON_BEFORE = re.compile(rb"[0-9A-Fa-f][:-]\Z")
_RUNS_ON_AFTER = re.compile(rb"[:-][0-9A-Fa-f]")


def _confirm(candidate: Candidate) -> Match | None:
    if _RUNS_ON_BEFORE.search(candidate.before(2)) or _RUNS_ON_AFTER.match(candidate.after(2)):
        return None
    address = mac.compact(candidate.text)
    return Match(address.encode(), 0.8, ConfirmedBy.LIBRARY) if _is_of_a_device(address) else None


def _is_of_a_device(address: str) -> bool:
    if not mac.is_unicast(address) or len(set(address.replace(":", ""))) < 4:
        return False
    try:
        return bool(mac.get_manufacturer(address))
    except ValidationError:
        return False


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="MAC_ADDRESS",
    proposals=(
        propose(r"\b[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}\b"),
        propose(r"\b[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}\b"),
    ),
    confirm=_confirm,
    context=context("mac, ethernet, hwaddr, bssid, wifi, wi-fi, bluetooth", 0.95),
)
