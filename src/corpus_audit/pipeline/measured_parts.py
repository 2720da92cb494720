"""The facts of some parts of files, measured in this process: what a worker does for one shard."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import guard, schemas
from corpus_audit.config import Parameters, Settings
from corpus_audit.passages.index_file import FILE_NAME, IndexRecipe, PassageWriter
from corpus_audit.pipeline.context import keyword_lists, open_corpus
from corpus_audit.pipeline.shard_parts import read_files, read_parts
from corpus_audit.store import AuditFolder, Store, TableWriter, sha256_of_bytes, write_table
from corpus_audit.store.identity import read_identity

if TYPE_CHECKING:
    from corpus_audit.corpus.coverage import PartCoverage
    from corpus_audit.corpus.entry import Defect, GivenUp
    from corpus_audit.corpus.records import OtherTexts
    from corpus_audit.measure.batch import BatchMeasurer, Measured
    from corpus_audit.measure.masking import Masker

TABLES = (
    schemas.RECORDS,
    schemas.SPANS,
    schemas.MEDIA,
    schemas.LABELS,
    schemas.OPT_OUT_STATEMENTS,
    schemas.REFERENCE_HITS,
    schemas.KEYWORD_HITS,
    schemas.DEFECTS,
)
COVERAGE = (schemas.READ_COUNTS, schemas.UNREAD, schemas.COLUMNS_SEEN)
_DEFECTS_PER_WRITE = 10_000

_SAMPLED_BATCH = 1 << 18
_FEWEST_SAMPLED = 8
"""Of so many parts at least a sample is made, if there are as many."""


@dataclass(frozen=True)
class MeasuringTask:
    """What to measure: the parts of a shard from number *first_part* on, without those that are *given_up*.

    One part *at_a_time* is measured to its end before the next is opened; else several share a batch.
    """

    audit: AuditFolder
    shard: int
    settings: Settings
    given_up: Mapping[str, "GivenUp"] = field(default_factory=dict)
    first_part: int = 0
    at_a_time: bool = False


@cache
def warm_up() -> None:
    """Load and compile in this process what measuring a shard needs: it takes seconds, once."""
    from corpus_audit.measure.arrow_alone import use_without_pandas

    use_without_pandas()
    from corpus_audit.corpus.records import RECORD_TEXTS
    from corpus_audit.measure.batch import BatchMeasurer

    record = {"record_id": "", "source_id": "", "file": "", "row": 0, "text": "Some words."}
    measurer = BatchMeasurer(Parameters(), key=b"")
    measurer.measure(pa.RecordBatch.from_pylist([record], RECORD_TEXTS))


WARM_UP = guard.Deferred(__name__, warm_up.__name__)
"""The same for workers; their parent need not load what it names."""


def load_all() -> None:
    """Load in addition what only some formats need: where files end workers, each new one would load it again."""
    from corpus_audit.measure.media.libraries import load_libraries

    warm_up()
    load_libraries()


def measure_parts(folder: Path, task: MeasuringTask) -> None:
    """Write the tables of the task's parts into *folder*; tell of bytes that are done."""
    from corpus_audit.corpus.coverage import PartCoverage
    from corpus_audit.corpus.entry import Defect
    from corpus_audit.corpus.records import OtherTexts

    warm_up()
    with _Tables(folder, task) as tables:
        for piece in _read(task):
            if isinstance(piece, Defect):
                tables.add_defect(piece)
            elif isinstance(piece, PartCoverage):
                tables.add_coverage(piece, is_last=task.at_a_time)
            elif isinstance(piece, OtherTexts):
                tables.add_other_texts(piece)
                guard.advance(piece.found.texts.nbytes)
            else:
                tables.add(tables.measurer.measure(piece))
                guard.advance(piece["text"].nbytes + piece["content"].nbytes)


def _read(task: MeasuringTask) -> "Iterator[pa.RecordBatch | Defect | OtherTexts | PartCoverage]":
    from corpus_audit.corpus.records import read_corpus

    parameters = read_identity(task.audit).parameters
    most_bytes = sampled_parts(task.audit.read("ingest", schemas.PARTS), parameters) if parameters.is_sample else None
    parts = read_parts(task.audit, [task.shard]).slice(task.first_part)
    files = read_files(task.audit, parts)
    location = open_corpus(task.audit, task.settings)
    batch_bytes = task.settings.batch_bytes if most_bytes is None else min(_SAMPLED_BATCH, task.settings.batch_bytes)
    chosen = (parts.slice(number, 1) for number in range(parts.num_rows)) if task.at_a_time else [parts]
    for some in chosen:
        of_some = files.filter(pc.is_in(files["file_id"], some["file_id"].combine_chunks()))
        yield from read_corpus(location, of_some, batch_bytes, some, task.given_up, most_bytes)


