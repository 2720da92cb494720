"""The end of a stage's run: the log line and its fields."""

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from corpus_audit.pipeline.stage import Stage
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import StageOutcome

log = logging.getLogger("corpus_audit.pipeline")
# A stage that fails raises: without a handler its end is not printed a second time.
log.addHandler(logging.NullHandler())

_STOPPED = frozenset({StageOutcome.FAILED, StageOutcome.ABORTED})


@dataclass(frozen=True)
class StageEnd:
    """One run of a stage that is over. The audit is None when ingest stopped before there was one."""

    stage: Stage
    shard: int | None
    audit: AuditFolder | None
    outcome: StageOutcome
    seconds: float
    error: str | None = None
    """The name of the exception that stopped it. Its message is not here: that may quote the data."""

    @property
    def is_stopped(self) -> bool:
        """True if the stage failed or was aborted."""
        return self.outcome in _STOPPED

    @cached_property
    def figures(self) -> dict[str, int]:
        """What was counted of its work, by name; nothing when it stopped."""
        if self.audit is None or self.is_stopped:
            return {}
        folder = self.stage.folder(self.shard)
        return {name: count(self.audit, folder) for name, count in self.stage.figures.items()}

    @property
    def fields(self) -> dict[str, Any]:
        """The reported values of it, by name."""
        known = {
            "audit_id": self.audit and self.audit.audit_id,
            "stage": self.stage.name,
            "shard": self.shard,
            "outcome": str(self.outcome),
            "seconds": round(self.seconds, 3),
            "error": self.error,
        }
        return {name: value for name, value in known.items() if value is not None} | self.figures

    @property
    def sentence(self) -> str:
        """The line that a person reads: stage, seconds, how it ended, figures that are not nought."""
        label = self.stage.name if self.shard is None else f"{self.stage.name} {self.shard}"
        how = [] if self.outcome is StageOutcome.DONE else [": ".join(filter(None, (self.outcome, self.error)))]
        counted = [f"{name.replace('_', ' ')} {value:,}" for name, value in self.figures.items() if value]
        return f"{label:<12} {self.seconds:5.1f} s  {', '.join([*how, *counted])}".rstrip()


def log_stage(end: StageEnd) -> None:
    """Log the end of a stage as one line, with its fields as attributes of the log record."""
    level = logging.WARNING if end.is_stopped else logging.INFO
    if log.isEnabledFor(level):
        log.log(level, end.sentence, extra=end.fields)
