"""Where this machine keeps its copies of stores in buckets, and which store a folder is the copy of."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import lru_cache
from pathlib import Path

from corpus_audit.config import ENVIRONMENT_PREFIX, GUARDED, Settings
from corpus_audit.config.privacy import private_files
from corpus_audit.config.user_cache import user_cache
from corpus_audit.errors import StoreError
from corpus_audit.store.bucket.address import folder_of_file_url, parse_address
from corpus_audit.store.bucket.mirror import AUDITS, FETCHED, Mirror
from corpus_audit.store.digests import sha256_of_bytes
from corpus_audit.store.documents import write_bytes
from corpus_audit.store.locks import held

_STORES = "stores"
_NAME = ".bucket"
"""The file of a copy that says what it is a copy of."""


def local_path(store: str | Path) -> Path:
    """Return the folder of a store: itself, or this machine's copy of a store in a bucket, made if it is not there.

    Raises StoreError for an address that is none of a store, and where no folder can hold a copy. The bucket is not
    asked.
    """
    address = parse_address(store)
    if address is None:
        return folder_of_file_url(store) or Path(store)
    readable = re.sub(r"[^A-Za-z0-9]+", "-", str(address))[-60:].strip("-")
    folder = cache_folder() / _STORES / f"{readable}-{sha256_of_bytes(str(address).encode())[:16]}"
    if not (folder / _NAME).is_file():
        with private_files():
            folder.mkdir(parents=True, exist_ok=True)
            write_bytes(folder / _NAME, str(address).encode())
    return folder


def copy_of(folder: Path) -> Mirror | None:
    """Return the store in a bucket that a folder is the copy of, None for a folder that is a store itself.

    Raises StoreError where no PostgreSQL database is named. A worker under guard has no credentials: it works on what
    its parent fetched.
    """
    if os.environ.get(GUARDED) or folder.parent != _root():
        return None
    return _opened(folder, os.getpid(), os.environ.get(f"{ENVIRONMENT_PREFIX}DATABASE_URL", ""))


def is_copied(path: Path) -> bool:
    """True if a path lies in the copy of a store in a bucket."""
    root = _root()
    return root is not None and path.is_relative_to(root)


def address_of(path: Path) -> str:
    """Return the address in its bucket of what a path of a copy is a copy of; the path itself for any other."""
    root = _root()
    if root is None or path == root or not path.is_relative_to(root):
        return str(path)
    mirror = copy_of(root / path.relative_to(root).parts[0])
    return mirror.object_of(path) if mirror is not None else str(path)


def updating(store: Path, prefix: str) -> AbstractContextManager[None]:
    """Write what the block changes below a path of a store to its bucket as well, if it is in one."""
    mirror = copy_of(store)
    return mirror.updating(prefix) if mirror is not None else nullcontext()


def pull(store: Path, prefix: str, at_most_every: float = 0.0) -> None:
    """Make what lies below a path of a store what its bucket has, if it is in one."""
    if (mirror := copy_of(store)) is not None:
        mirror.pull(prefix, at_most_every)


@lru_cache(maxsize=8)
def _opened(folder: Path, _process: int, _database: str) -> Mirror:
    address = parse_address((folder / _NAME).read_text())
    if address is None:
        message = f"{folder / _NAME} names no bucket: delete the folder, it is made anew."
        raise StoreError(message)
    mirror = Mirror.open(address, folder)
    trim(folder, Settings.from_environment().cache_bytes)
    return mirror


def cache_folder() -> Path:
    """Return where this machine keeps copies of what lies, or will lie, in buckets.

    Raises StoreError where no folder is named and the user has no home.
    """
    folder = _cache_folder()
    if folder is None:
        message = f"This user has no home folder for copies of buckets: name one in {ENVIRONMENT_PREFIX}CACHE_FOLDER."
        raise StoreError(message)
    return folder


def _root() -> Path | None:
    """Return where copies of stores lie; None where there can be none, since no folder would hold them."""
    folder = _cache_folder()
    return folder / _STORES if folder is not None else None


def _cache_folder() -> Path | None:
    chosen = os.environ.get(f"{ENVIRONMENT_PREFIX}CACHE_FOLDER", "")
    folder = Path(chosen).absolute() if chosen else user_cache()
    return _resolved(folder) if folder is not None else None


@lru_cache(maxsize=8)
def _resolved(folder: Path) -> Path:
    return folder.resolve()


def trim(copy: Path, most_bytes: int) -> None:
    """Remove stages from a copy, those used longest ago first, until it holds *most_bytes*; none of an audit in use."""
    stages = sorted(_fetched(copy), key=lambda note: note.stat().st_mtime)
    sizes = {note: _size_of(note.parent.parent / note.name) for note in stages}
    excess = sum(sizes.values()) - most_bytes
    for note in stages:
        if excess <= 0:
            return
        audit = note.parent.parent
        with suppress(StoreError), held(audit, waits=False):
            note.unlink(missing_ok=True)
            shutil.rmtree(audit / note.name, ignore_errors=True)
            excess -= sizes[note]


def _fetched(copy: Path) -> Iterator[Path]:
    return (path for path in copy.glob(f"{AUDITS}/*/{FETCHED}/[!.]*") if path.is_file())


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
