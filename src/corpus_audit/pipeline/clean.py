"""Clean: an audited dataset written anew without the records that are left out, with a manifest of its own."""

import shutil
import tempfile
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.errors import CorpusAuditError, RefusedPathError, RewriteError
from corpus_audit.export.cleaning import ChangedFile, Cleaning, cleaning_card, cleaning_prov
from corpus_audit.export.exclusions.exclusions import EXCLUSIONS
from corpus_audit.export.exclusions.policy import DEFAULT_POLICY, ExclusionPolicy, read_policy
from corpus_audit.export.exclusions.reasons import COPY_REASONS
from corpus_audit.manifest.derived import derived_manifest, supporting_files
from corpus_audit.manifest.dump import dump_manifest
from corpus_audit.manifest.model import Manifest
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
from corpus_audit.pipeline.context import RunContext, measured, open_corpus, open_engine, run_inputs
from corpus_audit.pipeline.exclusions import Excluded, write_exclusions
from corpus_audit.pipeline.guarded_measuring import run_guarded
from corpus_audit.store import AuditFolder, read_json, sha256_of_file, stream_table, write_bytes
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import CLAIMS_SOURCE, DefectCode, ExclusionReason, FileState, SpanKind

DATASET, EXCLUDED = "dataset", "exclusions.parquet"

_NOT_WRITTEN = frozenset({FileState.MISSING, FileState.UNDECLARED, FileState.REFUSED, FileState.UNREADABLE})
_AHEAD = 4
"""How many files a worker has waiting: what changes in them is held in memory."""

_REASONS_OF_RECORDS = f"""
    CREATE TABLE gone_records AS
    SELECT record_id, MAX(CASE WHEN value IN ('{COPY_REASONS[0]}', '{COPY_REASONS[1]}') THEN 0 ELSE 1 END) AS otherwise
    FROM exclusion_reasons GROUP BY record_id
"""  # noqa: S608 - constants

# A row goes as a copy where all that it holds is a copy: a caption may stand with many pictures.
_DROPPED = """
    SELECT file_id, row, CASE WHEN otherwise = 1 THEN 0 ELSE 1 END AS is_copy
    FROM (
        SELECT SPLIT_PART(records.record_id, ':', 1) AS file_id, records.row, COUNT(*) AS records,
               COUNT(gone_records.record_id) AS gone, COALESCE(MAX(gone_records.otherwise), 0) AS otherwise
        FROM records LEFT JOIN gone_records ON gone_records.record_id = records.record_id
        GROUP BY SPLIT_PART(records.record_id, ':', 1), records.row
    ) AS counted
    WHERE otherwise = 1 OR gone = records
    ORDER BY file_id, row
"""

_MASKED = f"""
    SELECT places.file_id, places.row, places.field, places.start_byte, places.end_byte, places.entity_type
    FROM (
        SELECT SPLIT_PART(record_id, ':', 1) AS file_id, CAST(SPLIT_PART(record_id, ':', 2) AS BIGINT) AS row,
               field, start_byte, end_byte, entity_type
        FROM spans WHERE kind IN ('{SpanKind.PERSONAL_INFORMATION}', '{SpanKind.SECRET}')
    ) AS places
    LEFT JOIN dropped ON dropped.file_id = places.file_id AND dropped.row = places.row
    WHERE dropped.row IS NULL
    ORDER BY file_id, row, field, start_byte
"""  # noqa: S608 - constants

_COUNTS = f"""
    SELECT counts.file_id, counts.rows, counts.rows_read, CAST(COALESCE(bad.count, 0) AS BIGINT) AS rows_bad,
           counts.members_unread, counts.breaks
    FROM (
        SELECT file_id, source_id, file, CAST(SUM(rows) AS BIGINT) AS rows, CAST(SUM(rows_read) AS BIGINT) AS rows_read,
               CAST(SUM(members - members_read) AS BIGINT) AS members_unread, CAST(SUM(breaks) AS BIGINT) AS breaks
        FROM read_counts GROUP BY file_id, source_id, file
    ) AS counts
    LEFT JOIN (
        SELECT source_id, file, SUM(count) AS count FROM unread WHERE reason = '{DefectCode.BAD_ROW}'
        GROUP BY source_id, file
    ) AS bad ON bad.source_id = counts.source_id AND bad.file = counts.file
"""  # noqa: S608 - constants

