"""Trace a person: the records of all audited datasets of a store that name them, or hold a value of theirs."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.errors import CorpusAuditError
from corpus_audit.pipeline.people_withdrawn import subject_column
from corpus_audit.pipeline.tracing.audits import TracedAudit, TracedShard, audits_of, shards_of
from corpus_audit.pipeline.tracing.candidates import read_rows
from corpus_audit.pipeline.tracing.places import Place, PlaceReader
from corpus_audit.store import AuditFolder, Store

_ROWS_KEPT = 10_000
"""Records that are named; of further ones only the number is given."""
_Found = tuple[TracedAudit, str, Mapping[str, Any]]


@dataclass(frozen=True)
class PersonTrace:
    """Where a person is, in the audits that were looked through: each record that names them, or holds the value.

    ``left`` counts further records, which are not named.
    """

    places: tuple[Place, ...]
    audits: tuple[TracedAudit, ...]
    left: int

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that a record was found in, sorted."""
        return tuple(sorted({place.dataset_id for place in self.places}))


def trace_subject(store: Path, subject_id: str) -> PersonTrace:
    """Return the records that name a person by the id that the data gives them, or lie in a file declared as theirs."""
    if not subject_id.strip():
        message = "Give the id of a person, as the data has it."
        raise CorpusAuditError(message)
    audits = audits_of(store)
    return _traced(audits, _naming(shards_of(audits), subject_id))


def trace_value(store: Path, value: str) -> PersonTrace:
    """Return the records that hold a value of a person: an e-mail address, a phone or identity number, and others.

    The value is only hashed, with the store's key, as the values in the data were. Raises CorpusAuditError for what no
    detector takes for such a value: it was then looked for in no audit.
    """
    audits = audits_of(store)
    hashes = hashes_of(value, Store(store).key())
    if not hashes:
        message = "No detector takes this for a value of a person: it was not looked for in any audit."
        raise CorpusAuditError(message)
    return _traced(audits, _holding(shards_of(audits), hashes))


def hashes_of(value: str, key: bytes) -> frozenset[bytes]:
    """Return the keyed hashes that the detectors give a value, by itself and beside each label of one."""
    from corpus_audit.measure.detection.installed import detectors_in_use
    from corpus_audit.measure.detection.labels import label_table
    from corpus_audit.measure.detection.scan import Scanner

    value = value.strip()
    labels = {words[0] for languages in label_table().values() for words in languages.values() if words}
    prefixes = ["", *(f"{label}: " for label in sorted(labels))]
    spans = Scanner(key, detectors_in_use(())).scan(
        pa.array([f"{prefix}{value}" for prefix in prefixes], pa.large_string())
    )
    found = set()
    for span in spans.to_pylist():
        begin = len(prefixes[span["index"]].encode())
        outside = value.encode()[: max(0, span["start_byte"] - begin)] + value.encode()[span["end_byte"] - begin :]
        if span["start_byte"] >= begin and not any(map(str.isalnum, outside.decode(errors="ignore"))):
            found.add(span["keyed_hash"])
    return frozenset(found)


def _traced(audits: Sequence[TracedAudit], found: Iterable[_Found]) -> PersonTrace:
    rows = list(found)
    places = PlaceReader(audits).places(rows[:_ROWS_KEPT])
    return PersonTrace(tuple(places), tuple(audits), max(0, len(rows) - _ROWS_KEPT))


def _naming(shards: Sequence[TracedShard], subject_id: str) -> Iterator[_Found]:
    for shard in shards:
        rows = np.unique(subject_column(shard.path(f"{schemas.RECORDS.name}.parquet"), [subject_id])[0])
        yield from _records(shard, rows, shard.folders)
        for traced, folder in shard.folders:
            files = files_of(traced.audit, [subject_id])
            if files:
                in_files = _rows_where(shard, "file", files)
                yield from _records(shard, np.setdiff1d(in_files, rows), [(traced, folder)])


def _holding(shards: Sequence[TracedShard], hashes: Collection[bytes]) -> Iterator[_Found]:
    wanted = pc.field("keyed_hash").isin(pa.array(sorted(hashes), schemas.SPANS.schema.field("keyed_hash").type))
    for shard in shards:
        spans = pq.read_table(
            shard.path(f"{schemas.SPANS.name}.parquet"), columns=["record_id", "source_id"], filters=wanted
        )
        ids = set(spans["record_id"].to_pylist())
        if not ids:
            continue
        rows = _rows_where(shard, "record_id", ids)
        measured = list(_records(shard, rows, shard.folders))
        yield from measured
        # A row whose text was not read is no record; other columns of it were scanned.
        rest = ids - {record["record_id"] for _, _, record in measured}
        yield from _scanned_only(
            shard, {r["record_id"]: r["source_id"] for r in spans.to_pylist() if r["record_id"] in rest}
        )


def _records(
    shard: TracedShard, rows: np.ndarray[Any, np.dtype[np.int64]], folders: Iterable[tuple[TracedAudit, str]]
) -> Iterator[_Found]:
    if rows.size:
        records = read_rows(shard, rows).to_pylist()
        yield from ((traced, folder, record) for record in records for traced, folder in folders)


def _scanned_only(shard: TracedShard, sources: Mapping[str, str]) -> Iterator[_Found]:
    for record_id, source_id in sources.items():
        file_id, _, row = record_id.partition(":")
        for traced, folder in shard.folders:
            files = traced.audit.read("ingest", schemas.FILES)
            named = files.filter(pc.equal(files["file_id"], file_id))["file"].to_pylist()
            facts = {"record_id": record_id, "source_id": source_id, "file": next(iter(named), ""), "row": int(row)}
            yield (
                traced,
                folder,
                {**dict.fromkeys(("declared_license", "url", "subject_ids")), "size_bytes": 0, **facts},
            )


def files_of(audit: AuditFolder, subject_ids: Collection[str]) -> set[str]:
    """Return the files that an audit's manifest declares to be of one of some people."""
    claimed = audit.read("ingest", schemas.CLAIMED_FILES).select(["file", "subject_ids"])
    wanted = set(subject_ids)
    return {row["file"] for row in claimed.to_pylist() if wanted.intersection(row["subject_ids"] or ())}


def _rows_where(shard: TracedShard, column: str, values: Collection[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    found = pq.read_table(shard.path(f"{schemas.RECORDS.name}.parquet"), columns=[column])[column]
    return np.flatnonzero(pc.is_in(found, pa.array(sorted(values), pa.string())).to_numpy())
