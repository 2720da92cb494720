"""Great Expectations and Spark in one environment: the one does not load the other."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus_audit.policy

_PROGRAM = """
import sys
{before}
import corpus_audit.policy.validation
from great_expectations.compatibility.pyspark import SparkContext
print(type(SparkContext).__name__)
import pyspark
print(pyspark.SparkContext.__name__)
"""


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "import pyspark.sql"], ids=["spark-later", "spark-earlier"])
def test_spark_is_not_seen_and_still_there(before: str) -> None:
    command = [sys.executable, "-c", _PROGRAM.format(before=before)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.split()) == (0, ["NotImported", "SparkContext"])
    assert "PySpark" not in ended.stderr


_LATER = """
import sys
import corpus_audit.policy.validation
unneeded = ["altair", "scipy.stats", "sqlalchemy", "jsonschema", "mistune", "requests"]
unneeded += [f"great_expectations.datasource.fluent.{kind}_datasource" for kind in ("sql", "spark", "pandas_s3")]
print([name for name in unneeded if name in sys.modules])
import sqlalchemy
from great_expectations.expectations.metrics.column_map_metrics import column_values_match_json_schema as schemas
schemas.jsonschema.validate(1, {"type": "integer"})
from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as divergence
print(divergence.stats.entropy([1.0]), divergence.alt.Chart.__name__)
"""


@pytest.mark.slow
def test_what_few_expectations_use_is_loaded_by_them() -> None:
    ended = subprocess.run([sys.executable, "-c", _LATER], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.split()) == (0, ["[]", "0.0", "Chart"])


ALONE = ("corpus_audit.policy.great_expectations_alone", "corpus_audit.policy.expectations")
"""What loads it as it should be; the second is loaded before each of its own modules."""


def imported_by(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports where it is loaded, in their order."""
    for statement in ast.parse(path.read_text()).body:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield statement.module or ""


@pytest.mark.parametrize("folder", [Path(corpus_audit.policy.__path__[0]), Path(__file__).parent])
def test_whichever_module_is_loaded_first_it_is_loaded_alone(folder: Path) -> None:
    loading = [path for path in folder.glob("*.py") if any("great_expectations" in name for name in imported_by(path))]
    assert len(loading) >= 2
    for path in loading:
        first = next(name for name in imported_by(path) if name in ALONE or name.startswith("great_expectations"))
        assert first in ALONE, path.name
