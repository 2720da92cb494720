"""What every engine does with the statements that the program gives it."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.engine import spark
from corpus_audit.engine.base import Engine
from corpus_audit.engine.spark import SparkEngine
from corpus_audit.engine.spark_sql import SparkSQL
from corpus_audit.engine.statements import Known
from corpus_audit.engine.text import lowered, trimmed
from corpus_audit.errors import CorpusAuditError
from corpus_audit.schemas import RECORDS, Table
from spec.engine.conftest import JAVA

PEOPLE = pa.table(
    {
        "id": pa.array([1, 2, 3], pa.int64()),
        "name": pa.array(["zoë", None, "it's a \\ b"], pa.string()),
        "roles": pa.array([["voice", "face"], [], None], pa.list_(pa.string())),
        "hash": pa.array([b"\x00\xff", b"", None], pa.binary()),
        "share": pa.array([0.1, 2.5, None], pa.float64()),
    }
)


def test_an_arrow_table_comes_back_as_it_went_in(engine: Engine) -> None:
    engine.add_arrow("people", PEOPLE)
    assert engine.fetch("SELECT * FROM people ORDER BY id").cast(PEOPLE.schema) == PEOPLE


def test_a_name_that_is_given_again_stands_for_the_later_table(engine: Engine) -> None:
    engine.add_arrow("people", PEOPLE)
    engine.add_arrow("people", PEOPLE.slice(1))
    assert engine.fetch("SELECT COUNT(*) AS people FROM people").to_pylist() == [{"people": 2}]


def test_files_are_one_view_and_none_are_an_empty_one(engine: Engine, tmp_path: Path) -> None:
    paths = [tmp_path / f"part {number}.parquet" for number in range(2)]
    for number, path in enumerate(paths):
        pq.write_table(PEOPLE.slice(number, 1), path)
    table = Table("people", "one person", ("id",), PEOPLE.schema)
    engine.add_parquet("listed", paths, table)
    engine.add_parquet("nothing", [], RECORDS)
    assert engine.fetch("SELECT id FROM listed ORDER BY id")["id"].to_pylist() == [1, 2]
    nothing = engine.fetch("SELECT * FROM nothing")
    assert (nothing.num_rows, nothing.schema.names) == (0, RECORDS.schema.names)


def test_a_list_becomes_rows_and_an_empty_one_none(engine: Engine) -> None:
    engine.add_arrow("people", PEOPLE)
    engine.add_values("roles", "people", "roles", ("id",))
    found = engine.fetch("SELECT * FROM roles ORDER BY id, value").to_pylist()
    assert found == [{"id": 1, "value": "face"}, {"id": 1, "value": "voice"}]


def test_tables_and_views_are_made_and_dropped(engine: Engine) -> None:
    engine.add_arrow("people", PEOPLE)
    for wanted in (1, 2):
        engine.execute(f"CREATE TABLE chosen AS SELECT id, name FROM people WHERE id = {wanted}")
        engine.execute("CREATE OR REPLACE TEMPORARY VIEW seen AS SELECT id + 10 AS id FROM chosen")
        assert engine.fetch("SELECT id FROM seen").to_pylist() == [{"id": wanted + 10}]
        engine.execute("DROP TABLE chosen")


def test_a_stream_keeps_the_order_of_all_its_rows(engine: Engine) -> None:
    engine.add_arrow("numbers", pa.table({"number": pa.array(range(20_000, 0, -1), pa.int64())}))
    batches = list(engine.stream("SELECT number FROM numbers ORDER BY number", batch_rows=4096))
    assert len(batches) > 1
    assert [number for batch in batches for number in batch["number"].to_pylist()] == list(range(1, 20_001))


def test_a_stream_without_rows_has_columns(engine: Engine) -> None:
    engine.add_arrow("people", PEOPLE)
    found = engine.stream("SELECT id FROM people WHERE id > 3").read_all()
    assert (found.num_rows, found.schema.names) == (0, ["id"])


DIALECT = {
    "whole numbers divide into fractions": ("COUNT(*) / 4", 0.75),
    "a bigger sum than the numbers": ("CAST(SUM(id) AS BIGINT)", 6),
    "rounding goes away from zero": ("CAST(ROUND(MAX(share)) AS BIGINT)", 3),
    "sets of bits": ("BIT_OR(id & 3)", 3),
    "a value beside the greatest": ("max_by(name, id)", "it's a \\ b"),
    "distinct values as a sorted list": ("array_sort(array_agg(DISTINCT id))", [1, 2, 3]),
    "values of lists, each once": ("array_sort(array_distinct(flatten(array_agg(roles))))", ["face", "voice"]),
    "size of a list": ("MAX(cardinality(roles))", 2),
    "a group of an expression": ("MAX(regexp_extract(name, '^[a-z]+', 0))", "zo"),
    "part of a text": ("MAX(split_part(name, ' ', 2))", "a"),
}


@pytest.mark.parametrize(("expression", "expected"), DIALECT.values(), ids=DIALECT)
def test_a_statement_means_the_same(engine: Engine, expression: str, expected: object) -> None:
    engine.add_arrow("people", PEOPLE)
    assert engine.fetch(f"SELECT {expression} AS found FROM people").to_pylist() == [{"found": expected}]


def test_texts_are_compared_in_the_same_form(engine: Engine) -> None:
    texts = ["ΟΔΟΣ", "İstanbul", "ẞ", "\u00a0\u3000Zoë\t ", "", None]
    engine.add_arrow("texts", pa.table({"number": range(len(texts)), "text": texts}))
    found = engine.fetch(f"SELECT {lowered(trimmed('text'))} AS text FROM texts ORDER BY number")["text"].to_pylist()
    assert found == ["οδοσ", "istanbul", "ß", "zoë\t", "", None]


def test_spark_is_not_given_paths_that_it_would_take_for_patterns(tmp_path: Path) -> None:
    folder = tmp_path / "[a]"
    folder.mkdir()
    with pytest.raises(CorpusAuditError, match="wildcards"):
        SparkEngine("local[2]", folder)
    assert list(folder.iterdir()) == []


def with_way(
    monkeypatch: pytest.MonkeyPatch, folder: Path, memory_limit: str = "512MB"
) -> tuple[SparkEngine, list[str]]:
    """Return an engine that runs tasks, and the statements that Spark's own SQL is given, as they come."""
    given: list[str] = []
    write = SparkSQL.write

    def note(sql: SparkSQL, statement: str, read: Mapping[str, Known]) -> list[Path]:
        given.append(statement)
        return write(sql, statement, read)

    monkeypatch.setattr(SparkSQL, "write", note)
    return SparkEngine("local[2]", folder, memory_limit=memory_limit), given


