"""The people in an audit's data who have withdrawn their consent, by the ledger of its store.

A withdrawal is about a person, so it counts in every dataset of the store that names them, also in one that is audited
later; of people who are in none of its records an audit learns nothing.
"""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.pipeline.context import measured
from corpus_audit.store import AuditFolder, sha256_of_json
from corpus_audit.vocabulary import DecisionAction

if TYPE_CHECKING:
    from corpus_audit.ledger import Entry

_AUDITS_KEPT = 256


def withdrawals_in(audit: AuditFolder) -> "list[Entry]":
    """Return the last withdrawal of each person in an audit's data, by person."""
    latest = {entry.finding_id: entry for entry in withdrawals(audit.store)}
    if not latest:
        return []
    there = _people_in(audit.path, _state(audit), frozenset(latest))
    return [latest[subject_id] for subject_id in sorted(there)]


def withdrawals(store: Path) -> "list[Entry]":
    """Return every withdrawal that a store's ledger holds, oldest first; makes no ledger where there is none."""
    from corpus_audit.ledger import has_ledger

    if not has_ledger(store):
        return []
    from corpus_audit.ledger import open_ledger

    return open_ledger(store).entries(action=str(DecisionAction.WITHDRAW_CONSENT))


def _state(audit: AuditFolder) -> str:
    """Return what changes whenever the records of an audit do."""
    marker = audit.marker("gather")
    return sha256_of_json(vars(marker)) if marker else ""


@lru_cache(_AUDITS_KEPT)
def _people_in(path: Path, _state_of_records: str, subject_ids: frozenset[str]) -> frozenset[str]:
    """Return which people an audit's records name, or its manifest declares to be in a file with a record."""
    audit = AuditFolder(path)
    found: set[str] = set()
    files: dict[str, set[str]] = {}
    for row in audit.read("ingest", schemas.CLAIMED_FILES).select(["file", "subject_ids"]).to_pylist():
        for subject_id in subject_ids.intersection(row["subject_ids"] or ()):
            files.setdefault(row["file"], set()).add(subject_id)
    for records in measured(audit, schemas.RECORDS):
        found.update(subject_column(records, subject_ids)[1])
        if files:
            present = pc.unique(pq.read_table(records, columns=["file"])["file"]).to_pylist()
            found.update(*(files[file] for file in present if file in files))
    return frozenset(found)


def subject_column(
    records: Path, subject_ids: Collection[str]
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], list[str]]:
    """Return the rows of a table of records that name one of some people, and which; a row may be there twice."""
    named = pq.read_table(records, columns=["subject_ids"])["subject_ids"].combine_chunks()
    values = pc.list_flatten(named)
    is_one = pc.is_in(values, pa.array(sorted(subject_ids), pa.string()))
    return pc.list_parent_indices(named).filter(is_one).to_numpy(), values.filter(is_one).to_pylist()
