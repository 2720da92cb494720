"""Whether one license can satisfy the share-alike terms of many sources at once."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from corpus_audit.rights.obligations import alternative_terms
from corpus_audit.rights.terms import (
    NO_LICENSES,
    SHARE_ALIKE_CONFLICT,
    SHARE_ALIKE_NO,
    SHARE_ALIKE_UNKNOWN,
    Terms,
    merge,
)

MAX_CHOICES = 10_000
"""More ways to choose among alternatives than this are not followed: the answer is then unknown."""

_PREFERENCE = {SHARE_ALIKE_NO: 0, SHARE_ALIKE_UNKNOWN: 2, SHARE_ALIKE_CONFLICT: 3}
_A_FAMILY = 1


def share_alike_of_all(expressions: Iterable[str]) -> str:
    """Return the share-alike terms of a work made of parts under these resolved expressions.

    The answer is no, the family that changed versions must stay in, unknown, or conflict; where OR offers choices,
    that of the least binding choice.
    """
    choices = {NO_LICENSES}
    for expression in sorted(set(expressions)):
        alternatives = {_of_share_alike(terms) for terms in alternative_terms(expression)}
        choices = {merge(pair) for pair in product(choices, alternatives)}
        if len(choices) > MAX_CHOICES:
            return SHARE_ALIKE_UNKNOWN
    return min(
        (terms.share_alike for terms in choices), key=lambda answer: (_PREFERENCE.get(answer, _A_FAMILY), answer)
    )


def _of_share_alike(terms: Terms) -> Terms:
    """Return only what decides share-alike, so that choices which differ in nothing else count once."""
    return replace(
        NO_LICENSES,
        commercial_use=terms.commercial_use,
        share_alike_known=terms.share_alike_known,
        share_alike_targets=terms.share_alike_targets,
        excluded_targets=terms.excluded_targets,
        use_restrictions=terms.use_restrictions,
    )
