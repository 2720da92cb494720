"""Where the audit is that one task told another of: in a folder, or at an address in a bucket."""

from collections.abc import Mapping
from typing import Any


def folder_of(audit: str) -> Any:
    """Return the audit in a folder, or this machine's copy of one at an address, with what others published of it."""
    from corpus_audit.store import audit_at

    return audit_at(audit)


def reported_audit(announced: Mapping[str, Any]) -> str:
    """Return the folder or address of the audit whose report was announced."""
    named = f"/{announced['audit_id']}/"
    return f"{announced['report'].rpartition(named)[0]}{named}".rstrip("/")
