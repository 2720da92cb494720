"""Addresses and the path patterns shared by robots.txt, TDMRep and AIPREF: ``*`` is anything, ``$`` the end."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def path_of(url: str) -> str:
    """Return the path and query of an address, without needless escapes; '/' when it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that enclose no IPv6 address
        return "/"
    return _normalise((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


@lru_cache(maxsize=4096)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern of paths as a regular expression that matches from the start."""
    anchored = pattern.endswith("$")
    parts = (re.escape(part) for part in _normalise(pattern.removesuffix("$")).split("*"))
    return re.compile(".*".join(parts) + ("$" if anchored else ""), re.DOTALL)


def _normalise(text: str) -> str:
    return _ESCAPED.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    byte = int(match[1], 16)
    return chr(byte) if byte in _UNRESERVED else match[0].upper()
