"""One function per pipeline stage: the only place that joins the layers.

Each stage reads what the stages before it wrote in the audit's folder and writes its own; run again with the same
inputs it does nothing. Nothing is passed between stages but the folder, so that the command line, an Airflow task
and a test run the same code.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.config import Parameters, Settings
from corpus_audit.errors import PackError, StoreError
from corpus_audit.identity import Identity, files_digest, read_identity, versions
from corpus_audit.policy.verdict import Reason
from corpus_audit.store import (
    AuditFolder,
    Clock,
    Store,
    TableWriter,
    locked_folder,
    read_json,
    sha256_of_bytes,
    sha256_of_json,
    utc_now,
    write_bytes,
    write_json,
    write_table,
)
from corpus_audit.vocabulary import Language, ReasonCode, Severity, SpanKind, Verdict

DEFAULT_PACKS = ("baseline",)
REPORT_PAGES = {Language.ENGLISH: "report.html", Language.CHINESE: "report.zh.html"}
"""The page of a report in each language; each links to the other."""
_DEFECTS_PER_WRITE = 10_000


def ignore_progress(_done: int) -> None:
    """Tell nobody how far a stage is."""


@dataclass(frozen=True)
class Context:
    """How a stage runs: settings, the clock, and who is told how many bytes of its work were just done."""

    settings: Settings = field(default_factory=Settings.from_environment)
    clock: Clock = utc_now
    advance: Callable[[int], None] = ignore_progress


@dataclass(frozen=True)
class Summary:
    """What a person is told first about a finished audit."""

    audit_id: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    findings_by_severity: dict[Severity, int]
    report: Path


# --- ingest -----------------------------------------------------------------------------------------------------------


def ingest(
    manifest: Path,
    store: Path,
    *,
    root: Path | None = None,
    packs: Sequence[str] = DEFAULT_PACKS,
    parameters: Parameters | None = None,
    context: Context | None = None,
) -> AuditFolder:
    """Return the audit of a manifest: its claims as tables, its files checked, its shards planned.

    The audit's id follows from the manifest, the files as they are, the packs, the parameters and this version: the
    same inputs lead to the same audit, changed ones to another. *root* is the folder the manifest's paths are
    relative to, by default the manifest's own. Raises ManifestError, PackError or StoreError.
    """
    from corpus_audit.manifest.load import load_manifest

    context = context or Context()
    loaded = load_manifest(manifest, root)
    root = _checked_root(loaded.folder)
    manifest_sha256 = sha256_of_bytes(loaded.received)
    pack_digests = _pack_digests(packs)
    with locked_folder(store / f".staging-{manifest_sha256[:16]}") as staging:
        staged = AuditFolder(staging)
        started = context.clock()
        staged.run_stage(
            "ingest",
            {"manifest": manifest_sha256},
            versions(),
            lambda folder: _take_in(folder, loaded, root, context),
            lambda: started,
        )
        identity = Identity(
            dataset_id=loaded.manifest.dataset.id,
            manifest_sha256=manifest_sha256,
            files_sha256=files_digest(staged.read("ingest", schemas.FILES)),
            packs=pack_digests,
            parameters=parameters or Parameters(),
            version=version("corpus-audit"),
        )
        write_json(staging / "audit.json", asdict(identity) | {"started_at": started.isoformat()})
        audit = AuditFolder(store / "audits" / identity.audit_id)
        staged.move_to(audit)
    write_json(audit.path / "run.json", {"root": str(root), "packs": list(packs), "store": str(store.resolve())})
    return audit


def _take_in(folder: Path, loaded: Any, root: Path, context: Context) -> None:
    from corpus_audit.intake import write_claims_and_files

    def open_engine() -> Any:
        return _engine(context, folder)

    write_claims_and_files(folder, loaded, root, context.settings, context.advance, open_engine)


def _checked_root(root: Path) -> Path:
    if not root.is_dir():
        message = f"The root {root} is not a folder: name the folder that the manifest's paths are relative to."
        raise StoreError(message)
    return root.resolve()


def _pack_digests(packs: Sequence[str]) -> dict[str, str]:
    from corpus_audit.policy.packs import load_packs, pack_digest

    return {pack.id: pack_digest(pack) for pack in load_packs(packs)}


# --- measure ----------------------------------------------------------------------------------------------------------


def shard_numbers(audit: AuditFolder) -> list[int]:
    """Return the numbers of the audit's shards, ascending."""
    from corpus_audit.corpus.shards import shard_numbers as numbers_in

    return numbers_in(audit.read("ingest", schemas.FILES))


