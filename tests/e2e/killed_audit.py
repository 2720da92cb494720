"""Audits that are killed, or kill themselves, in a process of their own, which has to find them by their module."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus_audit import audit
from corpus_audit.store import AuditFolder
from e2e.small_corpus import standing_clock


def die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def audit_with_workers(manifest: Path, store: Path) -> None:
    audit(manifest, store, workers=2, clock=standing_clock)


def killed_audit(manifest: Path, store: Path, stage: str, moment: str) -> None:
    """Kill this process in a stage of its audit: 'during' the stage's work, or 'after' it and before its marker."""
    run_stage = AuditFolder.run_stage
    put_in_place = AuditFolder._put_in_place

    def kill_during(
        self: AuditFolder, name: str, inputs: Any, versions: Any, work: Callable[[Path], None], *clock: Any
    ) -> bool:
        def half_work(folder: Path) -> None:
            work(folder)
            (folder / "half-written").write_bytes(b"x")
            die()

        return run_stage(self, name, inputs, versions, half_work if name == stage else work, *clock)

    def kill_after(self: AuditFolder, name: str, partial: Path) -> None:
        put_in_place(self, name, partial)
        if name == stage:
            die()

    if moment == "during":
        AuditFolder.run_stage = kill_during  # type: ignore[method-assign]
    else:
        AuditFolder._put_in_place = kill_after  # type: ignore[method-assign]
    audit(manifest, store, workers=1, clock=standing_clock)
    sys.exit(f"the stage {stage} was never reached")
