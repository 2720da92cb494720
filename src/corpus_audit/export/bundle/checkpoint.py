"""Signed checkpoints of the ledger: how far it had come, in a DSSE envelope that is kept outside of its database.

A ledger that was cut or written anew disagrees with every checkpoint that was made before; of two checkpoints of one
ledger the later extends the earlier.
"""

import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.statement import parse_payload, sign_payload

PAYLOAD_TYPE = "application/vnd.corpus-audit.ledger-checkpoint+json"


@dataclass(frozen=True)
class Checkpoint:
    """The last entry of the ledger at one moment: its sequence, its sha256, and when it was decided."""

    sequence: int
    sha256: str
    decided_at: str


def sign_checkpoint(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> bytes:
    """Return a checkpoint in its signed envelope; the same ledger gives the same bytes."""
    payload = json.dumps(vars(checkpoint), sort_keys=True, separators=(",", ":")).encode()
    return sign_payload(payload, PAYLOAD_TYPE, key)


def read_checkpoint(content: bytes, name: str, key: Ed25519PublicKey | None = None) -> Checkpoint:
    """Return the checkpoint in an envelope; *name* says in messages where it is from.

    Raises BundleError when it is none, or when *key* did not sign it.
    """
    try:
        stored = parse_payload(content, PAYLOAD_TYPE, key)
        checkpoint = Checkpoint(**stored)
    except (TypeError, ValueError) as error:
        message = f"{name} is no checkpoint of a ledger, or not one that the given key signed."
        raise BundleError(message) from error
    return checkpoint
