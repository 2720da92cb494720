"""Checkpoints of a store's ledger: written with each approval and reveal, and carried in bundles."""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_audit.config import ENVIRONMENT_PREFIX
from corpus_audit.config.privacy import private_files
from corpus_audit.errors import BundleError
from corpus_audit.store import write_bytes
from corpus_audit.store.bucket import pull, updating

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
    from cryptography.x509 import Certificate

    from corpus_audit.export.bundle.checkpoint import Checkpoint
    from corpus_audit.ledger import Ledger

NAME = "ledger-checkpoint.dsse.json"
"""The checkpoint's name in a bundle."""

TIMESTAMP_NAME = "ledger-checkpoint.tsr"
"""The name of its timestamp, where an authority gave one."""

_FOLDER = "checkpoints"
_MAX_BYTES = 2**20
_CLOCKS_DIFFER = timedelta(minutes=5)
log = logging.getLogger("corpus_audit.ledger")


@dataclass(frozen=True)
class Stamped:
    """A checkpoint with a timestamp: where it is from, and when it was stamped, or why that counts for nothing."""

    name: str
    stamped_at: datetime | None = None
    problem: str = ""


def checkpoint_now(ledger: "Ledger") -> "Checkpoint | None":
    """Return how far a ledger has come, None when nothing was decided."""
    from corpus_audit.export.bundle.checkpoint import Checkpoint
    from corpus_audit.ledger import Reads

    last = ledger.page(1, reads=Reads.WITH)
    return Checkpoint(last[0].sequence, last[0].sha256, last[0].decided_at) if last else None


def write_checkpoint(
    store: Path, ledger: "Ledger", key: "Ed25519PrivateKey", environ: Mapping[str, str] = os.environ
) -> Path | None:
    """Write a signed checkpoint into the store, and return where it is; None when nothing was decided yet.

    The authority that ``CORPUS_AUDIT_TIMESTAMP_URL`` names stamps it; a warning is logged when it does not.
    """
    from corpus_audit.export.bundle.checkpoint import sign_checkpoint

    checkpoint = checkpoint_now(ledger)
    if checkpoint is None:
        return None
    path = store / _FOLDER / f"{checkpoint.sequence:010d}.dsse.json"
    content = sign_checkpoint(checkpoint, key)
    with private_files(), updating(store, _FOLDER):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            timestamp_of(path).unlink(missing_ok=True)
            write_bytes(path, content)
        if (address := timestamp_authority(environ)) and not timestamp_of(path).is_file():
            _stamp(path, address)
    return path


def timestamp_authority(environ: Mapping[str, str] = os.environ) -> str:
    """Return the address of the timestamp authority, '' when none is named."""
    return environ.get(f"{ENVIRONMENT_PREFIX}TIMESTAMP_URL", "")


def timestamp_of(checkpoint: Path) -> Path:
    """Return where the timestamp of a checkpoint in a store is."""
    return checkpoint.with_name(checkpoint.name.removesuffix(".dsse.json") + ".tsr")


def _stamp(checkpoint: Path, address: str) -> None:
    """Keep an authority's timestamp beside a checkpoint; without it the checkpoint counts as well."""
    from corpus_audit.export.bundle.timestamp import is_available, request_timestamp

    if not is_available():
        log.warning("A checkpoint has no timestamp: install the extra 'timestamp' (corpus-audit[timestamp]).")
        return
    try:
        write_bytes(timestamp_of(checkpoint), request_timestamp(address, checkpoint.read_bytes()))
    except BundleError as error:
        log.warning("A checkpoint has no timestamp: %s", error)


def read_timestamps(store: Path, others: Iterable[Path], roots: "Sequence[Certificate] | None") -> list[Stamped]:
    """Return what timestamps say of the store's checkpoints, and of those in other files, by file.

    Without *roots* none is checked, and none has a time.
    """
    pull(store, _FOLDER)
    stored = ((path, timestamp_of(path)) for path in sorted((store / _FOLDER).glob("*.dsse.json")))
    found = [(str(stamp), path.read_bytes(), stamp.read_bytes()) for path, stamp in stored if stamp.is_file()]
    found += [stamped for path in others for stamped in _stamped_elsewhere(path)]
    return [_checked(name, content, answer, roots) for name, content, answer in found]


def _stamped_elsewhere(path: Path) -> Iterator[tuple[str, bytes, bytes]]:
    from corpus_audit.export.bundle.archive import open_archive

    if path.suffix == ".zip":
        with open_archive(path) as archive:
            if TIMESTAMP_NAME in archive.names:
                yield f"{path}", archive.read(NAME, _MAX_BYTES), archive.read(TIMESTAMP_NAME, _MAX_BYTES)
    elif timestamp_of(path).is_file():
        yield str(timestamp_of(path)), path.read_bytes(), timestamp_of(path).read_bytes()


def _checked(name: str, content: bytes, answer: bytes, roots: "Sequence[Certificate] | None") -> Stamped:
    from corpus_audit.export.bundle.checkpoint import read_checkpoint
    from corpus_audit.export.bundle.timestamp import verify_timestamp

    if roots is None:
        return Stamped(name)
    try:
        at = verify_timestamp(answer, content, roots, name)
        decided_at = datetime.fromisoformat(read_checkpoint(content, name).decided_at)
    except BundleError as error:
        return Stamped(name, problem=str(error))
    if at < decided_at - _CLOCKS_DIFFER:
        return Stamped(name, problem=f"{name} is of {at.isoformat()}, before the entry was decided that it names.")
    return Stamped(name, at)


def read_checkpoints(store: Path, others: Iterable[Path], key: "Ed25519PublicKey | None" = None) -> dict[int, str]:
    """Return the sha256 of ledger entries, by sequence, that checkpoints name: the store's, and those of other files.

    Another file is a checkpoint or a bundle. Raises BundleError when one is neither, *key* did not sign it, or two name
    one entry differently.
    """
    noted: dict[int, str] = {}
    pull(store, _FOLDER)
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
