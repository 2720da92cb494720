"""What a shard reads of the tables of ingest: its own rows, however many others there are."""

from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit import schemas
from corpus_audit.corpus.shards import parts_of_shard
from corpus_audit.pipeline.shard_parts import GROUP_ROWS, read_files, read_parts
from corpus_audit.schemas import Table
from corpus_audit.store import AuditFolder, write_table

GROUPS = 4
FILES = GROUPS * GROUP_ROWS
FILES_A_SHARD = 1000
SOURCES = 7
LAST = (FILES - 1) // FILES_A_SHARD


@pytest.fixture(scope="module")
def tables() -> dict[Table, pa.Table]:
    names = {
        "source_id": [f"source-{number * SOURCES // FILES}" for number in range(FILES)],
        "file": [f"{number:06d}.txt" for number in range(FILES)],
        "file_id": [f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}" for number in range(FILES)],
    }
    shards = [number // FILES_A_SHARD for number in range(FILES)]
    return {
        schemas.PARTS: _filled(schemas.PARTS, names | {"shard": shards, "first_row": [0] * FILES}),
        schemas.FILES: _filled(schemas.FILES, names),
    }


def _filled(table: Table, known: dict[str, list[object]]) -> pa.Table:
    columns = [
        pa.array(known[field.name], field.type) if field.name in known else pa.nulls(FILES, field.type)
        for field in table.schema
    ]
    return pa.table(columns, schema=table.schema)


def audit_of(folder: Path, tables: dict[Table, pa.Table]) -> AuditFolder:
    audit = AuditFolder(folder / "audits" / "a")
    audit.folder("ingest").mkdir(parents=True)
    for table, rows in tables.items():
        write_table(audit.table_path("ingest", table), table, rows.to_batches(GROUP_ROWS))
    return audit


def spoil(path: Path, groups: Iterable[int]) -> None:
    """Fill the pages of some groups of rows with nothing that can be read."""
    metadata = pq.read_metadata(path)
    content = bytearray(path.read_bytes())
    for group in groups:
        for number in range(metadata.num_columns):
            column = metadata.row_group(group).column(number)
            start = column.dictionary_page_offset or column.data_page_offset
            content[start : start + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    path.write_bytes(content)


@pytest.mark.parametrize(("shard", "groups"), [(0, {0}), (20, {1}), (16, {0, 1}), (LAST, {3})])
def test_groups_of_rows_without_a_part_of_the_shard_are_not_read(
    tables: dict[Table, pa.Table], tmp_path: Path, shard: int, groups: Collection[int]
) -> None:
    audit = audit_of(tmp_path, tables)
    for table in tables:
        spoil(audit.table_path("ingest", table), set(range(GROUPS)) - {*groups})
    parts = read_parts(audit, [shard])
    assert parts.equals(parts_of_shard(tables[schemas.PARTS], shard).combine_chunks())
    assert read_files(audit, parts)["file_id"].to_pylist() == parts["file_id"].to_pylist()


def test_shards_that_follow_each_other_are_read_together(tables: dict[Table, pa.Table], tmp_path: Path) -> None:
    audit = audit_of(tmp_path, tables)
    assert read_parts(audit, range(LAST + 1)).num_rows == FILES
    assert read_files(audit, read_parts(audit, [2, 3])).num_rows == 2 * FILES_A_SHARD
    assert read_files(audit, read_parts(audit, [])).num_rows == 0


def test_the_markers_of_shards_are_not_listed_for_a_stage_that_has_none(tmp_path: Path) -> None:
    audit = AuditFolder(tmp_path / "audits" / "a")
    for name in ("ingest", "measure-00001", "measure-00000", "gather"):
        audit.run_stage(name, {}, {}, lambda _folder: None)
    assert audit.finished_folders("ingest") == ["ingest"]
    assert audit.finished_folders("measure") == ["measure-00000", "measure-00001"]
    assert audit.finished_folders("report") == []
