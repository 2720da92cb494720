"""Identifiers for the things that exports refer to: stable, and without a domain that this project does not own."""

import uuid
from urllib.parse import quote

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_OID, "corpus-audit")


def urn(*parts: str) -> str:
    """Return the URN of something within corpus-audit: ``urn:corpus-audit:source:notes:2024``."""
    return ":".join(("urn", "corpus-audit", *(quote(part, safe="") for part in parts)))


def stable_uuid(*parts: str) -> str:
    """Return the same UUID (version 5) for the same parts."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(parts)))
