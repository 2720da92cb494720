"""What a statement makes and reads."""

from pathlib import Path

import pyarrow as pa
import pytest

from corpus_audit.engine.statements import Known, Query, TableFiles, Values, parse_statement, read_by

ROWS = TableFiles((Path("rows.parquet"),), pa.schema([("number", pa.int64())]))


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("\nCREATE TABLE made AS\nSELECT 1 AS a\n", ("CREATE TABLE", "made", "\nSELECT 1 AS a\n")),
        ("CREATE TEMPORARY VIEW seen AS WITH a AS (x) b", ("CREATE TEMPORARY VIEW", "seen", " WITH a AS (x) b")),
        ("INSERT INTO made SELECT 2 AS a", ("INSERT INTO", "made", " SELECT 2 AS a")),
        ("DROP TABLE IF EXISTS made", ("DROP TABLE IF EXISTS", "made", "")),
    ],
)
def test_a_statement_says_what_it_makes(sql: str, expected: tuple[str, str, str]) -> None:
    assert parse_statement(sql) == expected


def test_another_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="neither makes nor drops"):
        parse_statement("DELETE FROM made")


def test_views_come_after_what_they_read() -> None:
    known: dict[str, Known] = {
        "outer": Query("SELECT number FROM listed JOIN inner USING (number)"),
        "inner": Query("SELECT number AS inner FROM rows"),
        "listed": Values("rows", "numbers", ("number",)),
        "rows": ROWS,
        "unread": ROWS,
    }
    assert list(read_by("SELECT * FROM outer JOIN nothing", known)) == ["rows", "listed", "inner", "outer"]
