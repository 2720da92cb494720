"""The plain e-mail addresses among many hits: ASCII, with nothing around them that could make them something else.

Says exactly what email_address.py says of them, which is asked about every other.
"""

import string

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.detection.text_kernel import (
    ASK,
    DIGITS,
    REJECT,
    SPACES,
    Bytes,
    ends_in_any,
    lower_sign,
    sign_table,
    suffix_table,
)
from corpus_audit.measure.text_windows import Offsets

_ALPHANUMERIC = (string.ascii_letters + string.digits).encode()
_FIRST = sign_table(_ALPHANUMERIC)
_LOCAL = sign_table(_ALPHANUMERIC + b"_.%+'~-")
_LABEL = sign_table(_ALPHANUMERIC + b"-")
_ENDS_USER = sign_table(b" \t\n\r\f\v@\"'<>")
_INTRODUCES = sign_table(b" \t\n\r\f\v'\":>")
_FIELDS = suffix_table("message-id", "in-reply-to", "references")
_MOST_LOCAL, _MOST_LABEL, _MOST_LABELS, _MOST_DOMAIN = 64, 63, 9, 240
_AHEAD = 200
_WORD_BYTES = 8
_AT, _DOT, _DASH, _SLASH, _COLON, _OPEN, _LESS, _GREATER, _BACKSLASH = b"@.-/:(<>\\"
_BEYOND_ASCII = 128


def pack_labels(labels: frozenset[str]) -> NDArray[np.uint64]:
    """Return the labels of up to eight bytes as numbers, sorted."""
    short = (label for label in labels if len(label) <= _WORD_BYTES)
    return np.array(sorted(int.from_bytes(label.encode(), "big") for label in short), np.uint64)


@compiled
def find_addresses(
    signs: Bytes,
    lows: Offsets,
    highs: Offsets,
    ends: Offsets,
    tops: NDArray[np.uint64],
    starts: Offsets,
    stops: Offsets,
) -> None:
    """Fill in where addresses begin and end; *tops* are the top-level domains as pack_labels gives them."""
    for hit in range(ends.size):
        at = ends[hit] - 1
        while at > lows[hit] and signs[at] != _AT:
            at -= 1
        start = _local_start(signs, lows[hit], at)
        if start == ASK or _is_introduced(signs, max(lows[hit], start - _AHEAD), start):
            continue
        stop = _domain_end(signs, at + 1, highs[hit], tops)
        if stop == REJECT:
            starts[hit] = REJECT
        elif stop != ASK and not (stop < highs[hit] and (signs[stop] == _OPEN or signs[stop] == _COLON)):
            starts[hit], stops[hit] = start, stop


@inlined
def _local_start(signs: Bytes, low: int, at: int) -> int:
    """Return where a local part begins, or ASK."""
    start = at
    while start > low and at - start <= _MOST_LOCAL and _LOCAL[signs[start - 1]]:
        if signs[start - 1] == _DOT and (start == at or signs[start] == _DOT):
            return ASK
        start -= 1
    if start == at or at - start > _MOST_LOCAL or not _FIRST[signs[start]]:
        return ASK
    if start > low:
        ahead = signs[start - 1]
        if ahead >= _BEYOND_ASCII or ahead in (_AT, _BACKSLASH):
            return ASK
    return start


@inlined
def _is_introduced(signs: Bytes, low: int, start: int) -> bool:
    """True if what is in front of a place may make it the user of a URL or the id of a message."""
    place = start - 1
    while place >= low and signs[place] != _SLASH and not _ENDS_USER[signs[place]]:
        place -= 1
    if place >= low + 2 and signs[place] == _SLASH and signs[place - 1] == _SLASH and signs[place - 2] == _COLON:
        return True
    place = start - 1
    if place >= low and signs[place] == _LESS:
        place -= 1
    while place >= low and SPACES[signs[place]]:
        place -= 1
    if place >= low and signs[place] == _GREATER:
        return True
    while place >= low and _INTRODUCES[signs[place]]:
        place -= 1
    return ends_in_any(signs, low, place + 1, _FIELDS)


@inlined
def _domain_end(signs: Bytes, first: int, high: int, tops: NDArray[np.uint64]) -> int:
    """Return where the top-level domain of a domain ends, ASK, or REJECT where it has none."""
    place, labels, stop, has_dash, is_dashed = first, 0, REJECT, False, False
    if place < high and DIGITS[signs[place]]:
        return ASK
    while place < high and _LABEL[signs[place]]:
        begin, digits, packed = place, 0, np.uint64(0)
        while place < high and _LABEL[signs[place]]:
            digits += DIGITS[signs[place]]
            packed = (packed << np.uint64(8)) | np.uint64(lower_sign(signs[place]))
            place += 1
        size = place - begin
        labels += 1
        if digits == size or size > _MOST_LABEL or labels > _MOST_LABELS or place - first > _MOST_DOMAIN:
            return ASK
        has_dash = has_dash or signs[begin] == _DASH or signs[place - 1] == _DASH
        if labels > 1:
            if size > _WORD_BYTES:
                return ASK
            rank = np.searchsorted(tops, packed)
            if rank < tops.size and tops[rank] == packed:
                stop, is_dashed = place, has_dash
        if place < high and signs[place] == _DOT:
            place += 1
        else:
            break
    if labels < 2 or (place < high and (signs[place] >= _BEYOND_ASCII or signs[place] == _AT)):
        return ASK
    return REJECT if is_dashed else stop
