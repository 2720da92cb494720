"""The permissions and obligations of a license expression: AND merges terms, OR selects among them."""

from functools import lru_cache

from corpus_audit.rights.expressions import Alternative, ExpressionSyntaxError, alternatives
from corpus_audit.rights.facts import LicensePermission
from corpus_audit.rights.terms import (
    SHARE_ALIKE_CONFLICT,
    SHARE_ALIKE_NO,
    Terms,
    merge,
    minimum,
    rank,
    terms_of_license,
)
from corpus_audit.vocabulary import NOASSERTION


@lru_cache(maxsize=4096)
def terms_of(expression: str) -> Terms:
    """Return the terms of a resolved expression; where OR offers a choice, those of the most permissive alternative.

    Unknown terms are never preferred to known ones. What is not a valid expression has the terms of NOASSERTION.
    """
    return max(alternative_terms(expression), key=_permissiveness)


@lru_cache(maxsize=4096)
def alternative_terms(expression: str) -> tuple[Terms, ...]:
    """Return the terms of every alternative that an expression offers, in a fixed order."""
    return tuple(merge(terms_of_license(i) for i in sorted(choice)) for choice in _choices(expression))


def _choices(expression: str) -> tuple[Alternative, ...]:
    try:
        return alternatives(expression)
    except ExpressionSyntaxError:
        return (frozenset([NOASSERTION]),)


def _permissiveness(terms: Terms) -> tuple[object, ...]:
    """Return the key by which OR chooses: known, then permitted, then least bound; the ids break ties."""
    permissions = (terms.use, terms.commercial_use, _shareable_changes(terms), terms.redistribution)
    duties = (terms.attribution, terms.notice, terms.state_changes)
    return (
        LicensePermission.UNKNOWN not in permissions,
        *map(rank, permissions),
        -len(terms.use_restrictions),
        terms.share_alike == SHARE_ALIKE_NO,
        -sum(map(rank, duties)),
        tuple(-ord(letter) for letter in " ".join(sorted(terms.licenses))),
    )


def _shareable_changes(terms: Terms) -> LicensePermission:
    in_conflict = terms.share_alike == SHARE_ALIKE_CONFLICT
    return minimum(terms.derivatives, LicensePermission.NO if in_conflict else LicensePermission.YES)
