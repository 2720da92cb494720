"""Clean: an audited dataset written anew without the records that are left out, with a manifest of its own."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.engine.ahead import map_ahead
from corpus_audit.errors import CorpusAuditError, RewriteError
from corpus_audit.export.exclusions.policy import DEFAULT_POLICY, ExclusionPolicy, read_policy
from corpus_audit.pipeline.cleaned_description import DATASET, EXCLUDED, Outcome, describe_cleaning
from corpus_audit.pipeline.cleaned_files import (
    DROPPED,
    MASKED,
    FileResult,
    FileTask,
    RowCounts,
    SortedByFile,
    changed,
    is_as_audited,
    result_of,
    write_file,
)
from corpus_audit.pipeline.cleaning_plan import DROPPED_FILE, MASKED_FILE, Aside, plan_cleaning
from corpus_audit.pipeline.context import RunContext, open_corpus, run_inputs
from corpus_audit.pipeline.exclusions import Excluded, write_exclusions
from corpus_audit.pipeline.guarded_measuring import run_guarded
from corpus_audit.store import AuditFolder, ScratchFolder, sha256_of_file, stream_table
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import CLAIMS_SOURCE, ExclusionReason, FileState

_NOT_WRITTEN = frozenset({FileState.MISSING, FileState.UNDECLARED, FileState.REFUSED, FileState.UNREADABLE})
_AHEAD = 4
"""How many files a worker has waiting: what changes in them is held in memory."""


@dataclass(frozen=True)
class Cleaned:
    """A cleaned dataset: its manifest, what was left out, and what became of each file."""

    manifest: Path
    excluded: Excluded
    files: tuple[FileResult, ...]
    aside: Aside

    @property
    def copies_kept(self) -> int:
        """How many copies stay because the rest of their row or sample is none."""
        return self.aside.kept + sum(file.rows.copies_kept for file in self.files)

    @property
    def masked(self) -> int:
        """How many rows have values masked."""
        return sum(file.rows.masked for file in self.files)

    @property
    def unmasked(self) -> int:
        """How many rows went because what was found in them could not be masked."""
        return sum(file.rows.unmasked for file in self.files)


def clean(
    audit: AuditFolder,
    folder: Path,
    policy: ExclusionPolicy | None = None,
    *,
    mask: bool = False,
    approved_sha256: str | None = None,
    context: RunContext | None = None,
) -> Cleaned:
    """Write an audited dataset without the records that *policy* takes out into *folder*, which is made.

    With *mask*, personal information and secrets in the records that stay are masked; a row in which that cannot be
    done goes. Nothing is there until all is written. Raises StoreError when the audit or a file of the dataset is not
    as it was audited, RewriteError when a file cannot be written without its records, and CorpusAuditError when the
    list of exclusions is not the one that was approved.
    """
    context = context or RunContext()
    with _new_folder(folder) as made:
        cleaning = _Cleaning(audit, made, context, mask=mask)
        cleaned = cleaning.run(_policy(policy, mask=mask), approved_sha256)
    return Cleaned(folder / cleaned.manifest.relative_to(made), cleaned.excluded, cleaned.files, cleaned.aside)


@dataclass(frozen=True)
class CountedExclusions(Excluded):
    """What a policy takes out, and the sha256 of the list, to approve it by."""

    sha256: str


def count_exclusions(
    audit: AuditFolder, policy: ExclusionPolicy | None = None, *, mask: bool = False, context: RunContext | None = None
) -> CountedExclusions:
    """Return what cleaning would take out of an audited dataset, without writing any of it."""
    with ScratchFolder(".counting-", audit.path) as scratch:
        path = scratch / EXCLUDED
        counted = write_exclusions(audit, path, _policy(policy, mask=mask), context=context)
        return CountedExclusions(**vars(counted), sha256=sha256_of_file(path))


def audit_again(audit: AuditFolder, manifest: Path | str) -> dict[str, Any]:
    """Return the parameters of an audit of *manifest* in the store and by the packs of another audit."""
    run = run_inputs(audit)
    return {"manifest": str(manifest), "store": run["store"], "packs": run["packs"]}


def _policy(policy: ExclusionPolicy | None, *, mask: bool) -> ExclusionPolicy:
    """Return the policy, by default the program's own; what is masked is no reason to leave a record out."""
    chosen = policy or read_policy(DEFAULT_POLICY)
    return chosen.model_copy(update={"reasons": _without_masked(chosen)}) if mask else chosen


