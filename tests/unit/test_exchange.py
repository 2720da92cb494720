"""Rows divided into partitions on disk, and batches of one size."""

import pickle
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from corpus_audit.engine import exchange
from corpus_audit.engine.ahead import map_ahead
from corpus_audit.engine.exchange import Exchange, regroup

SCHEMA = pa.schema([("number", pa.int64()), ("name", pa.string())])


def rows(first: int, last: int) -> pa.Table:
    return pa.table({"number": list(range(first, last)), "name": [f"n{i}" for i in range(first, last)]}, schema=SCHEMA)


@pytest.mark.parametrize("pending", [0, 1 << 25])
def test_each_partition_has_its_rows_in_the_order_they_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pending: int
) -> None:
    monkeypatch.setattr(exchange, "_PENDING_BYTES", pending)
    divided = Exchange(tmp_path / "x", SCHEMA, 4)
    for first in range(0, 1000, 100):
        table = rows(first, first + 100)
        divided.write(table, table["number"].to_numpy() % 3)
    divided.close()
    found = [divided.read(part)["number"].to_pylist() for part in range(4)]
    assert found == [list(range(0, 1000, 3)), list(range(1, 1000, 3)), list(range(2, 1000, 3)), []]
    assert divided.rows == 1000
    assert divided.take(1)["name"].to_pylist() == [f"n{i}" for i in range(1, 1000, 3)]
    assert divided.take(1).num_rows == 0
    divided.delete()
    assert list(tmp_path.iterdir()) == []


def test_nothing_written_is_nothing_read(tmp_path: Path) -> None:
    divided = Exchange(tmp_path / "x", SCHEMA, 2)
    divided.write(rows(0, 0), np.empty(0, np.int64))
    divided.close()
    assert divided.read(0).equals(SCHEMA.empty_table())


def test_pieces_follow_each_other_as_they_were_added_and_one_that_was_not_added_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_PENDING_BYTES", 100)
    divided = Exchange(tmp_path / "x", SCHEMA, 4)
    writers = [divided.new_piece() for _ in range(3)]
    for number, writer in enumerate(writers):
        for first in range(100 * number, 100 * number + 100, 50):
            writer.write(rows(first, first + 50), np.arange(first, first + 50) % 3)
    pieces = [writer.finish() for writer in writers]
    for piece in (pieces[2], pieces[0]):
        divided.add(pickle.loads(pickle.dumps(piece)))
    lent: Exchange = pickle.loads(pickle.dumps(divided))
    expected = [number for number in (*range(200, 300), *range(100)) if number % 3 == 1]
    assert lent.take(1)["number"].to_pylist() == expected
    assert divided.take(1)["number"].to_pylist() == expected
    assert divided.take(3).num_rows == 0
    assert divided.rows == 200


def test_what_was_lent_deletes_nothing(tmp_path: Path) -> None:
    divided = Exchange(tmp_path / "x", SCHEMA, 1)
    divided.write(rows(0, 10), np.zeros(10, np.int64))
    divided.close()
    assert pickle.loads(pickle.dumps(divided)).take(0).num_rows == 10
    assert divided.take(0).num_rows == 10


def test_results_come_in_the_order_of_the_partitions() -> None:
    assert list(map_ahead(lambda part: part * part, range(7), workers=3)) == [0, 1, 4, 9, 16, 25, 36]


@pytest.mark.parametrize("sizes", [[10], [1] * 10, [3, 0, 7], [4, 4, 2], []])
def test_batches_have_one_size_however_they_came(sizes: list[int]) -> None:
    whole = rows(0, sum(sizes))
    ends = np.cumsum([0, *sizes]).tolist()
    batches = [whole.slice(a, b - a).combine_chunks().to_batches() for a, b in pairwise(ends)]
    found = list(regroup([batch for part in batches for batch in part], 4))
    assert [batch.num_rows for batch in found] == ([4, 4, 2] if sizes else [])
    assert pa.Table.from_batches(found, SCHEMA).equals(whole)
