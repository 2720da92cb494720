"""Where a store keeps the bundles of its audits: the last of each, and those that it took the place of."""

from pathlib import Path

from corpus_audit.store.audit_folder import AuditFolder
from corpus_audit.store.bucket import pull
from corpus_audit.store.digests import sha256_of_stored

BUNDLES = "bundles"
"""The folder of a store that holds the bundles."""

_SECONDS = 1.0
_SUFFIX = ".bundle.zip"


def bundle_path(audit: AuditFolder) -> Path:
    """Return where the bundle of an audit is kept: in the store, beside the audits."""
    pull(audit.store, BUNDLES, _SECONDS)
    return audit.store / BUNDLES / f"{audit.audit_id}{_SUFFIX}"


def superseded_path(audit: AuditFolder) -> Path:
    """Return where the bundle that is there now is kept once another takes its place."""
    path = bundle_path(audit)
    return path.parent / "superseded" / f"{audit.audit_id}.{sha256_of_stored(path)[:12]}{_SUFFIX}"


def superseded_bundles(audit: AuditFolder) -> list[Path]:
    """Return the bundles of an audit that a later one took the place of, by name."""
    return sorted((bundle_path(audit).parent / "superseded").glob(f"{audit.audit_id}.*{_SUFFIX}"))
