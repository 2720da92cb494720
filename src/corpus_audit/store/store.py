"""All audits under one folder or in a bucket, and the store's own key."""

import contextlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from corpus_audit.errors import Refusal, StoreError
from corpus_audit.schemas.marking import _
from corpus_audit.store.audit_folder import AuditFolder
from corpus_audit.store.bucket.copies import address_of, copy_of, local_path, pull, updating

_KEY_BYTES = 32
_AUDIT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_SECONDS = 1.0
"""How long a look at the bucket of a store holds; long enough for one page to take one."""

_NO_AUDIT = _("There is no audit '{audit}' in {store}. Known audits: {known}.")


@dataclass(frozen=True)
class Store:
    """All audits under one folder or in a bucket, and the key that personal values are hashed with.

    *path* may be an address (s3, gs, az, hdfs); it becomes the folder of this machine's copy. Raises StoreError for an
    address of no store, and for a bucket where no PostgreSQL database is named.
    """

    path: Path

    def __post_init__(self) -> None:
        """Take the copy's folder in the place of an address."""
        object.__setattr__(self, "path", local_path(self.path))
        copy_of(self.path)

    def open_audit(self, audit_id: str) -> AuditFolder:
        """Return an existing audit; raises StoreError when there is none of that id."""
        if not _AUDIT_ID.fullmatch(audit_id):
            message = f"{audit_id!r} is not an audit id. 'corpus-audit report --help' tells how to name one."
            raise StoreError(message)
        folder = AuditFolder(self.path / "audits" / audit_id)
        folder.refresh(_SECONDS)
        if not (folder.path / "audit.json").is_file():
            known = ", ".join(self.audit_ids()) or "none"
            values = {"audit": audit_id, "store": str(address_of(self.path)), "known": known}
            raise StoreError(Refusal(_NO_AUDIT, values))
        return folder

    def audit_ids(self) -> list[str]:
        """Return the ids of all audits, sorted."""
        pull(self.path, "audits", _SECONDS)
        return sorted(path.parent.name for path in (self.path / "audits").glob("*/audit.json"))

    def key(self) -> bytes:
        """Return the store's own key, made on first use and readable by its owner only."""
        path = self.path / "key"
        if not path.exists():
            self.path.mkdir(parents=True, exist_ok=True)
            with updating(self.path, "key"):
                _make_key(path)
        return path.read_bytes()


def audit_at(place: str) -> AuditFolder:
    """Return the audit in a folder, or this machine's copy of one at an address, with what others published of it."""
    store, _, audit_id = place.rstrip("/").rpartition("/audits/")
    opened = AuditFolder(local_path(store) / "audits" / audit_id) if store else AuditFolder(Path(place))
    opened.refresh()
    return opened


def _make_key(path: Path) -> None:
    if path.exists():
        return
    # A hard link appears whole or not at all, so two processes that start together agree on one key.
    partial = path.with_name(f".partial-key-{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(secrets.token_bytes(_KEY_BYTES))
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(partial)
    partial.unlink()
