"""The terms of the licenses behind a model for its outputs, for each purpose.

Text and pictures that a model makes are not copies of it, so the terms on copies stay with the model. What reaches
its outputs are the limits on its use and on models that are trained with it: its license's own, and those of every
model that it was built on.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pyarrow as pa

from corpus_audit.rights.facts import LicensePermission, license_facts
from corpus_audit.rights.obligations import alternative_terms, terms_of
from corpus_audit.rights.purposes import PurposeAnswer
from corpus_audit.rights.restrictions import RESTRICTIONS, Effect, UseRestriction
from corpus_audit.rights.terms import SHARE_ALIKE_NO, Terms, minimum, rank
from corpus_audit.vocabulary import Purpose

MAX_ANCESTORS = 1_000
"""What a model is said to be built on, at most; a manifest could name a chain of any length."""

REACHING_OUTPUTS = frozenset(
    {
        UseRestriction.RAIL,
        UseRestriction.ACCEPTABLE_USE,
        UseRestriction.RESEARCH_ONLY,
        UseRestriction.NO_COMPETING_MODELS,
        UseRestriction.NO_MODEL_TRAINING,
        UseRestriction.NAMING_DUTY,
        UseRestriction.MAU_LIMIT,
        UseRestriction.REVENUE_LIMIT,
        UseRestriction.EU_MULTIMODAL_EXCLUSION,
    }
)
"""Limits on using a model or on training with its outputs; the others are about copies of what is licensed."""

_OBSTACLES: Mapping[Effect, LicensePermission] = {
    Effect.FORBIDS: LicensePermission.NO,
    Effect.DEPENDS: LicensePermission.UNKNOWN,
}
_SHARED_CHANGED = (Purpose.REDISTRIBUTION_DERIVED, Purpose.MODEL_RELEASE)

_ANSWERS = pa.schema(
    {
        "model_id": pa.string(),
        "purpose": pa.string(),
        "permitted": pa.string(),
        "reasons": pa.list_(pa.string()),
        "conditions": pa.list_(pa.string()),
    }
)
_LINEAGES = pa.schema(
    {"model_id": pa.string(), "lineage": pa.list_(pa.string()), "license_notes": pa.list_(pa.string())}
)


@lru_cache(maxsize=16_384)
def permits_outputs(expression: str, purpose: Purpose) -> PurposeAnswer:
    """Return whether a resolved license lets a model's outputs serve a purpose; OR takes what suits it best."""
    answers = [_answer(terms, purpose) for terms in alternative_terms(expression)]
    return min(answers, key=lambda a: (-rank(a.permitted), len(a.conditions), a.conditions, a.reasons))


def output_table(models: Iterable[Mapping[str, object]]) -> pa.Table:
    """Return the terms for outputs of the licenses behind each model, one row per model and purpose.

    *models* have model_id, license_expression and built_on.
    """
    known = {str(model["model_id"]): model for model in models}
    rows = []
    for model_id in sorted(known):
        expressions = sorted({_expression(known, name) for name in (model_id, *_ancestors(model_id, known))})
        rows += [{"model_id": model_id, "purpose": p, **vars(_all_of(expressions, p))} for p in Purpose]
    return pa.Table.from_pylist(rows, schema=_ANSWERS)


def lineage_table(models: Iterable[Mapping[str, object]]) -> pa.Table:
    """Return every model that each model was built on, and what is noted of its own license."""
    known = {str(model["model_id"]): model for model in models}
    rows = [
        {"model_id": name, "lineage": _ancestors(name, known), "license_notes": _notes(_expression(known, name))}
        for name in sorted(known)
    ]
    return pa.Table.from_pylist(rows, schema=_LINEAGES)


def _answer(terms: Terms, purpose: Purpose) -> PurposeAnswer:
    obstacles = list(_obstacles(terms, purpose))
    permitted = minimum(LicensePermission.YES, *(weight for weight, _ in obstacles))
    reasons = tuple(sorted({reason for weight, reason in obstacles if weight is permitted}))
    can_be_met = permitted is not LicensePermission.NO and terms.use is LicensePermission.YES
    return PurposeAnswer(permitted, reasons, tuple(sorted(_conditions(terms, purpose))) if can_be_met else ())


def _obstacles(terms: Terms, purpose: Purpose) -> Iterator[tuple[LicensePermission, str]]:
    if terms.use is not LicensePermission.YES:
        yield terms.use, "no license is given" if terms.use is LicensePermission.NO else "the terms are not known"
    if purpose is Purpose.COMMERCIAL_TRAINING and terms.commercial_use is LicensePermission.NO:
        yield LicensePermission.NO, "commercial use is not granted"
    if purpose is Purpose.COMMERCIAL_TRAINING and terms.commercial_use is LicensePermission.UNKNOWN:
        yield LicensePermission.UNKNOWN, "whether commercial use is granted is not known"
    if purpose in _SHARED_CHANGED and terms.use is LicensePermission.YES and terms.share_alike != SHARE_ALIKE_NO:
        yield LicensePermission.UNKNOWN, "whether share-alike terms reach the outputs of a model is not settled"
    for effect, statement in _effects(terms, purpose):
        if effect in _OBSTACLES:
            yield _OBSTACLES[effect], statement


def _conditions(terms: Terms, purpose: Purpose) -> set[str]:
    found = {statement for effect, statement in _effects(terms, purpose) if effect is Effect.BINDS}
    return found | ({"not for commercial gain"} if terms.commercial_use is LicensePermission.NO else set())


def _effects(terms: Terms, purpose: Purpose) -> Iterator[tuple[Effect, str]]:
    for tag in sorted(terms.use_restrictions):
        restriction = RESTRICTIONS[UseRestriction(tag)]
        if tag in REACHING_OUTPUTS and purpose in restriction.effects:
            yield restriction.effects[purpose], restriction.statement


def _all_of(expressions: Iterable[str], purpose: Purpose) -> PurposeAnswer:
    """Return what several licenses say that all apply: the least, with the reasons for it and every condition."""
    answers = [permits_outputs(expression, purpose) for expression in expressions]
    permitted = minimum(*(answer.permitted for answer in answers))
    reasons = {reason for answer in answers if answer.permitted is permitted for reason in answer.reasons}
    conditions = {condition for answer in answers for condition in answer.conditions}
    kept = () if permitted is LicensePermission.NO else tuple(sorted(conditions))
    return PurposeAnswer(permitted, tuple(sorted(reasons)), kept)


def _ancestors(model_id: str, models: Mapping[str, Mapping[str, object]]) -> list[str]:
    found: set[str] = set()
    waiting = [model_id]
    while waiting and len(found) < MAX_ANCESTORS:
        bases = models[waiting.pop()]["built_on"]
        new = set(bases) - found - {model_id} if isinstance(bases, list) else set()
        found |= new
        waiting += sorted(new & models.keys())
    return sorted(found)


def _expression(models: Mapping[str, Mapping[str, object]], model_id: str) -> str:
    return str(models[model_id]["license_expression"])


def _notes(expression: str) -> list[str]:
    """Return what the table of licenses notes on training, for licenses that limit the use of outputs."""
    facts = license_facts()
    licenses = [facts[i] for i in sorted(terms_of(expression).licenses) if i in facts]
    return [row.note for row in licenses if row.note and row.use_restrictions & REACHING_OUTPUTS]
