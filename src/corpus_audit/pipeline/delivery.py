"""Deliverables of a finished audit: exports in regulator and standard formats, and the signed bundle.

The audit's files are checked and its verdict is brought up to date first; nothing else is read, so that the same audit
gives the same bytes at any time.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.errors import CorpusAuditError, StoreError
from corpus_audit.evidence import tables
from corpus_audit.pipeline.before_report import markers_before_report
from corpus_audit.pipeline.checkpoints import NAME as CHECKPOINT
from corpus_audit.pipeline.checkpoints import (
    TIMESTAMP_NAME,
    checkpoint_now,
    timestamp_authority,
    timestamp_of,
    write_checkpoint,
)
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.current import approval_now, bring_up_to_date
from corpus_audit.pipeline.report import report_digest, supplements_of
from corpus_audit.pipeline.verification import require_intact
from corpus_audit.store import AuditFolder, Store, as_json, read_json, stream_table, write_bytes
from corpus_audit.store.identity import PackUsed, read_identity
from corpus_audit.vocabulary import ExportName, FindingStatus, Language, SupplementState

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from corpus_audit.export.bundle.archive import Content
    from corpus_audit.export.bundle.checkpoint import Checkpoint
    from corpus_audit.export.form import LocalizedText
    from corpus_audit.export.inputs import ExportFile, ExportInputs
    from corpus_audit.ledger import Entry

_ABOUT_PEOPLE = (tables.SUBJECTS,)
"""Evidence with a row for each person; a bundle holds only how many there are of each state."""

_COUNTED: Mapping[str, tuple[str, schemas.Table, str]] = {
    "pairs_by_kind": ("deduplicate", schemas.PAIRS, "kind"),
    "cluster_members_by_kind": ("deduplicate", schemas.CLUSTERS, "kind"),
    "people_by_state": ("gather", tables.SUBJECTS, "state"),
}
"""Tables whose rows do not go into a bundle: each is counted by one column."""

COUNTED = tuple(dict.fromkeys(stage for stage, _table, _column in _COUNTED.values()))
"""The stages whose tables are counted."""

_README = """\
A signed bundle of one audit by corpus-audit.

  attestation.dsse.json  in-toto statement over the sha256 of every other file, in a DSSE envelope (Ed25519)
  public-key.pem         the public half of the signing key; ask its owner whether it is theirs
  verify.html            checks this bundle in a browser, offline; it cannot vouch for itself, so 'verify' is the proof
  manifest/              the claims, as received and as they were read
  evidence/              claims beside facts, as Parquet; counts.json counts what is left out
  evaluate/              rules, findings, and what each expectation found
  conclude/              verdict, and the decisions of stewards that it took into account, chained by sha256
  report/                the report
  approvals.json         the entries of the ledger that approve exactly this report; empty when none does
  exports/               the same in regulator and standard formats
  ledger-checkpoint.tsr  when an authority stamped the checkpoint (RFC 3161), where the operator names one
  ledger-checkpoint.dsse.json  how far the ledger of decisions had come, signed; 'ledger verify --checkpoint' compares
  markers/               what each stage read and wrote, as sha256, with versions and times

