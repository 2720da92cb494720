"""Secrets distinguished from placeholders in documentation, tests and templates."""

import math
import re
from collections import Counter

_STAND_IN = re.compile(
    rb"(?i)example|sample|dummy|placeholder|your|xxxx|\*\*\*|\.\.\.|change|redacted|insert|replace|mock|fake|todo|"
    rb"<|>|\$|\{|\}|%\(|%s|123456|abcdef|qwerty|foobar|test|secret|passw|pwd|token|none|null|undefined|"
    rb"(.)\1{4}"
)
_CONSTANT = re.compile(rb"[A-Z]{2,}(?:_[A-Z]{2,})+")
"""The name of a constant or variable that the secret is to replace: SAS_KEY."""


def is_stand_in(value: bytes) -> bool:
    """True if *value* looks like a placeholder for a secret."""
    return bool(_STAND_IN.search(value) or _CONSTANT.fullmatch(value))


def entropy_bits(value: bytes) -> float:
    """Return the Shannon entropy of *value* in bits a byte (0 for an empty value)."""
    counts = Counter(value)
    return sum(count / len(value) * math.log2(len(value) / count) for count in counts.values())
