"""A corpus of texts, measured for real into shards of table RECORDS, to deduplicate with the real engine."""

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.config import Parameters
from corpus_audit.dedup import INDEX, deduplicate
from corpus_audit.dedup.run import Rows
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.engine.steps import Steps
from corpus_audit.measure.fingerprints.fingerprint import fingerprint
from corpus_audit.schemas import RECORDS
from corpus_audit.store import write_table

DEFAULTS = Parameters()
SPLITS = pa.schema([("file_id", pa.string()), ("split", pa.string())])


@dataclass(frozen=True)
class Found:
    """The result as rows, with record ids as they were given."""

    pairs: list[dict[str, Any]]
    clusters: list[dict[str, Any]]
    overlaps: list[dict[str, Any]]
    common_texts: list[dict[str, Any]]
    candidates: int

    @property
    def clustered(self) -> dict[str, tuple[str, str, str]]:
        """Each record's cluster, representative and kind."""
        return {row["record_id"]: (row["cluster_id"], row["representative_id"], row["kind"]) for row in self.clusters}


class Corpus:
    """Texts by source and record id; a record id without a colon becomes row 0 of a file of that name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[tuple[str, str], str] = {}
        self.reads = 0
        self.splits: dict[str, str] = {}

    def add(self, source: str, record: str, text: str) -> None:
        self.texts[source, record if ":" in record else f"{record}:0"] = text

    def deduplicate(
        self,
        parameters: Parameters = DEFAULTS,
        shards: int = 1,
        changed: Mapping[str, str] | None = None,
        measured_with: Parameters | None = None,
        partitions: int | None = None,
        licenses: Mapping[str, str] = MappingProxyType({}),
        steps: Steps | None = None,
    ) -> Found:
        """Return the copies found; *changed* are texts that differ when they are read the second time."""
        rows = list(self.texts.items())
        paths = [self._write(n, rows[n::shards], measured_with or parameters) for n in range(shards)]
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()

        def read_texts(files: Collection[str]) -> Iterator[pa.RecordBatch]:
            self.reads += 1
            wanted = [(record, text) for (_, record), text in rows if record.split(":")[0] in files]
            for first in range(0, len(wanted), 7):
                ids, texts = zip(*wanted[first : first + 7], strict=True)
                current = [(changed or {}).get(record, text) for record, text in zip(ids, texts, strict=True)]
                yield pa.record_batch({"record_id": pa.array(ids), "text": pa.array(current, pa.large_string())})

        splits = pa.table({"file_id": list(self.splits), "split": list(self.splits.values())}, schema=SPLITS)
        with DuckDBEngine(memory_limit="256MB", spill_root=self.folder) as engine:
            options = {"splits": splits, "licenses": licenses, "partitions": partitions, "steps": steps}
            found = deduplicate(engine, paths, read_texts, parameters, work, **options)
            tables = [_written(rows, work) for rows in (found.pairs, found.clusters)]
            overlaps, common_texts = found.shared.overlaps.to_pylist(), found.shared.common_texts.to_pylist()
            return Found(tables[0], tables[1], overlaps, common_texts, found.candidates)

    def index(self) -> dict[str, bytes]:
        """Return the files that the last run left for later audits."""
        return {path.name: path.read_bytes() for path in sorted((self.folder / "work" / INDEX).iterdir())}

    def _write(self, shard: int, rows: list[tuple[tuple[str, str], str]], parameters: Parameters) -> Path:
        path = self.folder / f"records-{shard}.parquet"
        texts = [text for _, text in rows]
        prints = fingerprint(pa.array(texts, pa.large_string()), parameters)
        ends = np.arange(len(rows) + 1, dtype=np.int32) * parameters.num_perm
        signatures = pa.ListArray.from_arrays(
            pa.array(ends), pa.array(prints.signatures.ravel()), mask=pa.array(~prints.has_shingles)
        )
        columns = {
            "record_id": pa.array([record for (_, record), _ in rows], pa.string()),
            "source_id": pa.array([source for (source, _), _ in rows], pa.string()),
            "size_bytes": pa.array([len(text.encode()) for text in texts], pa.int64()),
            "modality": pa.repeat(pa.scalar("text"), len(prints.shingles)),
            "shingles": prints.shingles,
            "content_sha256": pa.array([hashlib.sha256(text.encode()).digest() for text in texts], pa.binary(32)),
            "signature": signatures,
        }
        rest = {f.name: pa.nulls(len(rows), f.type) for f in RECORDS.schema if f.name not in columns}
        write_table(path, RECORDS, pa.table(columns | rest), parameters.signature_settings())
        return path


def _written(rows: Rows, folder: Path) -> list[dict[str, Any]]:
    path = folder / "written.parquet"
    rows.write(path)
    written: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return written


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Return an empty corpus to add records to."""
    return Corpus(tmp_path)
