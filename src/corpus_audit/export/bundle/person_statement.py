"""The signed statement of where a person is in the audited datasets, and of what was done, in a DSSE envelope."""

import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.statement import parse_payload, sign_payload

PAYLOAD_TYPE = "application/vnd.corpus-audit.person-statement+json"


def sign_person_statement(statement: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Return a statement in its signed envelope; the same statement and key give the same bytes."""
    payload = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return sign_payload(payload, PAYLOAD_TYPE, key)


def read_person_statement(content: bytes, name: str, key: Ed25519PublicKey | None = None) -> dict[str, Any]:
    """Return the statement in an envelope; *name* says in messages where it is from.

    Raises BundleError when it is none, or when *key* did not sign it.
    """
    try:
        return parse_payload(content, PAYLOAD_TYPE, key)
    except ValueError as error:
        message = f"{name} is no statement about a person, or not one that the given key signed."
        raise BundleError(message) from error
