"""Measure: fingerprints and spans of one shard, never the text itself."""

from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.config import Parameters
from corpus_audit.pipeline.context import (
    RunContext,
    keyword_lists,
    measure_folder,
    open_corpus,
    run_inputs,
    sampled_per_source,
)
from corpus_audit.pipeline.figures import rows, total
from corpus_audit.pipeline.reuse import MeasuredShards
from corpus_audit.pipeline.stage import Grain, Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import (
    AuditFolder,
    Store,
    TableWriter,
    sha256_of_json,
    write_table,
)
from corpus_audit.store.identity import Identity, read_identity, versions
from corpus_audit.vocabulary import StageOutcome

_READ_OF_FILES = [name for name in schemas.FILES.schema.names if not name.startswith("declared_") and name != "state"]
"""What measuring depends on of a file: what it is, not what was claimed of its size and checksum."""
_DEFECTS_PER_WRITE = 10_000
_TABLES = (
    schemas.RECORDS,
    schemas.SPANS,
    schemas.MEDIA,
    schemas.LABELS,
    schemas.OPT_OUT_STATEMENTS,
    schemas.REFERENCE_HITS,
    schemas.KEYWORD_HITS,
    schemas.DEFECTS,
)
_COVERAGE = {table.name: table for table in (schemas.READ_COUNTS, schemas.UNREAD, schemas.COLUMNS_SEEN)}


def shard_sizes(audit: AuditFolder) -> dict[int, int]:
    """Return the bytes of each shard's parts, by shard number, ascending."""
    sizes = audit.read("ingest", schemas.PARTS).group_by("shard").aggregate([("size_bytes", "sum")])
    return {row["shard"]: row["size_bytes_sum"] for row in sizes.sort_by("shard").to_pylist()}


def warm_up() -> None:
    """Load and compile in this process what measuring a shard needs: it takes seconds, once."""
    from corpus_audit.corpus.records import RECORD_TEXTS
    from corpus_audit.measure.batch import BatchMeasurer

    record = {"record_id": "", "source_id": "", "file": "", "row": 0, "text": "Some words."}
    measurer = BatchMeasurer(Parameters(), key=b"", sampled_per_source=1)
    measurer.measure(pa.RecordBatch.from_pylist([record], RECORD_TEXTS))


def measure(audit: AuditFolder, shard: int, *, context: RunContext | None = None) -> None:
    """Measure one shard's records: fingerprints, spans and reference hits, never the text itself.

    A shard of the same files that any audit of the store measured before in the same way is taken over from there.
    """
    context = context or RunContext()
    with StageRun(MEASURE, context, audit, shard) as run:
        _measure(run, audit, shard, context)


def _measure(run: StageRun, audit: AuditFolder, shard: int, context: RunContext) -> None:
    from corpus_audit.corpus.shards import parts_of_shard

    parts = parts_of_shard(audit.read("ingest", schemas.PARTS), shard)
    files = audit.read("ingest", schemas.FILES)
    files = files.filter(pc.is_in(files["file_id"], parts["file_id"]))
    identity = read_identity(audit)
    inputs = {
        "files": sha256_of_json(files.select(_READ_OF_FILES).to_pylist()),
        "parts": sha256_of_json(parts.drop_columns(["shard"]).to_pylist()),
        "parameters": sha256_of_json(identity.parameters.of_measuring()),
        "detectors": sha256_of_json([asdict(detector) for detector in identity.detectors]),
        "references": sha256_of_json(dict(identity.references)),
        "keyword_lists": sha256_of_json(dict(identity.keyword_lists)),
        "sampled": str(sampled_per_source(audit)),
    }
    measured_before = MeasuredShards(Path(run_inputs(audit)["store"]), inputs, versions())

    def work(folder: Path) -> None:
        if measured_before.reuse(folder):
            run.outcome = StageOutcome.REUSED
        else:
            _measure_parts(folder, audit, files, parts, identity, context)

    run.once(audit, inputs, work)
    measured_before.remember(audit, measure_folder(shard))


def _measure_parts(
    folder: Path, audit: AuditFolder, files: pa.Table, parts: pa.Table, identity: Identity, context: RunContext
) -> None:
    from corpus_audit.corpus.coverage import PartCoverage, coverage_tables
    from corpus_audit.corpus.entry import Defect, defect_table
    from corpus_audit.corpus.records import OtherTexts, read_corpus
    from corpus_audit.measure.batch import BatchMeasurer
    from corpus_audit.measure.detection.installed import check_installed
    from corpus_audit.measure.detection.scan import Scanner
    from corpus_audit.measure.masking import Masker, mask_measured
    from corpus_audit.measure.other_columns import ColumnScanner, column_names
    from corpus_audit.references import ReferenceStore

    check_installed(identity.detectors)
    run, parameters = run_inputs(audit), identity.parameters
    store = Path(run["store"])
    items = ReferenceStore(store).load(identity.references, parameters)
    key = Store(store).key()
    measurer = BatchMeasurer(parameters, key, sampled_per_source(audit), items, keyword_lists(audit))
    masker = Masker(lambda: Scanner(key) if parameters.detectors_off else measurer.scanner)
    location = open_corpus(audit, context.settings)
    column_scanner = ColumnScanner(measurer.scanner, context.settings.batch_bytes)
    defects: list[Defect] = []
    coverage: list[PartCoverage] = []
    with ExitStack() as stack:
        records, spans, media, labels, statements, hits, keyword_hits, defect_rows = (
            stack.enter_context(
                TableWriter(
                    folder / f"{table.name}.parquet",
                    table,
                    parameters.signature_settings(),
                    partial(mask_measured, masker, table),
                )
            )
            for table in _TABLES
        )
        for piece in read_corpus(location, files, context.settings.batch_bytes, parts):
            if isinstance(piece, Defect):
                defects.append(piece)
            elif isinstance(piece, PartCoverage):
                coverage.append(piece)
                for found in column_scanner.add(column_names(piece)):
                    spans.write(found)
            elif isinstance(piece, OtherTexts):
                for found in column_scanner.add(piece):
                    spans.write(found)
                context.advance(piece.found.texts.nbytes)
            else:
                measured = measurer.measure(piece)
                records.write(measured.records)
                spans.write(measured.spans)
                media.write(measured.media)
                labels.write(measured.labels)
                statements.write(measured.opt_out_statements)
                hits.write(measured.reference_hits)
                keyword_hits.write(measured.keyword_hits)
                defect_rows.write(measured.defects)
                context.advance(piece["text"].nbytes + piece["content"].nbytes)
            if len(defects) >= _DEFECTS_PER_WRITE:
                defect_rows.write(defect_table(defects))
                defects.clear()
        defect_rows.write(defect_table(defects))
        spans.write(column_scanner.flush())
    for name, table in coverage_tables(coverage).items():
        write_table(folder / f"{name}.parquet", _COVERAGE[name], mask_measured(masker, _COVERAGE[name], table))
    write_table(folder / f"{schemas.SAMPLES.name}.parquet", schemas.SAMPLES, measurer.sampled())


MEASURE = Stage(
    "measure",
    run=measure,
    after=("ingest",),
    grain=Grain.SHARD,
    reads={"ingest": names_of(schemas.FILES, schemas.PARTS, schemas.REFERENCE_WORKS)},
    writes=names_of(*_TABLES, *_COVERAGE.values(), schemas.SAMPLES),
    figures={
        "records": rows(schemas.RECORDS),
        "bytes": total(schemas.RECORDS, "size_bytes"),
        "spans": rows(schemas.SPANS),
        "media": rows(schemas.MEDIA),
        "defects": rows(schemas.DEFECTS),
    },
)
