"""Reads one file as an audit does: rows as mappings, and the defects that were met."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.coverage import PartCoverage
from corpus_audit.corpus.entry import Defect, make_file_id
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import RECORD_TEXTS, read_corpus, read_records
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import FileFormat, FileState


def read(
    path: Path, kind: FileFormat, batch_bytes: int = 1 << 20, **fields: Any
) -> tuple[list[dict[str, Any]], list[Defect]]:
    """Return the records of a file that ingest found readable, and its defects."""
    files = _files(path, kind, fields)
    pieces = list(read_records(LocalFolder(path.parent), files, batch_bytes))
    batches = [piece for piece in pieces if not isinstance(piece, Defect)]
    assert all(batch.schema == RECORD_TEXTS for batch in batches)
    return [record for batch in batches for record in batch.to_pylist()], [p for p in pieces if isinstance(p, Defect)]


def texts(records: list[dict[str, Any]]) -> dict[int, str]:
    """Return texts by row."""
    return {record["row"]: record["text"] for record in records}


def read_all(path: Path, kind: FileFormat, batch_bytes: int = 1 << 20, **fields: Any) -> tuple[list[Any], PartCoverage]:
    """Return all that reading a file yields, and what coverage counted."""
    *pieces, coverage = read_corpus(LocalFolder(path.parent), _files(path, kind, fields), batch_bytes)
    if not isinstance(coverage, PartCoverage):
        # Batches that were waiting come behind the counts.
        pieces, coverage = [*pieces, coverage], next(p for p in pieces if isinstance(p, PartCoverage))
    return [piece for piece in pieces if not isinstance(piece, PartCoverage)], coverage


def _files(path: Path, kind: FileFormat, fields: dict[str, Any]) -> pa.Table:
    row = {
        "file_id": make_file_id("s", path.name),
        "source_id": "s",
        "file": path.name,
        "format": kind,
        "observed_size_bytes": path.stat().st_size,
        "state": FileState.VERIFIED,
        **fields,
    }
    return pa.Table.from_pylist([row], schema=FILES.schema)