def shard_sizes(audit: AuditFolder) -> dict[int, int]:
    """Return the bytes of each shard's files, by shard number, ascending."""
    files = audit.read("ingest", schemas.FILES)
    sizes = files.filter(pc.is_valid(files["shard"])).group_by("shard").aggregate([("observed_size_bytes", "sum")])
    return {row["shard"]: row["observed_size_bytes_sum"] for row in sizes.sort_by("shard").to_pylist()}


def measure(audit: AuditFolder, shard: int, *, context: Context | None = None) -> None:
    """Measure one shard's records: fingerprints and spans, never the text itself."""
    from corpus_audit.corpus.shards import files_of_shard

    context = context or Context()
    files = files_of_shard(audit.read("ingest", schemas.FILES), shard)
    parameters = read_identity(audit).parameters
    audit.run_stage(
        measure_stage(shard),
        {"files": sha256_of_json(files.to_pylist()), "parameters": sha256_of_json(parameters.as_dict())},
        versions(),
        lambda folder: _measure_files(folder, audit, files, parameters, context),
        context.clock,
    )


def measure_stage(shard: int) -> str:
    """Return the stage name of one shard's measuring."""
    return f"measure-{shard:05d}"


def _measure_files(folder: Path, audit: AuditFolder, files: pa.Table, parameters: Parameters, context: Context) -> None:
    from corpus_audit.corpus.entry import Defect, defect_table
    from corpus_audit.corpus.records import read_records
    from corpus_audit.measure.batch import BatchMeasurer

    run = _run(audit)
    measurer = BatchMeasurer(parameters, Store(Path(run["store"])).key())
    defects: list[Defect] = []
    with ExitStack() as stack:
        records, spans, defect_rows = (
            stack.enter_context(TableWriter(folder / f"{table.name}.parquet", table, parameters.signature_settings()))
            for table in (schemas.RECORDS, schemas.SPANS, schemas.DEFECTS)
        )
        for piece in read_records(Path(run["root"]), files, context.settings.batch_bytes):
            if isinstance(piece, Defect):
                defects.append(piece)
            else:
                measured = measurer.measure(piece)
                records.write(measured.records)
                spans.write(measured.spans)
                context.advance(piece["text"].nbytes)
            if len(defects) >= _DEFECTS_PER_WRITE:
                defect_rows.write(defect_table(defects))
                defects.clear()
        defect_rows.write(defect_table(defects))


# --- deduplicate ------------------------------------------------------------------------------------------------------


def deduplicate(audit: AuditFolder, *, context: Context | None = None) -> None:
    """Find the copies among all records of the audit, each pair verified on the texts."""
    context = context or Context()
    audit.run_stage(
        "deduplicate",
        _digests(audit, _measure_stages(audit)),
        versions(),
        lambda folder: _deduplicate(folder, audit, context),
        context.clock,
    )


def _deduplicate(folder: Path, audit: AuditFolder, context: Context) -> None:
    from corpus_audit.corpus.records import read_record_texts
    from corpus_audit.dedup import deduplicate as find_copies

    files = audit.read("ingest", schemas.FILES).filter(pc.field("shard").is_valid())
    root = Path(_run(audit)["root"])

    def read_texts(file_ids: Any) -> Iterator[pa.RecordBatch]:
        return read_record_texts(root, files, file_ids, context.settings.batch_bytes)

    work = folder / "work"
    work.mkdir()
    with _engine(context, work) as engine:
        records, parameters = _measured(audit, schemas.RECORDS), read_identity(audit).parameters
        found = find_copies(
            engine,
            records,
            read_texts,
            parameters,
            work,
            license_files=_license_files(audit, files),
            workers=context.settings.workers,
        )
        for table, data in (
            (schemas.PAIRS, found.pairs),
            (schemas.CLUSTERS, found.clusters),
            (schemas.OVERLAPS, found.overlaps),
        ):
            write_table(folder / f"{table.name}.parquet", table, data)
    shutil.rmtree(work)


