"""Shard plans depend on the parts' order and size, and on nothing else; parts hold the same records as the whole."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import read_records
from corpus_audit.corpus.resolve import resolve_files
from corpus_audit.corpus.shards import balanced_size, parts_of_shard, plan_shards, shard_numbers
from corpus_audit.pipeline import shard_ranges
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS, PARTS
from corpus_audit.store import AuditFolder, write_table


def parts_of(*sizes: int) -> pa.Table:
    rows = [{"file": f"{i:04}", "file_id": f"{i:04}", "first_row": 0, "size_bytes": n} for i, n in enumerate(sizes)]
    return pa.Table.from_pylist(rows, schema=PARTS.schema)


def test_shards_hold_consecutive_parts_of_about_the_size_asked_for() -> None:
    planned = plan_shards(parts_of(*[40] * 500, 200, *[1] * 500), shard_bytes=100, max_shards=1000)
    sizes = [sum(parts_of_shard(planned, shard)["size_bytes"].to_pylist()) for shard in shard_numbers(planned)]
    assert planned["shard"].to_pylist() == sorted(planned["shard"].to_pylist())
    assert max(sizes) < 2 * 100 + 200
    assert 70 < sum(sizes) / len(sizes) < 150


def test_a_part_as_large_as_a_shard_begins_one() -> None:
    assert plan_shards(parts_of(1, 100, 1), 100, 10)["shard"].to_pylist()[1] == 1


def test_files_that_come_and_go_change_few_shards() -> None:
    names = [f"{n:04}" for n in range(0, 4000, 4)]

    def shards_with(names: list[str]) -> set[tuple[str, ...]]:
        rows = [{"file": n, "file_id": n, "first_row": 0, "size_bytes": 10 + int(n) % 7} for n in names]
        planned = plan_shards(pa.Table.from_pylist(rows, schema=PARTS.schema), shard_bytes=200, max_shards=1000)
        return {tuple(parts_of_shard(planned, shard)["file"].to_pylist()) for shard in shard_numbers(planned)}

    before = shards_with(names)
    after = shards_with(sorted([*names[:700], *names[701:], "0001", "1001"]))
    assert len(after - before) <= 6 < len(before) // 8


@pytest.mark.parametrize(
    ("total", "workers", "size"),
    [(10_000, 2, 800), (3_000, 2, 200), (1_599, 2, 100), (800, 2, 100), (10, 2, 100), (10_000, 16, 100), (0, 1, 100)],
)
def test_each_worker_has_several_shards_where_there_is_data_for_them(total: int, workers: int, size: int) -> None:
    assert balanced_size(total, workers, shard_bytes=800) == size


@pytest.mark.parametrize("count", [1, 30])
def test_no_core_waits_long_for_the_last_shard(count: int) -> None:
    """One large file is cut like many small ones; the largest shards run first."""
    sizes = [6] * 25 if count == 1 else [5] * count
    rows = [{"file": "a", "file_id": "a", "first": n * 6, "end": n * 6 + 6, "first_row": n, "size_bytes": 6}
            for n in range(25)]  # fmt: skip
    parts = pa.Table.from_pylist(rows, schema=PARTS.schema) if count == 1 else parts_of(*sizes)
    planned = plan_shards(parts, balanced_size(150, 2, 48), max_shards=1000)
    of_shards = [sum(parts_of_shard(planned, shard)["size_bytes"].to_pylist()) for shard in shard_numbers(planned)]
    cores = [0, 0]
    for shard in sorted(of_shards, reverse=True):
        cores[cores.index(min(cores))] += shard
    assert max(cores) <= 1.1 * sum(sizes) / 2


def test_nothing_to_read_makes_no_shard() -> None:
    assert shard_numbers(plan_shards(parts_of(), 100, 10)) == []


def test_parts_of_a_file_that_share_a_shard_are_one() -> None:
    rows = [{"file": "a", "file_id": "a", "first": n, "end": n + 30, "first_row": n // 3, "size_bytes": 30}
            for n in range(0, 3000, 30)]  # fmt: skip
    planned = plan_shards(pa.Table.from_pylist(rows, schema=PARTS.schema), shard_bytes=90, max_shards=100)
    assert planned["shard"].to_pylist() == list(range(planned.num_rows))
    assert planned["first"].to_pylist() == [0, *planned["end"].to_pylist()[:-1]]
    assert planned["first_row"].to_pylist() == [first // 3 for first in planned["first"].to_pylist()]
    assert sum(planned["size_bytes"].to_pylist()) == 3000
    assert planned.num_rows < 60


@given(st.lists(st.integers(0, 1000), max_size=50), st.integers(1, 500), st.integers(1, 8))
def test_every_part_has_one_shard_and_there_are_not_too_many(
    sizes: list[int], shard_bytes: int, max_shards: int
) -> None:
    planned = plan_shards(parts_of(*sizes), shard_bytes, max_shards)
    numbers = shard_numbers(planned)
    assert planned.num_rows == len(sizes)
    assert numbers == list(range(len(numbers)))
    assert len(numbers) <= max_shards
    assert planned["shard"].to_pylist() == sorted(planned["shard"].to_pylist())


def read_by_parts(root: Path, file: str, part_bytes: int) -> tuple[int, list[dict], list[tuple[str, str]]]:
    """Return how many parts a file makes, and its records and defects as all parts together give them."""
    claims = pa.Table.from_pylist([{"source_id": "s", "file": file, "text_fields": ["t"]}], schema=CLAIMED_FILES.schema)
    folders = CLAIMED_FOLDERS.empty()
    found = resolve_files(LocalFolder(root), claims, folders, part_bytes=part_bytes, threads=1, advance=lambda _: None)
    planned = plan_shards(found.parts, part_bytes, max_shards=1000)
    records, defects = [], []
    for shard in shard_numbers(planned):
        for piece in read_records(LocalFolder(root), found.files, 1 << 16, parts_of_shard(planned, shard)):
            if isinstance(piece, Defect):
                defects.append((piece.code, piece.place))
            else:
                records += piece.to_pylist()
    return planned.num_rows, records, sorted(defects)


LINES = st.lists(
    st.one_of(
        st.text(max_size=40).map(lambda text: json.dumps({"t": text}).encode()),
        st.sampled_from([b"", b"{broken", b'{"t": null}', b'{"t": 1}', b'{"t": "\xff"}', b"\r"]),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(LINES, st.integers(1, 200), st.booleans())
def test_json_lines_in_parts_are_the_same_records(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], part_bytes: int, ends_with_line: bool
) -> None:
    root = tmp_path_factory.mktemp("parts")
    (root / "a.jsonl").write_bytes(b"\n".join(lines) + b"\n" * ends_with_line)
    whole = read_by_parts(root, "a.jsonl", 1 << 30)
    split = read_by_parts(root, "a.jsonl", part_bytes)
    assert split[1:] == whole[1:]
    assert whole[0] == 1


def test_a_long_file_of_lines_makes_as_many_parts_as_its_size_asks(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"t": "x" * (1 + n % 97)}) + "\n" for n in range(100_000)))
    count, records, defects = read_by_parts(tmp_path, "a.jsonl", 500_000)
    assert count >= (tmp_path / "a.jsonl").stat().st_size // 500_000
    assert [record["row"] for record in records] == list(range(100_000))
    assert defects == []


@pytest.mark.parametrize("row_group_size", [1, 7, 1000])
def test_parquet_in_parts_is_the_same_records(tmp_path: Path, row_group_size: int) -> None:
    texts = [f"text {number} " * (number % 13) if number % 11 else None for number in range(200)]
    pq.write_table(pa.table({"t": texts}), tmp_path / "a.parquet", row_group_size=row_group_size)
    whole = read_by_parts(tmp_path, "a.parquet", 1 << 30)
    split = read_by_parts(tmp_path, "a.parquet", 300)
    assert split[1:] == whole[1:]
    assert (whole[0], split[0] > 1) == (1, row_group_size < 200)


def test_packed_lines_stay_whole(tmp_path: Path) -> None:
    with pa.CompressedOutputStream(str(tmp_path / "a.jsonl.zst"), "zstd") as stream:
        stream.write(b"".join(b'{"t": "%d"}\n' % (number * 7919) for number in range(1000)))
    count, records, _ = read_by_parts(tmp_path, "a.jsonl.zst", 100)
    assert (count, len(records)) == (1, 1000)


def test_a_shard_of_tiny_files_ends_as_well():
    planned = plan_shards(parts_of(*[10] * 50_000), shard_bytes=48 * 2**20, max_shards=100_000)
    counts = planned["shard"].value_counts().field("counts").to_pylist()
    assert max(counts) < 2.1 * 10_000
    assert len(counts) >= 3


@pytest.mark.parametrize(
    ("shards", "most", "workers", "sizes"),
    [
        (0, 3, 1, []),
        (2, 3, 1, [1, 1]),
        (7, 3, 1, [3, 3, 1]),
        (2500, 500, 1, [5] * 500),
        (0, 3, 2, []),
        (3, 3, 2, [3]),
        (15, 3, 2, [15]),
        (17, 3, 2, [9, 8]),
        (2500, 50, 2, [50] * 50),
    ],
)
def test_tasks_are_a_bounded_number_of_groups_of_shards_with_work_for_their_workers(
    tmp_path, shards, most, workers, sizes
):
    audit = AuditFolder(tmp_path)
    parts = [
        {"source_id": "s", "file": f"{n:05}", "file_id": f"{n:05}", "first_row": 0, "shard": n, "size_bytes": 1}
        for n in range(shards)
    ]
    audit.folder("ingest").mkdir()
    write_table(audit.table_path("ingest", PARTS), PARTS, pa.Table.from_pylist(parts, schema=PARTS.schema))
    ranges = shard_ranges(audit, most, workers)
    assert [last - first + 1 for first, last in ranges] == sizes
    assert [shard for first, last in ranges for shard in range(first, last + 1)] == list(range(shards))