Verify it:  corpus-audit verify THIS-FILE --public-key KEY
Any tool that knows DSSE and in-toto statements can verify the envelope as well.
"""


def read_export_inputs(audit: AuditFolder) -> "ExportInputs":
    """Return what exports of an audit are made from; raises StoreError when the audit has not finished."""
    from corpus_audit.export.inputs import ExportInputs, RequirementText, SuppliedStatement
    from corpus_audit.manifest.model import Manifest
    from corpus_audit.policy.requirements import REQUIREMENTS
    from corpus_audit.report.problems import describe_rows

    identity = read_identity(audit)
    report = _finished_report(audit)
    return ExportInputs(
        audit_id=audit.audit_id,
        tool_version=identity.version,
        manifest=Manifest.model_validate(_shown_manifest(audit)),
        manifest_sha256=identity.manifest_sha256,
        parameters=identity.parameters.as_dict(),
        packs=tuple(PackUsed(**used) for used in report["audit"]["packs"]),
        markers=tuple(markers_before_report(audit)),
        verdict=read_json(audit.folder("conclude") / "verdict.json"),
        rules=audit.read("evaluate", schemas.RULES),
        findings=audit.read("evaluate", schemas.FINDINGS),
        closed={
            row["finding_id"]: row["status"]
            for row in audit.read("conclude", schemas.FINDING_STATUSES).to_pylist()
            if FindingStatus(row["status"]).is_closed
        },
        evidence={table.name: audit.read("gather", table) for table in tables.EVIDENCE},
        requirements=tuple(
            RequirementText(asked.number, asked.en, asked.zh, asked.source, asked.asked_in)
            for asked in REQUIREMENTS.values()
        ),
        describe=describe_rows,
        name_type=_name_type,
        supplements=tuple(
            SuppliedStatement(row["source_id"], row["field"], row["author"], row["stated_at"])
            for row in supplements_of(audit)
            if row["state"] == SupplementState.USED
        ),
    )


def _name_type(entity_type: str) -> "LocalizedText":
    """Return a type of personal information as a reader would write it, in both languages."""
    from corpus_audit.export.form import LocalizedText
    from corpus_audit.report.translator import words_in
    from corpus_audit.report.wording import entity_type_label

    label = entity_type_label(entity_type)
    return LocalizedText(en=label, zh=words_in(Language.CHINESE)(label))


def _shown_manifest(audit: AuditFolder) -> Any:
    """Return the manifest as all exports show it: what is personal in it is masked, as in the evidence."""
    from corpus_audit.measure.masking import keyed_masker, mask_document

    store = Store(audit.store)
    return mask_document(keyed_masker(store.key), read_json(audit.folder("ingest") / "manifest.json"))


def export(
    audit: AuditFolder, formats: Sequence[str], folder: Path, *, context: RunContext | None = None
) -> list[Path]:
    """Return the files written to *folder* for the formats of these names, in their order.

    Raises CorpusAuditError when a name is unknown or a file cannot be written, StoreError when the audit has not
    finished.
    """
    bring_up_to_date(audit, context=context or RunContext(sends_lineage=False))
    written = []
    for file in _export_files(audit, formats):
        path = folder / file.name
        _write(path, file.content, "choose another folder with --output")
        written.append(path)
    return written


def _write(path: Path, content: bytes, advice: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content)
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}): {advice}."
        raise CorpusAuditError(message) from error


def bundle(
    audit: AuditFolder,
    key: "Ed25519PrivateKey",
    path: Path,
    formats: Sequence[str] | None = None,
    *,
    context: RunContext | None = None,
) -> None:
    """Write the signed bundle of a finished audit to *path*, with every export or those of the names given."""
    from corpus_audit.export.bundle.build import build_bundle

    bring_up_to_date(audit, context=context or RunContext(sends_lineage=False))
    require_intact(audit, COUNTED)
    chosen = list(dict.fromkeys(ExportName if formats is None else formats))
    approval = approval_now(audit, context=context)
    approvals = approval.entries if approval.is_valid else ()
    files = {**dict(_bundle_files(audit, chosen)), "approvals.json": as_json([entry.as_dict() for entry in approvals])}
    files |= _signed_checkpoint(audit, key)
    build_bundle(path, files, _predicate(audit, chosen, approvals), key)


def write_pdf(audit: AuditFolder, language: Language, path: Path, *, context: RunContext | None = None) -> None:
    """Write the report of a finished audit as PDF; raises PaperError when what that needs is not installed."""
    from corpus_audit.document.pdf import render_pdf
    from corpus_audit.pipeline import read_report
    from corpus_audit.report.outline import whole_report

    bring_up_to_date(audit, context=context or RunContext(sends_lineage=False))
    _write(path, render_pdf(whole_report(read_report(audit), language)), "choose another file with --pdf")


def default_bundle(audit: AuditFolder) -> Path:
    """Return the default path of a bundle: in the working folder, named after the audit."""
    return Path(f"{audit.audit_id}.bundle.zip")


def _finished_report(audit: AuditFolder) -> Any:
    if audit.marker("report") is None:
        message = f"The audit '{audit.audit_id}' has not finished: run 'corpus-audit audit' on its manifest again."
        raise StoreError(message)
    return read_json(audit.folder("report") / "report.json")


def _export_files(audit: AuditFolder, formats: Sequence[str]) -> "list[ExportFile]":
    from corpus_audit.export.registry import find_format

    chosen = [find_format(name) for name in dict.fromkeys(formats)]
    inputs = read_export_inputs(audit)
    return [file for known in chosen for file in known.export(inputs)]


# --- what a bundle holds ----------------------------------------------------------------------------------------------


def _bundle_files(audit: AuditFolder, formats: Sequence[str]) -> "Iterator[tuple[str, Content]]":
    """Yield every file of a bundle by its name; none holds the text of a record or a value found in one."""
    for file in _export_files(audit, formats):
        yield f"exports/{file.name}", file.content
    yield "README.txt", _README.encode()
    yield "audit.json", audit.path / "audit.json"
    yield "evidence/counts.json", as_json(_counts(audit))
    for table in tables.EVIDENCE:
        if table not in _ABOUT_PEOPLE:
            yield f"evidence/{table.name}.parquet", audit.table_path("gather", table)
    yield from _folder("manifest", audit.folder("ingest"), _is_manifest)
    yield from _folder("evaluate", audit.folder("evaluate"))
    yield from _folder("conclude", audit.folder("conclude"))
    yield from _folder("report", audit.folder("report"))
    yield from _folder("markers", audit.path / "markers")


def _folder(
    name: str, folder: Path, belongs: Callable[[Path], bool] = lambda _: True
) -> "Iterator[tuple[str, Content]]":
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and belongs(inside):
            yield f"{name}/{inside.as_posix()}", path


def _is_manifest(path: Path) -> bool:
    """True if this file of ingest's folder is the manifest, as received or as read, and not a table made from it."""
    return path.parts[0].startswith("received") or path.parts == ("manifest.json",)