def _license_files(audit: AuditFolder, files: pa.Table) -> list[str]:
    """Return the ids of the files that the manifest names as evidence of a license."""
    claimed = audit.read("ingest", schemas.CLAIMED_SOURCES)["license_evidence_files"]
    named = files.filter(pc.is_in(files["file"], pc.list_flatten(claimed)))
    return list(named["file_id"].to_pylist())


# --- gather, evaluate, report -----------------------------------------------------------------------------------------


def gather(audit: AuditFolder, *, context: Context | None = None) -> None:
    """Set claims beside facts: the evidence tables, bounded by sources, files and pairs of sources."""
    from corpus_audit.evidence import EvidenceInputs
    from corpus_audit.evidence import gather as gather_evidence

    context = context or Context()
    # Whether a consent has expired depends on the day, so the day is an input: another day gathers anew.
    day = context.clock().date()

    def ingested(table: schemas.Table) -> Path:
        return audit.table_path("ingest", table)

    def work(folder: Path) -> None:
        inputs = EvidenceInputs(
            claimed_dataset=ingested(schemas.CLAIMED_DATASET),
            claimed_sources=ingested(schemas.CLAIMED_SOURCES),
            claimed_models=ingested(schemas.CLAIMED_MODELS),
            claimed_files=ingested(schemas.CLAIMED_FILES),
            claimed_subjects=ingested(schemas.CLAIMED_SUBJECTS),
            claimed_authorisations=ingested(schemas.CLAIMED_AUTHORISATIONS),
            claimed_opt_outs=ingested(schemas.CLAIMED_OPT_OUTS),
            claim_problems=ingested(schemas.CLAIM_PROBLEMS),
            claim_gaps=ingested(schemas.CLAIM_GAPS),
            files=ingested(schemas.FILES),
            defects=[audit.table_path("ingest", schemas.DEFECTS), *_measured(audit, schemas.DEFECTS)],
            records=_measured(audit, schemas.RECORDS),
            spans=_measured(audit, schemas.SPANS),
            clusters=audit.table_path("deduplicate", schemas.CLUSTERS),
            overlaps=audit.table_path("deduplicate", schemas.OVERLAPS),
        )
        with _engine(context, folder) as engine:
            evidence = gather_evidence(engine, inputs, day)
        for table in schemas.EVIDENCE:
            write_table(folder / f"{table.name}.parquet", table, evidence[table.name])

    digests = _digests(audit, ["ingest", "deduplicate", *_measure_stages(audit)])
    audit.run_stage("gather", digests | {"day": day.isoformat()}, versions(), work, context.clock)


def evaluate(audit: AuditFolder, *, context: Context | None = None) -> None:
    """Judge the evidence by the policy packs, and derive the verdict from what they found."""
    context = context or Context()
    digests = dict(read_identity(audit).packs)

    def work(folder: Path) -> None:
        from corpus_audit.policy.evaluate import evaluate as judge
        from corpus_audit.policy.packs import load_packs
        from corpus_audit.policy.verdict import decide

        names = _run(audit)["packs"]
        if _pack_digests(names) != digests:
            message = "A policy pack changed since this audit began: start the audit again, it becomes a new one."
            raise PackError(message)
        evaluation = judge(load_packs(names), _evidence(audit))
        write_table(folder / "rules.parquet", schemas.RULES, evaluation.rules)
        write_table(folder / "findings.parquet", schemas.FINDINGS, evaluation.findings)
        write_json(folder / "verdict.json", decide(evaluation.rules, evaluation.findings).as_dict())
        (folder / "validations").mkdir()
        for name, document in evaluation.validations:
            write_json(folder / "validations" / name, document)

    inputs = _digests(audit, ["gather"]) | {f"pack {name}": digest for name, digest in digests.items()}
    audit.run_stage("evaluate", inputs, versions(), work, context.clock)


