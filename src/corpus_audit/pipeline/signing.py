"""The key that bundles and checkpoints are signed with, as the operator names it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_audit.config import ENVIRONMENT_PREFIX
from corpus_audit.errors import BundleError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def signing_key(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the private key that bundles are signed with, ``CORPUS_AUDIT_SIGNING_KEY``; None when none is named."""
    named = environ.get(f"{ENVIRONMENT_PREFIX}SIGNING_KEY")
    return Path(named) if named else None


def require_signing_key(key: Path | None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the private key that bundles are signed with; raises BundleError when there is none or it cannot sign."""
    if key is None:
        message = "There is no key to sign with: the operator names one in CORPUS_AUDIT_SIGNING_KEY."
        raise BundleError(message)
    read_signing_key(key, environ)
    return key


def read_signing_key(key: Path, environ: Mapping[str, str] = os.environ) -> "Ed25519PrivateKey":
    """Return a signing key; its passphrase is taken from ``CORPUS_AUDIT_SIGNING_PASSPHRASE``."""
    from corpus_audit.export.bundle.keys import read_private_key

    passphrase = environ.get(f"{ENVIRONMENT_PREFIX}SIGNING_PASSPHRASE")
    return read_private_key(key, passphrase.encode() if passphrase else None)
