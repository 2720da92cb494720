"""Marks of Creative Commons and Open Data Commons: addresses of their deeds, short names, and names in words.

Where the version is not said, the mark shows the family (``CC-BY-SA``).
"""

import re
from functools import lru_cache

from corpus_audit.measure.detection.creative_commons import find_name
from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.vocabulary import SpanKind

_CC_ADDRESS = re.compile(
    rb"creativecommons\.org/(?:licenses/(?P<parts>by(?:-nc)?(?:-nd|-sa)?)(?:/(?P<version>[1-4]\.[015]))?(?![a-z-])|"
    rb"publicdomain/(?P<domain>zero|mark)/1\.0)"
)
_CC_NAME = re.compile(
    rb"\bCC[ -](?P<parts>BY(?:[ -]NC)?(?:[ -](?:ND|SA))?)(?:[ -]v?(?P<version>[1-4]\.[015]))?\b(?![ -](?:NC|ND|SA)\b)|"
    rb"\bcc-(?P<lower>by(?:-nc)?(?:-nd|-sa)?)(?:-(?P<number>[1-4]\.[015])(?:-[a-z]{2,3})?)?\b(?!-(?:nc|nd|sa)\b)|"
    rb"\bCC[ -](?P<ahead>[1-4]\.[05])[ -](?P<behind>BY(?:[ -]NC)?(?:[ -](?:ND|SA))?)\b|"
    rb"\bCC0(?:[ -]1\.0)?\b"
)
_CC_LEAD = (
    "(?:(?i:creative[ -]commons)|知识共享|知識共享|(?:創|创)用 ?CC|クリエイティブ(?:・)?コモンズ|크리에이티브 ?커먼즈)"
)
_CC_WORDS = re.compile(_CC_LEAD.encode() + rb"[^<>\x00]{4,200}")
_ODC = re.compile(
    rb"opendatacommons\.org/licenses/(?P<parts>odbl|by|pddl)\b|\bODC-(?P<name>By|BY|PDDL)\b|\b(?P<odbl>ODbL)\b|"
    rb"Open Data Commons (?P<words>Open Database|Attribution|Public Domain)"
)
_ODC_NAMES = {
    b"odbl": "ODbL-1.0", b"by": "ODC-By-1.0", b"pddl": "PDDL-1.0", b"open database": "ODbL-1.0",
    b"attribution": "ODC-By-1.0", b"public domain": "PDDL-1.0",
}  # fmt: skip


@lru_cache(maxsize=1024)
def _name(value: bytes) -> str | None:
    """Return the SPDX identifier of a mark (``CC-PDM-1.0`` for the public domain mark), or None."""
    commons = _CC_ADDRESS.fullmatch(value) or _CC_NAME.fullmatch(value)
    if commons:
        return _creative_commons(commons.groupdict())
    data = _ODC.fullmatch(value)
    if data is None:
        words = find_name(value.decode(errors="replace"))
        return words[0].license_id if words else None
    return _ODC_NAMES[next(part for part in data.groups() if part).lower()]


def _creative_commons(groups: dict[str, bytes | None]) -> str:
    parts = groups["parts"] or groups.get("lower") or groups.get("behind")
    if parts:
        version = groups["version"] or groups.get("number") or groups.get("ahead")
        name = f"CC-{parts.decode().upper().replace(' ', '-')}"
        return f"{name}-{version.decode()}" if version else name
    return "CC-PDM-1.0" if groups.get("domain") == b"mark" else "CC0-1.0"


def _confirm(candidate: Candidate) -> Match | None:
    name = _name(candidate.value)
    return Match(name.encode(), 0.9, ConfirmedBy.SHAPE, 0, _end(candidate.value)) if name else None


def _end(value: bytes) -> int | None:
    """Return where a name in words ends, in bytes; None for a mark that is the whole candidate."""
    if not _CC_WORDS.fullmatch(value):
        return None
    text = value.decode(errors="replace")
    words = find_name(text)
    return len(text[: words[1]].encode()) if words else None


DETECTOR = Detector(
    kind=SpanKind.NOTICE,
    entity_type="PUBLIC_LICENSE_MARK",
    proposals=(
        Pattern(
            r"creativecommons\.org/(?:licenses/by(?:-[a-z]{2}){0,2}(?:/[1-4]\.[015])?|publicdomain/(?:zero|mark)/1\.0)",
            _CC_ADDRESS,
        ),
        Pattern(r"\bCC(?:[ -]BY|0|[ -][1-4]\.[05][ -]BY)\b|\bcc-by\b", _CC_NAME),
        Pattern(_CC_LEAD, _CC_WORDS, after=200),
        Pattern(r"opendatacommons\.org/licenses/[a-z]{2,4}|\bODC-[BP]|\bODbL\b|Open Data Commons [AOP][a-z]{4}", _ODC),
    ),
    confirm=_confirm,
    mask=lambda value: _name(value) or "***",
)
