"""The digests that several records have, in any number of partitions."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.dedup import shared_digests
from corpus_audit.dedup.contents import PLACED
from corpus_audit.dedup.shared_digests import SHARED, find_shared
from corpus_audit.engine.steps import ThreadSteps
from corpus_audit.store import TableWriter

FILES, ROWS = 3, 400


def write_records(folder: Path, chance: np.random.Generator) -> list[Path]:
    """Write records of which many share a digest; digests with the same first bytes are not the same."""
    digests = [bytes(24) + chance.bytes(8) if number < 20 else chance.bytes(32) for number in range(600)]
    paths = []
    for file in range(FILES):
        picked = chance.integers(0, len(digests), ROWS).tolist()
        rows = {
            "position": np.arange(file * ROWS, (file + 1) * ROWS),
            "record_id": [f"{chance.integers(2**60):016x}:{row}" for row in range(ROWS)],
            "source_id": ["one"] * ROWS,
            "size_bytes": np.ones(ROWS, np.int64),
            "shingles": chance.integers(0, 3, ROWS),
            "is_media": (chance.random(ROWS) < 0.1).astype(np.int64),
            "content_sha256": [digests[number] for number in picked],
        }
        paths.append(folder / f"placed-{file}.parquet")
        with TableWriter(paths[-1], PLACED) as writer:
            writer.write(pa.table(rows, schema=PLACED.schema))
    return paths


def shared_in(paths: list[Path]) -> dict[bytes, tuple[int, str]]:
    """Return the digests of several records with their number and the smallest record id."""
    records = defaultdict(list)
    for row in pa.concat_tables(map(pq.read_table, paths)).to_pylist():
        if row["is_media"] or row["shingles"]:
            records[row["content_sha256"]].append(row["record_id"])
    return {digest: (len(ids), min(ids)) for digest, ids in records.items() if len(ids) > 1}


@pytest.mark.parametrize("records_a_part", [1 << 20, 100, 1])
def test_shared_digests_have_their_number_and_their_first_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, records_a_part: int
) -> None:
    monkeypatch.setattr(shared_digests, "_PART_RECORDS", records_a_part)
    placed = write_records(tmp_path, np.random.default_rng(3))
    rows = pa.concat_tables(map(pq.read_table, find_shared(placed, tmp_path, ThreadSteps(2)))).to_pylist()
    found = {row["content_sha256"]: (row["copies"], row["first_record"]) for row in rows}
    assert found == shared_in(placed)
    assert len(found) == len(rows) > 200
    assert not (tmp_path / "digests").exists()


def test_of_no_records_none_is_shared(tmp_path: Path) -> None:
    (path,) = find_shared([], tmp_path, ThreadSteps(1))
    assert pq.read_table(path).equals(SHARED.empty())
