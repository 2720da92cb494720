"""Runs of shards: side by side once each; on Spark, twice without harm and without a word that quotes the data."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

import pytest

from corpus_audit.config import Settings
from corpus_audit.engine.spark_job import without_words
from corpus_audit.errors import BusyError, CorpusAuditError, DetectorError, EngineError, ManifestError, StoreError
from corpus_audit.pipeline import RunContext, shard_runs
from corpus_audit.pipeline.context import refuse_copies_on_a_cluster
from corpus_audit.pipeline.measure import MEASURE
from corpus_audit.pipeline.shard_runs import ShardRun, ShardTask, run_shard, run_shards
from corpus_audit.pipeline.stage_end import StageEnd
from corpus_audit.store import AuditFolder, locked_folder, utc_now
from corpus_audit.store.identity import versions
from corpus_audit.vocabulary import StageOutcome

SECRET = "a value of the data"
Run = Callable[..., None]


def raise_again(run: ShardRun) -> None:
    assert run.error is not None
    raise run.error.rebuilt()


def task(folder: Path, run: Run, known: dict[str, str] | None = None) -> ShardTask:
    return ShardTask(run, str(folder), Settings(), utc_now, sends_lineage=False, versions=known or versions())


def publish(audit: AuditFolder, shard: int, *, context: RunContext) -> None:
    """Write one file as a stage would, and report the end."""

    def work(folder: Path) -> None:
        (folder / "written").write_text(str(shard))

    was_run = audit.run_stage(f"measure-{shard:05d}", {}, {}, work, context.clock)
    outcome = StageOutcome.DONE if was_run else StageOutcome.UP_TO_DATE
    context.on_stage_end(StageEnd(None, shard, audit, outcome, 1.5))  # type: ignore[arg-type]


@dataclass
class Side:
    """What three shards by their bytes, of which one may fail, do on two workers."""

    folder: Path
    failing: int | None = None
    told: list[int] = field(default_factory=list)
    ends: list[StageEnd] = field(default_factory=list)
    _at_once: threading.Barrier = field(default_factory=lambda: threading.Barrier(2, timeout=60))

    SIZES: ClassVar = {4: 1, 5: 300, 6: 200}

    def run_all(self) -> None:
        """Run them as one group."""
        settings = Settings(workers=2)
        context = RunContext(settings, advance=self._advance, on_stage_end=self.ends.append, sends_lineage=False)
        stage = replace(MEASURE, run=self._run)
        run_shards(stage, AuditFolder(self.folder / "audits" / "a"), self.SIZES, context)

    def written(self) -> list[int]:
        """Return the shards that are finished."""
        return sorted(int(path.read_text()) for path in self.folder.rglob("measure-*/written"))

    def _advance(self, done: int) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.told.append(done)

    def _run(self, audit: AuditFolder, shard: int, *, context: RunContext) -> None:
        if shard != min(self.SIZES):
            self._at_once.wait()  # broken if the two largest do not run at the same time
        if shard == self.failing:
            raise StoreError("The disk is full.")
        if self.failing in {5, 6}:
            time.sleep(0.5)
        context.advance(250)  # more than some of them hold
        publish(audit, shard, context=context)


def test_a_group_of_shards_is_measured_side_by_side_once_each(tmp_path: Path) -> None:
    side = Side(tmp_path)
    side.run_all()
    assert side.written() == [4, 5, 6]
    assert sorted(end.shard or 0 for end in side.ends) == [4, 5, 6]
    assert sum(side.told) == sum(side.SIZES.values())


def test_a_shard_that_fails_leaves_the_others_finished_and_a_second_try_goes_on(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="disk is full"):
        Side(tmp_path, failing=4).run_all()
    again = Side(tmp_path)
    assert again.written() == [5, 6]
    again.run_all()
    assert again.written() == [4, 5, 6]
    assert {end.shard: end.outcome for end in again.ends} == {
        4: StageOutcome.DONE,
        5: StageOutcome.UP_TO_DATE,
        6: StageOutcome.UP_TO_DATE,
    }


def test_behind_an_error_no_shard_begins_and_one_that_runs_ends(tmp_path: Path) -> None:
    side = Side(tmp_path, failing=5)
    with pytest.raises(StoreError, match="disk is full"):
        side.run_all()
    assert side.written() == [6]


def test_a_shard_that_is_run_twice_is_published_once(tmp_path: Path) -> None:
    audit = AuditFolder(tmp_path / "audits" / "a")
    runs = [run_shard(task(audit.path, publish), 3)]
    marker = audit.marker("measure-00003")
    runs.append(run_shard(task(audit.path, publish), 3))
    assert [(run.shard, run.outcome, run.error) for run in runs] == [
        (3, StageOutcome.DONE, None),
        (3, StageOutcome.UP_TO_DATE, None),
    ]
    assert audit.marker("measure-00003") == marker


def test_a_second_try_waits_for_one_that_still_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard_runs, "_PAUSE_SECONDS", 0.01)
    audit, is_held = AuditFolder(tmp_path / "audits" / "a"), threading.Event()

    def hold() -> None:
        with locked_folder(audit.path / ".partial-measure-00000"):
            is_held.set()
            time.sleep(1)

    holder = threading.Thread(target=hold)
    holder.start()
    is_held.wait()
    assert run_shard(task(audit.path, publish), 0).outcome is StageOutcome.DONE
    holder.join()


def test_it_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard_runs, "_BUSY_SECONDS", 0.0)
    audit = AuditFolder(tmp_path / "audits" / "a")
    with locked_folder(audit.path / ".partial-measure-00000"):
        found = run_shard(task(audit.path, publish), 0)
    with pytest.raises(BusyError, match="Another process is working"):
        raise_again(found)


def test_what_a_user_can_mend_is_raised_again_with_its_problems(tmp_path: Path) -> None:
    def run(audit: AuditFolder, shard: int, *, context: RunContext) -> None:
        raise ManifestError("The manifest is wrong.", ("one", "two"))

    with pytest.raises(ManifestError, match="The manifest is wrong") as raised:
        raise_again(run_shard(task(tmp_path, run), 0))
    assert raised.value.problems == ("one", "two")


class OtherError(CorpusAuditError):
    """Of a module that the driver does not know."""


@pytest.mark.parametrize(("kind", "raised"), [(DetectorError, DetectorError), (OtherError, EngineError)])
def test_no_failed_shard_is_passed_over(
    kind: type[CorpusAuditError], raised: type[CorpusAuditError], tmp_path: Path
) -> None:
    def run(audit: AuditFolder, shard: int, *, context: RunContext) -> None:
        raise kind("A detector failed.")

    with pytest.raises(raised, match=r"^A detector failed\.$"):
        raise_again(run_shard(task(tmp_path, run), 0))


def test_any_other_error_is_raised_without_its_words() -> None:
    with pytest.raises(RuntimeError, match=r"^ValueError$") as raised:
        without_words(int, SECRET)
    assert raised.value.__context__ is None
    assert without_words(int, "3") == 3


def test_a_worker_of_other_versions_measures_nothing(tmp_path: Path) -> None:
    found = run_shard(task(tmp_path, publish, versions() | {"pyarrow": "1.0"}), 0)
    with pytest.raises(EngineError, match="other versions than this program of pyarrow"):
        raise_again(found)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("engine", "measure_on", "measures", "uses"),
    [
        ("duckdb", "engine", False, False),
        ("duckdb", "spark", True, True),
        ("spark", "engine", True, True),
        ("spark", "processes", False, True),
    ],
)
def test_shards_are_measured_where_the_settings_say(engine: str, measure_on: str, measures: bool, uses: bool) -> None:
    settings = Settings(engine=engine, measure_on=measure_on)
    assert (settings.measures_on_spark, settings.uses_spark) == (measures, uses)


def test_a_cluster_that_cannot_open_the_store_is_refused_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORPUS_AUDIT_CACHE_FOLDER", str(tmp_path))
    copy = tmp_path / "stores" / "s3-audits" / "audits" / "a"
    cluster = Settings(engine="spark", spark_master="spark://master:7077")
    with pytest.raises(EngineError, match="CORPUS_AUDIT_MEASURE_ON=spark"):
        refuse_copies_on_a_cluster(cluster, copy)
    for fine in (Settings(engine="spark"), Settings(measure_on="spark", spark_master="spark://master:7077")):
        refuse_copies_on_a_cluster(fine, copy)
    refuse_copies_on_a_cluster(cluster, tmp_path)
