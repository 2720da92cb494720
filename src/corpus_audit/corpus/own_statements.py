"""Statements of a response or page about its own use: opt-outs in headers and meta tags, and its license link.

Only words of the published vocabularies are kept, and addresses without user info and query, so that a statement can be
stored. What the statements mean is decided by ``rights.opt_outs``.

Sources: TDMRep (W3C final report of 2024), IETF drafts aipref-attach-05 and aipref-vocab-08, contentsignals.org,
RSL 1.0, and the noai and noml conventions for robots tags.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from corpus_audit.vocabulary import OptOutProtocol, StatementPlace

ROBOTS_WORDS = frozenset({"noai", "noimageai", "noml"})
"""Words of robots tags that reserve training."""

RSL_TYPE = "application/rsl+xml"
_PREFERENCE_NAMES = frozenset(
    {
        *("train-ai", "train-genai", "ai-train", "ai-use", "ai-input", "ai-index", "ai-personalize"),
        *("search", "ai", "genai", "automated", "bots", "use"),
    }
)
_NOT_AGENTS = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_AGENT = re.compile(r"[a-z0-9][a-z0-9_.+ -]{0,63}")
_PREFERENCE = re.compile(r"([a-z][a-z-]*)\s*=\s*\"?([a-z]+|\?[01])")
_PREFERENCE_VALUES = frozenset({"y", "n", "yes", "no"})
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*!#$&.+^`|~-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s\";,]*))?)*)")
_PARAMETER = re.compile(r";\s*([\w*!#$&.+^`|~-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s\";,]*))")
_LONGEST_ADDRESS = 300
_LICENSE_NAME = re.compile(
    r"cc[- ]?(?:by|0|zero)[a-z0-9. -]{0,30}|[al]?gpl-[0-9.]{1,4}[a-z-]{0,12}|mit|apache-2\.0", re.IGNORECASE
)
"""Names of licenses that metadata gives in the place of an address."""

_MOST = 32


@dataclass(frozen=True, slots=True, order=True)
class OwnStatement:
    """One thing that a record states about its own use."""

    place: StatementPlace
    protocol: OptOutProtocol
    statement: str


@dataclass(frozen=True, slots=True)
class LicenseLink:
    """An address that a response or a page calls its license."""

    address: str
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """What a record states about its own use, and the addresses that it calls its license."""

    statements: tuple[OwnStatement, ...] = ()
    licenses: tuple[str, ...] = ()

    def joined_with(self, other: "OwnTerms") -> "OwnTerms":
        """Return the statements of both."""
        statements = sorted({*self.statements, *other.statements})[:_MOST]
        return OwnTerms(tuple(statements), tuple(dict.fromkeys((*self.licenses, *other.licenses)))[:_MOST])

    @property
    def declared_license(self) -> str | None:
        """The license as a record declares one: all addresses hold where there are several."""
        return " AND ".join(self.licenses) or None

    @property
    def written(self) -> str | None:
        """The statements as one text, for the column of a batch."""
        if not self.statements:
            return None
        return json.dumps([[said.place, said.protocol, said.statement] for said in self.statements])


def read_written(text: str) -> Iterator[OwnStatement]:
    """Yield the statements that were written as one text."""
    for place, protocol, statement in json.loads(text):
        yield OwnStatement(StatementPlace(place), OptOutProtocol(protocol), statement)


def read_terms(
    place: StatementPlace, fields: Iterable[tuple[str, str]], links: Iterable[LicenseLink] = (), base: str | None = None
) -> OwnTerms:
    """Return what named fields and license links state; *base* is the address that links are relative to."""
    statements: set[OwnStatement] = set()
    licenses: list[str] = []
    found = list(links)
    for name, value in fields:
        key = name.strip().lower()
        if key == "link" and place is StatementPlace.HEADER:
            found += read_link_header(value)
        statements |= {OwnStatement(place, protocol, said) for protocol, said in _read_field(key, value, base)}
    for link in found:
        address = shown_address(link.address, base)
        if link.media_type.partition(";")[0].strip().lower() == RSL_TYPE:
            statements.add(OwnStatement(place, OptOutProtocol.RSL, f"license {address}".strip()))
        elif _LICENSE_NAME.fullmatch(link.address.strip()):
            licenses.append(link.address.strip())
        elif address:
            licenses.append(address)
    return OwnTerms(tuple(sorted(statements)[:_MOST]), tuple(dict.fromkeys(licenses))[:_MOST])


def robots_directives(value: str) -> Iterator[tuple[str, str]]:
    """Yield the agent, '' for any, and the word of each directive of an X-Robots-Tag, lower-case.

    An agent stands before a colon and holds for the directives after it.
    """
    agent = ""
    for part in value.lower().split(","):
        name, colon, word = part.partition(":")
        if colon and name.strip() in _NOT_AGENTS:
            continue
        if colon:
            agent = "" if name.strip() == "*" else name.strip()
        yield agent, (word if colon else part).strip()


def read_link_header(value: str) -> Iterator[LicenseLink]:
    """Yield the links of a Link header with the relation "license"."""
    for match in _LINK.finditer(value):
        parameters = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(match[2])}
        if "license" in parameters.get("rel", "").lower().split():
            yield LicenseLink(match[1].strip(), parameters.get("type", ""))


def shown_address(address: str, base: str | None = None) -> str:
    """Return an absolute http address without user info, query and fragment; '' for anything else."""
    try:
        parts = urlsplit(urljoin(base or "", address.strip()))
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.path:
        return ""
    shown = urlunsplit((parts.scheme, host, parts.path, "", ""))
    return shown if len(shown) <= _LONGEST_ADDRESS and shown.isprintable() and " " not in shown else ""


def _read_field(name: str, value: str, base: str | None) -> Iterator[tuple[OptOutProtocol, str]]:
    reader = _FIELDS.get(name)
    if reader is None:
        return
    protocol, read = reader
    for said in read(value, base):
        yield protocol, said


def _robots(value: str, _base: str | None) -> Iterator[str]:
    by_agent: dict[str, set[str]] = {}
    for agent, word in robots_directives(value):
        if word in ROBOTS_WORDS and (not agent or _AGENT.fullmatch(agent)):
            by_agent.setdefault(agent, set()).add(word)
    for agent, words in by_agent.items():
        yield (f"{agent}: " if agent else "") + ", ".join(sorted(words))


def _reservation(value: str, _base: str | None) -> Iterator[str]:
    yield f"tdm-reservation: {value.strip() if value.strip() in ('0', '1') else '?'}"


def _policy(value: str, base: str | None) -> Iterator[str]:
    yield f"tdm-policy: {shown_address(value, base) or '?'}"


def _preferences(value: str, _base: str | None) -> Iterator[str]:
    pairs = {(name, said) for name, said in _PREFERENCE.findall(value.lower()) if name in _PREFERENCE_NAMES}
    said = [f"{name}={value if value in _PREFERENCE_VALUES else '?'}" for name, value in sorted(pairs)]
    if said:
        yield ", ".join(said)


_Read = Callable[[str, str | None], Iterator[str]]
_FIELDS: Mapping[str, tuple[OptOutProtocol, _Read]] = {
    "x-robots-tag": (OptOutProtocol.ROBOTS_TAG, _robots),
    "robots": (OptOutProtocol.ROBOTS_TAG, _robots),
    "tdm-reservation": (OptOutProtocol.TDMREP, _reservation),
    "tdm-policy": (OptOutProtocol.TDMREP, _policy),
    "content-usage": (OptOutProtocol.CONTENT_USAGE, _preferences),
    "content-signal": (OptOutProtocol.CONTENT_SIGNAL, _preferences),
}