_BESIDE = """
    SELECT SUM(CASE WHEN gone_records.record_id IS NULL THEN 1 ELSE 0 END) AS beside,
           SUM(CASE WHEN dropped.row IS NULL THEN 1 ELSE 0 END) AS kept
    FROM records
    LEFT JOIN dropped ON dropped.file_id = SPLIT_PART(records.record_id, ':', 1) AND dropped.row = records.row
    LEFT JOIN gone_records ON gone_records.record_id = records.record_id
    WHERE (dropped.row IS NULL) <> (gone_records.record_id IS NULL)
"""


@dataclass(frozen=True)
class Aside:
    """Records that go because something else in their row goes, and copies that stay because something else stays."""

    gone: int = 0
    kept: int = 0


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
    with tempfile.TemporaryDirectory(prefix=".counting-", dir=audit.path) as scratch:
        path = Path(scratch) / EXCLUDED
        counted = write_exclusions(audit, path, _policy(policy, mask=mask), context=context)
        return CountedExclusions(**vars(counted), sha256=sha256_of_file(path))


def audit_again(audit: AuditFolder, manifest: Path) -> dict[str, Any]:
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
            counts, aside = self._plan(Path(scratch))
            self._check(Path(scratch), counts)
            results = tuple(self._write(Path(scratch), counts))
        manifest = self._describe(policy, excluded, results, aside)
        return Cleaned(manifest, excluded, results, aside)

    def _describe(
        self, policy: ExclusionPolicy, excluded: Excluded, results: Sequence[FileResult], aside: Aside
    ) -> Path:
        """Write the manifest of the result, its provenance and the section of its card; return the manifest's path."""
        audited = Manifest.model_validate(read_json(self._audit.folder("ingest") / "manifest.json"))
        identity = read_identity(self._audit)
        origin = f"{audited.dataset.id} (manifest sha256 {identity.manifest_sha256}, audit {self._audit.audit_id})"
        steps = dict(self._steps(results, identity.version))
        contents = {
            (file.source_id, self._names.get(file.file, file.file)): file.sha256 and (file.size_bytes, file.sha256)
            for file in results
        }
        cleaned = derived_manifest(audited, contents, origin, steps)  # type: ignore[arg-type]
        if not cleaned.sources:
            message = "Every record goes: nothing is left to write. Choose a policy with fewer reasons."
            raise CorpusAuditError(message)
        self._copy_supporting(cleaned)
        manifest = self._folder / DATASET / "manifest.yaml"
        write_bytes(manifest, dump_manifest(cleaned, "yaml").encode())
        cleaning = Cleaning(
            audit_id=self._audit.audit_id,
            verdict=read_json(self._audit.folder("conclude") / "verdict.json")["verdict"],
            audited=audited,
            audited_sha256=identity.manifest_sha256,
            cleaned=cleaned,
            cleaned_sha256=sha256_of_file(manifest),
            policy=policy.name,
            exclusions_sha256=sha256_of_file(self._folder / EXCLUDED),
            records=excluded.records,
            beside=aside.gone,
            copies_kept=aside.kept + sum(file.rows.copies_kept for file in results),
            by_reason=excluded.by_reason,
            files=tuple(_told(file) for file in results),
            masks=self._mask,
            tool_version=identity.version,
            started_at=self._started.isoformat(),
            finished_at=self._context.clock().isoformat(),
        )
        write_bytes(self._folder / "prov.json", cleaning_prov(cleaning))
        write_bytes(self._folder / "dataset-card.md", cleaning_card(cleaning))
        return manifest

    def _steps(self, results: Sequence[FileResult], version: str) -> Iterator[tuple[str, str]]:
        """Yield for each source, in words, what was done to it."""
        totals: dict[str, Counter[str]] = {}
        for file in results:
            totals.setdefault(file.source_id, Counter()).update(asdict(file.rows))
        for source, rows in totals.items():
            if any(rows.values()):
                masked = f", {rows['masked']} rows masked" if self._mask else ""
                yield source, f"corpus-audit {version}: {rows['dropped'] + rows['unmasked']} rows left out{masked}"

    def _copy_supporting(self, manifest: Manifest) -> None:
        """Copy what the manifest names beside its data; what was not there before is not there now."""
        for name in supporting_files(manifest):
            target = self._folder / DATASET / name
            if target.exists():
                continue
            with suppress(OSError, RefusedPathError):
                file = self._location.find(name)
                target.parent.mkdir(parents=True, exist_ok=True)
                with file.stream(0, file.size_bytes) as stream, target.open("wb") as out:
                    shutil.copyfileobj(stream, out)

    def _plan(self, scratch: Path) -> tuple[Mapping[str, RowCounts], Aside]:
        """Write which rows go and which places are masked, sorted by file; return the counts of the files."""
        audit = self._audit
        with open_engine(self._context, scratch) as engine:
            engine.add_parquet("exclusions", [self._folder / EXCLUDED], EXCLUSIONS)
            for name in (schemas.SPANS, schemas.READ_COUNTS, schemas.UNREAD, schemas.RECORDS):
                engine.add_parquet(name.name, measured(audit, name), name)
            engine.add_values("exclusion_reasons", "exclusions", "reasons", ["record_id"])
            engine.execute(_REASONS_OF_RECORDS)
            _write(scratch / "dropped.parquet", DROPPED, engine.stream(_DROPPED))
            engine.add_parquet("dropped", [scratch / "dropped.parquet"], DROPPED)
            _write(scratch / "masked.parquet", MASKED, engine.stream(_MASKED) if self._mask else ())
            (aside,) = engine.fetch(_BESIDE).to_pylist()
            counts = {row.pop("file_id"): RowCounts(**row) for row in engine.fetch(_COUNTS).to_pylist()}
        return counts, Aside(aside["beside"] or 0, aside["kept"] or 0)

    def _tasks(self, scratch: Path, counts: Mapping[str, RowCounts]) -> Iterator[FileTask]:
        dropped = SortedByFile(stream_table(scratch / "dropped.parquet"), DROPPED.schema)
        masked = SortedByFile(stream_table(scratch / "masked.parquet"), MASKED.schema)
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

        refused = []
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
        running: deque[Future[FileResult]] = deque()
        with ThreadPoolExecutor(workers) as pool:
            for task in self._tasks(scratch, counts):
                running.append(pool.submit(self._write_one, task))
                if len(running) >= workers * _AHEAD:
                    yield running.popleft().result()
            yield from (future.result() for future in running)

    def _write_one(self, task: FileTask) -> FileResult:
        from corpus_audit.corpus.rewriting.changes import Rewritten

        if task.dropped.num_rows and task.counts.is_emptied_by(task.dropped.num_rows, task.row["format"]):
            return result_of(task, Rewritten(dropped=task.dropped.num_rows))
        task.target.parent.mkdir(parents=True, exist_ok=True)
        done = Rewritten(**run_guarded(write_file, self._audit, task))
        return result_of(task, done)


def _told(file: FileResult) -> ChangedFile:
    rows = file.rows
    return ChangedFile(
        file.source_id, file.file, file.audited_sha256, file.sha256, rows.dropped, rows.masked, rows.unmasked
    )


def _write(path: Path, table: schemas.Table, batches: Sequence[pa.RecordBatch] | Any) -> None:
    with pq.ParquetWriter(path, table.schema) as file:
        for batch in batches:
            file.write_table(pa.Table.from_batches([batch]).cast(table.schema))
