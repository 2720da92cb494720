"""Checkpoints of a store's ledger: written with each approval and reveal, and carried in bundles."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_audit.errors import BundleError
from corpus_audit.store import write_bytes

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

    from corpus_audit.export.bundle.checkpoint import Checkpoint
    from corpus_audit.ledger import Ledger

NAME = "ledger-checkpoint.dsse.json"
"""The checkpoint's name in a bundle."""

_FOLDER = "checkpoints"
_MAX_BYTES = 2**20


def checkpoint_now(ledger: "Ledger") -> "Checkpoint | None":
    """Return how far a ledger has come, None when nothing was decided."""
    from corpus_audit.export.bundle.checkpoint import Checkpoint
    from corpus_audit.ledger import Reads

    last = ledger.page(1, reads=Reads.WITH)
    return Checkpoint(last[0].sequence, last[0].sha256, last[0].decided_at) if last else None


def write_checkpoint(store: Path, ledger: "Ledger", key: "Ed25519PrivateKey") -> Path | None:
    """Write a signed checkpoint into the store, and return where it is; None when nothing was decided yet."""
    from corpus_audit.export.bundle.checkpoint import sign_checkpoint

    checkpoint = checkpoint_now(ledger)
    if checkpoint is None:
        return None
    path = store / _FOLDER / f"{checkpoint.sequence:010d}.dsse.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, sign_checkpoint(checkpoint, key))
    return path


def read_checkpoints(store: Path, others: Iterable[Path], key: "Ed25519PublicKey | None" = None) -> dict[int, str]:
    """Return the sha256 of ledger entries, by sequence, that checkpoints name: the store's, and those of other files.

    Another file is a checkpoint or a bundle. Raises BundleError when one is neither, *key* did not sign it, or two name
    one entry differently.
    """
    noted: dict[int, str] = {}
    for path in (*sorted((store / _FOLDER).glob("*.dsse.json")), *others):
        found = _read(path, key)
        if noted.setdefault(found.sequence, found.sha256) != found.sha256:
            message = f"{path} and another checkpoint name entry {found.sequence} differently: they are of two ledgers."
            raise BundleError(message)
    return noted


def _read(path: Path, key: "Ed25519PublicKey | None") -> "Checkpoint":
    from corpus_audit.export.bundle.archive import open_archive
    from corpus_audit.export.bundle.checkpoint import read_checkpoint

    if path.suffix != ".zip":
        try:
            return read_checkpoint(path.read_bytes(), str(path), key)
        except OSError as error:
            message = f"{path} cannot be read ({error.strerror}): give a checkpoint or a bundle."
            raise BundleError(message) from error
    with open_archive(path) as archive:
        if NAME not in archive.names:
            message = f"{path} holds no checkpoint: nothing had been decided, or it is of an earlier version."
            raise BundleError(message)
        return read_checkpoint(archive.read(NAME, _MAX_BYTES), str(path), key)
