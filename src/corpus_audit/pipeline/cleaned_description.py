"""What a cleaned dataset says of itself: its manifest, its provenance, the section of its card."""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from corpus_audit.corpus.locations.base import Location
from corpus_audit.errors import CorpusAuditError, RefusedPathError
from corpus_audit.evidence import tables
from corpus_audit.export.cleaning import ChangedFile, Cleaning, cleaning_card, cleaning_prov
from corpus_audit.export.exclusions.policy import ExclusionPolicy
from corpus_audit.manifest.derived import derived_manifest, supporting_files
from corpus_audit.manifest.dump import dump_manifest
from corpus_audit.manifest.model import Manifest
from corpus_audit.pipeline.cleaned_files import FileResult
from corpus_audit.pipeline.cleaning_plan import Aside
from corpus_audit.pipeline.exclusions import Excluded
from corpus_audit.store import AuditFolder, read_json, sha256_of_file, write_bytes
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import ConsentState, ExclusionReason

DATASET, EXCLUDED, MANIFEST = "dataset", "exclusions.parquet", "manifest.yaml"

_CONSENT_IS_CLEAR = frozenset({ConsentState.DOCUMENTED, ConsentState.NOT_NEEDED})


@dataclass(frozen=True)
class Outcome:
    """What a cleaning did: the exclusions, what went or stayed beside them, and each file."""

    policy: ExclusionPolicy
    masks: bool
    excluded: Excluded
    aside: Aside
    files: Sequence[FileResult]
    started_at: datetime


def describe_cleaning(
    audit: AuditFolder, folder: Path, outcome: Outcome, location: Location, names: Mapping[str, str], now: datetime
) -> Path:
    """Write manifest, provenance and card beside a cleaned dataset in *folder*; return the manifest's path.

    *names* are the paths of files that stored tables call otherwise. Raises CorpusAuditError where nothing is left.
    """
    audited = Manifest.model_validate(read_json(audit.folder("ingest") / "manifest.json"))
    identity = read_identity(audit)
    origin = f"{audited.dataset.id} (manifest sha256 {identity.manifest_sha256}, audit {audit.audit_id})"
    contents = {
        (file.source_id, names.get(file.file, file.file)): file.sha256 and (file.size_bytes, file.sha256)
        for file in outcome.files
    }
    steps = dict(_steps(outcome, identity.version))
    cleaned = derived_manifest(audited, contents, origin, steps, _people_gone(audit, outcome.policy))  # type: ignore[arg-type]
    if not cleaned.sources:
        message = "Every record goes: nothing is left to write. Choose a policy with fewer reasons."
        raise CorpusAuditError(message)
    _copy_supporting(cleaned, location, folder / DATASET)
    manifest = folder / DATASET / MANIFEST
    write_bytes(manifest, dump_manifest(cleaned, "yaml").encode())
    cleaning = Cleaning(
        audit_id=audit.audit_id,
        verdict=read_json(audit.folder("conclude") / "verdict.json")["verdict"],
        audited=audited,
        audited_sha256=identity.manifest_sha256,
        cleaned=cleaned,
        cleaned_sha256=sha256_of_file(manifest),
        policy=outcome.policy.name,
        exclusions_sha256=sha256_of_file(folder / EXCLUDED),
        records=outcome.excluded.records,
        beside=outcome.aside.gone,
        copies_kept=outcome.aside.kept + sum(file.rows.copies_kept for file in outcome.files),
        by_reason=outcome.excluded.by_reason,
        files=tuple(map(_told, outcome.files)),
        masks=outcome.masks,
        tool_version=identity.version,
        started_at=outcome.started_at.isoformat(),
        finished_at=now.isoformat(),
    )
    write_bytes(folder / "prov.json", cleaning_prov(cleaning))
    write_bytes(folder / "dataset-card.md", cleaning_card(cleaning))
    return manifest


def _people_gone(audit: AuditFolder, policy: ExclusionPolicy) -> frozenset[str]:
    """Return the people whose records all went because their consent is open."""
    if ExclusionReason.CONSENT_OPEN not in policy.reasons:
        return frozenset()
    people = audit.read("gather", tables.SUBJECTS).select(["subject_id", "state"]).to_pylist()
    return frozenset(person["subject_id"] for person in people if person["state"] not in _CONSENT_IS_CLEAR)


def _steps(outcome: Outcome, version: str) -> Iterator[tuple[str, str]]:
    """Yield for each source, in words, what was done to it."""
    totals: dict[str, Counter[str]] = {}
    for file in outcome.files:
        totals.setdefault(file.source_id, Counter()).update(asdict(file.rows))
    for source, rows in totals.items():
        if any(rows.values()):
            masked = f", {rows['masked']} rows masked" if outcome.masks else ""
            yield source, f"corpus-audit {version}: {rows['dropped'] + rows['unmasked']} rows left out{masked}"


def _copy_supporting(manifest: Manifest, location: Location, folder: Path) -> None:
    """Copy what the manifest names beside its data; what was not there before is not there now."""
    for name in supporting_files(manifest):
        target = folder / name
        if target.exists():
            continue
        with suppress(OSError, RefusedPathError):
            file = location.find(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with file.stream(0, file.size_bytes) as stream, target.open("wb") as out:
                shutil.copyfileobj(stream, out)


def _told(file: FileResult) -> ChangedFile:
    rows = file.rows
    return ChangedFile(
        file.source_id, file.file, file.audited_sha256, file.sha256, rows.dropped, rows.masked, rows.unmasked
    )
