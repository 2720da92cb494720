"""Names for things that exports point at: stable, without a domain that nobody of this project owns."""

import uuid
from urllib.parse import quote

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_OID, "corpus-audit")


def urn(*parts: str) -> str:
    """Return the URN of something within corpus-audit: ``urn:corpus-audit:source:notes:2024``."""
    return ":".join(("urn", "corpus-audit", *(quote(part, safe="") for part in parts)))


def stable_uuid(*parts: str) -> str:
    """Return the UUID (version 5) that always stands for the same parts."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(parts)))
