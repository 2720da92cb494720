"""The engines, and what makes Spark quick enough for tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus_audit.engine import spark
from corpus_audit.engine.base import Engine
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.engine.spark import SparkEngine
from corpus_audit.engine.spark_steps import SparkSteps

JAVA = pytest.mark.needs("default-jre-headless")
NO_ROWS = -1
"""Rows that a statement may read in a task: all of them are Spark's own then, those too that read nothing."""


def allow() -> None:
    """Let every task run."""


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "duckdb": lambda folder: DuckDBEngine(spill_root=folder),
    "spark": lambda folder: SparkEngine("local[2]", folder),
    "tasks of spark": lambda folder: SparkEngine("local[2]", folder, SparkSteps("local[2]", allow)),
}
SLOW = [JAVA, pytest.mark.slow]


@pytest.fixture(scope="session", autouse=True)
def spark_settings() -> Iterator[None]:
    """Let Spark find its settings beside this file, before it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(Path(__file__).parent))
        yield


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=SLOW), pytest.param("tasks of spark", marks=SLOW)])
def engine(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Each engine in turn, open, Spark with its own SQL and with tasks; its folder is empty once it is closed."""
    if request.param == "spark":
        monkeypatch.setattr(spark, "ROWS_IN_A_TASK", NO_ROWS)
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    with ENGINES[request.param](folder) as opened:
        yield opened
    assert list(folder.iterdir()) == []
