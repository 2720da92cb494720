"""A small bundle for tests, and ways to spoil it."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corpus_audit.export.bundle.archive import open_archive, write_archive
from corpus_audit.export.bundle.build import ENVELOPE, build_bundle
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


def resigned_with(text: bytes) -> Callable[[dict[str, Any]], object]:
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
    "spaces in the statement": (resigned_with(b'"verdict": "fail"'), {}),
}


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
