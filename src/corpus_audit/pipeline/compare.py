"""Compare: copies of an audit's records in audits of other datasets and versions in the store."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.errors import StoreError
from corpus_audit.pipeline.context import RunContext, digests_of
from corpus_audit.pipeline.figures import rows
from corpus_audit.pipeline.indexed_audits import compared_audits
from corpus_audit.pipeline.progress import in_shares
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import AuditFolder, Store, TableWriter, read_json, stream_table, write_json, write_table
from corpus_audit.store.bucket import updating
from corpus_audit.store.identity import Identity, read_identity

if TYPE_CHECKING:
    from corpus_audit.dedup.store_index import IndexedAudit

COMPARED_AUDITS = "compared_audits.json"
"""The file in an audit's folder that names what it is compared with."""

_AUDIT = "audit "
"""How the name of an input begins that is an earlier audit."""


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
    with StageRun(COMPARE, context, audit) as run:
        store, marker = audit.store, audit.marker("compare")
        inputs, gone = digests_of(audit, ["deduplicate"]), []
        for audit_id in read_json(audit.path / COMPARED_AUDITS):
            name, digest = f"{_AUDIT}{audit_id}", _digest(store, audit_id)
            if digest is None:
                gone.append(audit_id)
            inputs[name] = digest or (marker.inputs.get(name) if marker else None) or "deleted"

        def work(folder: Path) -> None:
            earlier = _all_there(store, inputs, gone)
            try:
                _compare_all(folder, audit, earlier, context)
            except (StoreError, OSError):
                # There may be thousands of earlier audits: too many to keep all from being deleted meanwhile.
                _all_there(
                    store, inputs, [other.audit_id for other in earlier if _digest(store, other.audit_id) is None]
                )
                raise

        run.once(audit, inputs, work)


def _digest(store: Path, audit_id: str) -> str | None:
    """Return one sha256 over what ``deduplicate`` wrote for an audit; None when the audit is gone."""
    try:
        return Store(store).open_audit(audit_id).outputs_digest("deduplicate")
    except StoreError:
        if (store / "audits" / audit_id / "audit.json").is_file():
            raise
        return None


def _all_there(store: Path, inputs: Mapping[str, str], gone: Sequence[str]) -> list["IndexedAudit"]:
    from corpus_audit.dedup.store_index import IndexedAudit

    for audit_id in gone:
        message = (
            f"The audit '{audit_id}', which this one is compared with, is gone from {store}. Delete {COMPARED_AUDITS} "
            "in this audit's folder and run the same command again: it is compared with those that are there."
        )
        raise StoreError(message)
    earlier = {name.removeprefix(_AUDIT): digest for name, digest in inputs.items() if name.startswith(_AUDIT)}
    return [IndexedAudit(audit_id, digest) for audit_id, digest in earlier.items()]


def _compare_all(folder: Path, audit: AuditFolder, earlier: Sequence["IndexedAudit"], context: RunContext) -> None:
    from corpus_audit.dedup.shared_records import NOTHING_SHARED

    work, store = folder / "work", audit.store
    work.mkdir()
    folders = [AuditFolder(store / "audits" / other.audit_id) for other in earlier]
    own = read_identity(audit)
    overlaps = {other.audit_id: _described(own, other) for other in folders}
    comparable = [other for other in earlier if overlaps[other.audit_id]["state"] == "compared"]
    with compared_audits(audit, comparable, context, work) as found:
        for audit_id in found.damaged:
            overlaps[audit_id]["state"] = "not-compared"
        with TableWriter(folder / f"{schemas.AUDIT_PAIRS.name}.parquet", schemas.AUDIT_PAIRS) as pairs:
            for batch in found.shared.pairs:
                pairs.write(batch)
        for other in folders:
            overlap = overlaps[other.audit_id]
            if overlap["state"] == "compared":
                overlap |= found.shared.overlaps.get(other.audit_id, NOTHING_SHARED)
                for letter, side in (("a", audit), ("b", other)):
                    overlap[f"licenses_{letter}"] = _licenses(side, overlap[f"sources_{letter}"])
    shutil.rmtree(work)
    rows = pa.Table.from_pylist(list(overlaps.values()), schema=schemas.DATASET_OVERLAPS.schema)
    write_table(folder / f"{schemas.DATASET_OVERLAPS.name}.parquet", schemas.DATASET_OVERLAPS, rows)


def _described(own: Identity, other: AuditFolder) -> dict[str, Any]:
    theirs = read_identity(other)
    # One column of one row, in a stream: there may be thousands of earlier audits.
    (dataset,) = stream_table(other.table_path("ingest", schemas.CLAIMED_DATASET), ["version"])
    return {
        "audit_b": other.audit_id,
        "dataset_b": theirs.dataset_id,
        "version_b": dataset["version"][0].as_py(),
        "relation": "other-version" if theirs.dataset_id == own.dataset_id else "other-dataset",
        "state": "compared" if _is_comparable(own, theirs) else "other-settings",
    }


def _is_comparable(one: Identity, other: Identity) -> bool:
    same_bands = one.parameters.jaccard_threshold == other.parameters.jaccard_threshold
    return same_bands and one.parameters.signature_settings() == other.parameters.signature_settings()


def _licenses(audit: AuditFolder, sources: Sequence[str]) -> list[str]:
    """Return the licenses declared for some sources, each once."""
    if not sources:
        return []
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
    units=in_shares,
)
