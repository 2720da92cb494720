"""Internet addresses (v4 and v6) of hosts, distinguished from versions, section numbers and object identifiers.

Addresses in private ranges cannot be reached from outside and get a low score. Those for documentation, loopback,
multicast and broadcast, masks, networks written with a prefix length, and public resolvers identify no person's host
and are not reported.
"""

import ipaddress
import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from corpus_audit.measure.detection.detector import (
    Candidate,
    ConfirmedBy,
    Detector,
    Match,
    Pattern,
    Screen,
    propose_number,
)
from corpus_audit.vocabulary import SpanKind

_PUBLIC_SCORE = 0.8
_PRIVATE_SCORE = 0.3
_SMALL_OCTET = 32
_V4_BYTES = 4
_REMEMBERED = 4096
"""Addresses whose matches are kept: logs name the same hosts over and over."""


def _find_hosts(*columns: Any) -> None:
    from corpus_audit.measure.detection.international.ip_kernel import find_hosts

    find_hosts(*columns)


def _match_value(value: bytes) -> Match | None:
    """Return the match of an address of version 4 that is not made up, whatever is around it."""
    packed = bytes(map(int, value.split(b".")))
    if packed[0] in _OCTETS_OF_NO_HOST:
        return None
    if packed[0] in _SPECIAL_OCTETS or packed in _OF_NO_PERSON_PACKED:
        return _match(value.decode())
    return Match(packed, _PUBLIC_SCORE, ConfirmedBy.LIBRARY)


_V4 = Pattern(
    # Without \b at its ends this costs a third of the time; the extent sees to them.
    anchor=r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",
    extent=re.compile(rb"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\b"),
    before=20,
    after=4,
    near_code=True,
    screen=Screen(_find_hosts, _match_value),
)
_HEX = "[0-9A-Fa-f]{1,4}"
_V6_FULL = propose_number(rf"\b(?:{_HEX}:){{7}}{_HEX}\b", reach=48)
_V6_SHORT = Pattern(
    anchor=r"\b(?:[23][0-9A-Fa-f]{3}|[Ff][CDEcde][0-9A-Fa-f]{2})(?::[0-9A-Fa-f]{1,4}){0,6}::",
    extent=re.compile(
        rb"\b[23Ff][0-9A-Fa-f]{3}(?::[0-9A-Fa-f]{1,4}){0,6}::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?"
    ),
    before=48,
    after=48,
    near_code=True,
)

_LONGER_BEFORE = re.compile(rb"(?:[0-9A-Za-z]\.|[0-9A-Fa-f]:|[-_])\Z")
_LONGER_AFTER = re.compile(rb"\.[0-9]|:[0-9A-Fa-f]*:|/[0-9]|[-_][0-9A-Za-z]|[-_]\.[0-9]|\.?[xX*]|\.in-addr")
_VERSION_BEFORE = re.compile(
    rb"(?i)(?:[a-z]/|\bv|(?:\b|_)(?:ver(?:sion)?s?|kernel|linux|build|firmware|driver|release)[ :=\"']*|"
    rb"\bv8(?: to| at)? |\b(?:upgrade|update|bump)d? to |\bbumped to |"
    rb"(?:[<>~^!]=?|==) ?|\bsection |\bchapter |\xc2\xa7 ?)\Z"
)
_DRAWING = re.compile(rb"[0-9a-zA-Z]-[0-9]*\.[0-9]|[-a-zA-Z, ]\.[0-9]|(?<![0-9.])[0-9]*\.[0-9]+\.[0-9]+(?![0-9.])")
"""Coordinates as the paths of drawings have them, glued to each other or without their zeros."""
_UPGRADE_BEFORE = re.compile(
    rb"(?i)(?:(?:upgrad|updat)[^\n]{0,48}|\bv8[^\n]{0,24})\b(?:from|to) \Z|\bpkg:[^\s@]{1,60}@\Z"
)
_HEADING_BEFORE, _HEADING_AFTER = re.compile(rb"(?:\A|\n)[ \t]*\Z"), re.compile(rb"\.(?: |\xc2\xa0|\t)")
_NAMED_HOST = (
    b"ip", b"ipv4", b"ip address", b"host", b"server", b"addr", b"client", b"remote", b"ping", b"dns", b"inet",
)  # fmt: skip

_OBJECT_IDENTIFIER = (b"oid", b"objectidentifier", b"object identifier", b"asn.1", b"asn1", b"x509", b"x.509")

