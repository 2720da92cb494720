"""Spellings that hide a value from patterns over ASCII, and a plain copy of the text around them.

Digits and signs of any script, character references, percent-encoding, "[at]" and "[dot]", and characters that do not
show. Only stretches that hold such a spelling are copied, so plain ASCII costs nothing more.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus_audit.measure.detection.detector import Buffer

REACH_BYTES = 128
"""Values that begin this near a disguise are looked for in the plain copy."""
MARGIN_BYTES = 320
"""What the copy holds beyond that, so that labels are seen and no number is cut."""

_AT_WORDS = (
    "at|AT|At|ät|arroba|arobase|chez|chiocciola|собака|małpa|kukac|zavináč|snabel-a|miuku|ett|"
    "アット|アットマーク|골뱅이"
)
_DOT_WORDS = "dot|DOT|Dot|punkt|Punkt|point|punto|ponto|точка|kropka|tečka|piste|ドット|점"
_CLOSE = r"[ ]?[\])}][ ]?"
HIDDEN_AT_SIGN = rf"[\[({{<][ ]?(?:{_AT_WORDS}|@){_CLOSE}|&(?:#[0-9xX]|commat)|%40"
"""Where an address may begin in disguise: the sign in words and brackets of any language, as a reference, encoded."""
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_DIGITS_A_SCRIPT = 10
_LAST_DIGIT = 0x1FBFF
"""No character after this block is a digit."""
_KEEP_BYTES = "surrogateescape"


@cache
def _plain_characters() -> dict[str, str]:
    """Return what stands for each disguised character: one of ASCII, or nothing."""
    signs = filter(str.isdecimal, map(chr, range(0x80, _LAST_DIGIT + 1)))
    digits = {sign: str(unicodedata.decimal(sign)) for sign in signs}
    full_width = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    others = {"-": _DASHES, " ": _SPACES, "": _UNSEEN}
    return full_width | digits | {sign: plain for plain, signs in others.items() for sign in signs}


# One set of first characters is searched much faster than alternatives; " at " counts only where " dot " follows.
_BEGINS = re.compile(r"[&%\[({\x80-\U0010ffff]")
_BEGINS_IN_WORDS = re.compile(r"[&%\[({\x80-\U0010ffff]| (?:at|AT|dot|DOT) ")
_SPELLED = re.compile(
    r"(?P<reference>&(?:#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,8});)"
    r"|(?P<percent>%[2-7][0-9A-Fa-f])"
    rf"|(?P<at>[\[({{<][ ]?(?:{_AT_WORDS}|@){_CLOSE}(?=[0-9A-Za-z])| at (?=[0-9A-Za-z-]{{2,40}} dot )"
    r"| AT (?=[0-9A-Za-z-]{2,40} DOT ))"
    rf"|(?P<dot>[\[({{<][ ]?(?:{_DOT_WORDS}|\.){_CLOSE}(?=[0-9A-Za-z])| dot (?=[a-z]{{2}})| DOT (?=[A-Za-z]{{2}}))"
)


def disguise_expressions() -> list[str]:
    """Return hyperscan expressions over bytes that match where a text may hide a value."""
    digits = _bytes_of_digits()
    unseen = _any_of("".join(_UNSEEN))
    return [
        rf"(?:{digits})[ .()/-]{{0,2}}(?:{digits})",
        rf"[0-9A-Za-z@.](?:{unseen})[0-9A-Za-z@.]",
        rf"[0-9][ .-]?(?:{unseen})[ .-]?[0-9]",
        rf"[0-9](?:{_any_of(_SPACES + _DASHES)})[0-9(]",
        r"[0-9A-Za-z]\xef(?:\xbc\xa0|\xbc\x8e)[0-9A-Za-z]|\xef\xbc\xa0|\xef\xbd[\x81-\x9a]\xef\xbc\x8e",
        r"&#(?:[0-9]{2,4}|[xX][0-9A-Fa-f]{2,4});",
        r"&(?:commat|period|plus|hyphen|shy|lpar|colon|num);|[0-9]&nbsp;[0-9]",
        r"%40|%2[Bb][0-9]|[0-9]%(?:20|2[Dd])[0-9(]",
        "|".join(_bracketed_at_signs()),
        r"[0-9A-Za-z] at [0-9A-Za-z-]{2,40} dot [a-z]{2}",
        r"[0-9A-Za-z] AT [0-9A-Za-z-]{2,40} DOT [A-Za-z]{2}",
    ]


def _bytes_of_digits() -> str:
    """Return an expression for the UTF-8 of every digit outside ASCII, ten of a script in one class."""
    zeros = [sign for sign, plain in _plain_characters().items() if plain == "0"]
    runs = []
    for zero in zeros:
        first = zero.encode()
        runs.append(_escaped(first[:-1]) + rf"[\x{first[-1]:02x}-\x{first[-1] + _DIGITS_A_SCRIPT - 1:02x}]")
    return "|".join(sorted(set(runs)))


def _bracketed_at_signs() -> Iterator[str]:
    """Yield "[at]" in every language and bracket: literals, which hyperscan finds faster than classes."""
    for word in _AT_WORDS.split("|"):
        for opened, closed in ("[]", "()", "{}"):
            yield from (re.escape(f"{opened}{word}{closed}"), re.escape(f"{opened} {word} {closed}"))


def _any_of(signs: str) -> str:
    return "|".join(_escaped(sign.encode()) for sign in signs)


def _escaped(content: bytes) -> str:
    return "".join(rf"\x{byte:02x}" for byte in content)


@dataclass(frozen=True)
class PlainCopy:
    """A stretch of a record without its disguises, as UTF-8, and where each byte of it came from.

    ``low`` and ``high`` bound, in the record, what may begin in this copy. Its repr shows no text.
    """

    text: bytes
    low: int
    high: int
    _plain: tuple[int, ...]
    _original: tuple[tuple[int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the bytes in the record that *start* to *end* of the copy stand for."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, byte: int) -> tuple[int, int]:
        number = bisect_right(self._plain, byte) - 1
        first, last = self._original[number]
        if last >= 0:
            return first, last
        place = first + byte - self._plain[number]
        return place, place + 1

    def __repr__(self) -> str:
        return f"PlainCopy({self.low}, {self.high})"


def plain_copies(record: Buffer, places: Iterable[int]) -> Iterator[PlainCopy]:
    """Yield copies of the stretches of *record* around *places* (sorted), without disguises."""
    for low, high in _stretches(places, len(record)):
        first, last = max(0, low - MARGIN_BYTES), min(len(record), high + MARGIN_BYTES)
        yield _copy(record, low, high, *_on_characters(record, first, last))


def _stretches(places: Iterable[int], size: int) -> Iterator[tuple[int, int]]:
    opened: tuple[int, int] | None = None
    for place in places:
        low, high = max(0, place - REACH_BYTES), min(size, place + REACH_BYTES)
        if opened and low <= opened[1]:
            opened = opened[0], high
        else:
            if opened:
                yield opened
            opened = low, high
    if opened:
        yield opened


def _on_characters(record: Buffer, first: int, last: int) -> tuple[int, int]:
    """Return the bounds moved inwards to the ends of characters."""
    while first < last and record[first] & 0xC0 == 0x80:
        first += 1
    while last < len(record) and record[last] & 0xC0 == 0x80:
        last += 1
    return first, last


def _copy(record: Buffer, low: int, high: int, first: int, last: int) -> PlainCopy:
    text = bytes(record[first:last]).decode(errors=_KEEP_BYTES)
    parts: list[bytes] = []
    plain, original = [0], [(first, -1)]
    read, written, taken = first, 0, 0
    for start, end, instead in _disguises(text):
        kept = text[taken:start].encode(errors=_KEEP_BYTES)
        size = len(text[start:end].encode(errors=_KEEP_BYTES))
        parts += (kept, instead)
        read, written, taken = read + len(kept), written + len(kept), end
        if instead:
            plain.append(written)
            original.append((read, read + size))
        read, written = read + size, written + len(instead)
        plain.append(written)
        original.append((read, -1))
    parts.append(text[taken:].encode(errors=_KEEP_BYTES))
    return PlainCopy(b"".join(parts), low, high, tuple(plain), tuple(original))


def _disguises(text: str) -> Iterator[tuple[int, int, bytes]]:
    """Yield the start and end of each disguise, and what it stands for."""
    characters = _plain_characters()
    begins = _BEGINS_IN_WORDS if " dot " in text or " DOT " in text else _BEGINS
    taken = 0
    for found in begins.finditer(text):
        start = found.start()
        if start < taken:
            continue
        if (plain := characters.get(text[start])) is not None:
            taken = start + 1
            yield start, taken, plain.encode()
        elif text[start].isascii() and (spelled := _SPELLED.match(text, start)) is not None:
            instead = _without_disguise(spelled)
            if instead is None:
                continue
            if spelled.lastgroup in ("at", "dot") and start > taken and text[start - 1] == " ":
                start -= 1
            taken = spelled.end()
            yield start, taken, instead


def _without_disguise(found: re.Match[str]) -> bytes | None:
    """Return what a disguise stands for; None where it stands for no single character of use here."""
    kind = found.lastgroup
    if kind == "percent":
        return bytes.fromhex(found[0][1:])
    if kind == "reference":
        meant = html.unescape(found[0])
        return _plain_characters().get(meant, meant).encode() if len(meant) == 1 else None
    return b"@" if kind == "at" else b"."
