"""The relation of license terms on two sides of an overlap: the same text cannot have two sets of terms."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from corpus_audit.rights.facts import LicensePermission
from corpus_audit.rights.obligations import alternative_terms, terms_of
from corpus_audit.rights.terms import (
    SHARE_ALIKE_CONFLICT,
    SHARE_ALIKE_UNKNOWN,
    Terms,
    merge,
)
from corpus_audit.vocabulary import NOASSERTION, TermsConflict

_COMPARED = ("use", "commercial_use", "derivatives", "redistribution")
_WEIGHT = {TermsConflict.NONE: 0, TermsConflict.UNRESOLVED: 1, TermsConflict.CONFLICTING: 2}
_UNKNOWN = (LicensePermission.UNKNOWN, SHARE_ALIKE_UNKNOWN)


class TermsComparison(NamedTuple):
    """How two sets of terms relate, and which terms differ; the reason is empty when none do."""

    conflict: TermsConflict
    reason: str


@lru_cache(maxsize=65_536)
def compare_terms(expression_a: str, expression_b: str) -> TermsComparison:
    """Return how the terms of two resolved license expressions relate, with the terms that differ.

    They conflict when they permit different things, restrict uses differently, or bind changed versions to
    different licenses. A duty to give credit alone is no conflict. What is unknown leaves the answer unresolved
    unless something known already differs. Where OR offers a choice, a copy may have been taken under any side of
    it, so the alternatives that agree best decide.
    """
    unresolved = [expression for expression in (expression_a, expression_b) if expression == NOASSERTION]
    if unresolved:
        return TermsComparison(TermsConflict.UNRESOLVED, "the license is not known on " + _sides(len(unresolved)))
    # What OR would choose comes first, so that its terms give the reason when no choice agrees better.
    chosen = (terms_of(expression_a), terms_of(expression_b))
    offered = product(alternative_terms(expression_a), alternative_terms(expression_b))
    return min((_compare(a, b) for a, b in (chosen, *offered)), key=lambda found: _WEIGHT[found.conflict])


def _compare(a: Terms, b: Terms) -> TermsComparison:
    if a.licenses == b.licenses:
        return TermsComparison(TermsConflict.NONE, "")
    differing = [*_different_permissions(a, b), *_different_bindings(a, b)]
    if differing:
        return TermsComparison(TermsConflict.CONFLICTING, "; ".join(differing))
    unknown = sorted(_unknown_terms(a) | _unknown_terms(b))
    if unknown:
        return TermsComparison(TermsConflict.UNRESOLVED, "not known: " + ", ".join(unknown))
    return TermsComparison(TermsConflict.NONE, "")


def _sides(count: int) -> str:
    return "both sides" if count == 2 else "one side"


def _different_permissions(a: Terms, b: Terms) -> Iterator[str]:
    for name in _COMPARED:
        left, right = getattr(a, name), getattr(b, name)
        if left != right and left not in _UNKNOWN and right not in _UNKNOWN:
            yield f"{name} {left} against {right}"


def _different_bindings(a: Terms, b: Terms) -> Iterator[str]:
    left, right = a.share_alike, b.share_alike
    if left not in _UNKNOWN and right not in _UNKNOWN and _bind_differently(a, b):
        yield f"share_alike {left} against {right}"
    if a.use_restrictions != b.use_restrictions and _is_known(a) and _is_known(b):
        yield f"use_restrictions {_listed(a)} against {_listed(b)}"


def _bind_differently(a: Terms, b: Terms) -> bool:
    """True if changed versions must stay in different families, or in incompatible versions of one."""
    return a.share_alike != b.share_alike or merge((a, b)).share_alike == SHARE_ALIKE_CONFLICT


def _is_known(terms: Terms) -> bool:
    return not _unknown_terms(terms)


def _unknown_terms(terms: Terms) -> set[str]:
    return {name for name in (*_COMPARED, "share_alike") if getattr(terms, name) in _UNKNOWN}


def _listed(terms: Terms) -> str:
    return " and ".join(sorted(terms.use_restrictions)) or "none"
