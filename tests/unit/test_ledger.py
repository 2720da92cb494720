"""The ledger in SQLite: what may be written, what is found to be altered, and how findings stand."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.errors import DecisionError, LedgerError
from corpus_audit.ledger import Decision, Ledger, database_url, evidence_digest, open_ledger, statuses
from corpus_audit.ledger.chain import COLUMNS
from corpus_audit.schemas import DECISIONS, FINDINGS
from corpus_audit.vocabulary import DecisionAction, DecisionScope, FindingStatus, Role
from tampering import REFUSED_BY_DATABASE, SQLITE_ONLY, TAMPERINGS

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVIDENCE = '{"license": "not-recorded"}'


def decision(**changes: Any) -> Decision:
    known = {
        "action": DecisionAction.ACCEPT_RISK,
        "scope": DecisionScope.FINDING,
        "dataset_id": "dataset",
        "audit_id": "audit",
        "reason": "The publisher confirmed it in writing.",
        "author": "steward",
        "role": Role.STEWARD,
        "finding_id": "f",
        "evidence_sha256": evidence_digest(EVIDENCE),
        "expires_at": NOW + timedelta(days=30),
    }
    return Decision(**known | changes)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path, clock=lambda: NOW, environ={})


def test_the_dictionary_of_columns_is_the_ledgers() -> None:
    assert tuple(DECISIONS.schema.names) == COLUMNS


def test_entries_come_back_as_they_were_written_and_follow_each_other(ledger: Ledger) -> None:
    written = ledger.append([decision(), decision(finding_id="g")]) + ledger.append([decision(reason="中文 “x”")])
    assert ledger.entries() == written
    assert [entry.sequence for entry in written] == [1, 2, 3]
    assert [entry.previous_sha256 for entry in written] == ["0" * 64, written[0].sha256, written[1].sha256]
    assert ledger.verify().problems == ()
    assert ledger.page(2) == [written[2], written[1]]
    assert ledger.page(2, skip=2) == [written[0]]
    assert (ledger.count(), ledger.count(finding_id="g"), ledger.count(audit_id="other")) == (3, 1, 0)


REFUSED = {
    "a reason is required": {"reason": " \n"},
    "a spreadsheet takes for a formula": {"reason": "=HYPERLINK(1)"},
    "control characters": {"reason": "fine\x00"},
    "more than 4000": {"reason": "x" * 4001},
    "must expire": {"expires_at": None},
    "expired on 2026-11-23 already": {"expires_at": NOW - timedelta(days=1)},
    "a year at most": {"expires_at": NOW + timedelta(days=400)},
    "the role auditor may not record 'accept-risk'": {"role": Role.AUDITOR},
    "the role admin may not record 'accept-risk'": {"role": Role.ADMIN},
    "about finding, not about audit": {"scope": DecisionScope.AUDIT},
    "'exclude-source' is about source": {"action": DecisionAction.EXCLUDE_SOURCE},
    "not an address": {"evidence_link": "javascript:alert(1)"},
    "has no author": {"author": " "},
    "plain text on one line": {"author": "Ann\nBob"},
    "the author's name holds control": {"author": "\x1b[31mAnn"},
    "name holds control characters": {"author": "Ann\u202eboB"},
    "name begins with '='": {"author": "=HYPERLINK(1)"},
    "more than 200 characters": {"author": "x" * 100_000},
    "the reason holds control": {"reason": "Fine \u202egnorw"},
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_may_not_be_decided_is_refused_and_nothing_is_written(ledger: Ledger, message: str) -> None:
    with pytest.raises(DecisionError) as refused:
        ledger.append([decision(), decision(**REFUSED[message])])
    assert message in str(refused.value).lower() or message in str(refused.value)
    assert ledger.entries() == []


def test_no_role_may_waive_a_whole_source_or_audit() -> None:
    from corpus_audit.ledger.decision import WAIVERS, actions_about

    for scope in (DecisionScope.SOURCE, DecisionScope.AUDIT):
        assert not WAIVERS & {action for role in Role for action in actions_about(scope, role)}


def _alter(path: Path, *statements: str) -> None:
    """Do what somebody with the database file and time could do."""
    with sqlite3.connect(path) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


ALTERED = TAMPERINGS


@pytest.mark.parametrize("statement", ALTERED)
def test_whatever_was_altered_is_found(ledger: Ledger, tmp_path: Path, statement: str) -> None:
    noted = {entry.sequence: entry.sha256 for entry in ledger.append([decision(finding_id=name) for name in "abcd"])}
    _alter(tmp_path / "ledger.sqlite", *statement.split(";"))
    assert ALTERED[statement] in " ".join(ledger.verify(noted).problems)


@pytest.mark.parametrize("statement", [*REFUSED_BY_DATABASE, *SQLITE_ONLY])
def test_the_database_refuses_to_tamper(ledger: Ledger, tmp_path: Path, statement: str) -> None:
    ledger.append([decision(finding_id=name) for name in "abcd"])
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection, pytest.raises(sqlite3.Error, match="append-only"):
        connection.executescript(statement)
    connection.close()
    assert ledger.verify().problems == ()


def test_time_never_goes_back(ledger: Ledger, tmp_path: Path) -> None:
    (first,) = ledger.append([decision()])
    behind = open_ledger(tmp_path, clock=lambda: NOW - timedelta(seconds=30), environ={})
    (second,) = behind.append([decision(expires_at=NOW + timedelta(days=1))])
    assert second.decided_at == first.decided_at
    far_behind = open_ledger(tmp_path, clock=lambda: NOW - timedelta(hours=1), environ={})
    with pytest.raises(LedgerError, match="clock is behind"):
        far_behind.append([decision()])


def test_a_chain_that_was_cut_and_grown_again_disagrees_with_what_audits_noted(ledger: Ledger, tmp_path: Path) -> None:
    noted = {entry.sequence: entry.sha256 for entry in ledger.append([decision(), decision()])}
    (tmp_path / "ledger.sqlite").rename(tmp_path / "taken-away")
    forged = open_ledger(tmp_path, clock=lambda: NOW, environ={"CORPUS_AUDIT_DATABASE_URL": f"sqlite:///{tmp_path}/b"})
    forged.append([decision(reason="Another reason.")])
    assert forged.verify().problems == ()
    assert forged.verify(noted).problems == (
        "Entry 1 is not the one that an audit or a checkpoint names.",
        "Entry 2 is missing, though an audit or a checkpoint names it.",
    )


FINDING_STATUSES = {
    "accepted": ([{}], NOW, FindingStatus.ACCEPTED),
    "a false positive": ([{"action": DecisionAction.FALSE_POSITIVE}], NOW, FindingStatus.FALSE_POSITIVE),
    "to mend": ([{}, {"action": DecisionAction.REMEDIATE, "expires_at": None}], NOW, FindingStatus.TO_REMEDIATE),
    "expired": ([{}], NOW + timedelta(days=31), FindingStatus.EXPIRED),
    "renewed": ([{"expires_at": NOW + timedelta(days=1)}, {}], NOW + timedelta(days=2), FindingStatus.ACCEPTED),
    "other evidence": ([{"evidence_sha256": evidence_digest("{}")}], NOW, FindingStatus.EVIDENCE_CHANGED),
    "commented on": ([{}, {"action": DecisionAction.COMMENT, "expires_at": None}], NOW, FindingStatus.ACCEPTED),
}


@pytest.mark.parametrize("case", FINDING_STATUSES)
def test_the_last_decision_that_holds_says_how_a_finding_stands(ledger: Ledger, case: str) -> None:
    decisions, moment, expected = FINDING_STATUSES[case]
    ledger.append([decision(**changes) for changes in decisions])  # type: ignore[attr-defined]
    findings = pa.Table.from_pylist([{"finding_id": "f", "evidence": EVIDENCE}], schema=FINDINGS.schema)
    decided = statuses(findings, ledger.entries(), moment.isoformat())
    assert decided["f"].status is expected
    assert decided["f"].is_closed == (expected in (FindingStatus.ACCEPTED, FindingStatus.FALSE_POSITIVE))


@pytest.mark.parametrize("address", ["mysql://host/x", "nonsense", "sqlite+aiosqlite:///x"])
def test_an_address_of_another_database_is_refused(address: str) -> None:
    with pytest.raises(LedgerError, match="give postgresql://"):
        database_url(Path("store"), {"CORPUS_AUDIT_DATABASE_URL": address})
