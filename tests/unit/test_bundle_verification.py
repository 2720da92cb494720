"""What verifies and what does not: the envelope, the markers in a bundle, keys that expired or were revoked."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.archive import open_archive, write_archive
from corpus_audit.export.bundle.build import ENVELOPE, build_bundle
from corpus_audit.export.bundle.key_card import KeyCard, make_card
from corpus_audit.export.bundle.keys import create_keys, key_id, read_card, read_private_key, read_public_key
from corpus_audit.export.bundle.revocation import read_revoked, revoke
from corpus_audit.export.bundle.verify import Conclusion, superseded_by, verify_bundle
from corpus_audit.store import sha256_of_bytes, sha256_of_json

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = KEY.public_key()
PREDICATE = {"auditId": "a", "verdict": "fail", "concludedAt": "2026-11-29T12:00:00+00:00", "reportSha256": "1" * 64}
FILES = {
    "manifest/manifest.json": b"{}",
    "evidence/sources.parquet": b"rows",
    "evaluate/findings.parquet": b"findings",
    "conclude/verdict.json": b'{"verdict": "fail"}',
    "report/report.html": b"<p>Fail</p>",
}
STAGES = {
    "ingest": "manifest",
    "gather": "evidence",
    "evaluate": "evaluate",
    "conclude": "conclude",
    "report": "report",
}


def with_markers(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files of a bundle with the markers that fit them."""
    markers: dict[str, Any] = {}
    for stage, place in STAGES.items():
        outputs = {n.partition("/")[2]: sha256_of_bytes(c) for n, c in files.items() if n.startswith(f"{place}/")}
        markers[stage] = {"inputs": {n: sha256_of_json(m["outputs"]) for n, m in markers.items()}, "outputs": outputs}
    return files | {f"markers/{stage}.json": json.dumps(marker).encode() for stage, marker in markers.items()}


def built(path: Path, files: dict[str, bytes] | None = None, **predicate: Any) -> Path:
    build_bundle(path, files or with_markers(FILES), PREDICATE | predicate, KEY)
    return path


def with_envelope(path: Path, change: Callable[[dict[str, Any]], object], **how: Any) -> Path:
    """Write a bundle anew with another envelope."""
    with open_archive(path) as archive:
        files = {name: archive.read(name, 2**20) for name in archive.names}
    envelope = json.loads(files[ENVELOPE])
    change(envelope)
    files[ENVELOPE] = (json.dumps(envelope, **{"sort_keys": True, "indent": 1} | how) + "\n").encode()
    with path.open("wb") as stream:
        write_archive(stream, files)
    return path


def _resigned_with(text: bytes) -> Callable[[dict[str, Any]], object]:
    """Return a change that puts *text* into the payload and signs it: the signature is right, the statement is not."""

    def change(envelope: dict[str, Any]) -> None:
        payload = base64.b64decode(envelope["payload"]).replace(b'"verdict":"fail"', text)
        kind = envelope["payloadType"].encode()
        signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
        envelope["payload"] = base64.b64encode(payload).decode()
        envelope["signatures"][0]["sig"] = base64.b64encode(KEY.sign(signed)).decode()

    return change


ENVELOPES: dict[str, tuple[Callable[[dict[str, Any]], object], dict[str, Any]]] = {
    "another signature": (lambda e: e["signatures"].append({"keyid": "f" * 64, "sig": "AAAA"}), {}),
    "another member": (lambda e: e.update(note="x"), {}),
    "another member of the signature": (lambda e: e["signatures"][0].update(note="x"), {}),
    "other spaces": (lambda _e: None, {"indent": 2}),
    "spaces in the statement": (_resigned_with(b'"verdict": "fail"'), {}),
}


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
    path = with_envelope(built(tmp_path / "b.zip"), _resigned_with(b'"verdict":' + number))
    with pytest.raises(BundleError, match="no statement that can be read"):
        verify_bundle(path, PUBLIC)


def test_the_ids_of_keys_that_did_not_sign_are_not_listed(tmp_path: Path) -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32).public_key()
    found = verify_bundle(built(tmp_path / "b.zip"), other)
    assert (found.conclusion, found.key_ids) == (Conclusion.NOT_AS_SIGNED, ())


MISFITS: dict[str, tuple[dict[str, bytes | None], str]] = {
    "a verdict": ({"conclude/verdict.json": b'{"verdict": "pass"}'}, "conclude/verdict.json"),
    "evidence": ({"evidence/sources.parquet": b"other"}, "evidence/sources.parquet"),
    "a file added": ({"report/other.html": b"x"}, "report/other.html"),
    "a file left out": ({"report/report.html": None}, "report/report.html"),
    "a marker left out": ({"markers/evaluate.json": None}, "markers/evaluate.json"),
    "a marker that is none": ({"markers/report.json": b"[]"}, "markers/report.json"),
    "a marker of another run": (
        {"markers/evaluate.json": b'{"inputs": {"gather": "0"}, "outputs": {}}'},
        "markers/evaluate.json",
    ),
}


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
