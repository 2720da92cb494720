"""One run of a stage: does the work unless it is up to date, and reports its beginning and its end."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus_audit.config.privacy import private_files
from corpus_audit.lineage import Sender, StageEvents, StageIO, is_disabled
from corpus_audit.lineage.names import Names
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.stage import Stage
from corpus_audit.pipeline.stage_end import StageEnd
from corpus_audit.pipeline.stage_io import stage_io
from corpus_audit.store import AuditFolder, Store, in_use
from corpus_audit.store.bucket import is_copied, pull
from corpus_audit.store.full_disk import full_disk_error
from corpus_audit.store.identity import read_identity, versions
from corpus_audit.vocabulary import StageOutcome

log = logging.getLogger("corpus_audit.lineage")


class StageRun:
    """A run of one stage, of *shard* where its grain is a shard; use it as a context manager.

    Ingest begins in a store, without an audit: it calls ``begin``, and sets ``audit`` once there is one.
    """

    def __init__(self, stage: Stage, context: RunContext, where: AuditFolder | Path, shard: int | None = None) -> None:
        self.audit = where if isinstance(where, AuditFolder) else None
        self._store = where.store if isinstance(where, AuditFolder) else where
        self.outcome = StageOutcome.DONE
        self._stage, self._shard = stage, shard
        self._folder = stage.folder(shard)
        self._context = context
        self._events: StageEvents | None = None
        self._while_running = ExitStack()

    def __enter__(self) -> Self:
        """Report the beginning; what the stage writes may be read by its owner only.

        Raises StoreError when the audit was deleted from the store.
        """
        if self.audit is not None:
            self.audit.refresh()
            self._while_running.enter_context(in_use(self.audit.path))
            if is_copied(self.audit.path):
                fetch_inputs(self.audit, self._stage)
        self._while_running.enter_context(private_files())
        self._began, self._clock = datetime.now(UTC), time.monotonic()
        if self.audit is not None:
            with _never_failing():
                self.begin(read_identity(self.audit).dataset_id)
        return self

    def begin(self, dataset_id: str) -> None:
        """Report which dataset the stage works on, as soon as that is known."""
        if is_disabled() or not self._context.sends_lineage:
            return
        with _never_failing():
            self._events = StageEvents(Names(dataset_id, versions()["corpus-audit"]), self._stage.name, self._shard)
            self._sender = Sender(self._store)
            self._sender.send(self._events.start(self._began, self._audit_id))

    def once(self, audit: AuditFolder, inputs: Mapping[str, str], work: Callable[[Path], None]) -> None:
        """Do the work in the stage's folder of *audit*, unless that is finished for these inputs."""
        if not audit.run_stage(self._folder, inputs, versions(), work, self._context.clock):
            self.outcome = StageOutcome.UP_TO_DATE

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Report the end; raises StoreError in the place of what a full disk raised."""
        if error is not None:
            self.outcome = StageOutcome.FAILED if isinstance(error, Exception) else StageOutcome.ABORTED
        seconds, name = time.monotonic() - self._clock, kind.__name__ if kind else None
        with _never_failing():
            end = StageEnd(self._stage, self._shard, self.audit, self.outcome, seconds, name)
            self._context.on_stage_end(end)
        with _never_failing():
            self._send_end(name)
        self._while_running.close()
        if isinstance(error, Exception) and (full := full_disk_error(error, self._store)):
            raise full from error

    @property
    def _audit_id(self) -> str | None:
        return self.audit.audit_id if self.audit is not None else None

    def _send_end(self, error: str | None) -> None:
        if self._events is None:
            return
        now, event_type = datetime.now(UTC), _EVENT_TYPES.get(self.outcome, "COMPLETE")
        touched = StageIO()
        if self.audit is not None and error is None:
            touched = stage_io(self.audit, self._stage, self._shard)
        self._sender.send(self._events.end(event_type, now, self._audit_id, self.outcome, touched, error))
        if self._audit_id is not None:
            for event in self._events.of_audit(event_type, self._began, now, self._audit_id):
                self._sender.send(event)
        self._sender.close()


def fetch_inputs(audit: AuditFolder, stage: Stage) -> None:
    """Bring what a stage reads from the bucket of its store: workers under guard have no credentials for it."""
    for earlier in stage.reads:
        for folder in audit.finished_folders(earlier):
            audit.folder(folder)
    pull(audit.store, "references", at_most_every=60)
    Store(audit.store).key()


_EVENT_TYPES = {StageOutcome.FAILED: "FAIL", StageOutcome.ABORTED: "ABORT"}


@contextmanager
def _never_failing() -> Iterator[None]:
    """Keep a failure of reporting from ending the audit; the log says that something was not reported."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a failure here says nothing about the audit
        log.warning("A stage's log line or lineage event is missing: %s.", type(error).__name__)
