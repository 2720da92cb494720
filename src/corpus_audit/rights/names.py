"""License names: looked up as written, by a grammar, then in a form with normalised spelling.

Creative Commons is read by its grammar: there are too many spellings to list. The plain form only drops what carries
no meaning ("The", "License" in twelve languages, "version", hyphens, ``.0``). Names that differ in more, and plain
forms that two licenses share, are never taken for one another.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain

from corpus_audit.measure.detection.creative_commons import parse_address, parse_name
from corpus_audit.rights.expressions import current_spdx_ids, current_spelling, reference_id, spdx_id
from corpus_audit.rights.facts import aliases
from corpus_audit.vocabulary import NOASSERTION

_SHORTEST_PLAIN_NAME = 3
_LISTED_ADDRESS = re.compile(
    r"https?://(?:www\.)?(?:spdx\.org/licenses|opensource\.org/licenses?|choosealicense\.com/licenses)/"
    r"(?P<id>[^/]+?)(?:\.html|\.json|\.txt)?/?"
)
_ADDRESS = re.compile(r"(?:https?:)?//\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
_LICENSE_WORDS = re.compile(
    r"licence|lizenz|lic[eè]n(?:cia|za|ça|tie|se)(?![a-z])|licencj[ai]|лицензия|라이선스|ライセンス"
    r"|(?:公共|授[权權]|[许許]可)?(?:许可证|許可證|许可协议|許可協議|协议|协定|许可|条款|條款)"
)
_HAN_NUMBERS = str.maketrans("一二三四", "1234")
_PLAIN_STEPS = (
    (_LICENSE_WORDS, " license "),
    (re.compile(r",? ?第 ?([1-4]) ?版"), r" \1"),
    (re.compile(r"[\s_()\-–—]+"), " "),
    (re.compile(r",? (?:and|or) (?:any )?(?:later|newer)(?: versions?)?\b"), "+"),
    (re.compile(r",? ?\b(?:version|ver\.?|v\.?) ?(?=\d)"), " "),
    (re.compile(r"(?<=[a-z])v?(?=\d)"), " "),
    (re.compile(r"(?<![\d.])(\d+)\.0(?![\d.])"), r"\1"),
    (re.compile(r"^the | license$|^license (?=\S)"), ""),
    (re.compile(r" +(?=\+)|(?<= ) +"), ""),
)


def find_license(name: str) -> str | None:
    """Return the license id of a whole name or address.

    NOASSERTION when several licenses go by it; None when no list knows it.
    """
    found = _as_written(name)
    if found is None and name.count("(") == name.count(")"):
        # A parenthesis without its other half is an expression's, and no part of a name.
        found = _creative_commons(name) or _by_plain_form(name)
    return found


def is_address(text: str) -> bool:
    """True if a text is an address, with or without its scheme."""
    return _ADDRESS.fullmatch(text) is not None


def plain_form(name: str) -> str:
    """Return a name without what carries no meaning in it: ``The GPL, Version 3.0`` is ``gpl 3``."""
    plain = unicodedata.normalize("NFKC", name).lower().translate(_HAN_NUMBERS).strip(" .\"'`")
    for pattern, replacement in _PLAIN_STEPS:
        plain = pattern.sub(replacement, plain).strip()
    return plain


def _as_written(name: str) -> str | None:
    listed = (aliases()[spelling].license_id for spelling in _spellings(name.lower()) if spelling in aliases())
    # "X+" lets one choose X itself, so the terms of X hold whatever a later version may say.
    found = next(listed, None) or current_spelling(name) or spdx_id(name) or spdx_id(name.removesuffix("+"))
    return found or reference_id(name)


def _spellings(name: str) -> tuple[str, ...]:
    bare = name.strip(" .\"'`")
    if not is_address(bare):
        return name, bare
    address = re.sub(r"[?#].*", "", bare)
    path = re.sub(r"^(?:https?:)?//", "", address)
    secure = f"https://{path}"
    return name, address, secure, secure.rstrip("/"), secure.replace("https://www.", "https://", 1)


def _creative_commons(name: str) -> str | None:
    """Return the license that the grammar of Creative Commons reads in a name or an address.

    A country version without an id of its own counts as the text it was adapted from. A name without a version, or
    with one that only countries have, stands for the family: its row says what every version of it says.
    """
    spellings = _spellings(name)
    found = parse_address(spellings[1]) if is_address(name) else parse_name(name)
    if found is None:
        return None
    return spdx_id(found.ported_id) or spdx_id(found.license_id) or f"LicenseRef-{found.kind.lower()}"


def _by_plain_form(name: str) -> str | None:
    if is_address(name):
        match = _LISTED_ADDRESS.fullmatch(_spellings(name)[2])
        return spdx_id(match["id"]) or current_spelling(match["id"]) if match else None
    plain = plain_form(name)
    return _plain_names().get(plain) if len(plain) >= _SHORTEST_PLAIN_NAME else None


@cache
def _plain_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, license_id in chain(_aliases_by_name(), ((key, key) for key in current_spdx_ids())):
        plain = plain_form(name)
        found[plain] = license_id if found.setdefault(plain, license_id) == license_id else NOASSERTION
    return found


def _aliases_by_name() -> Iterator[tuple[str, str]]:
    return ((name, alias.license_id) for name, alias in aliases().items() if alias.kind != "url")