@pytest.mark.slow
@JAVA
def test_what_a_task_makes_spark_reads_and_the_other_way_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, given = with_way(monkeypatch, tmp_path)
    with engine:
        engine.add_arrow("people", PEOPLE)
        engine.execute("CREATE TABLE sized AS SELECT id, share, roles FROM people")
        engine.add_values("roles", "sized", "roles", ("id",))
        monkeypatch.setattr(spark, "ROWS_IN_A_TASK", PEOPLE.num_rows - 1)
        engine.execute("INSERT INTO sized SELECT id + 10 AS id, share, roles FROM people")
        by_spark = engine.fetch("SELECT id, value FROM roles ORDER BY id, value")
        assert len(given) == 2
        monkeypatch.setattr(spark, "ROWS_IN_A_TASK", 2 * PEOPLE.num_rows)
        assert engine.fetch("SELECT id, value FROM roles ORDER BY id, value") == by_spark
        assert len(given) == 2
    assert by_spark["id"].to_pylist() == [1, 1, 11, 11]


@pytest.mark.slow
@JAVA
def test_of_statements_that_wait_the_large_one_is_sparks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "ROWS_IN_A_TASK", PEOPLE.num_rows)
    engine, given = with_way(monkeypatch, tmp_path)
    with engine:
        engine.add_arrow("people", PEOPLE)
        for name, query in {
            "few": "SELECT id FROM people WHERE id < 3",
            "many": "SELECT few.id FROM few JOIN people ON few.id = people.id",
            "fewer": "SELECT max(id) AS id FROM many",
        }.items():
            engine.execute(f"CREATE TABLE {name} AS {query}")
        assert engine.fetch("SELECT id FROM fewer").to_pylist() == [{"id": 2}]
    assert [statement.strip() for statement in given] == ["SELECT few.id FROM few JOIN people ON few.id = people.id"]


@pytest.mark.slow
@JAVA
def test_no_task_is_started_for_a_statement_that_is_sparks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "ROWS_IN_A_TASK", PEOPLE.num_rows - 1)
    monkeypatch.setattr(spark, "run_in_duckdb", None)  # no task could call it
    with SparkEngine("local[2]", tmp_path) as engine:
        engine.add_arrow("people", PEOPLE)
        assert engine.fetch("SELECT count(*) AS people FROM people").to_pylist() == [{"people": PEOPLE.num_rows}]


@pytest.mark.slow
@JAVA
def test_what_finds_no_room_in_a_task_is_left_to_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, given = with_way(monkeypatch, tmp_path, memory_limit="3MB")
    numbers = pa.table({"number": pa.array(range(200_000), pa.int64())})
    with engine:
        engine.add_arrow("numbers", numbers)
        sql = "SELECT one.number FROM numbers AS one JOIN numbers AS other ON one.number = other.number ORDER BY 1"
        assert engine.fetch(sql)["number"] == numbers["number"]
    assert given == [sql]
