"""What the processes of a small audit do not load: each of these takes longer than the audit's own work."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus_audit.cli.workers import WARM_UP
from corpus_audit.pipeline import WARM_UP as WARM_UP_OF_PIPELINE

_AUDIT = """
import contextlib, io, sys
from corpus_audit.cli import app

with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    app(["audit", sys.argv[1], "--store", sys.argv[2], "--quick"])
"""
_WARM_UP = "from corpus_audit.pipeline import WARM_UP\nWARM_UP()\n"
_PRINT = "import json, sys\nprint(json.dumps(sorted(sys.modules)))"

UNUSED_BY_THE_COMMAND = {
    "altair",
    "corpus_audit.measure.batch",
    "corpus_audit.measure.detection.scan",
    "great_expectations.datasource.fluent.spark_datasource",
    "great_expectations.datasource.fluent.sql_datasource",
    "hyperscan",
    "jsonschema",
    "requests",
    "scipy.linalg",
    "scipy.stats",
    "sqlalchemy",
    "vl_convert",
}
UNUSED_BY_WORKERS = {"duckdb", "great_expectations", "pandas", "scipy.linalg", "sqlalchemy"}


def loaded(program: str, *arguments: Path) -> set[str]:
    """Return the names of the modules that a program has loaded at its end."""
    command = [sys.executable, "-c", program + _PRINT, *map(str, arguments)]
    return set(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


@pytest.mark.slow
def test_a_quick_audit_loads_nothing_that_it_does_not_use(tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text('{"text": "Der Bach treibt die alte Mühle."}\n', "utf-8")
    source = {"id": "texts", "files": [{"path": "texts.jsonl"}]}
    document = {"manifest_version": "1", "dataset": {"id": "small"}, "sources": [source]}
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(document), "utf-8")
    modules = loaded(_AUDIT, manifest, tmp_path / "store")
    assert "great_expectations" in modules, "the audit did not come to its end"
    assert not UNUSED_BY_THE_COMMAND & modules


@pytest.mark.slow
def test_workers_begin_with_what_measures_and_nothing_else() -> None:
    modules = loaded(_WARM_UP)
    assert "hyperscan" in modules
    assert not UNUSED_BY_WORKERS & modules


def test_the_command_starts_workers_as_the_pipeline_does() -> None:
    assert WARM_UP == WARM_UP_OF_PIPELINE
