"""Marks of Creative Commons and Open Data Commons: addresses of their deeds and the short names people write."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.vocabulary import SpanKind

_CC_ADDRESS = re.compile(
    rb"creativecommons\.org/(?:licenses/(?P<parts>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>[1-4]\.[05])|"
    rb"publicdomain/(?P<domain>zero|mark)/1\.0)"
)
_CC_NAME = re.compile(
    rb"\bCC[ -](?P<parts>BY(?:[ -]NC)?(?:[ -](?:ND|SA))?)[ -](?P<version>[1-4]\.[05])\b|\bCC0(?:[ -]1\.0)?\b"
)
_ODC = re.compile(
    rb"opendatacommons\.org/licenses/(?P<parts>odbl|by|pddl)\b|\bODC-(?P<name>By|PDDL)\b|\b(?P<odbl>ODbL)\b|"
    rb"Open Data Commons (?P<words>Open Database|Attribution|Public Domain)"
)
_ODC_NAMES = {
    b"odbl": "ODbL-1.0", b"by": "ODC-By-1.0", b"pddl": "PDDL-1.0", b"open database": "ODbL-1.0",
    b"attribution": "ODC-By-1.0", b"public domain": "PDDL-1.0",
}  # fmt: skip


def _name(value: bytes) -> str | None:
    """Return the SPDX identifier of a mark (``CC-PDM-1.0`` for the public domain mark), or None."""
    commons = _CC_ADDRESS.fullmatch(value) or _CC_NAME.fullmatch(value)
    if commons:
        return _creative_commons(commons.groupdict())
    data = _ODC.fullmatch(value)
    if data is None:
        return None
    return _ODC_NAMES[next(part for part in data.groups() if part).lower()]


def _creative_commons(groups: dict[str, bytes | None]) -> str:
    if groups["parts"]:
        parts = groups["parts"].decode().upper().replace(" ", "-")
        return f"CC-{parts}-{(groups['version'] or b'').decode()}"
    return "CC-PDM-1.0" if groups.get("domain") == b"mark" else "CC0-1.0"


def _confirm(candidate: Candidate) -> Match | None:
    name = _name(candidate.value)
    return Match(name.encode(), 0.9, ConfirmedBy.SHAPE) if name else None


DETECTOR = Detector(
    kind=SpanKind.NOTICE,
    entity_type="PUBLIC_LICENSE_MARK",
    proposals=(
        Pattern(
            r"creativecommons\.org/(?:licenses/by[a-z-]{0,9}/[1-4]\.[05]|publicdomain/(?:zero|mark)/1\.0)", _CC_ADDRESS
        ),
        Pattern(r"\bCC(?:[ -]BY(?:[ -](?:NC|ND|SA)){0,2}[ -][1-4]\.[05]|0)\b", _CC_NAME),
        Pattern(r"opendatacommons\.org/licenses/[a-z]{2,4}|\bODC-[BP]|\bODbL\b|Open Data Commons [AOP][a-z]{4}", _ODC),
    ),
    confirm=_confirm,
    mask=lambda value: _name(value) or "***",
)
