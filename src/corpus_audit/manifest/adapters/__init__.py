"""Adapters from existing dataset descriptions to manifests: one module per format, and their only list."""

from corpus_audit.manifest.adapters.croissant import CROISSANT
from corpus_audit.manifest.adapters.cyclonedx import CYCLONEDX
from corpus_audit.manifest.adapters.data_and_trust_alliance import DATA_AND_TRUST_ALLIANCE
from corpus_audit.manifest.adapters.data_provenance_initiative import DATA_PROVENANCE_INITIATIVE
from corpus_audit.manifest.adapters.frictionless import FRICTIONLESS
from corpus_audit.manifest.adapters.huggingface_card import HUGGINGFACE_CARD
from corpus_audit.manifest.adapters.save_to_disk import SAVE_TO_DISK
from corpus_audit.manifest.adapters.spdx import SPDX
from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.result import SourceDocument

ADAPTERS: tuple[Adapter, ...] = (
    CROISSANT,
    HUGGINGFACE_CARD,
    SAVE_TO_DISK,
    DATA_AND_TRUST_ALLIANCE,
    DATA_PROVENANCE_INITIATIVE,
    FRICTIONLESS,
    SPDX,
    CYCLONEDX,
)
"""Each recognises its own documents by what only they have, so their order does not matter."""


def find_adapter(document: SourceDocument) -> Adapter | None:
    """Return the adapter that recognises a document, None when none does."""
    return next((adapter for adapter in ADAPTERS if adapter.recognises(document)), None)
