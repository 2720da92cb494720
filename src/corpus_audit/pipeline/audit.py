"""All stages one after another in this process and its workers: what the command line and Python users call."""

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from importlib import import_module
from multiprocessing.context import SpawnContext
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pyarrow as pa

from corpus_audit import pipeline, schemas
from corpus_audit.config import Parameters, Settings, default_store
from corpus_audit.pipeline import RunContext, Summary
from corpus_audit.pipeline.worker_logs import Forwarding, forwarded_logs
from corpus_audit.store import AuditFolder, Clock, utc_now
from corpus_audit.vocabulary import Verdict

_T = TypeVar("_T")

_RESULTS = (
    ("deduplicate", schemas.PAIRS),
    ("deduplicate", schemas.CLUSTERS),
    ("deduplicate", schemas.OVERLAPS),
    ("compare", schemas.AUDIT_PAIRS),
    ("compare", schemas.DATASET_OVERLAPS),
    ("evaluate", schemas.RULES),
    ("evaluate", schemas.FINDINGS),
)


class Observer(Protocol):
    """Told how an audit goes on; all units are bytes of input."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins that has *total* bytes to work through, None when that is not known."""

    def advance(self, done: int) -> None:
        """So many more bytes of the current stage are done."""


class NullObserver:
    """An observer that tells nobody."""

    def stage(self, name: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self, done: int) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class Audit:
    """A finished audit: its verdict, its findings, and every stored table as Arrow."""

    folder: AuditFolder
    summary: Summary

    @property
    def verdict(self) -> Verdict:
        """What the audit concludes."""
        return self.summary.verdict

    @property
    def report(self) -> Path:
        """The HTML report."""
        return self.summary.report

    @property
    def findings(self) -> pa.Table:
        """The findings (schema FINDINGS)."""
        return self.folder.read("evaluate", schemas.FINDINGS)

    @property
    def tables(self) -> dict[str, pa.Table]:
        """The evidence tables by name, and rules, findings, pairs, clusters and overlaps."""
        evidence = {f"evidence.{table.name}": self.folder.read("gather", table) for table in schemas.EVIDENCE}
        return evidence | {table.name: self.folder.read(stage, table) for stage, table in _RESULTS}


def audit(  # noqa: PLR0913 - options that are given by name
    manifest: str | Path,
    store: str | Path | None = None,
    packs: Sequence[str] = pipeline.DEFAULT_PACKS,
    *,
    root: str | Path | None = None,
    keywords: Sequence[str | Path] = (),
    workers: int | None = None,
    parameters: Parameters | None = None,
    clock: Clock = utc_now,
    observer: Observer | None = None,
) -> Audit:
    """Return the finished audit of a manifest, running only the stages that are not done yet.

    *store* is the folder audits are kept in (default: ``CORPUS_AUDIT_STORE`` or ``audits``), *root* the folder or
    address that the manifest's paths are relative to (default: the manifest's own folder), *keywords* are files of
    words that prohibited content would hold. Raises CorpusAuditError for wrong input.
    """
    observer = observer or NullObserver()
    settings = Settings.from_environment()
    context = RunContext(replace(settings, workers=workers or settings.workers), clock, observer.advance)
    with _workers(context.settings.workers) as pool:
        observer.stage("ingest", None)
        folder = pipeline.ingest(
            Path(manifest),
            Path(store) if store is not None else default_store(),
            root=root,
            packs=packs,
            keywords=[Path(path) for path in keywords],
            parameters=parameters,
            context=context,
            processes=pool,
        )
        # It is loaded as if Spark were not there, which Spark's own loading at the same time would not survive.
        with nullcontext() if context.settings.engine == "spark" else _importing_great_expectations():
            _measure_all(folder, context, observer, pool)
            observer.stage("deduplicate", None)
            with _looking_for_names(folder, context, pool):
                pipeline.deduplicate(folder, context=context)
            observer.stage("compare", None)
            pipeline.compare(folder, context=context)
            observer.stage("gather", None)
            pipeline.gather(folder, context=context)
    observer.stage("evaluate", None)
    pipeline.evaluate(folder, context=context)
    observer.stage("report", None)
    pipeline.report(folder, context=context)
    return Audit(folder, pipeline.summarise(folder))


class _Workers(ProcessPoolExecutor):
    """Processes that look at files, measure and look for names; none is started before there is work for it."""

    def __init__(self, count: int, spawn: SpawnContext, forwarding: Forwarding) -> None:
        super().__init__(count, spawn, *forwarding)
        self._count = count

    def map(self, fn: Callable[..., _T], *iterables: Iterable[Any], **options: Any) -> Iterator[_T]:
        """Return the results in the order of the inputs; then the workers make themselves ready to measure."""
        results = super().map(fn, *iterables, **options)
        for _ in range(self._count):
            self.submit(pipeline.warm_up)
        return results

    def __exit__(self, *_: object) -> None:
        """End the processes; after an error, without the work that is still waiting."""
        self.shutdown(cancel_futures=True)


@contextmanager
def _workers(count: int) -> Iterator[_Workers | None]:
    """Yield processes that log to this one, or None where this process does all work itself."""
    if count <= 1:
        yield None
        return
    # Spawned, not forked: Arrow and DuckDB have threads that a fork would leave in an unknown state.
    spawn = multiprocessing.get_context("spawn")
    with forwarded_logs(spawn) as forwarding, _Workers(count, spawn, forwarding) as pool:
        yield pool


def _measure_all(folder: AuditFolder, context: RunContext, observer: Observer, workers: Executor | None) -> None:
    sizes = pipeline.shard_sizes(folder)
    observer.stage("measure", sum(sizes.values()))
    if workers is None or len(sizes) <= 1:
        for shard in sizes:
            pipeline.measure(folder, shard, context=context)
        return
    # An observer belongs to this process, so shards are told as a whole when they are done.
    worker_context = replace(context, advance=pipeline.ignore_progress)
    running = {workers.submit(pipeline.measure, folder, shard, context=worker_context): shard for shard in sizes}
    for done in as_completed(running):
        done.result()
        observer.advance(sizes[running[done]])


@contextmanager
def _looking_for_names(folder: AuditFolder, context: RunContext, workers: Executor | None) -> Iterator[None]:
    """Look for names in another process meanwhile, where there may be one: a model takes seconds and a core."""
    if workers is None:
        pipeline.names(folder, context=context)
        yield
        return
    looking = workers.submit(pipeline.names, folder, context=replace(context, advance=pipeline.ignore_progress))
    workers.shutdown(wait=False)  # nothing else comes, and each holds some hundred megabytes
    yield
    looking.result()


@contextmanager
def _importing_great_expectations() -> Iterator[None]:
    """Import great_expectations, which takes seconds, while the workers measure."""
    thread = threading.Thread(target=import_module, args=("corpus_audit.policy.evaluate",), daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()
