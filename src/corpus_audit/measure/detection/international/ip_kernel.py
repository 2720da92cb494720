"""The plain addresses of version 4 among many hits: four octets with nothing around that makes them something else.

Says exactly what ip_address.py says of them, which is asked about every other.
"""

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.detection.detector import NEAR_AFTER_BYTES, NEAR_BEFORE_BYTES
from corpus_audit.measure.detection.text_kernel import (
    ASK,
    DIGITS,
    REJECT,
    WORD_SIGNS,
    Bytes,
    ends_in_any,
    lower_sign,
    sign_table,
    suffix_table,
)
from corpus_audit.measure.text_windows import Offsets

SMALL_OCTET = 32
"""Addresses of smaller octets alone are versions, unless a word nearby says that they name a host."""

_OCTETS = 4
_MOST_BYTES = 15
_LARGEST = 255
_DIGITS_OR_DOTS = sign_table(b"0123456789.")
_HEX = sign_table(b"0123456789ABCDEFabcdef")
_NOT_BEFORE = sign_table(b":-_/<>~^!$@\xa7")
_NOT_AFTER = sign_table(b"-_*")
_NOT_AFTER_DOT = sign_table(b"xX*iI")
_FILLERS = sign_table(b" :=\"'")
_BESIDE_A_TERM = sign_table(b" ,")
_COMPARES = sign_table(b"<>~^!\xa7")
_VERSIONS = suffix_table(
    "ver", "vers", "version", "versions", "kernel", "linux", "build", "firmware", "driver", "release", "section",
    "chapter", "v8", "v8 to", "v8 at", "upgrade to", "upgraded to", "update to", "updated to", "bump to", "bumped to",
)  # fmt: skip
_FROM_AND_TO = suffix_table(" from", " to", "(from")
_UPGRADES = suffix_table("upgrad", "updat", "v8")
_MOST_FILLERS, _MOST_SENTENCE = 16, 72
_BLANKS, _MOST_INDENT = sign_table(b" \t\xc2"), 40
_MOST_HEX = 8
_DOT, _COLON, _SLASH, _EQUAL, _ZERO, _NEWLINE = b".:/=0\n"
_A, _B, _D, _I, _J, _N, _O, _S, _X, _FIVE = b"abdijnosx5"


@compiled
def find_hosts(signs: Bytes, lows: Offsets, highs: Offsets, ends: Offsets, starts: Offsets, stops: Offsets) -> None:
    """Fill in where addresses begin and end."""
    for hit in range(ends.size):
        low, high, start, stop = lows[hit], highs[hit], ends[hit], ends[hit]
        while start > low and ends[hit] - start <= _MOST_BYTES and _DIGITS_OR_DOTS[signs[start - 1]]:
            start -= 1
        while stop < high and stop - start <= _MOST_BYTES and _DIGITS_OR_DOTS[signs[stop]]:
            stop += 1
        if stop > ends[hit] and signs[stop - 1] == _DOT:
            stop -= 1
        if stop - start > _MOST_BYTES or not _is_apart(signs, low, high, start, stop):
            continue
        octets = _read_octets(signs, start, stop)
        if (
            octets == ASK
            or _may_be_a_term(signs, low, start)
            or _may_be_a_heading(signs, low, high, start, stop)
            or _may_be_a_version(signs, low, start)
            or _may_be_an_identifier(signs, low, high, start, stop)
        ):
            continue
        starts[hit], stops[hit] = octets if octets == REJECT else start, stop


@inlined
def _is_apart(signs: Bytes, low: int, high: int, start: int, stop: int) -> bool:
    """True if what is directly around digits and dots belongs to no longer name or number."""
    if start > low and (WORD_SIGNS[signs[start - 1]] or _NOT_BEFORE[signs[start - 1]]):
        return False
    if stop >= high:
        return True
    return not (WORD_SIGNS[signs[stop]] or _NOT_AFTER[signs[stop]] or _runs_on(signs, high, stop))


