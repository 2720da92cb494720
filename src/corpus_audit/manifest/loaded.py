"""A manifest with the facts about its reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from corpus_audit.manifest.conversion.listing import Folder
from corpus_audit.manifest.conversion.result import ClaimOrigin, ClaimProblem
from corpus_audit.manifest.model import Manifest
from corpus_audit.store import sha256_of_bytes, sha256_of_json
from corpus_audit.vocabulary import SupplementState

NATIVE = "corpus-audit"
"""The name of this program's own format."""

Targets = frozenset[str] | None
"""The fields of a manifest that a format can say something about, None for all."""


class Received(NamedTuple):
    """A document as it came: *name* is its path relative to the first one's folder, or the first one's own name."""

    name: str
    format: str
    content: bytes


class SupplementedField(NamedTuple):
    """A steward's statement on a field that the manifest lacks, and what became of it (schema CLAIM_SUPPLEMENTS)."""

    document: str
    number: int
    source_id: str
    field: str
    stated: str
    author: str
    stated_at: str
    reason: str
    state: SupplementState


@dataclass(frozen=True)
class LoadedManifest:
    """A manifest, the bytes it was read from, and what is to be known of how it was read.

    *origins* tell for each field of a manifest in another format where it came from; in this program's own format
    every field came from where it is. What it includes is already part of *manifest*; *included* are the documents
    that came with it, and *source_targets* the targets of the sources they describe. *supplements* are what stewards
    added.
    """

    manifest: Manifest
    received: bytes
    name: str
    folder: Folder
    format: str = NATIVE
    problems: Sequence[ClaimProblem] = ()
    origins: Sequence[ClaimOrigin] = ()
    targets: Targets = None
    included: Sequence[Received] = ()
    source_targets: Mapping[str, Targets] = field(default_factory=lambda: MappingProxyType({}))
    supplements: Sequence[SupplementedField] = ()

    @property
    def documents(self) -> Sequence[Received]:
        """Every document that claims were read from, the manifest itself first."""
        return (Received(self.name, self.format, self.received), *self.included)

    @property
    def sha256(self) -> str:
        """The sha256 of the bytes received, or of all documents' names and sha256 when there are several."""
        if not self.included:
            return sha256_of_bytes(self.received)
        return sha256_of_json([[name, sha256_of_bytes(content)] for name, _, content in self.documents])

    def targets_of(self, source_id: str) -> Targets:
        """Return what the format that a source is described in can say something about."""
        return self.source_targets.get(source_id, self.targets)
