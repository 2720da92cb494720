"""The effect of each use restriction tag on each purpose: one table, read by ``purposes``."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus_audit.vocabulary import Purpose


class UseRestriction(StrEnum):
    """A limit on use that some licenses set beside copyright's own terms."""

    RAIL = "rail"
    ACCEPTABLE_USE = "acceptable-use"
    COMPUTATIONAL_USE_ONLY = "computational-use-only"
    RESEARCH_ONLY = "research-only"
    NO_REDISTRIBUTION = "no-redistribution"
    INTERNAL_TRAINING_ONLY = "internal-training-only"
    NO_COMPETING_MODELS = "no-competing-models"
    NO_MODEL_TRAINING = "no-model-training"
    NAMING_DUTY = "naming-duty"
    MAU_LIMIT = "mau-limit"
    REVENUE_LIMIT = "revenue-limit"
    EU_MULTIMODAL_EXCLUSION = "eu-multimodal-exclusion"
    NO_STANDALONE_SALE = "no-standalone-sale"


class Effect(StrEnum):
    """What a restriction does to one purpose."""

    FORBIDS = "forbids"
    DEPENDS = "depends"
    BINDS = "binds"


@dataclass(frozen=True)
class Restriction:
    """One restriction in words, and its effect on each purpose it touches."""

    statement: str
    effects: Mapping[Purpose, Effect]


_TRAINING = (Purpose.INTERNAL_TRAINING, Purpose.COMMERCIAL_TRAINING)
_SHARING = (Purpose.REDISTRIBUTION_AS_IS, Purpose.REDISTRIBUTION_DERIVED)
_MODELS = (*_TRAINING, Purpose.MODEL_RELEASE)
_ALL = tuple(Purpose)


def _on(effect: Effect, *purposes: Purpose) -> dict[Purpose, Effect]:
    return dict.fromkeys(purposes, effect)


RESTRICTIONS: Mapping[UseRestriction, Restriction] = {
    UseRestriction.RAIL: Restriction(
        "keep to the license's behavioural limits, and pass them on with copies and models", _on(Effect.BINDS, *_ALL)
    ),
    UseRestriction.ACCEPTABLE_USE: Restriction(
        "keep to the licensor's acceptable-use policy", _on(Effect.BINDS, *_ALL)
    ),
    UseRestriction.COMPUTATIONAL_USE_ONLY: Restriction("computational use only", _on(Effect.BINDS, *_ALL)),
    UseRestriction.RESEARCH_ONLY: Restriction(
        "for research only",
        _on(Effect.FORBIDS, Purpose.COMMERCIAL_TRAINING)
        | _on(Effect.DEPENDS, Purpose.INTERNAL_TRAINING, Purpose.MODEL_RELEASE)
        | _on(Effect.BINDS, *_SHARING),
    ),
    UseRestriction.NO_REDISTRIBUTION: Restriction("may not be passed on", _on(Effect.FORBIDS, *_SHARING)),
    UseRestriction.INTERNAL_TRAINING_ONLY: Restriction(
        "only for training one's own models", _on(Effect.FORBIDS, *_SHARING) | _on(Effect.BINDS, *_MODELS)
    ),
    UseRestriction.NO_COMPETING_MODELS: Restriction(
        "may not be used to build models that compete with the licensor's",
        _on(Effect.DEPENDS, *_MODELS) | _on(Effect.BINDS, *_SHARING),
    ),
    UseRestriction.NO_MODEL_TRAINING: Restriction(
        "may not be used to train models", _on(Effect.FORBIDS, *_MODELS) | _on(Effect.BINDS, *_SHARING)
    ),
    UseRestriction.NAMING_DUTY: Restriction(
        "models trained on it carry the name or label that the license asks for", _on(Effect.BINDS, *_MODELS)
    ),
    UseRestriction.MAU_LIMIT: Restriction(
        "a separate license is needed above the named number of monthly users",
        _on(Effect.BINDS, Purpose.COMMERCIAL_TRAINING, Purpose.MODEL_RELEASE, *_SHARING),
    ),
    UseRestriction.REVENUE_LIMIT: Restriction(
        "a separate license is needed above the named revenue",
        _on(Effect.DEPENDS, Purpose.COMMERCIAL_TRAINING) | _on(Effect.BINDS, Purpose.MODEL_RELEASE, *_SHARING),
    ),
    UseRestriction.EU_MULTIMODAL_EXCLUSION: Restriction(
        "multimodal models are not licensed to those domiciled in the European Union", _on(Effect.BINDS, *_ALL)
    ),
    UseRestriction.NO_STANDALONE_SALE: Restriction("may not be sold by itself", _on(Effect.BINDS, *_SHARING)),
}
