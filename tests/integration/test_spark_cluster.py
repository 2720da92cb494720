"""Shards measured, and copies found, by a Spark master and workers as processes, one of which is killed.

Of a single worker its executor is killed, and the worker starts another. With ``CORPUS_AUDIT_TEST_SPARK_WORKERS=3``
each test kills one of them with its executor, and those that are left do its work.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from corpus_audit import pipeline, schemas
from corpus_audit.config import Settings
from corpus_audit.pipeline import RunContext
from corpus_audit.store import AuditFolder
from e2e.small_corpus import describe, standing_clock

pytestmark = [pytest.mark.slow, pytest.mark.needs("default-jre-headless")]

TESTS = Path(__file__).parents[1]
FILES = 12
WITHIN = 600
WORKERS = int(os.environ.get("CORPUS_AUDIT_TEST_SPARK_WORKERS", "1"))
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
"""Compiles less, and verifies no classes of Spark: no Java runs long here."""
SETTINGS = """
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.driver.memory 512m
spark.executor.memory 512m
spark.executor.cores 1
spark.driver.extraJavaOptions {java}
spark.executor.extraJavaOptions {java}
spark.default.parallelism 2
spark.sql.shuffle.partitions 2
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.pyspark.python {python}
"""


@pytest.fixture
def begun(tmp_path: Path) -> AuditFolder:
    """An audit of as many shards as files, which are near-duplicates; none is measured yet."""
    words = " ".join(f"word{number}" for number in range(200))
    files = {f"{n:02}.txt": f"File {n} says: {words}".encode() for n in range(FILES)}
    source = describe(tmp_path / "corpus", "texts", files, license={"expression": "MIT"})
    manifest = tmp_path / "corpus" / "manifest.yaml"
    document = {"manifest_version": "1", "dataset": {"id": "texts", "title": "Texts"}, "sources": [source]}
    manifest.write_text(json.dumps(document), encoding="utf-8")
    context = RunContext(Settings(workers=1, shard_bytes=1000), standing_clock)
    return pipeline.ingest(manifest, tmp_path / "store", context=context)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a program that finds a master and its workers, each with one core."""
    import pyspark

    folder = tmp_path_factory.mktemp("cluster")
    (folder / "conf").mkdir()
    (folder / "conf" / "spark-defaults.conf").write_text(SETTINGS.format(python=sys.executable, java=JAVA))
    home, python_path = Path(pyspark.__file__).parent, os.pathsep.join(filter(None, (*sys.path, str(TESTS))))
    variables = {"SPARK_HOME": str(home), "SPARK_CONF_DIR": str(folder / "conf"), "SPARK_LOCAL_IP": "127.0.0.1"}
    variables |= {"SPARK_WORKER_DIR": str(folder / "work"), "SPARK_WORKER_CORES": "1", "PYTHONPATH": python_path}
    environment = os.environ | variables | {"SPARK_DAEMON_JAVA_OPTS": JAVA, "SPARK_LAUNCHER_OPTS": JAVA}
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str) -> Path:
        log = folder / f"{name}-{len(started)}.log"
        program = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}"]
        with log.open("wb") as output:
            started.append(subprocess.Popen([*program, *arguments], env=environment, stdout=output, stderr=output))
        return log

    try:
        log = start("master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        address = _awaited(log, "Starting Spark master at ").split()[0]
        for log in [start("worker.Worker", "--webui-port", "0", address) for _ in range(WORKERS)]:
            _awaited(log, "Successfully registered with master")
        chosen = {"CORPUS_AUDIT_MEASURE_ON": "spark", "CORPUS_AUDIT_SPARK_MASTER": address}
        yield environment | chosen
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)


def _awaited(log: Path, words: str) -> str:
    """Return what follows some words in a log, once they are there."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        _, found, rest = log.read_text().partition(words)
        if found and "\n" in rest:
            return rest
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def _executors(cluster: dict[str, str]) -> list[int]:
    """Return the processes whose working folder is an application's of a worker, and that run Java."""
    folder, found = Path(cluster["SPARK_WORKER_DIR"]), []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").resolve().is_relative_to(folder) and (process / "comm").read_text() == "java\n":
                found.append(int(process.name))
    return found


def _kill_one(cluster: dict[str, str]) -> None:
    """Kill an executor, and its worker as well where others are left."""
    executors = _executors(cluster)
    assert executors
    if WORKERS > 1:
        stat = Path(f"/proc/{executors[0]}/stat").read_text().rpartition(")")[2].split()
        os.kill(int(stat[1]), signal.SIGKILL)
    os.kill(executors[0], signal.SIGKILL)


def _holds_pieces(folder: Path) -> bool:
    """Return whether a step of deduplication has written something."""
    with suppress(FileNotFoundError):  # Spark deletes a folder that is looked through
        return any(folder.rglob("*.piece"))
    return False


def _finished(audit: AuditFolder) -> list[str]:
    return [name for name in audit.finished_stages() if name.startswith("measure-")]


def test_a_killed_executor_changes_no_byte(begun: AuditFolder, cluster: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(begun.store, tmp_path / "here")
    here = AuditFolder(tmp_path / "here" / "audits" / begun.audit_id)
    for shard in pipeline.shard_sizes(here):
        pipeline.measure(here, shard, context=RunContext(Settings(workers=1), standing_clock))
    driver = [sys.executable, str(Path(__file__).with_name("measure_on_cluster.py")), str(begun.path)]
    with subprocess.Popen(driver, env=cluster, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not _finished(begun) and process.poll() is None:
            time.sleep(0.05)
        _kill_one(cluster)
        before = len(_finished(begun))
        told, errors = process.communicate(timeout=WITHIN)
    assert process.returncode == 0, errors
    assert 0 < before < FILES
    ends = dict(json.loads(line) for line in told.splitlines())
    assert len(told.splitlines()) == len(ends) == len(_finished(begun)) == len(_finished(here)) > before
    for folder in _finished(here):
        assert begun.marker(folder) == here.marker(folder)
        assert next(begun.differences(folder, here.marker(folder)), None) is None  # type: ignore[arg-type]


def test_an_executor_killed_between_steps_changes_no_copy(
    begun: AuditFolder, cluster: dict[str, str], tmp_path: Path
) -> None:
    context = RunContext(Settings(workers=1), standing_clock)
    for shard in pipeline.shard_sizes(begun):
        pipeline.measure(begun, shard, context=context)
    shutil.copytree(begun.store, tmp_path / "here")
    here = AuditFolder(tmp_path / "here" / "audits" / begun.audit_id)
    pipeline.deduplicate(here, context=context)
    driver = [sys.executable, str(Path(__file__).with_name("deduplicate_on_cluster.py")), str(begun.path), str(FILES)]
    environment = cluster | {"CORPUS_AUDIT_ENGINE": "spark"}
    with subprocess.Popen(driver, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not _holds_pieces(begun.store) and process.poll() is None:
            time.sleep(0.2)
        _kill_one(cluster)
        _, errors = process.communicate(timeout=WITHIN)
    assert process.returncode == 0, errors
    assert begun.marker("deduplicate") == here.marker("deduplicate")
    assert next(begun.differences("deduplicate", here.marker("deduplicate")), None) is None  # type: ignore[arg-type]
    assert begun.read("deduplicate", schemas.CLUSTERS).num_rows == FILES
