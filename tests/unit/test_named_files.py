"""Attachments and supplements are what the ledger names: collected only if no entry does, and verified against it."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus_audit.cli import app
from corpus_audit.ledger import Decision, Ledger, open_ledger
from corpus_audit.ledger.attachment import Attachment, keep_attachment
from corpus_audit.pipeline.garbage import collect_garbage
from corpus_audit.store import sha256_of_bytes
from corpus_audit.vocabulary import DecisionAction, DecisionScope, GarbageKind, Role


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with an attachment and a supplement, both old."""
    (tmp_path / "audits").mkdir()
    (tmp_path / "supplements").mkdir()
    keep_attachment(tmp_path, "contract.pdf", b"signed")
    supplement_of(tmp_path).write_bytes(b"{}")
    for folder in ("attachments", "supplements"):
        for path in (tmp_path / folder).iterdir():
            os.utime(path, (0, 0))
    return tmp_path


def supplement_of(store: Path) -> Path:
    return store / "supplements" / f"{sha256_of_bytes(b'{}')}.json"


def attachment_of(store: Path) -> Path:
    return store / "attachments" / sha256_of_bytes(b"signed")


def entry(action: DecisionAction, scope: DecisionScope, **other: str) -> Decision:
    return Decision(
        action=action,
        scope=scope,
        dataset_id="songs",
        audit_id="songs-1",
        reason="Contract 7.",
        author="A. Steward",
        role=Role.STEWARD,
        **other,  # type: ignore[arg-type]
    )


def record(store: Path) -> Ledger:
    """Return a ledger whose entries name both files."""
    ledger = open_ledger(store, environ={})
    link = Attachment(sha256_of_bytes(b"signed"), "contract.pdf").link
    ledger.append(
        [
            entry(DecisionAction.COMMENT, DecisionScope.AUDIT, evidence_link=link),
            entry(DecisionAction.SUPPLEMENT, DecisionScope.DATASET, evidence_sha256=sha256_of_bytes(b"{}")),
        ]
    )
    return ledger


def verify(store: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["store", "verify", "--store", str(store)])
    return result.exit_code, result.output


def test_nothing_is_collected_where_the_ledger_is_elsewhere(store: Path) -> None:
    assert collect_garbage(store) == []
    assert not (store / "ledger.sqlite").exists(), "looking makes no ledger"
    code, output = verify(store)
    assert code == 1
    assert "were not checked" in output
    open_ledger(store, environ={})
    assert collect_garbage(store) == [], "a ledger without entries names nothing because it is another"
    assert attachment_of(store).is_file()


def test_what_no_entry_names_is_collected(store: Path) -> None:
    open_ledger(store, environ={}).append([entry(DecisionAction.COMMENT, DecisionScope.AUDIT)])
    keep_attachment(store, "again.pdf", b"signed")
    assert [found.kind for found in collect_garbage(store, dry_run=True)] == [GarbageKind.SUPPLEMENT], (
        "a file that was attached again waits for its decision"
    )
    os.utime(attachment_of(store), (0, 0))
    assert {found.kind for found in collect_garbage(store)} == {GarbageKind.ATTACHMENT, GarbageKind.SUPPLEMENT}


def test_what_entries_name_stays_and_is_verified(store: Path) -> None:
    record(store)
    assert collect_garbage(store) == []
    code, output = verify(store)
    assert (code, "2 attachments and supplements, each as the ledger names it." in output) == (0, True)
    attachment_of(store).write_bytes(b"forged")
    supplement_of(store).unlink()
    code, output = verify(store)
    assert code == 1
    assert f"{attachment_of(store)} was changed" in output
    assert f"{supplement_of(store)} is missing" in output
    attachment_of(store).unlink()
    attachment_of(store).symlink_to("/dev/null")
    assert "is a link" in verify(store)[1]