def sampled_parts(parts: pa.Table, parameters: Parameters) -> Mapping[str, int] | None:
    """Return about how many bytes are read of each sampled part, by its place; None where everything is read.

    Parts (schema PARTS) are taken in the order of a seeded hash until they hold what is read in all; no part is given
    more than a share of it, so that several are looked at.
    """
    from corpus_audit.corpus.records import place_of_part

    if not parameters.is_sample:
        return None
    share = max(1, parameters.read_bytes // _FEWEST_SAMPLED)
    rows = zip(*(parts[name].to_pylist() for name in ("file_id", "first_row", "size_bytes")), strict=True)
    places = {place_of_part(file_id, first_row): size for file_id, first_row, size in rows}
    left = parameters.read_bytes
    chosen: dict[str, int] = {}
    for place in sorted(places, key=lambda place: sha256_of_bytes(f"{parameters.sample_seed}:{place}".encode())):
        if left <= 0:
            break
        chosen[place] = min(share, left)
        left -= min(places[place], chosen[place])
    return chosen


class _Tables:
    """The tables of one shard while they are written; use it as a context manager."""

    def __init__(self, folder: Path, task: MeasuringTask) -> None:
        from corpus_audit.measure.other_columns import ColumnScanner

        self._folder = folder
        self._parameters = read_identity(task.audit).parameters
        self.measurer = _measurer(task.audit)
        self._masker = _masker(task.audit, self._parameters, self.measurer)
        self._columns = ColumnScanner(self.measurer.scanner, task.settings.batch_bytes)
        self._defects: list[Defect] = []
        self._coverage: list[PartCoverage] = []
        self._stack = ExitStack()
        self._passages: PassageWriter | None = None

    def __enter__(self) -> "_Tables":
        """Open the files."""
        from corpus_audit.measure.masking import mask_measured

        self._writers = {
            table.name: self._stack.enter_context(
                TableWriter(
                    self._folder / f"{table.name}.parquet",
                    table,
                    self._parameters.signature_settings(),
                    partial(mask_measured, self._masker, table),
                )
            )
            for table in TABLES
        }
        if self._parameters.passage_window:
            writer = PassageWriter(self._folder / FILE_NAME, IndexRecipe.of(self._parameters))
            self._passages = self._stack.enter_context(writer)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write what is still held, unless the work broke off, and close the files."""
        with self._stack:
            if kind is None:
                self._flush()
        if kind is None:
            self._write_rest()

    def add(self, measured: "Measured") -> None:
        """Write the facts of a batch."""
        for name, writer in self._writers.items():
            writer.write(getattr(measured, name))
        if self._passages is not None:
            self._passages.add(measured.records.num_rows, measured.passages.positions, measured.passages.hashes)

    def add_defect(self, defect: "Defect") -> None:
        """Keep a defect until there are many."""
        self._defects.append(defect)
        if len(self._defects) >= _DEFECTS_PER_WRITE:
            self._write_defects()

    def add_other_texts(self, texts: "OtherTexts") -> None:
        """Scan texts outside the text, once there are enough."""
        for found in self._columns.add(texts):
            self._writers[schemas.SPANS.name].write(found)

    def add_coverage(self, coverage: "PartCoverage", is_last: bool) -> None:
        """Keep what was counted in a part; where it *is_last*, nothing of it may be left for later."""
        from corpus_audit.measure.other_columns import column_names

        self._coverage.append(coverage)
        if coverage.columns:
            self.add_other_texts(column_names(coverage))
        if is_last:
            self._flush()

    def _flush(self) -> None:
        self._write_defects()
        self._writers[schemas.SPANS.name].write(self._columns.flush())

    def _write_defects(self) -> None:
        from corpus_audit.corpus.entry import defect_table

        self._writers[schemas.DEFECTS.name].write(defect_table(self._defects))
        self._defects.clear()

    def _write_rest(self) -> None:
        from corpus_audit.corpus.coverage import coverage_tables
        from corpus_audit.measure.masking import mask_measured

        counted = coverage_tables(self._coverage)
        for table in COVERAGE:
            masked = mask_measured(self._masker, table, counted[table.name])
            write_table(self._folder / f"{table.name}.parquet", table, masked)


def _masker(audit: AuditFolder, parameters: Parameters, measurer: "BatchMeasurer") -> "Masker":
    """Return what masks names: by all detectors, those that were switched off too."""
    from corpus_audit.measure.detection.scan import Scanner
    from corpus_audit.measure.masking import Masker

    store = Store(audit.store)
    return Masker(lambda: Scanner(store.key()) if parameters.detectors_off else measurer.scanner)


def _measurer(audit: AuditFolder) -> "BatchMeasurer":
    from corpus_audit.measure.batch import BatchMeasurer
    from corpus_audit.measure.detection.installed import check_installed
    from corpus_audit.references import ReferenceStore

    identity, store = read_identity(audit), audit.store
    check_installed(identity.detectors)
    items = ReferenceStore(store).load(identity.references, identity.parameters)
    return BatchMeasurer(identity.parameters, Store(store).key(), items, keyword_lists(audit))
