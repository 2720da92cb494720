"""``SPDX-License-Identifier:`` tags (SPDX 2.3, annex E).

What stands behind the tag is shown only as far as it is made of ids on the SPDX list: people write all sorts of things
there, names and addresses among them.
"""

import re
from functools import cache

from license_expression import get_spdx_licensing

from corpus_audit.measure.detection.notices.statements import statement
from corpus_audit.vocabulary import SpanKind

UNKNOWN = "unrecognised"
"""What is shown of a tag that does not begin with a license."""

_OPERATORS = frozenset({"and", "or", "with"})
_WORD = re.compile(r"[()]|[A-Za-z0-9.+:-]+")


def _expression(match: re.Match[bytes]) -> str:
    words = _WORD.findall(match["expression"].decode())
    known = next((place for place, word in enumerate(words) if not _is_known(word)), len(words))
    return " ".join(_without_dangling(words[:known])).replace("( ", "(").replace(" )", ")") or UNKNOWN


def _is_known(word: str) -> bool:
    return word in "()" or word.lower() in _OPERATORS or word.rstrip(".").lower() in _spdx_ids()


def _without_dangling(words: list[str]) -> list[str]:
    """Return the words up to the last id: an operator or an open bracket joins it to nothing that is known."""
    while words and (words[-1].lower() in _OPERATORS or words[-1] == "("):
        words = words[:-1]
    return [word if word in "()" else word.rstrip(".") for word in words]


@cache
def _spdx_ids() -> dict[str, str]:
    symbols = get_spdx_licensing().known_symbols.items()
    spellings = ((spelling, key) for key, symbol in symbols for spelling in (key, *symbol.aliases))
    return {spelling.lower(): key for spelling, key in spellings if " " not in spelling}


def spdx_id(spelling: str) -> str | None:
    """Return the id of the SPDX list that *spelling* is in any case, or None."""
    return _spdx_ids().get(spelling.lower())


DETECTOR = statement(
    "SPDX_LICENSE_IDENTIFIER",
    SpanKind.NOTICE,
    r"SPDX-License-Identifier:[ \t]{0,8}\(?[A-Za-z0-9]",
    extent=r"SPDX-License-Identifier:[ \t]{0,8}(?P<expression>\(?[A-Za-z0-9][A-Za-z0-9.+ ():-]{0,160})",
    name=_expression,
)
