"""Files of a store that the ledger names by their sha256: kept under a name, and checked when they are read."""

import os
from pathlib import Path

from corpus_audit.config.privacy import private_files
from corpus_audit.errors import StoreError
from corpus_audit.store.bucket import pull, updating
from corpus_audit.store.digests import sha256_of_bytes
from corpus_audit.store.documents import write_bytes


def keep_file(store: Path, name: str, content: bytes) -> None:
    """Keep a file under a path of a store that follows from its content; one that is there is as if written now."""
    path = store / name
    with private_files(), updating(store, name):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            os.utime(path)  # the removal of files that no entry names waits anew
        else:
            write_bytes(path, content)


def read_named(store: Path, name: str, sha256: str, kind: str) -> bytes:
    """Return a file of a store; raises StoreError when it is missing or is not the *kind* of file the ledger names."""
    path = store / name
    if not path.is_file():
        pull(store, name)
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if sha256_of_bytes(content) != sha256:
        message = f"{path} is not the {kind} that the ledger names: restore it from a backup."
        raise StoreError(message)
    return content
