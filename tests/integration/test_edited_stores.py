"""Edits of a finished store: none is shown, reported, exported or signed, and the file is named."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corpus_audit import schemas
from corpus_audit.errors import StoreError
from corpus_audit.ledger import DecisionRequest, decide, open_ledger
from corpus_audit.pipeline import history_of
from corpus_audit.pipeline.current import bring_up_to_date
from corpus_audit.pipeline.delivery import bundle, export
from corpus_audit.pipeline.verification import problems_of
from corpus_audit.store import AuditFolder, sha256_of_file, utc_now
from corpus_audit.vocabulary import DecisionAction, Role
from integration.review_client import ReviewClient, message_of


@pytest.fixture
def audit(store: Path, audited: AuditFolder) -> AuditFolder:
    return AuditFolder(store / "audits" / audited.audit_id)


def _json(name: str, change: Callable[[Any], object]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        document = json.loads((folder / name).read_bytes())
        change(document)
        (folder / name).write_text(json.dumps(document, indent=1, sort_keys=True))

    return edit


def _rows(name: str, change: Callable[[Any], Any]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        pq.write_table(change(pq.read_table(folder / name)), folder / name)

    return edit


def _with_marker(stage: str, name: str, edit: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return an edit of a stage's file that writes the stage's own marker to match."""

    def both(folder: Path) -> None:
        edit(folder)
        digest = sha256_of_file(folder / stage / name)
        _json(f"markers/{stage}.json", lambda marker: marker["outputs"].update({name: digest}))(folder)

    return both