def _counts(audit: AuditFolder) -> dict[str, dict[str, int]]:
    return {name: _count(audit.table_path(stage, table), column) for name, (stage, table, column) in _COUNTED.items()}


def _count(path: Path, column: str) -> dict[str, int]:
    """Return the count of each value in a column, reading the table in batches."""
    counts: Counter[str] = Counter()
    for batch in stream_table(path, [column]):
        for value in pc.value_counts(batch.column(0)).to_pylist():
            counts[str(value["values"])] += value["counts"]
    return dict(sorted(counts.items()))


def _checkpoint(audit: AuditFolder) -> "Checkpoint | None":
    """Return how far the store's ledger has come, None where nothing was decided."""
    from corpus_audit.ledger import has_ledger, open_ledger

    store = audit.store
    return checkpoint_now(open_ledger(store)) if has_ledger(store) else None


def _signed_checkpoint(audit: AuditFolder, key: "Ed25519PrivateKey") -> "dict[str, Content]":
    from corpus_audit.export.bundle.checkpoint import sign_checkpoint

    checkpoint = _checkpoint(audit)
    if checkpoint is None:
        return {}
    if not timestamp_authority():
        return {CHECKPOINT: sign_checkpoint(checkpoint, key)}
    return _stamped_checkpoint(audit, key)


def _stamped_checkpoint(audit: AuditFolder, key: "Ed25519PrivateKey") -> "dict[str, Content]":
    """Return the checkpoint that the store keeps with its timestamp, so that the same bundle is built again."""
    from corpus_audit.ledger import open_ledger

    store = audit.store
    path = write_checkpoint(store, open_ledger(store), key)
    if path is None:
        return {}
    stamp = timestamp_of(path)
    stamped: dict[str, Content] = {TIMESTAMP_NAME: stamp.read_bytes()} if stamp.is_file() else {}
    return {CHECKPOINT: path.read_bytes(), **stamped}


def _predicate(audit: AuditFolder, formats: Sequence[str], approvals: "Sequence[Entry]") -> dict[str, Any]:
    """Return the statement's predicate for the bundle; its time is the audit's, so that re-signing changes nothing."""
    identity = read_identity(audit)
    concluded = audit.marker("conclude")
    return {
        "auditId": audit.audit_id,
        "datasetId": identity.dataset_id,
        "manifestSha256": identity.manifest_sha256,
        "verdict": read_json(audit.folder("conclude") / "verdict.json")["verdict"],
        "packs": dict(identity.packs),
        "reportSha256": report_digest(audit),
        "approvals": [entry.sha256 for entry in approvals],
        **({"ledger": vars(checkpoint)} if (checkpoint := _checkpoint(audit)) else {}),
        "concludedAt": concluded.finished_at if concluded else "",
        "toolVersion": identity.version,
        "versions": dict(concluded.versions) if concluded else {},
        "exports": list(formats),
    }
