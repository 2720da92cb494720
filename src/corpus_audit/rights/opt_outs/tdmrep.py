"""TDMRep's well-known file: rules for paths; the first match decides. Source: W3C final report of 2024."""

import json
import re
from collections.abc import Iterator
from typing import Any

from corpus_audit.rights.opt_outs import Says
from corpus_audit.rights.opt_outs.paths import compile_pattern, path_of
from corpus_audit.rights.opt_outs.preferences import read_reservation
from corpus_audit.vocabulary import OptOutState


def read_tdmrep(content: str) -> Says | None:
    """Return a tdmrep.json's answer for an address; None for a text that is not one.

    More specific rules are to stand before general ones: the report calls the first in sequence the most specific.
    """
    try:
        rules = list(_rules(json.loads(content)))
    except (ValueError, RecursionError):
        return None

    def says(url: str) -> OptOutState | None:
        path = path_of(url)
        return next((said for pattern, said in rules if pattern.match(path)), None)

    return says if rules else None


def _rules(document: Any) -> Iterator[tuple[re.Pattern[str], OptOutState | None]]:
    for rule in document if isinstance(document, list) else []:
        location = rule.get("location") if isinstance(rule, dict) else None
        if isinstance(location, str) and location:
            yield compile_pattern(location), read_reservation(rule.get("tdm-reservation"))