def _without_masked(policy: ExclusionPolicy) -> tuple[ExclusionReason, ...]:
    return tuple(reason for reason in policy.reasons if reason is not ExclusionReason.PERSONAL_INFORMATION)


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """Yield a folder that takes the place of *folder* once all is in it; raises CorpusAuditError for one in use."""
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        message = f"{folder} is there already: name a folder that is not there yet, or an empty one."
        raise CorpusAuditError(message)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        message = f"{folder} cannot be made ({error.strerror}): name another folder."
        raise CorpusAuditError(message) from error
    try:
        yield made
        made.replace(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


class _Cleaning:
    """One cleaning: the plan, its checks, and the files."""

    def __init__(self, audit: AuditFolder, folder: Path, context: RunContext, *, mask: bool) -> None:
        self._audit = audit
        self._folder = folder
        self._context = context
        self._mask = mask
        self._started = context.clock()

    @cached_property
    def _location(self) -> Any:
        return open_corpus(self._audit, self._context.settings)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names = self._audit.read("ingest", schemas.REAL_NAMES)
        return dict(zip(*(names[name].to_pylist() for name in ("file", "path")), strict=True))

    @cached_property
    def _files(self) -> pa.Table:
        """The files that are written, by file_id (schema FILES)."""
        files = self._audit.read("ingest", schemas.FILES)
        absent = pc.is_in(files["state"], pa.array(sorted(_NOT_WRITTEN), pa.string()))
        is_data = pc.and_not(pc.invert(absent), pc.equal(files["source_id"], CLAIMS_SOURCE))
        return files.filter(is_data).sort_by("file_id")

    def run(self, policy: ExclusionPolicy, approved_sha256: str | None) -> Cleaned:
        """Return what was written."""
        if read_identity(self._audit).parameters.is_sample:
            message = "This audit read a sample only: audit the whole dataset, then clean it by that audit."
            raise CorpusAuditError(message)
        excluded = write_exclusions(self._audit, self._folder / EXCLUDED, policy, context=self._context)
        if approved_sha256 not in (None, sha256_of_file(self._folder / EXCLUDED)):
            message = "What would be left out is no longer what was approved: have it approved again."
            raise CorpusAuditError(message)
        with tempfile.TemporaryDirectory(prefix=".cleaning-", dir=self._folder) as scratch:
            counts, aside = plan_cleaning(
                self._audit, self._folder / EXCLUDED, Path(scratch), self._context, mask=self._mask
            )
            self._check(Path(scratch), counts)
            results = tuple(self._write(Path(scratch), counts))
        outcome = Outcome(policy, self._mask, excluded, aside, results, self._started)
        now = self._context.clock()
        manifest = describe_cleaning(self._audit, self._folder, outcome, self._location, self._names, now)
        return Cleaned(manifest, excluded, results, aside)

    def _tasks(self, scratch: Path, counts: Mapping[str, RowCounts]) -> Iterator[FileTask]:
        dropped = SortedByFile(stream_table(scratch / DROPPED_FILE), DROPPED.schema)
        masked = SortedByFile(stream_table(scratch / MASKED_FILE), MASKED.schema)
        parts = self._audit.read("ingest", schemas.PARTS)
        for number in range(self._files.num_rows):
            file = self._files.slice(number, 1)
            file_id = file["file_id"][0].as_py()
            name = file["file"][0].as_py()
            yield FileTask(
                self._location,
                file,
                parts.filter(pc.equal(parts["file_id"], file_id)),
                counts.get(file_id, RowCounts()),
                dropped.take(file_id),
                masked.take(file_id),
                self._folder / DATASET / self._names.get(name, name),
            )

    def _check(self, scratch: Path, counts: Mapping[str, RowCounts]) -> None:
        """Raise before anything is written where a file is not as audited, or cannot be written without its rows."""
        from corpus_audit.corpus.records import file_entries
        from corpus_audit.corpus.rewriting.rewrite import refusal

        repeated = [name for name, times in Counter(self._files["file"].to_pylist()).items() if times > 1]
        refused: list[str | None] = [f"{name} is declared by several sources: leave it to one." for name in repeated]
        for task in self._tasks(scratch, counts):
            (entry,) = file_entries(task.file)
            refused.append(refusal(entry, task.dropped.num_rows, task.counts.rows_read))
        if problems := [problem for problem in refused if problem]:
            more = f" And {len(problems) - 1} more files." * (len(problems) > 1)
            raise RewriteError(problems[0] + more)
        with ThreadPoolExecutor(self._context.settings.workers) as pool:
            rows = self._files.to_pylist()
            for row, holds in zip(rows, pool.map(lambda row: is_as_audited(self._location, row), rows), strict=True):
                if not holds:
                    raise changed(row["file"])

    def _write(self, scratch: Path, counts: Mapping[str, RowCounts]) -> Iterator[FileResult]:
        workers = self._context.settings.workers
        return map_ahead(self._write_one, self._tasks(scratch, counts), workers, workers * _AHEAD)

    def _write_one(self, task: FileTask) -> FileResult:
        from corpus_audit.corpus.rewriting.changes import Rewritten

        if task.dropped.num_rows and task.counts.is_emptied_by(task.dropped.num_rows, task.row["format"]):
            return result_of(task, Rewritten(dropped=task.dropped.num_rows))
        task.target.parent.mkdir(parents=True, exist_ok=True)
        done = Rewritten(**run_guarded(write_file, self._audit, task))
        return result_of(task, done)
