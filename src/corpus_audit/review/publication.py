"""Published bundles: built from an audit as it is, and shown to regulators after a steward's approval."""

import io
import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from corpus_audit.config import ENVIRONMENT_PREFIX
from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.keys import read_private_key
from corpus_audit.ledger import Entry
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.delivery import bundle
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import DecisionAction

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_DECISIONS = "conclude/decisions.parquet"
_APPROVALS = frozenset({DecisionAction.APPROVE, DecisionAction.REJECT})


def signing_key(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the private key that bundles are signed with, ``CORPUS_AUDIT_SIGNING_KEY``; None when none is named."""
    named = environ.get(f"{ENVIRONMENT_PREFIX}SIGNING_KEY")
    return Path(named) if named else None


def require_signing_key(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the private key that bundles are signed with; raises BundleError when none is named or it cannot sign."""
    key = signing_key(environ)
    if key is None:
        message = "There is no key to sign with: the operator names one in CORPUS_AUDIT_SIGNING_KEY."
        raise BundleError(message)
    _read_key(key, environ)
    return key


def _read_key(key: Path, environ: Mapping[str, str]) -> "Ed25519PrivateKey":
    passphrase = environ.get(f"{ENVIRONMENT_PREFIX}SIGNING_PASSPHRASE")
    return read_private_key(key, passphrase.encode() if passphrase else None)


def bundle_path(audit: AuditFolder) -> Path:
    """Return where the bundle of an audit is kept: in the store, beside the audits."""
    return audit.path.parent.parent / "bundles" / f"{audit.audit_id}.bundle.zip"


def publish(
    audit: AuditFolder,
    key: Path,
    formats: Sequence[str] | None = None,
    *,
    context: RunContext | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Path:
    """Return the signed bundle of an audit, concluded and reported on what was decided until now.

    A key's passphrase is taken from ``CORPUS_AUDIT_SIGNING_PASSPHRASE``. Raises BundleError or StoreError.
    """
    private_key = _read_key(key, environ)
    path = bundle_path(audit)
    path.parent.mkdir(exist_ok=True)
    bundle(audit, private_key, path, formats, context=context)
    return path


def last_approval(audit_id: str, entries: Iterable[Entry]) -> Entry | None:
    """Return the last entry that approves or rejects an audit, None when there is none."""
    said = [entry for entry in entries if entry.audit_id == audit_id and entry.action in _APPROVALS]
    return said[-1] if said else None


def approved_bundle(audit: AuditFolder, entries: Iterable[Entry]) -> Path | None:
    """Return the bundle of an audit when a steward's last word is that it is approved and the bundle says so.

    A bundle that was built before the approval, or whose approval was taken back since, is none.
    """
    approval = last_approval(audit.audit_id, entries)
    path = bundle_path(audit)
    if approval is None or approval.action != DecisionAction.APPROVE or not path.is_file():
        return None
    return path if approval.sha256 in _entries_in(path) else None


def _entries_in(path: Path) -> set[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            table = pq.read_table(io.BytesIO(archive.read(_DECISIONS)), columns=["sha256"])
    except (OSError, KeyError, zipfile.BadZipFile, ValueError) as error:
        message = f"{path} cannot be read as a bundle: build it again."
        raise BundleError(message) from error
    return set(table["sha256"].to_pylist())