_OF_NO_PERSON = frozenset(
    ipaddress.ip_address(address)
    # Resolvers that serve everyone, and what people type for any address.
    for address in (
        "1.0.0.1", "1.1.1.1", "1.2.3.4", "4.3.2.1", "8.8.4.4", "8.8.8.8", "9.9.9.9", "12.34.56.78", "114.114.114.114",
        "123.45.67.89", "208.67.220.220", "208.67.222.222", "223.5.5.5", "223.6.6.6", "2001:4860:4860::8888",
        "2001:4860:4860::8844", "2606:4700:4700::1001", "2606:4700:4700::1111", "2620:fe::9", "2620:fe::fe",
        # What files of hosts have for networks.
        "fe00::", "ff00::",
    )
)  # fmt: skip
_OF_NO_PERSON_PACKED = frozenset(address.packed for address in _OF_NO_PERSON)
_SPECIAL_OCTETS = frozenset((0, 10, 100, 127, 169, 172, 192, 198, 203, *range(224, 256)))
"""First octets of the special-purpose networks of version 4 (IANA's registry, RFC 6890)."""
_OCTETS_OF_NO_HOST = frozenset((0, 127, *range(224, 256)))
"""First octets of this network, loopback, multicast and what is reserved."""
_FINGERPRINT = re.compile(rb"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){7}")
_DOCUMENTATION = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "233.252.0.0/24", "2001:db8::/32", "3fff::/20")
)


def _confirm(candidate: Candidate) -> Match | None:
    if _is_part_of_more(candidate) or _FINGERPRINT.fullmatch(candidate.value):
        return None
    match = _match(candidate.text)
    is_version = match is not None and len(match.normalised) == _V4_BYTES and _is_probably_a_version(candidate)
    return None if is_version else match


@lru_cache(maxsize=_REMEMBERED)
def _match(text: str) -> Match | None:
    """Return the match of an address whatever is around it; None where it is no host's."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if not _is_of_a_host(address):
        return None
    if _is_made_up(text):
        return Match(address.packed, _PRIVATE_SCORE, ConfirmedBy.PLACEHOLDER)
    if _may_be_special(address) and address.is_private:
        return Match(address.packed, _PRIVATE_SCORE, ConfirmedBy.PRIVATE_RANGE)
    return Match(address.packed, _PUBLIC_SCORE, ConfirmedBy.LIBRARY)


_HEX_WORDS = re.compile(r"(?i)(?:^|:)(?:dead|beef|cafe|babe|face|f00d|feed)(?::|$)")
_ONE_GROUP = re.compile(r"[0-9]{4}::")


def _is_made_up(text: str) -> bool:
    """True for addresses that people write for any address: repeated or counted octets, words in hexadecimal."""
    octets = text.split(".")
    if len(octets) == 1:
        is_repeated = all(len(set(group)) == 1 for group in text.split(":")) and "::" not in text
        return is_repeated or ":2:3:4:5:6:7" in text or bool(_HEX_WORDS.search(text))
    numbers = [int(octet) for octet in octets]
    return (
        len(set(octets)) == 1
        or all(len(set(octet)) == 1 for octet in octets)
        or all(later == earlier + 1 for earlier, later in pairwise(numbers))
    )


def _is_part_of_more(candidate: Candidate) -> bool:
    """True for a piece of a longer name or number, and for a year in front of a block of reStructuredText."""
    is_longer = _LONGER_BEFORE.search(candidate.before(2)) or _LONGER_AFTER.match(candidate.after(8))
    return bool(is_longer or _ONE_GROUP.fullmatch(candidate.text))


def _is_of_a_host(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if address in _OF_NO_PERSON:
        return False
    names_no_host = _may_be_special(address) and (
        address.is_loopback
        or address.is_multicast
        or address.is_unspecified
        or (address.version == 4 and (address.is_reserved or address.packed[0] == 0))
        or any(address.version == network.version and address in network for network in _DOCUMENTATION)
    )
    return not names_no_host


def _may_be_special(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """False for most addresses of version 4, by their first octet: comparing with all special networks is slow."""
    return address.version != 4 or address.packed[0] in _SPECIAL_OCTETS


def _is_probably_a_version(candidate: Candidate) -> bool:
    """True if introduced as a version, or made of small numbers without a nearby word for a host."""
    if _VERSION_BEFORE.search(candidate.before(16)) or candidate.near.has_any(_OBJECT_IDENTIFIER):
        return True
    if _UPGRADE_BEFORE.search(candidate.before(72)):
        return True
    if _DRAWING.search(candidate.before(24)) and _DRAWING.search(candidate.after(24)):
        return True
    if _HEADING_BEFORE.search(candidate.before(40)) and _HEADING_AFTER.match(candidate.after(3)):
        return True
    if max(int(octet) for octet in candidate.value.split(b".")) >= _SMALL_OCTET:
        return False
    return not candidate.near.has_any(_NAMED_HOST)


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="IP_ADDRESS",
    proposals=(_V4, _V6_FULL, _V6_SHORT),
    confirm=_confirm,
)
