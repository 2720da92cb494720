"""Tables are made when a statement first reads them, once, and no other."""

import pyarrow as pa
import pytest

from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.engine.on_demand import OnDemandEngine, Supply


class Kitchen:
    """Supplies of tables, and which of them were made."""

    def __init__(self):
        self.made = []

    def arrow(self, name, *values):
        def make(engine):
            self.made.append(name)
            engine.add_arrow(name, pa.table({"value": list(values)}))

        return Supply((name,), make)

    def doubled(self, name, other):
        def make(engine):
            self.made.append(name)
            engine.execute(f"CREATE TABLE {name} AS SELECT value * 2 AS value FROM {other}")

        return Supply((name, f"{name}_again"), make)


@pytest.fixture
def kitchen():
    return Kitchen()


@pytest.fixture
def engine(kitchen, tmp_path):
    supplies = [
        kitchen.doubled("twice", "numbers"),
        kitchen.arrow("numbers", 1),
        kitchen.arrow("others", 5),
        kitchen.arrow("numbers", 3, 4),
        Supply(("lists",), lambda made: made.add_arrow("lists", pa.table({"key": ["a"], "list": [[7, 8]]}))),
    ]
    with OnDemandEngine(DuckDBEngine(spill_root=tmp_path), supplies) as opened:
        yield opened


def test_nothing_is_made_that_is_not_read(engine, kitchen):
    assert engine.fetch("SELECT 1 AS others").to_pylist() == [{"others": 1}]
    assert kitchen.made == []


def test_what_is_read_is_made_first_and_once_and_the_later_of_a_name_counts(engine, kitchen):
    for _ in range(2):
        assert engine.fetch("SELECT SUM(value) AS sum FROM (SELECT * FROM twice)").to_pylist() == [{"sum": 14}]
    assert kitchen.made == ["twice", "numbers"]


@pytest.mark.parametrize("sql", ["SELECT * from others", 'SELECT * FROM "others"', "SELECT * FROM\n    others AS o"])
def test_however_a_statement_is_written(engine, sql):
    assert engine.stream(sql).read_all().to_pylist() == [{"value": 5}]


def test_a_joined_table_is_made(engine):
    rows = engine.fetch("SELECT n.value FROM numbers AS n LEFT JOIN others ON others.value > n.value ORDER BY 1")
    assert rows["value"].to_pylist() == [3, 4]


def test_values_of_a_list_are_taken_from_a_table_that_is_made(engine):
    engine.add_values("single", "lists", "list", ("key",))
    engine.execute("CREATE TABLE kept AS SELECT * FROM single")
    assert engine.fetch("SELECT value FROM kept ORDER BY 1")["value"].to_pylist() == [7, 8]
