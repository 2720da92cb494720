"""How Spark is set up on one machine: for dozens of short statements, unless its own configuration says otherwise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.needs("default-jre-headless")]

PROGRAM = """
import sys
from pathlib import Path
from corpus_audit.engine.spark_session import new_session

session = new_session("local[3]", Path(sys.argv[1]))
java = session.sparkContext._jvm.java.lang.management.ManagementFactory
print(session.conf.get("spark.sql.shuffle.partitions"))
print(*java.getRuntimeMXBean().getInputArguments())
"""


def settings(folder: Path, configuration: str) -> tuple[str, str]:
    """Return the partitions of an exchange, and what the Java machine was started with."""
    (folder / "spark-defaults.conf").write_text(configuration)
    environment = os.environ | {"SPARK_CONF_DIR": str(folder), "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    partitions, flags = done.stdout.splitlines()[-2:]
    return partitions, flags


def test_an_exchange_has_some_partitions_a_core_and_java_compiles_little(tmp_path: Path) -> None:
    partitions, flags = settings(tmp_path, "")
    assert partitions == "12"
    assert "-XX:TieredStopAtLevel=1" in flags
    assert "-XX:+NeverActAsServerClassMachine" in flags


def test_what_the_configuration_of_spark_says_counts(tmp_path: Path) -> None:
    own = "spark.sql.shuffle.partitions 5\nspark.driver.extraJavaOptions -XX:TieredStopAtLevel=2 -XX:+UseParallelGC"
    partitions, flags = settings(tmp_path, own)
    assert partitions == "5"
    assert flags.rindex("-XX:TieredStopAtLevel=2") > flags.rindex("-XX:TieredStopAtLevel=1")
