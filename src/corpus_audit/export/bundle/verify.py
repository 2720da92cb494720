"""Verify a bundle and its signing key, without a store, the network, or trust in the bundle."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.archive import Archive, open_archive
from corpus_audit.export.bundle.build import ENVELOPE, PUBLIC_KEY
from corpus_audit.export.bundle.keys import key_id, parse_public_key
from corpus_audit.export.bundle.statement import SignedStatement, parse_envelope

_MAX_ENVELOPE_BYTES = 16 * 2**20
_MAX_KEY_BYTES = 64 * 2**10


class Signature(StrEnum):
    """What is known of the signature."""

    BY_GIVEN_KEY = "by-given-key"
    BY_ENCLOSED_KEY = "by-enclosed-key"
    NOT_BY_GIVEN_KEY = "not-by-given-key"
    INVALID = "invalid"


class Conclusion(StrEnum):
    """What a verification concludes; unknown is a conclusion of its own, never a pass."""

    VERIFIED = "verified"
    SIGNER_UNKNOWN = "signer-unknown"
    NOT_AS_SIGNED = "not-as-signed"


@dataclass(frozen=True)
class Verification:
    """What was found when a bundle was held against its statement."""

    files: int
    altered: tuple[str, ...]
    added: tuple[str, ...]
    missing: tuple[str, ...]
    has_other_bytes: bool
    signature: Signature
    key_ids: tuple[str, ...]
    given_key_id: str | None
    predicate: Mapping[str, Any]

    @property
    def conclusion(self) -> Conclusion:
        """What follows from files and signature together."""
        is_whole = not (self.altered or self.added or self.missing or self.has_other_bytes)
        if not is_whole or self.signature in (Signature.INVALID, Signature.NOT_BY_GIVEN_KEY):
            return Conclusion.NOT_AS_SIGNED
        return Conclusion.VERIFIED if self.signature is Signature.BY_GIVEN_KEY else Conclusion.SIGNER_UNKNOWN


def verify_bundle(path: Path, public_key: Ed25519PublicKey | None = None) -> Verification:
    """Return the comparison of a bundle with its own statement, and whether *public_key* signed it.

    Without a key the enclosed one is tried, which shows that the bundle fits together but not who made it. Raises
    BundleError when the file is no bundle, or is refused because it could do harm.
    """
    with open_archive(path) as archive:
        if ENVELOPE not in archive.names:
            message = f"{path} is not a bundle: it holds no {ENVELOPE}. 'corpus-audit bundle' makes one."
            raise BundleError(message)
        signed = parse_envelope(archive.read(ENVELOPE, _MAX_ENVELOPE_BYTES))
        expected = signed.statement.digests
        found = {name: archive.sha256(name) for name in archive.names if name != ENVELOPE}
        altered = tuple(sorted(name for name, digest in found.items() if name in expected and digest != expected[name]))
        return Verification(
            files=len(found),
            altered=altered,
            added=tuple(sorted(found.keys() - expected.keys())),
            missing=tuple(sorted(expected.keys() - found.keys())),
            has_other_bytes=not altered and not archive.is_canonical(),
            signature=_signature(archive, signed, public_key),
            key_ids=signed.key_ids,
            given_key_id=None if public_key is None else key_id(public_key),
            predicate=signed.statement.predicate,
        )


def _signature(archive: Archive, signed: SignedStatement, given: Ed25519PublicKey | None) -> Signature:
    if given is not None:
        return Signature.BY_GIVEN_KEY if signed.is_signed_by(given) else Signature.NOT_BY_GIVEN_KEY
    if PUBLIC_KEY not in archive.names:
        return Signature.INVALID
    try:
        enclosed = parse_public_key(archive.read(PUBLIC_KEY, _MAX_KEY_BYTES), PUBLIC_KEY)
    except BundleError:
        return Signature.INVALID
    return Signature.BY_ENCLOSED_KEY if signed.is_signed_by(enclosed) else Signature.INVALID
