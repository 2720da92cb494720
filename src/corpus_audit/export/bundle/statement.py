"""The in-toto statement over a bundle's files, and the DSSE envelope that signs it."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import Error as SecureSystemsError
from securesystemslib.signer import CryptoSigner, SSlibKey

from corpus_audit.document.addresses import urn
from corpus_audit.errors import BundleError

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
PREDICATE_TYPE = urn("bundle", "1")

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Statement:
    """What was signed: the sha256 of every file by its name, and what the bundle is about."""

    digests: Mapping[str, str]
    predicate: Mapping[str, Any]

    def to_json(self) -> bytes:
        """Return the statement as canonical JSON: sorted keys, no spaces."""
        document = {
            "_type": STATEMENT_TYPE,
            "subject": [{"name": name, "digest": {"sha256": self.digests[name]}} for name in sorted(self.digests)],
            "predicateType": PREDICATE_TYPE,
            "predicate": dict(self.predicate),
        }
        return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass(frozen=True)
class SignedStatement:
    """A statement as it came in its envelope; *is_canonical* says that the envelope is as a signer writes it."""

    statement: Statement
    envelope: Envelope
    is_canonical: bool

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """True if one of the signatures verifies with *key*."""
        try:
            self.envelope.verify([SSlibKey.from_crypto(key)], threshold=1)
        except SecureSystemsError:
            return False
        return True


def sign(statement: Statement, key: Ed25519PrivateKey) -> bytes:
    """Return the envelope of a statement as JSON; Ed25519 gives the same signature every time."""
    return sign_payload(statement.to_json(), PAYLOAD_TYPE, key)


def sign_payload(payload: bytes, payload_type: str, key: Ed25519PrivateKey) -> bytes:
    """Return the envelope of a payload as JSON."""
    envelope = Envelope(payload, payload_type, {})
    envelope.sign(CryptoSigner(key))
    return _to_json(envelope)


def parse_payload(content: bytes, payload_type: str, key: Ed25519PublicKey | None) -> dict[str, Any]:
    """Return the JSON object in a canonical envelope of a type, signed by *key* if one is given; raises ValueError."""
    try:
        envelope = Envelope.from_dict(_load(content))
        if key is not None:
            envelope.verify([SSlibKey.from_crypto(key)], threshold=1)
        document: dict[str, Any] = dict(_load(envelope.payload))
    except (KeyError, TypeError, AttributeError, RecursionError, SecureSystemsError) as error:
        raise ValueError from error
    if envelope.payload_type != payload_type or len(envelope.signatures) != 1 or _to_json(envelope) != content:
        raise ValueError
    return document


def _to_json(envelope: Envelope) -> bytes:
    """Return an envelope as a signer writes it, with the members of DSSE and no others."""
    document = {
        "payload": base64.standard_b64encode(envelope.payload).decode(),
        "payloadType": envelope.payload_type,
        "signatures": [
            {"keyid": identifier, "sig": base64.standard_b64encode(bytes.fromhex(signature.signature)).decode()}
            for identifier, signature in envelope.signatures.items()
        ],
    }
    return (json.dumps(document, sort_keys=True, indent=1) + "\n").encode()


def parse_envelope(content: bytes) -> SignedStatement:
    """Return what an envelope holds, without believing its signatures.

    Raises BundleError when it holds no statement of this kind.
    """
    try:
        envelope = Envelope.from_dict(_load(content))
        document = _load(envelope.payload)
        statement = _parse_statement(document, envelope.payload_type)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, SecureSystemsError) as error:
        message = "The bundle's envelope holds no statement that can be read: ask its sender for the bundle again."
        raise BundleError(message) from error
    # A second signature, another member, a number written otherwise: none of these is in a canonical envelope.
    is_canonical = (
        len(envelope.signatures) == 1 and _to_json(envelope) == content and statement.to_json() == envelope.payload
    )
    return SignedStatement(statement, envelope, is_canonical)


def _load(content: bytes) -> Any:
    """Return a JSON document; raises ValueError for NaN and infinities, which JSON does not have."""
    return json.loads(content, parse_constant=_refuse)


def _refuse(name: str) -> Any:
    message = f"{name} is no JSON."
    raise ValueError(message)


def _parse_statement(document: Any, payload_type: str) -> Statement:
    kind = (payload_type, document["_type"], document["predicateType"])
    if kind != (PAYLOAD_TYPE, STATEMENT_TYPE, PREDICATE_TYPE):
        message = f"The bundle's statement is of another kind ({document['predicateType']})."
        raise ValueError(message)
    digests: dict[str, str] = {}
    for subject in document["subject"]:
        name, digest = subject["name"], subject["digest"]["sha256"]
        if not isinstance(name, str) or name in digests or not _SHA256.fullmatch(digest):
            message = "A subject is there twice or has no sha256."
            raise ValueError(message)
        digests[name] = digest
    return Statement(digests, dict(document["predicate"]))
