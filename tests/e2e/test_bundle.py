"""A bundle from the key to the verification, by this program and by others, and every way to tamper with it."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from google.protobuf.json_format import ParseDict
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

from corpus_audit import Audit
from corpus_audit.export.bundle.keys import key_id, read_public_key
from e2e.offline import offline_command_line
from e2e.small_corpus import CANARY, POEM
from preloaded import run_function


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process that cannot reach the network."""
    return run_function(offline_command_line, *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def folder(finished: Audit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys ours and theirs, and a bundle signed with ours."""
    folder = tmp_path_factory.mktemp("bundle")
    for name in ("ours", "theirs"):
        assert run("keys", "create", folder / name).returncode == 0
    done = run("bundle", finished.folder.path, "--key", folder / "ours", "-o", folder / "audit.zip")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def tampered(
    folder: Path, path: Path, drop: str = "", change: tuple[str, bytes] = ("", b""), add: dict[str, bytes] | None = None
) -> Path:
    """Write the bundle anew, as this program writes archives, with some of its files changed."""
    from corpus_audit.export.bundle.archive import write_archive

    with zipfile.ZipFile(folder / "audit.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != drop}
    files |= {change[0]: change[1]} if change[0] else {}
    with path.open("wb") as stream:
        write_archive(stream, files | (add or {}))
    return path


def test_a_bundle_is_verified_without_store_and_network(folder: Path, tmp_path: Path) -> None:
    done = run("verify", folder / "audit.zip", "--public-key", folder / "ours.pub", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("AS SIGNED")
    assert key_id(read_public_key(folder / "ours.pub")) in done.stdout
    assert "Verdict     fail" in done.stdout


def test_without_a_key_the_signer_stays_unknown(folder: Path) -> None:
    done = run("verify", folder / "audit.zip")
    assert done.returncode == 3
    assert done.stdout.startswith("SIGNER NOT KNOWN")


def test_what_was_altered_added_or_missing_is_named(folder: Path, tmp_path: Path) -> None:
    bundle = tampered(
        folder, tmp_path / "b.zip", "exports/prov.json", ("conclude/verdict.json", b"{}"), {"report/note.txt": b"well"}
    )
    done = run("verify", bundle, "--public-key", folder / "ours.pub", "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert found["conclusion"] == "not-as-signed"
    assert (found["altered"], found["added"], found["missing"]) == (
        ["conclude/verdict.json"],
        ["report/note.txt"],
        ["exports/prov.json"],
    )
    assert found["signature"] == "by-given-key"


def test_a_bundle_signed_by_another_is_not_taken_for_ours(folder: Path, finished: Audit, tmp_path: Path) -> None:
    run("bundle", finished.folder.path, "--key", folder / "theirs", "-o", tmp_path / "theirs.zip", "--to", "csv")
    done = run("verify", tmp_path / "theirs.zip", "--public-key", folder / "ours.pub")
    assert done.returncode == 1
    assert "not the given key" in done.stdout


def test_one_flipped_bit_anywhere_is_seen(folder: Path, tmp_path: Path) -> None:
    from corpus_audit.errors import BundleError
    from corpus_audit.export.bundle.verify import Conclusion, verify_bundle

    content = (folder / "audit.zip").read_bytes()
    key = read_public_key(folder / "ours.pub")
    path = tmp_path / "flipped.zip"
    for place in range(3, len(content), len(content) // 60):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :])
        try:
            assert verify_bundle(path, key).conclusion is Conclusion.NOT_AS_SIGNED, place
        except BundleError:
            continue


def test_other_tools_verify_the_same_envelope(folder: Path) -> None:
    with zipfile.ZipFile(folder / "audit.zip") as archive:
        envelope = Envelope.from_dict(json.loads(archive.read("attestation.dsse.json")))
        names = set(archive.namelist()) - {"attestation.dsse.json"}
    key = SSlibKey.from_crypto(read_public_key(folder / "ours.pub"))
    assert list(envelope.verify([key], threshold=1)) == [key.keyid]
    message = ParseDict(json.loads(envelope.payload), StatementMessage())
    statement = Statement.copy_from_pb(message)
    statement.validate()
    assert {subject.name for subject in message.subject} == names


def test_the_same_audit_gives_the_same_bundle(folder: Path, finished: Audit, tmp_path: Path) -> None:
    run("bundle", finished.folder.path, "--key", folder / "ours", "-o", tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (folder / "audit.zip").read_bytes()


def test_a_bundle_holds_no_text_of_a_record(folder: Path) -> None:
    with zipfile.ZipFile(folder / "audit.zip") as archive:
        names = set(archive.namelist())
        for name in names:
            assert CANARY.encode() not in archive.read(name), name
            assert POEM[:40].encode() not in archive.read(name), name
    assert {"report/report.json", "manifest/received.yaml", "evidence/sources.parquet", "markers/gather.json"} <= names
    assert "evidence/subjects.parquet" not in names


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("keys", "create", "ours"), "is there already"),
        (("verify", "ours.pub"), "it does not end like an archive"),
        (("verify", "audit.zip", "--public-key", "ours"), "is not a public key"),
        (("verify", "nowhere.zip"), "cannot be read"),
        (("bundle", "no-such-audit", "--key", "ours"), "There is no audit"),
        (("bundle", "no-such-audit", "--key", "ours.pub"), "is not a private key"),
        (("export", "no-such-audit"), "There is no audit"),
        (("export", "../ours"), "There is no audit"),
    ],
)
def test_wrong_input_ends_with_a_message(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2, done.stdout
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_with_a_passphrase_asks_for_it(folder: Path, finished: Audit, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("CORPUS_AUDIT_KEY_PASSPHRASE", "a long one")
    assert run("keys", "create", tmp_path / "locked", "--encrypt").returncode == 0
    arguments = ("bundle", finished.folder.path, "--key", tmp_path / "locked", "-o", tmp_path / "b.zip", "--to", "csv")
    assert run(*arguments).returncode == 0
    monkeypatch.setenv("CORPUS_AUDIT_KEY_PASSPHRASE", "another")
    done = run(*arguments)
    assert done.returncode == 2
    assert "passphrase is another" in done.stderr
