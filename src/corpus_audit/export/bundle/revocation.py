"""Revoked keys: a file that the owner of a key gives to those who verify, as they were given the key."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from corpus_audit.errors import BundleError
from corpus_audit.store import write_json

LONGEST_REASON = 1000


@dataclass(frozen=True)
class Revoked:
    """One revoked key. What it signed before counts for nothing either: a holder of the key can date back."""

    key_id: str
    owner: str
    revoked_at: str
    reason: str


def read_revoked(path: Path) -> Mapping[str, Revoked]:
    """Return the revoked keys in a file by their ids; raises BundleError when it is no such file."""
    try:
        entries = json.loads(path.read_bytes())["revoked"]
        return {entry["key_id"]: Revoked(**entry) for entry in entries}
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} is no list of revoked keys: 'corpus-audit keys revoke' writes one."
        raise BundleError(message) from error


def revoke(path: Path, key_id: str, owner: str, reason: str, now: datetime) -> Revoked:
    """Add a key to a file of revoked keys, which is made if it is not there, and return the entry."""
    if not reason.strip() or not reason.isprintable() or len(reason) > LONGEST_REASON:
        message = "A reason is required: one line, of why the key is not to be trusted any more."
        raise BundleError(message)
    known = dict(read_revoked(path)) if path.exists() else {}
    entry = known.setdefault(key_id, Revoked(key_id, owner, now.isoformat(), reason.strip()))
    write_json(path, {"revoked": [asdict(known[name]) for name in sorted(known)]})
    return entry
