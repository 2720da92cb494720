"""License terms for one purpose: permitted or not, the reason, and the conditions.

A permission that terms leave unknown leaves the answer unknown. Conditions come with a yes, and with an unknown that
rests on known terms; with a no there is nothing to keep to.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus_audit.rights.facts import LicensePermission, license_facts
from corpus_audit.rights.obligations import alternative_terms
from corpus_audit.rights.restrictions import RESTRICTIONS, Effect, UseRestriction
from corpus_audit.rights.terms import (
    SHARE_ALIKE_CONFLICT,
    SHARE_ALIKE_NO,
    SHARE_ALIKE_UNKNOWN,
    Terms,
    merge,
    minimum,
    rank,
    terms_of_license,
)
from corpus_audit.vocabulary import Purpose


@dataclass(frozen=True)
class PurposeAnswer:
    """Whether terms permit a purpose; ``reasons`` say why not or why it is unknown, ``conditions`` what to keep to."""

    permitted: LicensePermission
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]


# The permissions that a purpose needs, all of them. Training keeps its copies to itself.
_NEEDS: Mapping[Purpose, tuple[str, ...]] = {
    Purpose.INTERNAL_TRAINING: ("use",),
    Purpose.COMMERCIAL_TRAINING: ("use", "commercial_use"),
    Purpose.REDISTRIBUTION_AS_IS: ("use", "redistribution"),
    Purpose.REDISTRIBUTION_DERIVED: ("use", "redistribution", "derivatives"),
    Purpose.MODEL_RELEASE: ("use", "model_release"),
}

_WHY: Mapping[tuple[str, LicensePermission], str] = {
    ("use", LicensePermission.NO): "no license is given",
    ("use", LicensePermission.UNKNOWN): "the terms are not known",
    ("commercial_use", LicensePermission.NO): "commercial use is not granted",
    ("commercial_use", LicensePermission.UNKNOWN): "whether commercial use is granted is not known",
    ("redistribution", LicensePermission.NO): "passing copies on is not granted",
    ("redistribution", LicensePermission.UNKNOWN): "whether copies may be passed on is not known",
    ("derivatives", LicensePermission.NO): "sharing changed versions is not granted",
    ("derivatives", LicensePermission.UNKNOWN): "whether changed versions may be shared is not known",
    ("model_release", LicensePermission.NO): "releasing trained models is not granted",
    ("model_release", LicensePermission.UNKNOWN): "whether the terms reach trained models is not settled",
}

_DUTIES: Mapping[str, str] = {
    "attribution": "credit the licensor",
    "notice": "keep the license text or a link to it, and its notices",
    "state_changes": "mark what was changed",
}
_SHARED = (Purpose.REDISTRIBUTION_AS_IS, Purpose.REDISTRIBUTION_DERIVED, Purpose.MODEL_RELEASE)
_CHANGED = (Purpose.REDISTRIBUTION_DERIVED, Purpose.MODEL_RELEASE)


def permits(terms: Terms, purpose: Purpose) -> PurposeAnswer:
    """Return whether one set of terms permits a purpose, with reasons and conditions."""
    obstacles = [*_missing_permissions(terms, purpose), *_share_alike_obstacles(terms, purpose)]
    obstacles += _restrictive_tags(terms, purpose)
    permitted = minimum(LicensePermission.YES, *(obstacle for obstacle, _ in obstacles))
    reasons = tuple(sorted({reason for weight, reason in obstacles if weight is permitted}))
    can_be_met = permitted is not LicensePermission.NO and terms.use is LicensePermission.YES
    return PurposeAnswer(permitted, reasons, tuple(sorted(_conditions(terms, purpose))) if can_be_met else ())


@lru_cache(maxsize=16_384)
def permits_expression(expression: str, purpose: Purpose) -> PurposeAnswer:
    """Return whether a resolved expression permits a purpose: OR takes the alternative that suits this purpose best."""
    answers = [permits(terms, purpose) for terms in alternative_terms(expression)]
    return min(answers, key=lambda a: (-rank(a.permitted), len(a.conditions), a.conditions, a.reasons))


def least_answer(answers: Sequence[PurposeAnswer]) -> PurposeAnswer:
    """Return what licenses of several parts say together: the least, why it is the least, and all conditions."""
    permitted = minimum(LicensePermission.YES, *(answer.permitted for answer in answers))
    deciding = [answer for answer in answers if answer.permitted is permitted]
    conditions = {condition for answer in answers for condition in answer.conditions}
    return PurposeAnswer(
        permitted,
        tuple(sorted({reason for answer in deciding for reason in answer.reasons})),
        () if permitted is LicensePermission.NO else tuple(sorted(conditions)),
    )


def _missing_permissions(terms: Terms, purpose: Purpose) -> Iterator[tuple[LicensePermission, str]]:
    for need in _NEEDS[purpose]:
        given: LicensePermission = getattr(terms, need)
        if given is not LicensePermission.YES:
            yield given, _WHY[need, given]


def _share_alike_obstacles(terms: Terms, purpose: Purpose) -> Iterator[tuple[LicensePermission, str]]:
    if purpose is Purpose.REDISTRIBUTION_DERIVED and terms.share_alike == SHARE_ALIKE_CONFLICT:
        yield LicensePermission.NO, "no license satisfies the share-alike terms of all parts"
    elif purpose is Purpose.REDISTRIBUTION_DERIVED and terms.share_alike == SHARE_ALIKE_UNKNOWN:
        yield LicensePermission.UNKNOWN, "which license changed versions must be under is not known"


def _restrictive_tags(terms: Terms, purpose: Purpose) -> Iterator[tuple[LicensePermission, str]]:
    weight = {Effect.FORBIDS: LicensePermission.NO, Effect.DEPENDS: LicensePermission.UNKNOWN}
    for effect, statement in _effects(terms, purpose):
        if effect in weight:
            yield weight[effect], statement


def _conditions(terms: Terms, purpose: Purpose) -> set[str]:
    found = {statement for effect, statement in _effects(terms, purpose) if effect is Effect.BINDS}
    if terms.commercial_use is LicensePermission.NO:
        found.add("not for commercial gain")
    if purpose is Purpose.MODEL_RELEASE:
        terms = merge(map(terms_of_license, _binding_models(terms)))
    if purpose in _SHARED:
        found |= {text for duty, text in _DUTIES.items() if _is_owed(terms, duty, purpose)}
    if purpose in _CHANGED and terms.share_alike not in (SHARE_ALIKE_NO, SHARE_ALIKE_UNKNOWN, SHARE_ALIKE_CONFLICT):
        found.add(f"changed versions stay under {terms.share_alike}")
    return found


def _binding_models(terms: Terms) -> set[str]:
    """Return the licenses that do not themselves set trained models free of duties."""
    facts = license_facts()
    return {i for i in terms.licenses if i not in facts or not facts[i].models_are_free}


def _is_owed(terms: Terms, duty: str, purpose: Purpose) -> bool:
    """True if a duty applies or might apply; unknown duties are treated as owed."""
    changes_nothing = duty == "state_changes" and purpose not in _CHANGED
    return not changes_nothing and getattr(terms, duty) is not LicensePermission.NO


def _effects(terms: Terms, purpose: Purpose) -> Iterator[tuple[Effect, str]]:
    for tag in sorted(terms.use_restrictions):
        restriction = RESTRICTIONS[UseRestriction(tag)]
        if purpose in restriction.effects:
            yield restriction.effects[purpose], restriction.statement
