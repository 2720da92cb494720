"""The names a license goes by: looked up as written, then in a plain form that levels out spelling.

The plain form only drops what carries no meaning ("The", "License", "version", hyphens, ``.0``). Names that differ
in more, and plain forms that two licenses share, are never taken for one another.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from corpus_audit.rights.expressions import current_spdx_ids, reference_id, spdx_id
from corpus_audit.rights.facts import aliases
from corpus_audit.vocabulary import NOASSERTION

_SHORTEST_PLAIN_NAME = 3
_LISTED_ADDRESS = re.compile(
    r"https?://(?:www\.)?(?:spdx\.org/licenses|opensource\.org/licenses?|choosealicense\.com/licenses)/"
    r"(?P<id>[^/]+?)(?:\.html|\.json|\.txt)?/?"
)
_PLAIN_STEPS = (
    (re.compile(r"licence"), "license"),
    (re.compile(r"[\s_()\-]+"), " "),
    (re.compile(r",? (?:and|or) (?:any )?(?:later|newer)(?: versions?)?\b"), "+"),
    (re.compile(r",? ?\b(?:version|ver\.?|v\.?) ?(?=\d)"), " "),
    (re.compile(r"(?<=[a-z])v?(?=\d)"), " "),
    (re.compile(r"(?<![\d.])(\d+)\.0(?![\d.])"), r"\1"),
    (re.compile(r"^the | license$"), ""),
    (re.compile(r" +(?=\+)|(?<= ) +"), ""),
)


def find_license(name: str) -> str | None:
    """Return the license id that a whole name or address stands for.

    NOASSERTION when several licenses go by it; None when no list knows it.
    """
    return _as_written(name) or _by_plain_form(name)


def plain_form(name: str) -> str:
    """Return a name without what carries no meaning in it: ``The GPL, Version 3.0`` is ``gpl 3``."""
    plain = name.lower().strip(" .\"'`")
    for pattern, replacement in _PLAIN_STEPS:
        plain = pattern.sub(replacement, plain).strip()
    return plain


def _as_written(name: str) -> str | None:
    listed = (aliases()[spelling].license_id for spelling in _spellings(name.lower()) if spelling in aliases())
    # "X+" lets one choose X itself, so the terms of X hold whatever a later version may say.
    return next(listed, None) or spdx_id(name) or spdx_id(name.removesuffix("+")) or reference_id(name)


def _spellings(name: str) -> tuple[str, ...]:
    bare = name.strip(" .\"'`")
    if "://" not in name:
        return name, bare
    address = re.sub(r"[?#].*", "", bare)
    return name, address, address.replace("http://", "https://", 1)


def _by_plain_form(name: str) -> str | None:
    if "://" in name:
        match = _LISTED_ADDRESS.fullmatch(_spellings(name)[1])
        return spdx_id(match["id"]) if match else None
    if name.count("(") != name.count(")"):
        return None
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
