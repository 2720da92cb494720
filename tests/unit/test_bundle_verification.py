"""What verifies and what does not: the envelope, the markers in a bundle, keys that expired or were revoked."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.build import ENVELOPE, build_bundle
from corpus_audit.export.bundle.key_card import KeyCard, make_card
from corpus_audit.export.bundle.keys import create_keys, key_id, read_card, read_private_key, read_public_key
from corpus_audit.export.bundle.revocation import read_revoked, revoke
from corpus_audit.export.bundle.verify import Conclusion, superseded_by, verify_bundle
from small_bundles import (
    ENVELOPES,
    FILES,
    MISFITS,
    PREDICATE,
    PUBLIC,
    built,
    resigned_with,
    with_envelope,
    with_markers,
)


def test_a_bundle_as_it_was_built_verifies(tmp_path: Path) -> None:
    found = verify_bundle(built(tmp_path / "b.zip"), PUBLIC)
    assert (found.conclusion, found.key_ids) == (Conclusion.VERIFIED, (key_id(PUBLIC),))


@pytest.mark.parametrize("name", ENVELOPES)
def test_only_the_canonical_envelope_verifies(tmp_path: Path, name: str) -> None:
    change, how = ENVELOPES[name]
    found = verify_bundle(with_envelope(built(tmp_path / "b.zip"), change, **how), PUBLIC)
    assert (found.conclusion, found.altered) == (Conclusion.NOT_AS_SIGNED, (ENVELOPE,))
    assert found.key_ids == (key_id(PUBLIC),), "only keys whose signature verified are listed"


@pytest.mark.parametrize("number", [b"NaN", b"Infinity"])
def test_what_is_no_json_is_refused(tmp_path: Path, number: bytes) -> None:
    path = with_envelope(built(tmp_path / "b.zip"), resigned_with(b'"verdict":' + number))
    with pytest.raises(BundleError, match="no statement that can be read"):
        verify_bundle(path, PUBLIC)


def test_the_ids_of_keys_that_did_not_sign_are_not_listed(tmp_path: Path) -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32).public_key()
    found = verify_bundle(built(tmp_path / "b.zip"), other)
    assert (found.conclusion, found.key_ids) == (Conclusion.NOT_AS_SIGNED, ())


@pytest.mark.parametrize("name", MISFITS)
def test_what_was_signed_must_be_what_the_stages_left(tmp_path: Path, name: str) -> None:
    changes, named = MISFITS[name]
    files = {n: c for n, c in (with_markers(FILES) | changes).items() if c is not None}
    found = verify_bundle(built(tmp_path / "b.zip", files), PUBLIC)
    assert found.conclusion is Conclusion.NOT_AS_SIGNED
    assert named in found.contradicted


def test_a_key_says_whose_it_is_and_until_when(tmp_path: Path) -> None:
    public = create_keys(tmp_path / "key", card=make_card("Example Ltd", date(2026, 1, 1), date(2026, 6, 30)))
    assert read_card(public) == KeyCard("Example Ltd", "2026-01-01", "2026-06-30")
    build_bundle(tmp_path / "b.zip", with_markers(FILES), PREDICATE, read_private_key(tmp_path / "key"))
    found = verify_bundle(tmp_path / "b.zip", read_public_key(public), card=read_card(public))
    assert found.conclusion is Conclusion.KEY_NOT_VALID
    with pytest.raises(BundleError, match="one line"):
        make_card("two\nlines", date(2026, 1, 1), None)


def test_a_revoked_key_counts_no_longer(tmp_path: Path) -> None:
    revoke(tmp_path / "revoked.json", key_id(PUBLIC), "Example Ltd", "Lost.", datetime(2026, 12, 1, tzinfo=UTC))
    known = read_revoked(tmp_path / "revoked.json")
    found = verify_bundle(built(tmp_path / "b.zip"), PUBLIC, revoked=known)
    assert (found.conclusion, found.revoked) == (Conclusion.KEY_REVOKED, known[key_id(PUBLIC)])
    (tmp_path / "no-list.json").write_text("{}")
    with pytest.raises(BundleError, match="no list of revoked keys"):
        read_revoked(tmp_path / "no-list.json")


def test_a_later_bundle_of_the_audit_supersedes_an_earlier_one(tmp_path: Path) -> None:
    first = verify_bundle(built(tmp_path / "1.zip", ledger={"sequence": 1, "sha256": "0" * 64}), PUBLIC)
    later = {"ledger": {"sequence": 2, "sha256": "1" * 64}, "reportSha256": "2" * 64}
    second = verify_bundle(built(tmp_path / "2.zip", **later), PUBLIC)
    assert superseded_by(first, second).conclusion is Conclusion.SUPERSEDED
    assert superseded_by(second, first).conclusion is Conclusion.VERIFIED
    other = verify_bundle(built(tmp_path / "3.zip", auditId="b"), PUBLIC)
    with pytest.raises(BundleError, match="of another audit"):
        superseded_by(first, other)
