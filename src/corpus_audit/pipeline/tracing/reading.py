"""Candidates held against what is looked for, on the records' own texts: what a worker does."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.config import Settings
from corpus_audit.errors import CorpusAuditError
from corpus_audit.pipeline.context import open_corpus, parts_read
from corpus_audit.store import AuditFolder, sha256_of_bytes
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import TraceState

_BATCH_BYTES = 2**21
PASSAGES_KEPT = 20
"""Passages that are told of one record, the longest."""


def hold_against(
    audit: AuditFolder, settings: Settings, wanted: Mapping[str, str], text: str, least: int
) -> dict[str, dict[str, Any]]:
    """Return for each wanted record (sha256 of its text, by id) its state and, when it was read, what it shares.

    Passages of fewer than *least* tokens are left out, unless the text itself has fewer.
    """
    from corpus_audit.measure.fingerprints.fingerprint import TOKENIZER
    from corpus_audit.measure.fingerprints.token_places import place_tokens
    from corpus_audit.passages.alignment import AskedText

    shingle_size = read_identity(audit).parameters.shingle_size
    asked = AskedText(place_tokens(text.encode(), TOKENIZER), shingle_size)

    def compare(record: bytes) -> dict[str, Any]:
        found = asked.align(place_tokens(record, TOKENIZER), least)
        kept = [vars(passage) for passage in found.passages[:PASSAGES_KEPT]]
        return {"containment": found.containment, "passages": kept}

    return _compare_all(audit, settings, wanted, compare)


def hold_works_against(
    audit: AuditFolder, settings: Settings, wanted: Mapping[str, str], store: Path, reference: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Return for each wanted record its state and, when it was read, the works of a reference that it contains.

    *reference* is the sha256 of its file, by its name. What counts as contained is what measuring counts.
    """
    from corpus_audit.measure.fingerprints.containment import find_contained
    from corpus_audit.references import ReferenceStore

    parameters = read_identity(audit).parameters
    items = ReferenceStore(store).load(reference, parameters)

    def compare(record: bytes) -> dict[str, Any]:
        if items is None:
            return {"works": []}
        found = find_contained(pa.array([record.decode(errors="replace")], pa.large_string()), items, parameters)
        return {
            "works": [
                {
                    "item": items.names[row["item"]].as_py(),
                    "containment": row["shared_shingles"] / int(items.shingles[row["item"]]),
                    "record_start": row["longest_start"],
                    "record_end": row["longest_end"],
                }
                for row in found.to_pylist()
            ]
        }

    return _compare_all(audit, settings, wanted, compare)


def _compare_all(
    audit: AuditFolder,
    settings: Settings,
    wanted: Mapping[str, str],
    compare: Callable[[bytes], dict[str, Any]],
) -> dict[str, dict[str, Any]]:
    results: dict[str, dict[str, Any]] = {}
    files_seen: set[str] = set()
    try:
        for record_id, record in _texts(audit, settings, wanted, files_seen):
            if sha256_of_bytes(record) != wanted[record_id]:
                results[record_id] = {"state": TraceState.CHANGED}
                continue
            results[record_id] = {"state": TraceState.VERIFIED} | compare(record)
    except CorpusAuditError:
        pass  # the place that the audit read from is no longer there
    for record_id in wanted.keys() - results.keys():
        is_there = record_id.partition(":")[0] in files_seen
        results[record_id] = {"state": TraceState.CHANGED if is_there else TraceState.NOT_AT_HAND}
    return results


def _texts(
    audit: AuditFolder, settings: Settings, wanted: Mapping[str, str], files_seen: set[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the wanted records that are there, with their text; note the files that gave any."""
    from corpus_audit.corpus.records import read_record_texts

    left = set(wanted)
    location = open_corpus(audit, settings)
    files = audit.read("ingest", schemas.FILES)
    for file_id, parts in _parts(audit, wanted):
        for batch in read_record_texts(location, files, [file_id], _BATCH_BYTES, parts):
            files_seen.add(file_id)
            for place in np.flatnonzero(pc.is_in(batch["record_id"], pa.array(sorted(left))).to_numpy(False)).tolist():
                record_id = batch["record_id"][place].as_py()
                left.discard(record_id)
                yield record_id, (batch["text"][place].as_py() or "").encode()
            if not any(record_id.startswith(f"{file_id}:") for record_id in left):
                break


def _parts(audit: AuditFolder, wanted: Mapping[str, str]) -> Iterator[tuple[str, pa.Table]]:
    """Yield each file with those of its parts that hold wanted rows."""
    rows: dict[str, list[int]] = {}
    for record_id in sorted(wanted):
        file_id, _, row = record_id.partition(":")
        rows.setdefault(file_id, []).append(int(row))
    parts = parts_read(audit, list(rows)).sort_by("first_row")
    for file_id, numbers in rows.items():
        of_file = parts.filter(pc.equal(parts["file_id"], file_id))
        firsts = of_file["first_row"].to_numpy()
        chosen = np.unique(np.searchsorted(firsts, np.array(numbers), side="right") - 1)
        yield file_id, of_file.take(pa.array(chosen[chosen >= 0]))
