"""Decisions about a finished audit: they change its verdict, run out, and leave the house with its bundle."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corpus_audit import audit, pipeline, schemas
from corpus_audit.ledger import DecisionRequest, Ledger, decide, open_ledger
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.delivery import bundle
from corpus_audit.store import AuditFolder, sha256_of_file
from corpus_audit.vocabulary import DecisionAction, Role, Verdict
from e2e.small_corpus import standing_clock
from e2e.test_command_line import write_pack
from preloaded import run_command as run

DATA_READ = {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "state", "value_set": ["read"]}}
ONLY_OPEN = {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "source_id", "value_set": ["open"]}}


def _conclude(folder: AuditFolder, days: int = 0) -> Verdict:
    context = RunContext(clock=lambda: standing_clock() + timedelta(days=days))
    pipeline.conclude(folder, context=context)
    pipeline.report(folder, context=context)
    return pipeline.summarise(folder).verdict


def _accept(ledger: Ledger, folder: AuditFolder, findings: list[str]) -> None:
    last_day = (standing_clock() + timedelta(days=30)).date()
    judgement = DecisionRequest(DecisionAction.ACCEPT_RISK, "Known to counsel.", "steward", Role.STEWARD, last_day)
    decide(ledger, folder, judgement, findings)


def test_waivers_change_the_verdict_until_they_run_out(manifest: Path, tmp_path: Path) -> None:
    write_pack(tmp_path / "pack", ONLY_OPEN, DATA_READ)
    store = tmp_path / "store"
    folder = audit(manifest, store, [str(tmp_path / "pack")], workers=1, clock=standing_clock).folder
    rows = folder.read("evaluate", schemas.FINDINGS).to_pylist()
    unread = [row["finding_id"] for row in rows if row["evidence_table"] == "coverage"]
    findings = [row["finding_id"] for row in rows if row["evidence_table"] != "coverage"]
    assert unread
    assert pipeline.summarise(folder).verdict is Verdict.FAIL
    assert not (store / "ledger.sqlite").exists()

    ledger = open_ledger(store, clock=standing_clock, environ={})
    _accept(ledger, folder, findings[1:])
    assert _conclude(folder) is Verdict.FAIL
    _accept(ledger, folder, findings[:1])
    assert _conclude(folder) is Verdict.INCOMPLETE
    _accept(ledger, folder, unread)
    assert _conclude(folder) is Verdict.PASS_WITH_WAIVERS
    concluded = {path.name: sha256_of_file(path) for path in (folder.path / "conclude").iterdir()}
    assert _conclude(folder) is Verdict.PASS_WITH_WAIVERS
    assert {path.name: sha256_of_file(path) for path in (folder.path / "conclude").iterdir()} == concluded
    assert _conclude(folder, days=31) is Verdict.FAIL
    statuses = folder.read("conclude", schemas.FINDING_STATUSES)
    assert set(statuses["status"].to_pylist()) == {"expired"}

    bundle(folder, Ed25519PrivateKey.generate(), tmp_path / "bundle.zip", ["csv"])
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive, archive.open("conclude/decisions.parquet") as stream:
        taken = pq.read_table(stream)
    assert taken["sha256"].to_pylist() == [entry.sha256 for entry in ledger.entries()]

    _check_the_command_line(store, folder, findings[0])


def _check_the_command_line(store: Path, folder: AuditFolder, finding: str) -> None:
    said = run("ledger", "verify", "--store", store)
    assert said.returncode == 0, said.stdout
    assert said.stdout.startswith(f"{len(folder.read('conclude', schemas.DECISIONS))} entries")
    words = ("--author", "Ann", "--reason", "The clause is gone.", "--store", store)
    gone = run("ledger", "decide", folder.audit_id, "--action", "remediate", "--finding", "f00", *words)
    assert gone.returncode == 2
    assert "There is no finding 'f00'" in gone.stderr
    made = run("ledger", "decide", folder.audit_id, "--action", "remediate", "--finding", finding, *words)
    assert made.returncode == 0, made.stderr
    listed = json.loads(run("ledger", "list", "--format", "json", "--store", store).stdout)
    assert (listed[-1]["author"], listed[-1]["role"], listed[-1]["finding_id"]) == ("Ann", "steward", finding)
    (store / "ledger.sqlite").unlink()
    lost = run("ledger", "verify", "--store", store)
    assert lost.returncode == 1
    assert "Entry 1 is missing" in lost.stdout