@inlined
def _runs_on(signs: Bytes, high: int, stop: int) -> bool:
    """True if a dot, a slash or a colon behind an address may belong to it."""
    place = stop + 1
    if signs[stop] == _COLON:
        while place < high and place < stop + _MOST_HEX and _HEX[signs[place]]:
            place += 1
        return place < high and (place == stop + _MOST_HEX or signs[place] == _COLON)
    if place >= high:
        return False
    after = signs[place]
    if signs[stop] == _DOT:
        return bool(DIGITS[after] or after == _DOT or _NOT_AFTER_DOT[after])
    return bool(signs[stop] == _SLASH and DIGITS[after])


@inlined
def _read_octets(signs: Bytes, start: int, stop: int) -> int:
    """Return 0 for four octets as hosts have them, REJECT for one that is too large, ASK for everything else."""
    count, value, size, largest, previous, rises, repeats, equals, is_over = 0, 0, 0, 0, -1, 0, 0, 0, False
    same = True
    for place in range(start, stop + 1):
        if place < stop and signs[place] != _DOT:
            same = same and (size == 0 or signs[place] == signs[place - 1])
            value, size = 10 * value + signs[place] - _ZERO, size + 1
            continue
        if size == 0 or size > 3 or (size > 1 and signs[place - size] == _ZERO):
            return ASK
        rises += count > 0 and value == previous + 1
        equals += count > 0 and value == previous
        repeats += same
        is_over = is_over or value > _LARGEST
        largest, previous = max(largest, value), value
        count, value, size, same = count + 1, 0, 0, True
    if count != _OCTETS:
        return ASK
    if is_over:
        return REJECT
    is_made_up = rises == _OCTETS - 1 or equals == _OCTETS - 1 or repeats == _OCTETS
    return ASK if is_made_up or largest < SMALL_OCTET else 0


@inlined
def _may_be_a_version(signs: Bytes, low: int, start: int) -> bool:
    """True if a word or sign in front of a place may introduce a version, or a section."""
    place = start - 1
    lowest = max(low, start - _MOST_FILLERS)
    while place >= lowest and _FILLERS[signs[place]]:
        if signs[place] == _EQUAL and place > low and signs[place - 1] == _EQUAL:
            return True
        place -= 1
    if place < lowest:
        return False
    if _COMPARES[signs[place]] or ends_in_any(signs, low, place + 1, _VERSIONS):
        return True
    if not ends_in_any(signs, low, place + 1, _FROM_AND_TO):
        return False
    is_upgrade = False
    for end in range(max(low, start - _MOST_SENTENCE) + 2, place):
        is_upgrade = is_upgrade or ends_in_any(signs, low, end, _UPGRADES)
    return is_upgrade


@inlined
def _may_be_a_term(signs: Bytes, low: int, start: int) -> bool:
    """True if a number stands in front of a place, as in the paths of drawings."""
    return start - 1 > low and _BESIDE_A_TERM[signs[start - 1]] and DIGITS[signs[start - 2]]


@inlined
def _may_be_a_heading(signs: Bytes, low: int, high: int, start: int, stop: int) -> bool:
    """True if a place may begin its line, and a dot and a blank stand behind what it holds, as in numbered headings."""
    if stop >= high or signs[stop] != _DOT or (stop + 1 < high and not _BLANKS[signs[stop + 1]]):
        return False
    place = start - 1
    lowest = max(low, start - _MOST_INDENT)
    while place >= lowest and _BLANKS[signs[place]]:
        place -= 1
    return place < lowest or signs[place] == _NEWLINE


@inlined
def _may_be_an_identifier(signs: Bytes, low: int, high: int, start: int, stop: int) -> bool:
    """True if a text near a place has "oid", "obj", "asn" or "x.5", as names of object identifiers do."""
    last = min(high, stop + NEAR_AFTER_BYTES) - 2
    for place in range(max(low, start - NEAR_BEFORE_BYTES), last):
        sign = lower_sign(signs[place])
        if sign in (_O, _A, _X):
            second, third = lower_sign(signs[place + 1]), lower_sign(signs[place + 2])
            if sign == _O and ((second == _I and third == _D) or (second == _B and third == _J)):
                return True
            if sign == _A and second == _S and third == _N:
                return True
            if sign == _X and (second == _FIVE or (second == _DOT and third == _FIVE)):
                return True
    return False
