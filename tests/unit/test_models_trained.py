"""Models in traces: those of the audits a record is in, and apart those of audits that are gone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus_audit import audit
from corpus_audit.cli import app
from corpus_audit.errors import DecisionError, StoreError
from corpus_audit.export.bundle.keys import create_keys, read_public_key
from corpus_audit.export.bundle.person_statement import read_person_statement
from corpus_audit.ledger import DecisionRequest, Entry, Ledger, open_ledger
from corpus_audit.ledger.attachment import Attachment
from corpus_audit.pipeline import models_trained
from corpus_audit.pipeline.current import record_decision
from corpus_audit.pipeline.models_trained import note_training
from corpus_audit.pipeline.retention import delete_audit
from corpus_audit.pipeline.tracing.people import trace_subject
from corpus_audit.review.service import ReviewService
from corpus_audit.store import AuditFolder, sha256_of_bytes
from corpus_audit.vocabulary import DecisionAction, Role

MANIFEST = """manifest_version: '1'
dataset: {{id: letters, version: '{version}'}}
sources:
- id: pages
  files: [{{path: a.jsonl, fields: {{text: text, subject_ids: people}}}}]
"""
RUN = "https://mlflow.example.org/runs/42"


def audited(folder: Path, version: str) -> AuditFolder:
    (folder / "a.jsonl").write_text(json.dumps({"text": "A letter of one person to the editor.", "people": ["p1"]}))
    (folder / "manifest.yaml").write_text(MANIFEST.format(version=version))
    return audit(folder / "manifest.yaml", folder / "store", workers=1).folder


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> AuditFolder:
    """The second audit of a dataset, whose first one was trained on and deleted."""
    folder = tmp_path_factory.mktemp("letters")
    first = audited(folder, "1")
    note_training(first, "tales-7b 1.2", "A. Trainer", RUN)
    second = audited(folder, "2")
    ledger = open_ledger(second.store)
    delete_audit(ledger, first, "The contract ended.", "A. Keeper", even_if_compared=True)
    return second


def test_a_model_trained_on_an_audit_that_is_gone_is_named_apart(letters: AuditFolder, tmp_path: Path) -> None:
    (place,) = trace_subject(letters.store, "p1").places
    (named,) = place.models_of_others
    assert named.startswith("tales-7b 1.2 (letters-")
    assert place.models == ()
    create_keys(tmp_path / "k", None)
    asked = ["trace", "--subject", "p1", "--store", str(letters.store), "--statement", str(tmp_path / "s")]
    result = CliRunner().invoke(app, [*asked, "--key", str(tmp_path / "k")])
    assert "gone or not looked through: tales-7b 1.2 (letters-" in result.output
    (record,) = read_person_statement((tmp_path / "s").read_bytes(), "p1", read_public_key(tmp_path / "k.pub"))[
        "records"
    ]
    assert (record["models"], record["models_of_others"]) == ([], [named])


def test_a_model_is_named_without_the_address_of_its_run(letters: AuditFolder) -> None:
    note_training(letters, "tales-8b", "A. Trainer", RUN)
    (place,) = trace_subject(letters.store, "p1").places
    assert place.models == ("tales-8b",)


MAIL = "jane.q@contoso.com"


def test_a_name_that_holds_personal_information_is_refused(letters: AuditFolder) -> None:
    with pytest.raises(DecisionError, match="holds personal information") as refused:
        note_training(letters, f"tales of {MAIL} 1.2", "A. Trainer", RUN)
    assert MAIL not in str(refused.value)
    assert not any(MAIL in entry.reason for entry in open_ledger(letters.store).entries(action="train"))


def test_a_name_of_an_older_entry_is_masked(letters: AuditFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = Ledger.entries

    def older(self: Ledger, **chosen: object) -> list[Entry]:
        found = entries(self, **chosen)  # type: ignore[arg-type]
        return [replace(one, reason=f"tales of {MAIL}") if one.action == "train" else one for one in found]

    monkeypatch.setattr(Ledger, "entries", older)
    for output in ("text", "json"):
        listed = CliRunner().invoke(app, ["ledger", "list", "--store", str(letters.store), "--format", output]).output
        assert ("tales of {EMAIL_ADDRESS-" in listed, MAIL in listed) == (True, False)
    service = ReviewService(letters.store)
    audit = service.index.get(letters.audit_id)
    assert audit is not None
    assert MAIL not in str(service.entries(audit))
    named = {one.model for one in models_trained.trainings(letters.store)}
    (shown,) = named
    assert shown.startswith("tales of {EMAIL_ADDRESS-")
    assert MAIL not in shown


@pytest.mark.parametrize(
    ("run", "problem"),
    [
        ("https://user:token@mlflow.example.org/run", "a user or a password"),
        ("https://token@mlflow.example.org", "a user or a password"),
        ("https://[mlflow/run", "not an address"),
        (Attachment(sha256_of_bytes(b"log"), "log.txt").link, "not an address"),
    ],
)
def test_what_is_no_plain_address_of_a_run_is_refused(letters: AuditFolder, run: str, problem: str) -> None:
    with pytest.raises(DecisionError, match=problem):
        note_training(letters, "tales-9b", "A. Trainer", run)


def test_a_decision_names_no_attachment_that_is_not_there(letters: AuditFolder) -> None:
    link = Attachment(sha256_of_bytes(b"contract"), "contract.pdf").link
    request = DecisionRequest(DecisionAction.COMMENT, "See it.", "A. Steward", Role.STEWARD, evidence_link=link)
    ledger = open_ledger(letters.store)
    with pytest.raises(StoreError, match="not the attachment"):
        record_decision(ledger, letters, request)
    assert ledger.count(action="comment") == 0


def test_a_file_without_an_end_is_refused(letters: AuditFolder) -> None:
    given = ["--action", "comment", "--reason", "See it.", "--author", "A. Steward", "--attach", "/dev/zero"]
    result = CliRunner().invoke(app, ["ledger", "decide", letters.audit_id, "--store", str(letters.store), *given])
    assert "more than 10 MiB" in str(result.exception)
