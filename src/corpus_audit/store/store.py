"""All audits under one folder, and the store's own key."""

import contextlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from corpus_audit.errors import Refusal, StoreError
from corpus_audit.schemas.marking import _
from corpus_audit.store.audit_folder import AuditFolder

_KEY_BYTES = 32
_AUDIT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")

_NO_AUDIT = _("There is no audit '{audit}' in {store}. Known audits: {known}.")


@dataclass(frozen=True)
class Store:
    """All audits under one folder, and the key that personal values are hashed with.

    Raises StoreError for an address, such as that of a bucket: a store is a folder.
    """

    path: Path

    def __post_init__(self) -> None:
        """Refuse an address before anything is written to a local folder of that name."""
        if _URL.match(str(self.path)):
            scheme = str(self.path).partition(":")[0]
            message = (
                f"The store is the address of a place ({scheme}://…), and can only be a folder. Name a folder of this "
                "machine or of a file system that is mounted here; data may be read from a bucket (--root)."
            )
            raise StoreError(message)

    def open_audit(self, audit_id: str) -> AuditFolder:
        """Return an existing audit; raises StoreError when there is none of that id."""
        if not _AUDIT_ID.fullmatch(audit_id):
            message = f"{audit_id!r} is not an audit id. 'corpus-audit report --help' tells how to name one."
            raise StoreError(message)
        folder = AuditFolder(self.path / "audits" / audit_id)
        if not (folder.path / "audit.json").is_file():
            known = ", ".join(self.audit_ids()) or "none"
            raise StoreError(Refusal(_NO_AUDIT, {"audit": audit_id, "store": str(self.path), "known": known}))
        return folder

    def audit_ids(self) -> list[str]:
        """Return the ids of all audits, sorted."""
        return sorted(path.parent.name for path in (self.path / "audits").glob("*/audit.json"))

    def key(self) -> bytes:
        """Return the store's own key, made on first use and readable by its owner only."""
        path = self.path / "key"
        if not path.exists():
            self.path.mkdir(parents=True, exist_ok=True)
            # A hard link appears whole or not at all, so two processes that start together agree on one key.
            partial = path.with_name(f".partial-key-{os.getpid()}")
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                stream.write(secrets.token_bytes(_KEY_BYTES))
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(partial)
            partial.unlink()
        return path.read_bytes()
