"""Entitlement to give an authorisation: one ordered table of cases, as SQL over a person and a grant.

Sources, all secondary: Civil Code of the People's Republic of China, art. 27 (parents are guardians), art. 994 (who
acts for the dead), art. 1045 (who is a close relative); Personal Information Protection Law, art. 31 (under 14).
"""

from corpus_audit.rights.consent.states import state_set
from corpus_audit.vocabulary import ConsentState, Relation

_NEAREST = (Relation.SPOUSE, Relation.CHILD, Relation.PARENT)
_CLOSE = (Relation.SIBLING, Relation.GRANDPARENT, Relation.GRANDCHILD)
_KIN = (*_NEAREST, *_CLOSE, Relation.OTHER_RELATIVE, Relation.GUARDIAN)


def _is(*relations: Relation) -> str:
    return f"relation IN ({', '.join(repr(str(relation)) for relation in relations)})"


CASES: tuple[tuple[str, tuple[ConsentState, ...]], ...] = (
    # The person.
    (f"{_is(Relation.SELF)} AND signed_after_death", (ConsentState.GRANTOR_NOT_ENTITLED,)),
    (f"{_is(Relation.SELF)} AND under_14 = 'yes'", (ConsentState.GUARDIAN_MISSING,)),
    (f"{_is(Relation.SELF)} AND deceased = 'yes' AND NOT signed_in_life", (ConsentState.NOT_RECORDED,)),
    (f"{_is(Relation.SELF)} AND (under_14 = 'no' OR minor = 'no')", ()),
    (_is(Relation.SELF), (ConsentState.NOT_RECORDED,)),
    # For the dead: the nearest relatives; other close ones where it is attested that there are no nearer ones.
    (f"{_is(*_NEAREST)} AND deceased = 'yes'", ()),
    (f"{_is(*_CLOSE)} AND deceased = 'yes' AND nearer_relatives_absent = 'yes'", ()),
    (f"{_is(*_CLOSE)} AND deceased = 'yes' AND nearer_relatives_absent = 'no'", (ConsentState.GRANTOR_NOT_ENTITLED,)),
    (f"{_is(*_CLOSE)} AND deceased = 'yes'", (ConsentState.ATTESTATION_MISSING,)),
    (
        f"{_is(Relation.OTHER_RELATIVE)} AND deceased = 'yes' AND nearer_relatives_absent <> 'yes'",
        (ConsentState.GRANTOR_NOT_ENTITLED, ConsentState.ATTESTATION_MISSING),
    ),
    (f"{_is(Relation.OTHER_RELATIVE)} AND deceased = 'yes'", (ConsentState.GRANTOR_NOT_ENTITLED,)),
    (f"{_is(Relation.GUARDIAN)} AND deceased = 'yes'", (ConsentState.GRANTOR_NOT_ENTITLED,)),
    # For the living: a guardian, or a parent of a minor.
    (f"{_is(Relation.GUARDIAN)} AND deceased = 'no'", ()),
    (f"{_is(Relation.PARENT)} AND deceased = 'no' AND minor = 'yes'", ()),
    (f"{_is(Relation.PARENT)} AND deceased = 'no' AND minor = 'not-recorded'", (ConsentState.NOT_RECORDED,)),
    (f"{_is(*_KIN)} AND deceased = 'no' AND under_14 = 'yes'", (ConsentState.GUARDIAN_MISSING,)),
    (f"{_is(*_KIN)} AND deceased = 'no'", (ConsentState.GRANTOR_NOT_ENTITLED,)),
    (_is(*_KIN), (ConsentState.NOT_RECORDED,)),
    # Any other grantor acts under a grant of an entitled person, or under none.
    (_is(Relation.AGENT), (ConsentState.CHAIN_BROKEN,)),
    (_is(Relation.RIGHTS_HOLDER, Relation.OTHER), (ConsentState.GRANTOR_NOT_ENTITLED,)),
)
"""A condition on relation, deceased, minor, under_14 and dates, and what is lacking where it holds; () for nothing."""

_BRANCHES = " ".join(f"WHEN {condition} THEN {state_set(states)}" for condition, states in CASES)
GRANTOR_LACKS = f"CASE {_BRANCHES} ELSE {state_set([ConsentState.NOT_RECORDED])} END"
"""SQL: what a grantor lacks without a grant from another party."""
