"""Approvals and rejections on the command line: under the same conditions as on the pages, with the same checkpoint."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus_audit.cli import app
from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.keys import create_keys
from corpus_audit.ledger import open_ledger
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.verification import problems_of
from corpus_audit.review.sign_off import ask_about
from corpus_audit.store import AuditFolder

DESPITE = ("--despite-verdict", "For counsel to see.")


def decide(store: Path, audited: AuditFolder, action: str, *more: str) -> Result:
    said = ("--author", "A. Steward", "--reason", "Read in full.", "--store", str(store))
    return CliRunner().invoke(app, ["ledger", "decide", audited.audit_id, "--action", action, *said, *more])


def test_without_a_key_an_approval_is_refused_and_a_rejection_stands(
    store: Path, audited: AuditFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CORPUS_AUDIT_SIGNING_KEY", raising=False)
    refused = decide(store, audited, "approve", *DESPITE)
    assert isinstance(refused.exception, BundleError)
    assert "There is no key to sign with" in str(refused.exception)
    assert decide(store, audited, "reject").exit_code == 0
    assert [entry.action for entry in open_ledger(store).entries()] == ["reject"]


def test_airflow_asks_for_no_approval_that_could_not_be_signed(audited: AuditFolder) -> None:
    with pytest.raises(BundleError, match="No approval is asked for, because it could not be signed"):
        ask_about(audited.path, RunContext(), {})


def test_each_leaves_a_signed_checkpoint(
    store: Path, audited: AuditFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_keys(tmp_path / "key")
    monkeypatch.setenv("CORPUS_AUDIT_SIGNING_KEY", str(tmp_path / "key"))
    for action, more in (("approve", DESPITE), ("reject", ())):
        assert decide(store, audited, action, *more).exit_code == 0
    assert [path.name for path in sorted((store / "checkpoints").iterdir())] == [
        "0000000001.dsse.json",
        "0000000002.dsse.json",
    ]
    assert list(problems_of(AuditFolder(store / "audits" / audited.audit_id))) == []
    verified = CliRunner().invoke(
        app, ["ledger", "verify", "--store", str(store), "--public-key", f"{tmp_path}/key.pub"]
    )
    assert (verified.exit_code, "2 checkpoints" in verified.output) == (0, True), verified.output
