"""Row groups of Parquet in batches of about one size, whatever the footer says."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.formats.parquet import _batches, _Group
from corpus_audit.vocabulary import DefectCode, FileFormat
from unit.record_reading import read

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


def test_what_ends_in_the_next_block_of_bytes_is_told_from_text_like_all_else(tmp_path: Path) -> None:
    signs = "\ufffd" * 8
    for before in range(65_530, 65_537):
        path = tmp_path / f"{before}.parquet"
        pq.write_table(pa.table({"text": ["a" * before, signs, f"{signs}{'a' * 25}"]}), path)
        records, defects = read(path, FileFormat.PARQUET, text_fields=["text"])
        assert [record["row"] for record in records] == [0, 2]
        assert [(defect.code, defect.place) for defect in defects] == [(DefectCode.NOT_UTF8, "row 1")]
