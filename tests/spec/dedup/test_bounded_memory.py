"""Statements over all contents of a corpus stay within the memory that DuckDB was given, and sort all the same."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from corpus_audit.config import Parameters
from corpus_audit.dedup.contents import group_contents
from corpus_audit.dedup.overlaps import compute_overlaps
from corpus_audit.dedup.signature_index import SignatureIndex
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.engine.steps import ThreadSteps

pytestmark = pytest.mark.slow

RECORDS = 700_000
LIMIT = "64MB"
"""Less than the records are without their signatures."""


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what contents are grouped by, of many records in no order; one in ten is a copy."""
    chance = np.random.default_rng(1)
    digests = chance.bytes(32 * RECORDS)
    texts = np.where(chance.random(RECORDS) < 0.1, chance.integers(0, 1000, RECORDS), np.arange(RECORDS))
    known = pa.FixedSizeBinaryArray.from_buffers(pa.binary(32), RECORDS, [None, pa.py_buffer(digests)])
    rows = pa.table(
        {
            "record_id": [f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}:{number}" for number in range(RECORDS)],
            "source_id": [f"source-{number % 5}" for number in range(RECORDS)],
            "modality": pa.repeat("text", RECORDS),
            "size_bytes": np.full(RECORDS, 400),
            "shingles": np.full(RECORDS, 70),
            "content_sha256": known.take(pa.array(texts)),
        }
    )
    path = tmp_path_factory.mktemp("many") / "records.parquet"
    pq.write_table(rows, path)
    return path


def test_contents_are_grouped_and_numbered(records: Path, tmp_path: Path) -> None:
    index = SignatureIndex(tmp_path / "index")
    index.folder.mkdir()
    with DuckDBEngine(memory_limit=LIMIT, spill_root=tmp_path) as engine:
        totals = group_contents(engine, [records], Parameters(), tmp_path, index, ThreadSteps())
    assert not list(tmp_path.glob(".spill-*")), "what was spilled lies under the working folder, and is gone"
    contents = pq.read_table(index.contents_path)
    distinct = pc.count_distinct(pq.read_table(records)["content_sha256"]).as_py()
    assert (totals.contents, contents.num_rows) == (distinct, distinct)
    ids = contents["record_id"].to_pylist()
    assert ids == sorted(ids)
    assert not list(tmp_path.glob("*unsorted*"))


def test_overlaps_are_counted(records: Path, tmp_path: Path) -> None:
    """Every second record of one million relations is beside one of another source."""
    rows = pq.read_table(records)
    with DuckDBEngine(memory_limit=LIMIT, spill_root=tmp_path) as engine:
        engine.add_arrow("placed", rows)
        numbers = pa.array(np.arange(RECORDS) // 2)
        copied = pa.table({"content": np.arange(RECORDS // 2), "is_media": np.zeros(RECORDS // 2, np.int64)})
        copied = copied.append_column("record_id", rows["record_id"].take(pa.array(np.arange(0, RECORDS, 2))))
        engine.add_arrow("copied", copied.append_column("shingles", pa.array(np.full(RECORDS // 2, 70))))
        engine.add_arrow(
            "copied_records", rows.select(["record_id", "source_id", "size_bytes"]).append_column("content", numbers)
        )
        pairs = np.arange(RECORDS // 2 - 1)
        engine.add_arrow(
            "verified", pa.table({"content_a": pairs, "content_b": pairs + 1, "jaccard": np.full(len(pairs), 0.9)})
        )
        found = compute_overlaps(engine, [], Parameters()).overlaps
    assert found.num_rows == 10
    assert sum(found["exact_records"].to_pylist()) == RECORDS // 2
