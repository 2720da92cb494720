"""Rows of bounded tables: as Arrow would give them, with each text once in memory."""

import pyarrow as pa

from corpus_audit.report.rows import read_rows


def test_rows_are_those_of_the_table_and_equal_texts_are_one_object() -> None:
    texts = pa.chunked_array([["a long text", None], ["a long text"], pa.array([], pa.string())])
    table = pa.table(
        {"text": texts, "number": [1, None, 3], "list": [["x"], [], None], "of": [{"y": 1}, None, {"y": 2}]}
    )
    rows = read_rows(table)
    assert rows == table.to_pylist()
    assert rows[0]["text"] is rows[2]["text"]
    assert read_rows(table.slice(0, 0)) == []
