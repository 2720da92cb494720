"""Published bundles: built from an audit as it is, shown to regulators once approved, kept when they are superseded."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus_audit.config.privacy import private_files
from corpus_audit.errors import BundleError, StoreError
from corpus_audit.export.bundle.archive import open_archive
from corpus_audit.export.bundle.verify import Conclusion, Verification, verify_bundle
from corpus_audit.ledger import Approval, Entry
from corpus_audit.ledger.approval import Change, change_since
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.delivery import bundle
from corpus_audit.pipeline.report import report_digest
from corpus_audit.pipeline.signing import read_signing_key
from corpus_audit.store import AuditFolder, sha256_of_stored
from corpus_audit.store.bucket import updating
from corpus_audit.store.bundles import BUNDLES, bundle_path, superseded_bundles, superseded_path

_MAX_PAGE_BYTES = 256 * 2**20


@dataclass(frozen=True)
class Published:
    """A bundle in the store: where it is, its sha256, and what it says of itself if it is as it was signed."""

    path: Path
    sha256: str
    verified: Verification

    @property
    def is_as_signed(self) -> bool:
        """True if every file in it is as the signing key signed it."""
        return self.verified.conclusion is not Conclusion.NOT_AS_SIGNED

    @property
    def report_sha256(self) -> str:
        """The digest of the report in it."""
        return str(self.verified.predicate.get("reportSha256", ""))

    @property
    def approvals(self) -> frozenset[str]:
        """The sha256 of the ledger entries that approve it, as they are in it."""
        return frozenset(self.verified.predicate.get("approvals", ()))

    def change(self, entries: Sequence[Entry], moment: str) -> Change:
        """Return what changed since it was built."""
        built = self.verified.predicate
        ledger = built.get("ledger") or {}
        return change_since(int(ledger.get("sequence", 0)), str(built.get("concludedAt", "")), entries, moment)

    def read(self, name: str) -> bytes:
        """Return one file of it; raises BundleError."""
        with open_archive(self.path) as archive:
            return archive.read(name, _MAX_PAGE_BYTES)


def publish(
    audit: AuditFolder,
    key: Path,
    formats: Sequence[str] | None = None,
    *,
    context: RunContext | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Path:
    """Return the signed bundle of an audit, concluded and reported on what was decided until now.

    The bundle before it is kept among the superseded ones. Raises BundleError or StoreError.
    """
    private_key, path = read_signing_key(key, environ), bundle_path(audit)
    built = path.with_name(f".built-{path.name}")
    with private_files():
        path.parent.mkdir(exist_ok=True)
        try:
            bundle(audit, private_key, built, formats, context=context)
            with updating(audit.store, BUNDLES):
                if path.is_file() and sha256_of_stored(path) != sha256_of_stored(built):
                    _keep(path, audit)
                built.replace(path)
        finally:
            built.unlink(missing_ok=True)
    return path


def _keep(path: Path, audit: AuditFolder) -> None:
    kept = superseded_path(audit)
    kept.parent.mkdir(exist_ok=True)
    path.replace(kept)


def published(audit: AuditFolder, key: Path | None = None) -> Published | None:
    """Return the bundle of an audit that was built last, held against its signature by *key*; None when none was."""
    path = bundle_path(audit)
    return _read(path, key) if path.is_file() else None


def superseded(audit: AuditFolder, key: Path | None = None) -> Iterator[Published]:
    """Yield the bundles of an audit that a later one took the place of, by name."""
    for path in superseded_bundles(audit):
        yield _read(path, key)


def approved_bundle(audit: AuditFolder, approval: Approval, key: Path | None = None) -> Published | None:
    """Return the bundle of an audit when it is of the report that stewards approved, and holds their approvals.

    A bundle that was built before the approval, or whose approval was taken back or became void, is none.
    """
    if not approval.is_valid:
        return None
    found = published(audit, key)
    if found is None or not found.is_as_signed or found.report_sha256 != report_digest(audit):
        return None
    return found if {entry.sha256 for entry in approval.entries} <= found.approvals else None


def _read(path: Path, key: Path | None) -> Published:
    try:
        return _verified(path, sha256_of_stored(path), key)
    except StoreError as error:
        message = f"{path} cannot be read as a bundle: build it again."
        raise BundleError(message) from error


@lru_cache(maxsize=256)
def _verified(path: Path, sha256: str, key: Path | None) -> Published:
    """Return a bundle with what verifying it found; its sha256 is there for the cache."""
    public = read_signing_key(key).public_key() if key is not None else None
    return Published(path, sha256, verify_bundle(path, public))
