"""The runs of a stage over an audit's shards: side by side here, or all in one Spark job."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from functools import partial
from queue import SimpleQueue

from corpus_audit import guard
from corpus_audit.config import Settings
from corpus_audit.engine.spark_job import run_job
from corpus_audit.errors import BusyError, CorpusAuditError, SentError
from corpus_audit.pipeline.context import RunContext, refuse_copies_on_a_cluster
from corpus_audit.pipeline.dedup_steps import refuse_other_versions
from corpus_audit.pipeline.stage import Stage
from corpus_audit.pipeline.stage_end import StageEnd
from corpus_audit.store import AuditFolder, Clock, ScratchFolder, audit_at
from corpus_audit.store.bucket import address_of
from corpus_audit.store.identity import versions
from corpus_audit.vocabulary import StageOutcome

_BUSY_SECONDS = 600.0
"""How long a task waits for an earlier try of it that still runs, on an executor that Spark takes for lost."""
_PAUSE_SECONDS = 1.0


def run_shards(stage: Stage, audit: AuditFolder, sizes: Mapping[int, int], context: RunContext) -> None:
    """Run a stage on shards, given their bytes by their numbers: on Spark if the settings say so, else here.

    Here as many run side by side as the settings have workers. After an error no other begins; those that run end, as
    what they measured is kept, and the first error is raised.
    """
    if context.settings.measures_on_spark:
        run_shards_on_spark(stage, audit, sizes, context)
    elif context.settings.workers > 1 and len(sizes) > 1:
        _SideBySide(stage, audit, sizes, context).run()
    else:
        for shard in sizes:
            stage.run(audit, shard, context=context)


@contextmanager
def waiting_threads(settings: Settings) -> Iterator[Executor]:
    """Yield threads that each wait for a worker; what breaks off ends the workers, so that no thread waits on."""
    pool = ThreadPoolExecutor(settings.workers, "audit")
    try:
        yield pool
    except BaseException:
        guard.stop_now()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


@dataclass(frozen=True)
class _SideBySide:
    """Runs of a stage on shards in threads that wait for workers; what they tell of is told in the caller's thread."""

    stage: Stage
    audit: AuditFolder
    sizes: Mapping[int, int]
    context: RunContext
    _told: "SimpleQueue[int | Future[None]]" = field(default_factory=SimpleQueue)
    _failed: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Run the stage on all, the largest first, so that no core waits long for the last one."""
        errors: list[BaseException] = []
        with waiting_threads(self.context.settings) as threads:
            for shard in sorted(self.sizes, key=lambda shard: (-self.sizes[shard], shard)):
                # A thread begins without what this one binds to the lines of its log.
                threads.submit(copy_context().run, self._run, shard).add_done_callback(self._told.put)
            running = len(self.sizes)
            while running:
                told = self._told.get()
                if isinstance(told, int):
                    self.context.advance(told)
                    continue
                running -= 1
                if error := told.exception():
                    errors.append(error)
        if errors:
            raise errors[0]

    def _run(self, shard: int) -> None:
        if self._failed.is_set():
            return
        left = self.sizes[shard]

        def tell(done: int) -> None:
            """Tell of as many bytes as the shard has: its texts may be more, or are taken over."""
            nonlocal left
            done = min(done, left)
            left -= done
            self._told.put(done)

        try:
            self.stage.run(self.audit, shard, context=replace(self.context, advance=tell))
        except BaseException:
            self._failed.set()
            raise
        tell(left)


def run_shards_on_spark(stage: Stage, audit: AuditFolder, sizes: Mapping[int, int], context: RunContext) -> None:
    """Run a stage on shards as one Spark job, a task each, the largest first; its workers publish into the store.

    A task that Spark runs twice publishes once: the second run waits for the first, and finds its marker. What ends the
    run of one shard ends the job. Raises EngineError when a task fails as often as Spark allows, and where a worker has
    other versions of what decides results.
    """
    refuse_copies_on_a_cluster(context.settings, audit.path)
    largest_first = sorted(sizes, key=lambda shard: (-sizes[shard], shard))
    place = address_of(audit.path.absolute())
    task = ShardTask(stage.run, place, context.settings, context.clock, context.sends_lineage, versions())
    with ScratchFolder("corpus-audit-spark-job-") as folder:
        work, about = partial(run_shard, task), f"{stage.name} {audit.audit_id}"
        job = run_job(context.settings.spark_master, folder, work, largest_first, about)
        with closing(job):
            for run in job:
                audit.refresh(_PAUSE_SECONDS)
                kind = run.error.kind if run.error else None
                context.on_stage_end(StageEnd(stage, run.shard, audit, run.outcome, run.seconds, kind))
                if run.error is not None:
                    raise run.error.rebuilt()
                context.advance(sizes[run.shard])
    audit.refresh()


@dataclass(frozen=True)
class ShardTask:
    """What every task of a job is told."""

    run: Callable[..., None]
    audit: str
    settings: Settings
    clock: Clock
    sends_lineage: bool
    versions: Mapping[str, str]


@dataclass(frozen=True)
class ShardRun:
    """What a task reports of its shard: how the stage ended, and the error that the user is to read."""

    shard: int
    outcome: StageOutcome = StageOutcome.FAILED
    seconds: float = 0.0
    error: SentError | None = None


def run_shard(task: ShardTask, shard: int) -> ShardRun:
    """Run the stage of one shard on a worker; an error for the user is a result, so that Spark does not try again."""
    ends: list[StageEnd] = []
    context = RunContext(task.settings, task.clock, on_stage_end=ends.append, sends_lineage=task.sends_lineage)
    try:
        refuse_other_versions(task.versions)
        _once_free(partial(task.run, audit_at(task.audit), shard, context=context))
    except CorpusAuditError as error:
        return ShardRun(shard, StageOutcome.FAILED, sum(end.seconds for end in ends), SentError.of(error))
    finally:
        guard.stop_idle(keep=1)
    return ShardRun(shard, ends[-1].outcome, ends[-1].seconds)


def _once_free(run: Callable[[], None]) -> None:
    """Run a shard; wait while another try of it still works there."""
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            run()
        except BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return
