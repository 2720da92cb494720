"""Trace a reference: the records of all audited datasets of a store that contain one of its works."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.config import Parameters, Settings
from corpus_audit.passages.index_file import Guarantee, IndexRecipe
from corpus_audit.pipeline.tracing.audits import TracedAudit, audits_of, shards_of, with_index
from corpus_audit.pipeline.tracing.candidates import CandidateList, find_candidates
from corpus_audit.pipeline.tracing.places import Place, PlaceReader
from corpus_audit.pipeline.tracing.reading import hold_works_against
from corpus_audit.pipeline.tracing.trace import Unverified, group_by_content, places_of, read_again
from corpus_audit.references import Reference, ReferenceStore
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import TraceCoverage, TraceState

MOST_RECORDS = 10_000
"""Records that are read again for one reference, the likeliest."""
_COVERED = (TraceCoverage.ALL, TraceCoverage.PARTLY)


@dataclass(frozen=True)
class WorkFound:
    """A work of a reference in one distinct record text that was read again.

    ``containment`` is the share of its distinct shingles that the record holds, the bytes are those of the longest
    stretch of it in the record.
    """

    item: str
    containment: float
    record_start: int
    record_end: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class ReferenceTrace:
    """Which works of a reference are where, as far as the index leads to them.

    Works of fewer tokens than ``guaranteed`` are counted in ``items_short``: the index finds some of them only.
    ``other_shingles`` are audits that cannot be asked, as their shingles are not made as the reference's are.
    """

    reference: Reference
    works: tuple[WorkFound, ...]
    unverified: tuple[Unverified, ...]
    audits: tuple[TracedAudit, ...]
    other_shingles: tuple[str, ...]
    left: int
    guaranteed: Guarantee
    items_short: int


def trace_reference(
    store: Path, name: str, most_records: int = MOST_RECORDS, settings: Settings | None = None
) -> ReferenceTrace:
    """Return the records of a store that contain works of a reference, without measuring again.

    Each was read again and contains a work as measuring understands it. Raises StoreError where there is no such
    reference or no store.
    """
    reference = ReferenceStore(store).open(name)
    audits = audits_of(store)
    items = pq.read_table(reference.path, columns=["tokens", "shingle_hashes"])
    hashes = np.unique(pc.list_flatten(items["shingle_hashes"]).to_numpy())
    others = tuple(
        traced.audit_id for traced in audits if traced.coverage in _COVERED and not _is_alike(traced, reference)
    )
    searched = [traced for traced in audits if traced.audit_id not in others]

    def shingles_for(_recipe: IndexRecipe) -> NDArray[np.uint64]:
        return hashes

    candidates = find_candidates(shards_of(searched), shingles_for, most_records)
    settings = settings or Settings.from_environment()
    reader = PlaceReader(with_index(searched))
    works, unverified = _hold_works(store, reference, candidates, settings, reader)
    short = pc.sum(pc.less(items["tokens"], candidates.guaranteed.tokens)).as_py() or 0
    return ReferenceTrace(
        reference=reference,
        works=tuple(sorted(works, key=_order)),
        unverified=tuple(unverified),
        audits=tuple(audits),
        other_shingles=others,
        left=candidates.left,
        guaranteed=candidates.guaranteed,
        items_short=int(short),
    )


def _hold_works(
    store: Path, reference: Reference, candidates: CandidateList, settings: Settings, reader: PlaceReader
) -> tuple[list[WorkFound], list[Unverified]]:
    by_content = group_by_content(candidates.found)
    results = read_again(by_content, settings, hold_works_against, store, {reference.name: reference.sha256})
    works, unverified = [], []
    for sha256, same in by_content.items():
        result = results[sha256]
        if result["state"] is not TraceState.VERIFIED:
            unverified.append(Unverified(result["state"], places_of(reader, same)))
        elif result["works"]:
            places = places_of(reader, same)
            works += [WorkFound(**work, places=places) for work in result["works"]]
    return works, unverified


def _is_alike(traced: TracedAudit, reference: Reference) -> bool:
    parameters: Parameters = read_identity(traced.audit).parameters
    made: Mapping[str, Any] = parameters.signature_settings()
    return all(reference.settings.get(name) == made[name] for name in ("shingle_size", "tokenizer"))


def _order(work: WorkFound) -> tuple[str, float, str]:
    return work.item, -work.containment, work.places[0].record_id
