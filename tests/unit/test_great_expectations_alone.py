"""Great Expectations and Spark in one environment: the one does not load the other."""

import subprocess
import sys

import pytest

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
print("altair" in sys.modules, "scipy.stats" in sys.modules, "sqlalchemy" in sys.modules)
import sqlalchemy
from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as divergence
print(divergence.stats.entropy([1.0]), divergence.alt.Chart.__name__)
"""


@pytest.mark.slow
def test_charts_statistics_and_databases_are_loaded_by_what_uses_them() -> None:
    ended = subprocess.run([sys.executable, "-c", _LATER], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.split()) == (0, ["False", "False", "False", "0.0", "Chart"])
