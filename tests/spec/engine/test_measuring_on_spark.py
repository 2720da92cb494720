"""Shards measured by one Spark job: the same bytes as by processes of this machine."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus_audit import pipeline
from corpus_audit.config import Settings
from corpus_audit.engine.spark_job import run_job
from corpus_audit.errors import EngineError
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.measure import MEASURE
from corpus_audit.pipeline.shard_runs import run_shards
from corpus_audit.pipeline.stage_end import StageEnd
from corpus_audit.store import AuditFolder, Store
from corpus_audit.vocabulary import StageOutcome
from e2e.small_corpus import clock_on, write_corpus

pytestmark = [pytest.mark.slow, pytest.mark.needs("default-jre-headless")]

HERE = Settings(workers=1, shard_bytes=1000)
ON_SPARK = replace(HERE, measure_on="spark")
SECRET = "a value of the data"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> AuditFolder:
    """An audit of which nothing is measured yet."""
    folder = tmp_path_factory.mktemp("begun")
    manifest = write_corpus(folder / "corpus")
    Store(folder / "store").key()  # both copies hash what they find by it
    return pipeline.ingest(manifest, folder / "store", context=RunContext(HERE, clock_on(0)))


def measured(begun: AuditFolder, folder: Path, settings: Settings) -> tuple[AuditFolder, list[StageEnd], list[int]]:
    """Return a copy of the audit whose shards are measured, the ends of their runs, and the bytes that were done."""
    shutil.copytree(begun.store, folder)
    audit, ends, done = AuditFolder(folder / "audits" / begun.audit_id), list[StageEnd](), list[int]()
    context = RunContext(settings, clock_on(0), done.append, ends.append)
    run_shards(MEASURE, audit, pipeline.shard_sizes(audit), context)
    return audit, ends, done


def contents(audit: AuditFolder) -> dict[str, bytes]:
    return {str(path.relative_to(audit.path)): path.read_bytes() for path in audit.path.rglob("*") if path.is_file()}


def test_one_job_measures_all_shards_with_the_same_bytes(begun: AuditFolder, tmp_path: Path) -> None:
    here, ends_here, _ = measured(begun, tmp_path / "here", HERE)
    there, ends, done = measured(begun, tmp_path / "spark", ON_SPARK)
    sizes = pipeline.shard_sizes(begun)
    assert len(sizes) > 2
    assert contents(there) == contents(here)
    assert sum(done) == sum(sizes.values())
    by_shard = {end.shard: end for end in ends}
    assert by_shard.keys() == sizes.keys()
    assert {shard: end.figures for shard, end in by_shard.items()} == {end.shard: end.figures for end in ends_here}
    assert {end.outcome for end in ends} == {StageOutcome.DONE}
    again: list[StageEnd] = []
    run_shards(MEASURE, there, sizes, RunContext(ON_SPARK, clock_on(1), on_stage_end=again.append))
    assert [end.outcome for end in again] == [StageOutcome.UP_TO_DATE] * len(sizes)
    assert contents(there) == contents(here)


def parsed(numbers: Sequence[str], folder: Path) -> list[int]:
    return sorted(run_job("local[2]", folder, int, numbers, "parsing"))


def test_each_result_of_a_job_comes_once(tmp_path: Path) -> None:
    assert parsed([str(number) for number in range(20)], tmp_path) == list(range(20))
    assert parsed([], tmp_path) == []


def test_a_task_that_fails_ends_the_job_and_its_words_are_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="logs of its workers") as raised:
        parsed(["1", SECRET], tmp_path)
    assert SECRET not in str(raised.value)
    assert raised.value.__suppress_context__
    assert parsed(["3"], tmp_path) == [3]
