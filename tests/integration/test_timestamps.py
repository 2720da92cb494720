"""Checkpoints of the ledger, stamped by a real RFC 3161 authority."""

import hashlib
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus_audit.cli import app
from corpus_audit.export.bundle.keys import create_keys, read_private_key
from corpus_audit.export.bundle.verify import Conclusion, verify_bundle
from corpus_audit.ledger import Ledger, open_ledger
from corpus_audit.pipeline.checkpoints import timestamp_of, write_checkpoint
from corpus_audit.pipeline.delivery import bundle
from corpus_audit.store import AuditFolder
from integration.ledger_writer import decision
from integration.timestamp_authority import Authority, started_authority

pytestmark = pytest.mark.needs("openssl")


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    with started_authority(tmp_path / "authority") as started:
        monkeypatch.setenv("CORPUS_AUDIT_TIMESTAMP_URL", started.address)
        yield started


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    create_keys(tmp_path / "key")
    opened = open_ledger(tmp_path / "store", environ={})
    opened.append([decision("steward", 1)])
    return opened


def checkpoint(tmp_path: Path, ledger: Ledger) -> Path:
    written = write_checkpoint(tmp_path / "store", ledger, read_private_key(tmp_path / "key"))
    assert written is not None
    return written


def verified(tmp_path: Path, *options: object) -> Result:
    arguments = ["ledger", "verify", "--store", tmp_path / "store", *options]
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_checkpoint_is_stamped_once_and_its_time_is_checked(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    path = checkpoint(tmp_path, ledger)
    stamp = timestamp_of(path).read_bytes()
    assert checkpoint(tmp_path, ledger) == path
    assert (timestamp_of(path).read_bytes(), len(authority.asked)) == (stamp, 1)
    assert hashlib.sha512(path.read_bytes()).digest() in authority.asked[0], "it gets the digest alone"
    assert b"steward" not in authority.asked[0]

    assert "1 timestamps were not checked: give --timestamp-roots" in verified(tmp_path).output
    found = verified(tmp_path, "--timestamp-roots", authority.root)
    assert (found.exit_code, "1 timestamps agree; the last is of 20" in found.output) == (0, True)

    ledger.append([decision("steward", 2)])
    later = checkpoint(tmp_path, ledger)
    timestamp_of(later).write_bytes(stamp)
    found = verified(tmp_path, "--timestamp-roots", authority.root)
    assert (found.exit_code, f"{timestamp_of(later)} is no timestamp of its checkpoint" in found.output) == (1, True)


def test_a_timestamp_of_an_unknown_authority_counts_for_nothing(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    checkpoint(tmp_path, ledger)
    with started_authority(tmp_path / "other") as other:
        found = verified(tmp_path, "--timestamp-roots", other.root)
    assert (found.exit_code, "is no timestamp" in found.output) == (1, True)
    refused = verified(tmp_path, "--timestamp-roots", tmp_path / "key.pub")
    assert "holds no certificates" in str(refused.exception)


def test_without_an_answer_the_checkpoint_stands_and_the_log_says_so(
    tmp_path: Path,
    ledger: Ledger,
    authority: Authority,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for answer in (b"", b"<html>", b"0" * 2**20):
        authority.answer = answer
        with caplog.at_level(logging.WARNING):
            path = checkpoint(tmp_path, ledger)
        assert "127.0.0.1 gave no timestamp for what it was asked" in caplog.text
        assert not timestamp_of(path).exists()
    monkeypatch.setenv("CORPUS_AUDIT_TIMESTAMP_URL", "http://user:s3cret@127.0.0.1:1/tsa")
    with caplog.at_level(logging.WARNING):
        path = checkpoint(tmp_path, ledger)
    assert "127.0.0.1 does not answer" in caplog.text
    assert "s3cret" not in caplog.text
    assert verified(tmp_path).exit_code == 0


def test_an_answer_to_an_earlier_question_is_no_timestamp(
    tmp_path: Path, ledger: Ledger, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    path = checkpoint(tmp_path, ledger)
    authority.answer = timestamp_of(path).read_bytes()
    timestamp_of(path).unlink()
    checkpoint(tmp_path, ledger)
    assert "gave no timestamp" in caplog.text


def test_a_bundle_carries_the_timestamp_of_its_checkpoint(
    tmp_path: Path, store: Path, audited: AuditFolder, authority: Authority
) -> None:
    create_keys(tmp_path / "key")
    open_ledger(store, environ={}).append([decision("steward", 1)])
    audit, key = AuditFolder(store / "audits" / audited.audit_id), read_private_key(tmp_path / "key")
    for name in ("a.zip", "b.zip"):
        bundle(audit, key, tmp_path / name, formats=())
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert verify_bundle(tmp_path / "a.zip", key.public_key()).conclusion is Conclusion.VERIFIED
    shutil.rmtree(store / "checkpoints")
    options = ("--store", store, "--checkpoint", tmp_path / "a.zip", "--timestamp-roots", authority.root)
    found = CliRunner().invoke(app, ["ledger", "verify", *map(str, options)])
    assert (found.exit_code, "1 timestamps agree" in found.output) == (0, True), found.output
