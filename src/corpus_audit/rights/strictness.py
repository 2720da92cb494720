"""The strictness of one set of terms compared with another: a text under both has only their common permissions."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa

from corpus_audit.rights.expressions import ExpressionSyntaxError, alternatives, canonical_expression
from corpus_audit.rights.facts import LicensePermission
from corpus_audit.rights.purposes import permits_expression
from corpus_audit.vocabulary import NOASSERTION, InheritedWeight, LicenseRelation, Purpose


class StricterTerms(NamedTuple):
    """What *other* terms take away: purposes they do not permit or leave open, and conditions that they add."""

    purposes_lost: tuple[Purpose, ...]
    purposes_open: tuple[Purpose, ...]
    conditions_added: tuple[str, ...]

    @property
    def weight(self) -> InheritedWeight:
        """The gravest of what is taken away."""
        if self.purposes_lost:
            return InheritedWeight.FORBIDS
        if self.purposes_open:
            return InheritedWeight.LEAVES_OPEN
        return InheritedWeight.BINDS if self.conditions_added else InheritedWeight.NONE


@lru_cache(maxsize=65_536)
def stricter_terms(own: str, other: str) -> StricterTerms:
    """Return what the terms of *other* take away from those of *own*, both resolved license expressions."""
    lost, left_open, added = [], [], set[str]()
    for purpose in Purpose:
        mine, theirs = permits_expression(own, purpose), permits_expression(other, purpose)
        if mine.permitted is not LicensePermission.YES:
            continue
        if theirs.permitted is LicensePermission.NO:
            lost.append(purpose)
        elif theirs.permitted is LicensePermission.UNKNOWN:
            left_open.append(purpose)
        else:
            added |= set(theirs.conditions) - set(mine.conditions)
    return StricterTerms(tuple(lost), tuple(left_open), tuple(sorted(added)))


def relate_terms(own: str, other: str) -> LicenseRelation:
    """Return the relation of the terms of *other* to those of *own*, both resolved license expressions."""
    if NOASSERTION in (own, other):
        return LicenseRelation.NOT_RECORDED
    takes, gives = (stricter_terms(*pair).weight is not InheritedWeight.NONE for pair in ((own, other), (other, own)))
    return _RELATIONS[takes, gives]


def stricter_of(own: str, other: str) -> str:
    """Return the expression that permits less; both joined with AND where each takes away what the other permits.

    *own* is returned where the two take away alike.
    """
    loss, gain = (_WEIGHTS.index(stricter_terms(*pair).weight) for pair in ((own, other), (other, own)))
    if min(loss, gain) >= _WEIGHTS.index(InheritedWeight.LEAVES_OPEN):
        return all_of((own, other))
    return other if loss > gain else own


def all_of(expressions: Iterable[str]) -> str:
    """Return one expression for terms that all apply, or NOASSERTION where it offers too many ways to satisfy it."""
    try:
        joined = canonical_expression(" AND ".join(f"({expression})" for expression in expressions))
        alternatives(joined)
    except ExpressionSyntaxError:
        return NOASSERTION
    return joined


_WEIGHTS = tuple(InheritedWeight)
_RELATIONS = {
    (True, True): LicenseRelation.DIFFERENT,
    (True, False): LicenseRelation.STRICTER,
    (False, True): LicenseRelation.LOOSER,
    (False, False): LicenseRelation.SAME,
}
_STRINGS = pa.list_(pa.string())
_STRICTNESS = pa.schema(
    {
        "license": pa.string(),
        "origin_license": pa.string(),
        "weight": pa.string(),
        "purposes_lost": _STRINGS,
        "purposes_open": _STRINGS,
        "conditions_added": _STRINGS,
    }
)


def strictness_table(pairs: Iterable[tuple[str, str]]) -> pa.Table:
    """Return what the second of each distinct pair of expressions takes away from the first, where it does."""
    found = ((own, other, stricter_terms(own, other)) for own, other in sorted(set(pairs)))
    rows = [
        {"license": own, "origin_license": other, "weight": terms.weight, **terms._asdict()}
        for own, other, terms in found
        if terms.weight is not InheritedWeight.NONE
    ]
    return pa.Table.from_pylist(rows, schema=_STRICTNESS)
