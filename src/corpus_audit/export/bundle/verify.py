"""Verify a bundle and its signing key, without a store, the network, or trust in the bundle."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.archive import Archive, open_archive
from corpus_audit.export.bundle.build import ENVELOPE, PUBLIC_KEY
from corpus_audit.export.bundle.key_card import NO_CARD, KeyCard
from corpus_audit.export.bundle.keys import key_id, parse_public_key
from corpus_audit.export.bundle.markers import FOLDER, contradicted_by_markers
from corpus_audit.export.bundle.revocation import Revoked
from corpus_audit.export.bundle.statement import SignedStatement, parse_envelope

_MAX_ENVELOPE_BYTES = 16 * 2**20
_MAX_KEY_BYTES = 64 * 2**10
_MAX_MARKER_BYTES = 64 * 2**20


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
    KEY_REVOKED = "key-revoked"
    KEY_NOT_VALID = "key-not-valid"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Verification:
    """What was found when a bundle was held against its statement."""

    files: int
    altered: tuple[str, ...]
    added: tuple[str, ...]
    missing: tuple[str, ...]
    contradicted: tuple[str, ...]
    """Files that are not as the markers in the bundle say."""
    has_other_bytes: bool
    signature: Signature
    key_ids: tuple[str, ...]
    given_key_id: str | None
    predicate: Mapping[str, Any]
    card: KeyCard = NO_CARD
    """Whose the given key is, and until when it is valid."""
    revoked: Revoked | None = None
    superseded_by: str = ""
    """The digest of the report in a later bundle of the same audit."""

    @property
    def conclusion(self) -> Conclusion:
        """What follows from files and signature together."""
        differs = self.altered or self.added or self.missing or self.contradicted or self.has_other_bytes
        if differs or self.signature in (Signature.INVALID, Signature.NOT_BY_GIVEN_KEY):
            return Conclusion.NOT_AS_SIGNED
        if self.revoked is not None:
            return Conclusion.KEY_REVOKED
        if not self.card.covers(str(self.predicate.get("concludedAt", ""))[:10]):
            return Conclusion.KEY_NOT_VALID
        if self.superseded_by:
            return Conclusion.SUPERSEDED
        return Conclusion.VERIFIED if self.signature is Signature.BY_GIVEN_KEY else Conclusion.SIGNER_UNKNOWN


def verify_bundle(
    path: Path,
    public_key: Ed25519PublicKey | None = None,
    *,
    card: KeyCard = NO_CARD,
    revoked: Mapping[str, Revoked] | None = None,
) -> Verification:
    """Return the comparison of a bundle with its own statement, and whether *public_key* signed it.

    *card* says whose the key is and when it is valid, *revoked* are keys that count no longer, by id. Without a key
    the enclosed one is tried, which shows that the bundle fits together but not who made it. Raises
    BundleError when the file is no bundle, or is refused because it could do harm.
    """
    with open_archive(path) as archive:
        if ENVELOPE not in archive.names:
            message = f"{path} is not a bundle: it holds no {ENVELOPE}. 'corpus-audit bundle' makes one."
            raise BundleError(message)
        signed = parse_envelope(archive.read(ENVELOPE, _MAX_ENVELOPE_BYTES))
        expected = signed.statement.digests
        found = {name: archive.sha256(name) for name in archive.names if name != ENVELOPE}
        altered = [name for name, digest in found.items() if name in expected and digest != expected[name]]
        altered += [] if signed.is_canonical else [ENVELOPE]
        signature, key = _signature(archive, signed, public_key)
        identifier = key_id(key) if key is not None else ""
        return Verification(
            files=len(found),
            altered=tuple(sorted(altered)),
            added=tuple(sorted(found.keys() - expected.keys())),
            missing=tuple(sorted(expected.keys() - found.keys())),
            contradicted=tuple(sorted(set(contradicted_by_markers(_markers(archive), _known(found))))),
            has_other_bytes=not altered and not archive.is_canonical(),
            signature=signature,
            key_ids=(identifier,) if identifier else (),
            given_key_id=None if public_key is None else key_id(public_key),
            predicate=signed.statement.predicate,
            card=card,
            revoked=(revoked or {}).get(identifier),
        )


def superseded_by(found: Verification, later: Verification) -> Verification:
    """Return a verification that says so when *later*, as signed by the same key, is of a later report of the audit."""
    is_of_audit = later.predicate.get("auditId") == found.predicate.get("auditId")
    is_other = later.predicate.get("reportSha256") != found.predicate.get("reportSha256")
    is_later = _age(later) > _age(found)
    if not (later.conclusion is found.conclusion and later.key_ids == found.key_ids and is_of_audit):
        message = "The later bundle is of another audit or signer, or is not as it was signed: it says nothing here."
        raise BundleError(message)
    return replace(found, superseded_by=str(later.predicate["reportSha256"])) if is_other and is_later else found


def _age(found: Verification) -> tuple[int, str]:
    ledger = found.predicate.get("ledger") or {}
    return int(ledger.get("sequence", 0)), str(found.predicate.get("concludedAt", ""))


def _known(found: Mapping[str, str | None]) -> dict[str, str]:
    return {name: digest for name, digest in found.items() if digest is not None}


def _markers(archive: Archive) -> dict[str, bytes]:
    names = [name for name in archive.names if name.startswith(FOLDER) and name.endswith(".json")]
    return {name.removeprefix(FOLDER).removesuffix(".json"): archive.read(name, _MAX_MARKER_BYTES) for name in names}


def _signature(
    archive: Archive, signed: SignedStatement, given: Ed25519PublicKey | None
) -> tuple[Signature, Ed25519PublicKey | None]:
    """Return what is known of the signature, and the key that it verifies with."""
    if given is not None:
        return (Signature.BY_GIVEN_KEY, given) if signed.is_signed_by(given) else (Signature.NOT_BY_GIVEN_KEY, None)
    if PUBLIC_KEY not in archive.names:
        return Signature.INVALID, None
    try:
        enclosed = parse_public_key(archive.read(PUBLIC_KEY, _MAX_KEY_BYTES), PUBLIC_KEY)
    except BundleError:
        return Signature.INVALID, None
    return (Signature.BY_ENCLOSED_KEY, enclosed) if signed.is_signed_by(enclosed) else (Signature.INVALID, None)