def _link(name: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        shutil.move(folder / name, folder / "elsewhere")
        (folder / name).symlink_to(folder / "elsewhere")

    return edit


def _pipe(folder: Path) -> None:
    (folder / "report" / "report.html").unlink()
    os.mkfifo(folder / "report" / "report.html")


def _in_place(name: str) -> Callable[[Path], None]:
    """Return an edit of one byte that leaves the size and the time of the last change as they were."""

    def edit(folder: Path) -> None:
        before = (folder / name).stat()
        content = bytearray((folder / name).read_bytes())
        content[len(content) // 2] ^= 1
        (folder / name).write_bytes(content)
        os.utime(folder / name, ns=(before.st_atime_ns, before.st_mtime_ns))

    return edit


_TO_PASS = _json("conclude/verdict.json", lambda verdict: verdict.update(verdict="pass"))
_FIRST_FINDING_GONE = _rows("evaluate/findings.parquet", lambda table: table.slice(1))
EDITS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a verdict": (_TO_PASS, "conclude/verdict.json was changed"),
    "a verdict and its marker": (_with_marker("conclude", "verdict.json", _TO_PASS), "does not follow"),
    "a finding removed": (_FIRST_FINDING_GONE, "evaluate/findings.parquet was changed"),
    "a finding removed, and its marker": (
        _with_marker("evaluate", "findings.parquet", _FIRST_FINDING_GONE),
        "'conclude' was made from another 'evaluate'",
    ),
    "a rule's severity": (
        _rows("evaluate/rules.parquet", lambda t: t.set_column(2, "severity", pc.if_else(True, "info", t["severity"]))),
        "evaluate/rules.parquet was changed",
    ),
    "evidence": (_in_place("gather/sources.parquet"), "gather/sources.parquet was changed"),
    "evidence and its marker": (
        _with_marker("gather", "sources.parquet", _rows("gather/sources.parquet", lambda t: t.slice(1))),
        "was made from another 'gather'",
    ),
    "a validation": (_in_place("evaluate/validations/baseline-sources.json"), "baseline-sources.json was changed"),
    "the report's page": (_in_place("report/report.html"), "report/report.html was changed"),
    "the other page": (_in_place("report/report.zh.html"), "report/report.zh.html was changed"),
    "the report's data": (_json("report/report.json", lambda r: r.update(findings=[])), "report.json was changed"),
    "a link as report": (_link("report/report.json"), "report/report.json is not a plain file"),
    "a link as folder": (_link("evaluate"), "evaluate is a link"),
    "a link as marker": (_link("markers/evaluate.json"), "markers/evaluate.json is a link"),
    "a pipe as page": (_pipe, "report/report.html is a folder or a special file"),
    "a decision forged": (
        _rows("conclude/decisions.parquet", lambda t: t.slice(0)),
        "conclude/decisions.parquet was changed",
    ),
    "the manifest received": (_in_place("ingest/received.yaml"), "ingest/received.yaml was changed"),
    "the manifest read": (_in_place("ingest/manifest.json"), "ingest/manifest.json was changed"),
    "a file added": (lambda f: (f / "report" / "more.html").write_text("x") and None, "report/more.html was added"),
    "a file removed": (lambda f: (f / "gather" / "files.parquet").unlink(), "gather/files.parquet is missing"),
    "a table cut short": (lambda f: os.truncate(f / "evaluate" / "rules.parquet", 100), "rules.parquet was changed"),
    "the time of a marker": (
        _json("markers/gather.json", lambda marker: marker.update(finished_at="2020-01-01T00:00:00+00:00")),
        "changed after the report was written",
    ),
    "a marker damaged": (
        lambda f: (f / "markers" / "gather.json").write_text("{}") and None,
        "gather.json is not a completion marker",
    ),
    "a marker removed": (lambda f: (f / "markers" / "measure-00000.json").unlink(), "from another 'measure-00000'"),
    "the parameters": (
        _json("audit.json", lambda identity: identity["parameters"].update(unread_share=1.0)),
        "audit.json was changed",
    ),
    "the day it began": (
        _json("audit.json", lambda identity: identity.update(started_at="2020-01-01T00:00:00+00:00")),
        "audit.json was changed",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_audit_is_neither_shown_nor_exported_nor_signed(
    audit: AuditFolder, store: Path, tmp_path: Path, name: str
) -> None:
    edit, problem = EDITS[name]
    edit(audit.path)
    target = tmp_path / "out"
    for attempt in (
        lambda: bring_up_to_date(audit),
        lambda: export(audit, ["csv"], target),
        lambda: bundle(audit, Ed25519PrivateKey.generate(), target / "bundle.zip", ["csv"]),
        lambda: history_of(store, "small"),
    ):
        with pytest.raises(StoreError) as refused:
            attempt()
    assert problem in str(refused.value)
    assert not target.exists()
    answer = ReviewClient(store).get("auditor", f"/audits/{audit.audit_id}/report/report.html")
    assert answer.status_code == 404


def test_every_file_of_a_finished_store_is_covered(audit: AuditFolder) -> None:
    assert list(problems_of(audit)) == []
    unchecked = {"run.json", "compared_audits.json"}
    for path in sorted(audit.path.rglob("*")):
        if not path.is_file() or path.name in unchecked or "markers" in path.parts:
            continue
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        found = " ".join(problems_of(audit))
        assert str(path) in found or path.name in found, path
        path.write_bytes(content)


def test_the_page_of_an_edited_audit_names_the_file(audit: AuditFolder, store: Path) -> None:
    _TO_PASS(audit.path)
    answer = ReviewClient(store).get("auditor", f"/audits/{audit.audit_id}")
    assert answer.status_code == 404
    assert "conclude/verdict.json was changed" in message_of(answer)


EVIDENCE_OF_PAGES = {
    "what is masked": "measure-00000/spans.parquet",
    "records": "measure-00000/records.parquet",
    "copies": "deduplicate/pairs.parquet",
}


@pytest.mark.parametrize("name", EVIDENCE_OF_PAGES)
def test_a_page_shows_nothing_of_an_edited_table_that_it_alone_reads(
    audit: AuditFolder, store: Path, name: str
) -> None:
    pair = audit.read("deduplicate", schemas.PAIRS).to_pylist()[0]
    asked = {
        "what is masked": ("record", {"record": pair["record_a"]}),
        "records": ("record", {"record": pair["record_a"]}),
        "copies": ("copies", {"a": pair["record_a"], "b": pair["record_b"]}),
    }
    client, (page, query) = ReviewClient(store), asked[name]
    address = f"/audits/{audit.audit_id}/{page}"
    assert client.get("auditor", address, **query).status_code == 200
    _in_place(EVIDENCE_OF_PAGES[name])(audit.path)
    answer = client.get("auditor", address, **query)
    assert answer.status_code == 404
    assert f"{EVIDENCE_OF_PAGES[name]} was changed" in message_of(answer)


LEDGER_EDITS = {
    "the last entry removed": ("DELETE FROM corpus_audit_ledger WHERE sequence = 2", "does not hold entry 2 that"),
    "every entry removed": ("DELETE FROM corpus_audit_ledger", r"does not hold 2 entries \(1, 2\) that"),
    "an expiry put off": (
        "UPDATE corpus_audit_ledger SET expires_at = '2999-01-01T00:00:00+00:00' WHERE sequence = 1",
        "entry 1 no longer gives its sha256",
    ),
}


@pytest.mark.parametrize("name", LEDGER_EDITS)
def test_no_verdict_is_derived_from_a_ledger_that_lost_or_changed_a_decision(
    audit: AuditFolder, store: Path, name: str
) -> None:
    finding = audit.read("evaluate", schemas.FINDINGS)["finding_id"][0].as_py()
    ledger, last_day = open_ledger(store), (utc_now() + timedelta(days=30)).date()
    for action, until in ((DecisionAction.ACCEPT_RISK, last_day), (DecisionAction.REMEDIATE, None)):
        decide(ledger, audit, DecisionRequest(action, "Known.", "Ann", Role.STEWARD, until), [finding])
    bring_up_to_date(audit)
    statement, named = LEDGER_EDITS[name]
    with sqlite3.connect(store / "ledger.sqlite") as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)
    connection.close()
    concluded = sha256_of_file(audit.folder("conclude") / "verdict.json")
    with pytest.raises(StoreError, match=named):
        bring_up_to_date(audit)
    assert sha256_of_file(audit.folder("conclude") / "verdict.json") == concluded
