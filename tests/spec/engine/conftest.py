"""The engines, and what makes Spark quick enough for tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus_audit.engine.base import Engine
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.engine.spark import SparkEngine

JAVA = pytest.mark.needs("default-jre-headless")
ENGINES: dict[str, Callable[[Path], Engine]] = {
    "duckdb": lambda folder: DuckDBEngine(spill_root=folder),
    "spark": lambda folder: SparkEngine("local[2]", folder),
}


@pytest.fixture(scope="session", autouse=True)
def spark_settings() -> Iterator[None]:
    """Let Spark find its settings beside this file, before it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(Path(__file__).parent))
        yield


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=[JAVA, pytest.mark.slow])])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine in turn, open; its folder is empty once it is closed."""
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    with ENGINES[request.param](folder) as opened:
        yield opened
    assert list(folder.iterdir()) == []
