"""Shard plans depend on the files' order and size, and on nothing else."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from corpus_audit.corpus.shards import files_of_shard, plan_shards, shard_numbers
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import FileFormat, FileState


def files_of(*sizes: int | None) -> pa.Table:
    rows = [
        {"file": f"{i:04}", "format": FileFormat.TEXT if size is not None else FileFormat.BINARY,
         "observed_size_bytes": size or 0, "state": FileState.VERIFIED}
        for i, size in enumerate(sizes)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=FILES.schema)


def test_files_fill_shards_in_order() -> None:
    planned = plan_shards(files_of(40, 40, 40, None, 40, 200, 1), shard_bytes=100, max_shards=10)
    assert planned["shard"].to_pylist() == [0, 0, 0, None, 1, 1, 2]
    assert shard_numbers(planned) == [0, 1, 2]
    assert files_of_shard(planned, 1)["file"].to_pylist() == ["0004", "0005"]


def test_binary_files_alone_make_no_shard() -> None:
    assert shard_numbers(plan_shards(files_of(None, None), 100, 10)) == []


@given(st.lists(st.integers(0, 1000) | st.none(), max_size=50), st.integers(1, 500), st.integers(1, 8))
def test_every_readable_file_has_one_shard_and_there_are_not_too_many(
    sizes: list[int | None], shard_bytes: int, max_shards: int
) -> None:
    planned = plan_shards(files_of(*sizes), shard_bytes, max_shards)
    shards = planned["shard"].to_pylist()
    assert [shard is None for shard in shards] == [size is None for size in sizes]
    numbers = shard_numbers(planned)
    assert numbers == list(range(len(numbers)))
    assert len(numbers) <= max_shards + 1
    given_shards = [shard for shard in shards if shard is not None]
    assert given_shards == sorted(given_shards)
