"""How much memory a statement's operators get, and into how many partitions rows are divided."""

import pytest

from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.engine.exchange import partitions_for


@pytest.mark.parametrize("limit", ["100MB", "512MB", "1GB"])
def test_operators_leave_half_of_the_memory_to_what_cannot_go_to_disk(limit: str) -> None:
    with DuckDBEngine(memory_limit=limit) as engine:
        (found,) = engine.fetch(
            """
            SELECT parse_formatted_bytes(current_setting('memory_limit')) AS memory,
                   parse_formatted_bytes(current_setting('operator_memory_limit')) AS of_operators
            """
        ).to_pylist()
    assert found["of_operators"] == pytest.approx(found["memory"] / 2, rel=0.01)


@pytest.mark.parametrize(("rows", "partitions"), [(0, 1), (1, 1), (1000, 1), (1001, 2), (512_000, 512), (10**9, 512)])
def test_partitions_are_of_a_size_until_there_are_too_many(rows: int, partitions: int) -> None:
    assert partitions_for(rows, 1000) == partitions
