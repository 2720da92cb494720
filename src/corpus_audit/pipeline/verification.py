"""Verification: an audit's files against its completion markers, and its markers against each other.

Each marker names the sha256 of what its stage wrote and of what the stages before it had written, so the markers are a
chain from the manifest to the report. What reports, exports, signs or shows an audit checks that chain first. A chain
that was written anew from one end to the other is not seen here: signed bundles and checkpoints are for that.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus_audit.errors import StoreError
from corpus_audit.pipeline.before_report import BEFORE_REPORT, marker_digest
from corpus_audit.pipeline.stage import Grain, Stage
from corpus_audit.store import AuditFolder, Marker, differences, read_json, sha256_of_json, sha256_of_stored
from corpus_audit.store.identity import read_identity

DELIVERED = ("ingest", "gather", "evaluate", "conclude", "report")
"""The stages whose files reports, exports, bundles and pages are made of."""

_SHOWN = 3
_REMADE = frozenset({"conclude", "report"})
"""Stages that follow from decisions too: one that is behind those before it is made again, not refused."""


def require_intact(audit: AuditFolder, stages: Iterable[str] | None = DELIVERED) -> None:
    """Raise StoreError, naming files, when an audit is not as its markers say.

    All markers are checked against each other, and the files of *stages* against their markers; None checks all files.
    Raises OtherVersionError for an audit that another version wrote.
    """
    read_identity(audit)
    problems = list(problems_of(audit, stages))
    if problems:
        more = f" And {len(problems) - _SHOWN} more: 'corpus-audit store verify' lists them." * (len(problems) > _SHOWN)
        message = (
            f"The audit '{audit.audit_id}' is not as its stages left it, so nothing is shown, exported or signed of it."
            f" {' '.join(problems[:_SHOWN])}{more} Find out why; 'corpus-audit audit' on its manifest makes it again."
        )
        raise StoreError(message)


def intact_files(audit: AuditFolder, paths: Sequence[Path]) -> Sequence[Path]:
    """Return files of an audit's stages; raises StoreError when one is not as the marker of its stage says.

    For what pages read of stages whose files are too many to be checked as a whole: the markers are a chain already.
    """
    for path in paths:
        stage, *within = path.relative_to(audit.path).parts
        marker = audit.marker(stage)
        if marker is None or marker.outputs.get("/".join(within)) != sha256_of_stored(path):
            message = f"{path} was changed, so nothing of it is shown: 'corpus-audit store verify' checks all of them."
            raise StoreError(message)
    return paths


def require_outputs(audit: AuditFolder, folders: Iterable[str]) -> None:
    """Raise StoreError when files of these stages are not as their markers say: all that is known of other versions."""
    for folder in folders:
        marker = audit.marker(folder)
        for problem in differences(audit.folder(folder), marker.outputs if marker else {}):
            message = f"{problem} The audit '{audit.audit_id}' was written by another version; nothing of it is shown."
            raise StoreError(message)


def problems_of(audit: AuditFolder, stages: Iterable[str] | None = None) -> Iterator[str]:
    """Yield a sentence for each file and marker of an audit that is not as it was left; *stages* as in
    ``require_intact``."""
    links = [path for path in (audit.path, audit.path / "markers") if path.is_symlink()]
    if links:
        yield f"{links[0]} is a link, where the store keeps a folder."
        return
    try:
        markers = {name: marker for name in audit.finished_stages() if (marker := audit.marker(name)) is not None}
        yield from _identity_problems(audit, markers)
    except StoreError as error:
        yield str(error)
        return
    for folder, marker in markers.items():
        yield from _chain_problems(audit, folder, marker, markers)
        if stages is None or stage_of(folder) in set(stages):
            yield from audit.differences(folder, marker, stored=stages is None)
    yield from _unfinished(audit, markers, stages)


def stage_of(folder: str) -> str:
    """Return the name of the stage that writes a folder; '' for a folder of no stage."""
    return folder if folder == "report" else next((stage.name for stage in BEFORE_REPORT if _writes(stage, folder)), "")


def _writes(stage: Stage, folder: str) -> bool:
    if stage.grain is Grain.SHARD:
        return re.fullmatch(rf"{stage.name}-\d{{5,}}", folder) is not None
    return folder == stage.name


def _identity_problems(audit: AuditFolder, markers: dict[str, Marker]) -> Iterator[str]:
    path = audit.path / "audit.json"
    if path.is_symlink():
        yield f"{path} is a link, where the store keeps a plain file."
        return
    identity = read_identity(audit)
    ingest = markers.get("ingest")
    # Of what is stored, not of what was parsed: a parameter that a later version added has no part in the id.
    begun_with = {name: value for name, value in read_json(path).items() if name != "started_at"}
    if not audit.audit_id.endswith(f"-{sha256_of_json(begun_with)[:12]}"):
        yield f"{path} was changed: what it says gives another id."
    elif ingest is None:
        yield f"{audit.path / 'markers' / 'ingest.json'} is missing."
    elif ingest.inputs.get("manifest") != identity.manifest_sha256:
        yield f"{path} and the marker of 'ingest' name different manifests."
    elif read_json(path).get("started_at") != ingest.started_at:
        yield f"{path} was changed: the marker of 'ingest' names another time."


def _chain_problems(audit: AuditFolder, folder: str, marker: Marker, markers: dict[str, Marker]) -> Iterator[str]:
    path = audit.path / "markers" / f"{folder}.json"
    if marker.stage != folder:
        yield f"{path} was changed: it is of the stage '{marker.stage}'."
    behind = [name for name, digest in marker.inputs.items() if stage_of(name) and _digest(markers, name) != digest]
    for name in behind:
        if folder in _REMADE and name in markers and (folder == "report" or name == "conclude"):
            continue  # its own check follows: it is made again from what is there now
        yield f"The stage '{folder}' was made from another '{name}' than the one that is there."
    if folder == "report" and not behind and marker.inputs.get("markers") not in (None, marker_digest(audit)):
        yield f"A marker of {audit.path / 'markers'} was changed after the report was written."


def _digest(markers: dict[str, Marker], stage: str) -> str | None:
    return sha256_of_json(markers[stage].outputs) if stage in markers else None


def _unfinished(audit: AuditFolder, markers: dict[str, Marker], stages: Iterable[str] | None) -> Iterator[str]:
    """Yield the folders of stages that have files and no marker: what is in them is of no finished run."""
    for path in sorted(audit.path.iterdir()):
        stage = stage_of(path.name)
        is_asked = stages is None or stage in set(stages)
        if stage and stage not in _REMADE and is_asked and path.name not in markers:
            yield f"{path} has no marker."
