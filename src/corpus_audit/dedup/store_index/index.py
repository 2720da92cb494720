"""The runs of one index: which of them hold which audit, and how they are added, merged and removed.

No lock is needed. A run appears under its name in one rename and never changes, and of two that hold the same audit one
is read. What a run held is published in another one before the run is deleted.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from corpus_audit.config import Parameters
from corpus_audit.dedup.signature_index import SignatureIndex
from corpus_audit.dedup.store_index.rows import DamagedRowsError
from corpus_audit.dedup.store_index.runs import IndexedAudit, Run, check_run, merge_runs, publish, read_run, write_run
from corpus_audit.errors import StoreError
from corpus_audit.store import SIGNATURES, locked_folder, sha256_of_json

MERGED_AT = 8
"""Runs of one level that become one run of the next: a row is written some log8 times."""
_LEVEL_0_ROWS = 1 << 16

Publishing = Callable[[], AbstractContextManager[None]]
"""What keeps other machines from changing the index while a run is published, which takes a moment."""


def index_folder(store: Path, parameters: Parameters) -> Path:
    """Return where a store keeps the index of audits with the same settings of signatures."""
    settings = parameters.signature_settings() | {"jaccard_threshold": str(parameters.jaccard_threshold)}
    return store / SIGNATURES / sha256_of_json(settings)[:16]


@dataclass(frozen=True)
class StoreIndex:
    """The index of all audits with the same settings of signatures, in one folder."""

    folder: Path

    def runs(self) -> list[Run]:
        """Return all runs that can be read, those with the most rows first."""
        found = list(self._readable())
        return sorted(found, key=lambda run: (-run.rows, run.folder.name))

    def unreadable(self) -> Iterator[tuple[Path, str]]:
        """Yield the folders that are no runs, and why."""
        for folder in self._folders():
            try:
                read_run(folder)
            except StoreError as error:
                yield folder, str(error)

    def holding(self, wanted: Collection[IndexedAudit]) -> list[tuple[Run, set[IndexedAudit]]]:
        """Return which audits are to be read from which run, each from one.

        Raises StoreError where an audit is in no run.
        """
        left, chosen = set(wanted), []
        for run in self.runs():
            held = left & set(run.audits)
            if held:
                chosen.append((run, held))
                left -= held
        if left:
            message = f"{len(left)} audits are not in the index at {self.folder}. Run the same command again."
            raise StoreError(message)
        return chosen

    def missing(self, wanted: Collection[IndexedAudit]) -> list[IndexedAudit]:
        """Return the audits that are in no run, sorted."""
        held = {audit for run in self.runs() for audit in run.audits}
        return sorted(set(wanted) - held)

    def add(self, sources: Mapping[IndexedAudit, SignatureIndex], publishing: Publishing = nullcontext) -> None:
        """Publish one run of some audits; only that happens under *publishing*."""
        with self._partial() as folder:
            run = write_run(folder, sources)
            with publishing():
                self.publish(run)

    def drop_damaged(self) -> None:
        """Delete the runs that are not as their markers say; what they held is made again from the audits."""
        for run in self.runs():
            try:
                check_run(run)
            except DamagedRowsError:
                remove_run(run.folder)
            except FileNotFoundError:  # another process removed it
                continue

    def publish(self, run: Run) -> None:
        """Take a run that was made elsewhere on the same file system."""
        self.folder.mkdir(parents=True, exist_ok=True)
        publish(run, self.folder)

    def merge(self, publishing: Publishing = nullcontext) -> None:
        """Merge the runs of each level of which there are enough, the smallest level first; publish *publishing*.

        Where another process merges the same, this one leaves it to that. A damaged run is deleted: what it held is
        made again by the next comparison.
        """
        try:
            self._merge(publishing)
        except FileNotFoundError:
            return
        except DamagedRowsError:
            self.drop_damaged()

    def _merge(self, publishing: Publishing) -> None:
        while True:
            levels: dict[int, list[Run]] = defaultdict(list)
            for run in self.runs():
                levels[_level(run.rows)].append(run)
            full = [level for level, runs in sorted(levels.items()) if len(runs) >= MERGED_AT]
            if not full:
                return
            self._replace(levels[full[0]], {audit for run in levels[full[0]] for audit in run.audits}, publishing)

    def forget(self, is_gone: Callable[[IndexedAudit], bool]) -> None:
        """Write runs anew without some audits; one that is damaged is deleted as a whole."""
        for run in self.runs():
            kept = {audit for audit in run.audits if not is_gone(audit)}
            if len(kept) == len(run.audits):
                continue
            try:
                self._replace([run], kept)
            except DamagedRowsError:
                remove_run(run.folder)
            except FileNotFoundError:  # another process merged it into another one
                self.forget(is_gone)
                return

    def superseded(self) -> list[Run]:
        """Return the runs of which every audit is in a larger run as well."""
        held: set[IndexedAudit] = set()
        found = []
        for run in self.runs():
            if set(run.audits) <= held:
                found.append(run)
            held |= set(run.audits)
        return found

    def _replace(
        self, runs: Collection[Run], kept: Collection[IndexedAudit], publishing: Publishing = nullcontext
    ) -> None:
        """Put one run in the place of several; raises FileNotFoundError when one of these is gone meanwhile."""
        # By name: two processes that merge the same runs then write the same bytes under the same name.
        ordered = sorted(runs, key=lambda run: run.folder.name)
        with self._partial() as folder:
            merged = merge_runs(folder, ordered, kept) if kept else None
            with publishing():
                # What another machine forgot while this one merged is not to come back.
                for run in ordered:
                    run.folder.stat()
                published = publish(merged, self.folder) if merged else None
                for run in ordered:
                    if run.folder != published:
                        remove_run(run.folder)

    def _folders(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("[!.]*") if path.is_dir())

    def _readable(self) -> Iterator[Run]:
        for folder in self._folders():
            try:
                yield read_run(folder)
            except StoreError:
                continue

    def _partial(self) -> AbstractContextManager[Path]:
        return locked_folder(self.folder / f".partial-{uuid4().hex[:12]}")


def remove_run(folder: Path) -> None:
    """Delete a run: out of sight in one rename, so that none is read while half of it is gone."""
    aside = folder.with_name(f".deleted-{folder.name}-{uuid4().hex[:8]}")
    try:
        folder.rename(aside)
    except FileNotFoundError:
        return
    shutil.rmtree(aside)


def _level(rows: int) -> int:
    level = 0
    while rows > _LEVEL_0_ROWS:
        rows //= MERGED_AT
        level += 1
    return level
