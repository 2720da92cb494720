"""Tables as Parquet files: also those without rows, which most shards have."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from corpus_audit.errors import StoreError
from corpus_audit.schemas import DEFECTS, SPANS
from corpus_audit.store import TableWriter, read_table, write_table


def test_a_table_without_rows_has_its_schema_and_the_metadata_of_its_own_writer(tmp_path: Path) -> None:
    for name, metadata in (("a", {"seed": "1"}), ("b", {"seed": "2"}), ("c", None)):
        with TableWriter(tmp_path / name, SPANS, metadata) as writer:
            writer.write(SPANS.empty())
    write_table(tmp_path / "d", DEFECTS, DEFECTS.empty())
    found = {name: read_table(tmp_path / name) for name in "abcd"}
    assert [found[name].schema.remove_metadata() for name in "abcd"] == [
        *[SPANS.schema.remove_metadata()] * 3,
        DEFECTS.schema.remove_metadata(),
    ]
    assert [(pq.read_schema(tmp_path / name).metadata or {}).get(b"seed") for name in "abc"] == [b"1", b"2", None]


def test_a_table_that_broke_off_before_its_first_row_is_a_whole_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), TableWriter(tmp_path / "a", SPANS):
        raise ZeroDivisionError
    assert read_table(tmp_path / "a").num_rows == 0


def test_columns_and_texts_that_repeat_are_read_as_asked_for(tmp_path: Path) -> None:
    row = dict.fromkeys(DEFECTS.schema.names) | {"file": "a.jsonl", "code": "bad-row", "place": "row 1"}
    write_table(tmp_path / "a", DEFECTS, DEFECTS.empty().from_pylist([row] * 3, schema=DEFECTS.schema))
    assert read_table(tmp_path / "a", ["place", "code"]).to_pylist() == [{"place": "row 1", "code": "bad-row"}] * 3
    assert str(read_table(tmp_path / "a", repeated=["code"])["code"].type).startswith("dictionary")


def test_a_damaged_table_is_told(tmp_path: Path) -> None:
    Path(tmp_path, "a").write_bytes(b"PAR1 and no more")
    with pytest.raises(StoreError, match="missing or damaged"):
        read_table(tmp_path / "a")
