"""Compare: copies of an audit's records in audits of other datasets and versions in the store."""

import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.errors import StoreError
from corpus_audit.pipeline.context import RunContext, digests_of, measured, open_engine
from corpus_audit.pipeline.deduplicate import index_folder, license_files, texts_of
from corpus_audit.pipeline.figures import rows
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import AuditFolder, Store, TableWriter, in_use, read_json, write_json, write_table
from corpus_audit.store.bucket import pull, updating
from corpus_audit.store.identity import Identity, read_identity

COMPARED_AUDITS = "compared_audits.json"
"""The file in an audit's folder that names what it is compared with."""


def choose_earlier(audit: AuditFolder, store: Path) -> None:
    """Write down which audits this one is compared with: once, so that later audits change nothing of it.

    Of each state of each dataset, other versions of this one among them, that is the audit begun last. Audits whose
    signatures were made with other settings are named as such: they cannot be compared. Those that another version of
    this program wrote are left out.
    """
    if (audit.path / COMPARED_AUDITS).is_file():
        return
    own = read_identity(audit)
    latest: dict[tuple[str, str], tuple[str, str]] = {}
    for audit_id in Store(store).audit_ids():
        folder = Store(store).open_audit(audit_id)
        try:
            identity = read_identity(folder)
        except StoreError:
            continue
        if identity.store_format != own.store_format:
            continue
        state = (identity.dataset_id, identity.files_sha256)
        if folder.marker("deduplicate") is None or state == (own.dataset_id, own.files_sha256):
            continue
        begun = (read_json(folder.path / "audit.json")["started_at"], audit_id)
        latest[state] = max(begun, latest.get(state, begun))
    with updating(store, f"audits/{audit.audit_id}"):
        if not (audit.path / COMPARED_AUDITS).is_file():  # another machine may have chosen meanwhile
            write_json(audit.path / COMPARED_AUDITS, sorted(audit_id for _begun, audit_id in latest.values()))


def compare(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Find the records of this audit that earlier ones have as well, without measuring those again.

    Raises StoreError when one of those is gone. What was compared with an audit that was deleted later stays.
    """
    context = context or RunContext()
    with StageRun(COMPARE, context, audit) as run, ExitStack() as kept:
        store, marker = audit.path.parent.parent, audit.marker("compare")
        inputs, earlier = digests_of(audit, ["deduplicate"]), {}
        for audit_id in read_json(audit.path / COMPARED_AUDITS):
            name, other = f"audit {audit_id}", _open(store, audit_id, kept)
            digest = other.outputs_digest("deduplicate") if other else (marker.inputs.get(name) if marker else None)
            inputs[name], earlier[audit_id] = digest or "deleted", other
        run.once(audit, inputs, lambda folder: _compare_all(folder, audit, _all_there(store, earlier), context))


def _open(store: Path, audit_id: str, kept: ExitStack) -> AuditFolder | None:
    """Return an audit, not to be deleted until *kept* is closed; None when it is gone."""
    try:
        pull(store, f"audits/{audit_id}")
        kept.enter_context(in_use(store / "audits" / audit_id))
        return Store(store).open_audit(audit_id)
    except StoreError:
        return None


def _all_there(store: Path, earlier: Mapping[str, AuditFolder | None]) -> list[AuditFolder]:
    for audit_id in (audit_id for audit_id, other in earlier.items() if other is None):
        message = (
            f"The audit '{audit_id}', which this one is compared with, is gone from {store}. Delete {COMPARED_AUDITS} "
            "in this audit's folder and run the same command again: it is compared with those that are there."
        )
        raise StoreError(message)
    return [other for other in earlier.values() if other is not None]


def _compare_all(folder: Path, audit: AuditFolder, earlier: Sequence[AuditFolder], context: RunContext) -> None:
    overlaps = []
    with TableWriter(folder / f"{schemas.AUDIT_PAIRS.name}.parquet", schemas.AUDIT_PAIRS) as pairs:
        for other in earlier:
            overlap = _described(audit, other)
            if overlap["state"] == "compared":
                overlap |= _compare(folder, audit, other, context, pairs)
                for letter, side in (("a", audit), ("b", other)):
                    overlap[f"licenses_{letter}"] = _licenses(side, overlap[f"sources_{letter}"])
            overlaps.append(overlap)
    rows = pa.Table.from_pylist(overlaps, schema=schemas.DATASET_OVERLAPS.schema)
    write_table(folder / f"{schemas.DATASET_OVERLAPS.name}.parquet", schemas.DATASET_OVERLAPS, rows)


def _compare(
    folder: Path, audit: AuditFolder, other: AuditFolder, context: RunContext, pairs: TableWriter
) -> dict[str, Any]:
    """Write the pairs that two audits share, and return what they share in figures."""
    from corpus_audit.dedup.earlier import compare_audits

    work = folder / "work"
    work.mkdir()
    with open_engine(context, work) as engine:
        mine, theirs = _side(audit, context), _side(other, context)
        found = compare_audits(engine, mine, theirs, read_identity(audit).parameters, work, context.settings.workers)
        for batch in found.pairs:
            pairs.write(batch.append_column("audit_b", pa.repeat(other.audit_id, batch.num_rows)))
    shutil.rmtree(work)
    return found.overlap


def _side(audit: AuditFolder, context: RunContext) -> Any:
    from corpus_audit.dedup.earlier import AuditSide
    from corpus_audit.dedup.signature_index import SignatureIndex

    return AuditSide(
        index=SignatureIndex(index_folder(audit)),
        records=measured(audit, schemas.RECORDS),
        license_files=license_files(audit),
        read_texts=_texts_still_there(audit, context),
    )


def _texts_still_there(audit: AuditFolder, context: RunContext) -> Any:
    """Return what reads an audit's texts once more: none when its root is gone."""
    try:
        return texts_of(audit, context)
    except StoreError:
        return lambda _files: iter(())


def _described(audit: AuditFolder, other: AuditFolder) -> dict[str, Any]:
    own, theirs = read_identity(audit), read_identity(other)
    (dataset,) = other.read("ingest", schemas.CLAIMED_DATASET).to_pylist()
    return {
        "audit_b": other.audit_id,
        "dataset_b": theirs.dataset_id,
        "version_b": dataset["version"],
        "relation": "other-version" if theirs.dataset_id == own.dataset_id else "other-dataset",
        "state": "compared" if _is_comparable(own, theirs) else "other-settings",
    }


def _is_comparable(one: Identity, other: Identity) -> bool:
    same_bands = one.parameters.jaccard_threshold == other.parameters.jaccard_threshold
    return same_bands and one.parameters.signature_settings() == other.parameters.signature_settings()


def _licenses(audit: AuditFolder, sources: Sequence[str]) -> list[str]:
    """Return the licenses declared for some sources, each once."""
    claimed = audit.read("ingest", schemas.CLAIMED_SOURCES)
    chosen = claimed.filter(pc.is_in(claimed["source_id"], pa.array(sources, pa.string())))
    return sorted(set(chosen["license_declared"].to_pylist()))


COMPARE = Stage(
    "compare",
    run=compare,
    after=("deduplicate",),
    reads={
        "ingest": names_of(schemas.CLAIMED_SOURCES),
        "measure": names_of(schemas.RECORDS),
        "deduplicate": ("index",),
    },
    writes=names_of(schemas.AUDIT_PAIRS, schemas.DATASET_OVERLAPS),
    figures={"audits": rows(schemas.DATASET_OVERLAPS), "pairs": rows(schemas.AUDIT_PAIRS)},
)