def report(audit: AuditFolder, *, context: Context | None = None) -> Path:
    """Return the English HTML report of an evaluated audit; the Chinese one and report.json stand beside it."""
    context = context or Context()

    def work(folder: Path) -> None:
        from corpus_audit.report.build import build_report
        from corpus_audit.report.html import render_html
        from corpus_audit.report.json import render_json

        built = build_report(
            _audit_context(audit),
            read_json(audit.folder("evaluate") / "verdict.json"),
            audit.read("evaluate", schemas.RULES),
            audit.read("evaluate", schemas.FINDINGS),
            _evidence(audit),
        )
        write_bytes(folder / "report.json", render_json(built).encode())
        for language, name in REPORT_PAGES.items():
            others = {other: page for other, page in REPORT_PAGES.items() if other is not language}
            write_bytes(folder / name, render_html(built, language, others).encode())

    audit.run_stage("report", _digests(audit, ["gather", "evaluate"]), versions(), work, context.clock)
    return report_page(audit, Language.ENGLISH)


def read_report(audit: AuditFolder) -> Any:
    """Return a finished audit's report as its model; raises StoreError when it cannot be read."""
    from corpus_audit.report.json import parse_report

    path = audit.folder("report") / "report.json"
    try:
        return parse_report(path.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read: it is missing, or of another version. Run the same audit again."
        raise StoreError(message) from error


def report_page(audit: AuditFolder, language: Language) -> Path:
    """Return where an audit's HTML report in a language is."""
    return audit.folder("report") / REPORT_PAGES[language]


def summarise(audit: AuditFolder) -> Summary:
    """Return the verdict of a finished audit and where its report is; raises StoreError when it has not finished."""
    verdict = read_json(audit.folder("evaluate") / "verdict.json")
    return Summary(
        audit_id=audit.audit_id,
        verdict=Verdict(verdict["verdict"]),
        reasons=tuple(Reason(ReasonCode(row["code"]), row["count"], row["rules"]) for row in verdict["reasons"]),
        findings_by_severity={severity: verdict["findings_by_severity"].get(severity, 0) for severity in Severity},
        report=report_page(audit, Language.ENGLISH),
    )


def _audit_context(audit: AuditFolder) -> Any:
    from corpus_audit.measure.detectors import DETECTORS
    from corpus_audit.policy.packs import load_packs
    from corpus_audit.report.context import AuditContext, PackUsed

    identity = read_identity(audit)
    packs = load_packs(_run(audit)["packs"])
    stages = ["ingest", *_measure_stages(audit), "deduplicate", "gather", "evaluate"]
    return AuditContext(
        audit_id=audit.audit_id,
        started_at=read_json(audit.path / "audit.json")["started_at"],
        tool_version=identity.version,
        manifest_sha256=identity.manifest_sha256,
        parameters=identity.parameters.as_dict(),
        packs=tuple(
            PackUsed(pack.id, pack.titles.model_dump(), pack.version, identity.packs[pack.id]) for pack in packs
        ),
        markers=tuple(marker for stage in stages if (marker := audit.marker(stage)) is not None),
        entity_types=tuple(
            sorted({found.entity_type for found in DETECTORS if found.kind is SpanKind.PERSONAL_INFORMATION})
        ),
    )


# --- what the stages share --------------------------------------------------------------------------------------------


def _run(audit: AuditFolder) -> Mapping[str, Any]:
    """Return where this run finds its inputs: paths of this machine, kept out of everything that is hashed."""
    run: Mapping[str, Any] = read_json(audit.path / "run.json")
    return run


def _measure_stages(audit: AuditFolder) -> list[str]:
    return [measure_stage(shard) for shard in shard_numbers(audit)]


def _measured(audit: AuditFolder, table: schemas.Table) -> list[Path]:
    return [audit.table_path(stage, table) for stage in _measure_stages(audit)]


def _digests(audit: AuditFolder, stages: Sequence[str]) -> dict[str, str]:
    return {stage: audit.outputs_digest(stage) for stage in stages}


def _evidence(audit: AuditFolder) -> dict[str, pa.Table]:
    return {table.name: audit.read("gather", table) for table in schemas.EVIDENCE}


def _engine(context: Context, spill_root: Path) -> Any:
    from corpus_audit.engine.duckdb import DuckDBEngine

    return DuckDBEngine(context.settings.memory_limit, context.settings.workers, spill_root)
