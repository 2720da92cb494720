"""Row groups of Parquet in batches of about one size, whatever the footer says."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.formats.parquet import _batches, _Group

_BATCH_BYTES = 1 << 20


def _read(path: Path, texts: list[str]) -> list[pa.RecordBatch]:
    pq.write_table(pa.table({"text": texts}), path, row_group_size=len(texts))
    with pq.ParquetFile(path) as file:
        return list(_batches(file, _Group(0, 0, len(texts)), ["text"], _BATCH_BYTES))


@pytest.mark.parametrize(("length", "count"), [(2_000, 2_000), (8, 100_000), (700_000, 5)])
def test_batches_are_as_large_as_asked_for_and_hold_all_rows_in_order(tmp_path: Path, length: int, count: int) -> None:
    texts = [f"{row:0{length}}" for row in range(count)]
    batches = _read(tmp_path / "a.parquet", texts)
    assert pa.Table.from_batches(batches)["text"].to_pylist() == texts
    assert all(batch.nbytes <= 2 * _BATCH_BYTES for batch in batches)
    assert len(batches) <= 2 + count * (length + 4) // _BATCH_BYTES * 2


def test_a_dictionary_that_makes_large_texts_of_few_bytes_does_not_make_large_batches(tmp_path: Path) -> None:
    batches = _read(tmp_path / "a.parquet", ["short"] * 300 + ["long " * 10_000] * 700)
    assert sum(batch.num_rows for batch in batches) == 1000
    assert max(batch.nbytes for batch in batches) < 20 * _BATCH_BYTES  # all of it has 33
