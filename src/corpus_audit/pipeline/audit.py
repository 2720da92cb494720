"""All stages in sequence, in this process and its guarded workers: what command line and Python call."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_audit import guard, pipeline, schemas
from corpus_audit.config import Parameters, Settings, default_store
from corpus_audit.config.parameters import ParameterChoices
from corpus_audit.corpus.locations import is_address
from corpus_audit.evidence import tables
from corpus_audit.pipeline import RunContext, Summary
from corpus_audit.pipeline.compare import COMPARE
from corpus_audit.pipeline.compiling_beside import compiling_beside
from corpus_audit.pipeline.deduplicate import DEDUPLICATE
from corpus_audit.pipeline.estimate import refuse_too_large
from corpus_audit.pipeline.evaluate import EVALUATE
from corpus_audit.pipeline.progress import NullObserver, Observer
from corpus_audit.pipeline.shard_runs import run_shards, waiting_threads
from corpus_audit.pipeline.stage import Grain, Stage
from corpus_audit.pipeline.stages import STAGES
from corpus_audit.store import AuditFolder, Clock, Store, in_use, utc_now
from corpus_audit.vocabulary import Verdict


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
        gathered = {f"evidence.{table.name}": self.folder.read("gather", table) for table in tables.EVIDENCE}
        written = {table.name: table for table in schemas.ALL_TABLES}
        return gathered | {
            name: self.folder.read(stage.name, written[name])
            for stage in (DEDUPLICATE, COMPARE, EVALUATE)
            for name in stage.writes
            if name in written
        }


def audit(  # noqa: PLR0913 - options that are given by name
    manifest: str | Path,
    store: str | Path | None = None,
    packs: Sequence[str] = pipeline.DEFAULT_PACKS,
    *,
    root: str | Path | None = None,
    keywords: Sequence[str | Path] = (),
    workers: int | None = None,
    parameters: Parameters | ParameterChoices | None = None,
    clock: Clock = utc_now,
    observer: Observer | None = None,
) -> Audit:
    """Return the finished audit of a manifest, running only the stages that are not done yet.

    A manifest is a path, or the address of one: then it is copied into the store. *store* is the folder audits are kept
    in (default: ``CORPUS_AUDIT_STORE`` or ``audits``), *root* the folder or address that the manifest's paths are
    relative to (default: the manifest's own folder), *keywords* are files of
    words that prohibited content would hold. Parameters are used as they are; ParameterChoices go before what the
    manifest says of them. Raises CorpusAuditError for wrong input.
    """
    observer = observer or NullObserver()
    settings = Settings.from_environment()
    context = RunContext(replace(settings, workers=workers or settings.workers), clock, observer.advance)
    # A store that cannot be is refused before anything is started for it.
    kept_in = Store(Path(store) if store is not None else default_store()).path
    first, *others = STAGES
    with waiting_threads(context.settings) as pool, compiling_beside(observer):
        # Files are looked at by workers that need not wait until measuring is loaded and compiled.
        at_once = guard.at_once(context.settings.workers)
        guard.prepare(pipeline.WARM_UP, count=at_once, address=str(root or manifest))
        observer.stage(first.name, None)
        folder = first.run(
            str(manifest) if is_address(str(manifest)) else Path(manifest),
            kept_in,
            root=root,
            packs=packs,
            keywords=[Path(path) for path in keywords],
            parameters=parameters,
            context=context,
        )
        with in_use(folder.path):
            observer.note(refuse_too_large(folder, context).sentence)
            _Run(folder, context, observer, pool).run(others)
    return Audit(folder, pipeline.summarise(folder))


@dataclass
class _Run:
    """One run of the stages behind the first, on the workers where that is worth it."""

    folder: AuditFolder
    context: RunContext
    observer: Observer
    threads: Executor
    _beside: dict[str, Future[Any]] = field(default_factory=dict)

    def run(self, stages: Sequence[Stage]) -> None:
        """Run stages in order; one that the next does not wait for runs beside it."""
        with self._judging_prepared():
            for stage, following in zip(stages, [*stages[1:], None], strict=True):
                self._await(stage.after)
                if stage.grain is Grain.SHARD:
                    self._run_shards(stage)
                elif self._has_many and following is not None and stage.name not in following.after:
                    self._run_beside(stage)
                else:
                    self.observer.stage(stage.name, stage.units(self.folder) if stage.units else None)
                    stage.run(self.folder, context=self.context)

    def _await(self, names: Iterable[str]) -> None:
        for name in names:
            if name in self._beside:
                self._beside.pop(name).result()

    def _run_shards(self, stage: Stage) -> None:
        sizes = pipeline.shard_sizes(self.folder)
        self.observer.stage(stage.name, sum(sizes.values()))
        run_shards(stage, self.folder, sizes, self.context)
        guard.stop_idle(keep=1)  # others have nothing more to do, and each holds some hundred megabytes

    def _run_beside(self, stage: Stage) -> None:
        context = replace(self.context, advance=pipeline.ignore_progress)
        self._beside[stage.name] = self.threads.submit(stage.run, self.folder, context=context)

    @property
    def _has_many(self) -> bool:
        return self.context.settings.workers > 1

    def _judging_prepared(self) -> AbstractContextManager[None]:
        # Great Expectations is loaded as if Spark were not there, which Spark's own loading would not survive.
        return nullcontext() if self.context.settings.uses_spark else _loading_last_stages()


_OF_LAST_STAGES = (
    "corpus_audit.policy.evaluate",
    "corpus_audit.report.build",
    "corpus_audit.report.html",
    "corpus_audit.report.outline",
)
"""What judging and reporting load, Great Expectations first, which takes longest."""


def _load_last_stages() -> None:
    for name in _OF_LAST_STAGES:
        import_module(name)


@contextmanager
def _loading_last_stages() -> Iterator[None]:
    """Load what the last stages need while the workers measure."""
    thread = threading.Thread(target=_load_last_stages, daemon=True)
    thread.start()
    try:
        yield
    except Exception:
        thread.join()
        raise
    thread.join()  # Ctrl-C does not wait for it
