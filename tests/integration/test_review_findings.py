"""Pages of an audit's findings: what each filter keeps, in which order, and that no finding is on two pages."""

from pathlib import Path

import pytest

from corpus_audit import schemas
from corpus_audit.ledger import DecisionRequest
from corpus_audit.review.findings import FindingQuery, find_findings
from corpus_audit.review.service import ReviewService
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import DecisionAction, Role

SEVERITIES = ["critical", "warning", "info"]


class Findings:
    """The findings of the finished audit, one of them decided about."""

    def __init__(self, audit: AuditFolder, desk: ReviewService) -> None:
        self.audit, self.desk = audit, desk
        rules = {row["rule_id"]: row for row in audit.read("evaluate", schemas.RULES).to_pylist()}
        rows = audit.read("evaluate", schemas.FINDINGS).to_pylist()
        self.rows = [rules[row["rule_id"]] | row | {"status": "open"} for row in rows]
        self.rows[0]["status"] = "to-remediate"
        judgement = DecisionRequest(DecisionAction.REMEDIATE, "To be mended.", "Ann", Role.STEWARD)
        desk.record(audit, judgement, findings=[self.rows[0]["finding_id"]])
        self.entries = desk.ledger.entries(dataset_id="small")

    def page(self, **asked: object) -> tuple[list[str], int]:
        found = find_findings(self.audit, self.entries, self.desk.now, FindingQuery(**asked))  # type: ignore[arg-type]
        return [finding.finding_id for finding in found.findings], found.total


@pytest.fixture
def findings(store: Path, audited: AuditFolder) -> Findings:
    return Findings(AuditFolder(store / "audits" / audited.audit_id), ReviewService(store))


@pytest.mark.parametrize("field", ["severity", "pack", "rule_id", "source_id", "status", "finding_id"])
def test_a_filter_keeps_the_findings_of_each_value_and_no_others(findings: Findings, field: str) -> None:
    values = {row[field] for row in findings.rows if row[field]}
    assert values
    for value in values:
        kept = sorted(row["finding_id"] for row in findings.rows if row[field] == value)
        page, total = findings.page(**{field: value})
        assert (sorted(page), total) == (kept, len(kept))
    assert findings.page(**{field: "no-such-value"}) == ([], 0)


@pytest.mark.parametrize("field", ["subject", "rule_id", "title", "title_zh"])
def test_text_is_looked_for_in_what_people_read_whatever_its_case(findings: Findings, field: str) -> None:
    row = findings.rows[-1]
    text = row[field].upper()
    assert row["finding_id"] in findings.page(text=text)[0]


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "\\"])
def test_text_is_never_a_pattern_or_a_part_of_the_statement(findings: Findings, text: str) -> None:
    read = ("subject", "rule_id", "title", "title_zh")
    holding = [row["finding_id"] for row in findings.rows if any(text in row[name] for name in read)]
    assert sorted(findings.page(text=text)[0]) == sorted(holding)


def test_filters_are_joined(findings: Findings) -> None:
    row = findings.rows[0]
    asked = {name: row[name] for name in ("severity", "pack", "rule_id", "status", "finding_id")}
    assert findings.page(**asked) == ([row["finding_id"]], 1)
    assert findings.page(**asked | {"status": "open"}) == ([], 0)


def test_every_finding_is_on_one_page_the_worst_first(findings: Findings) -> None:
    size, total = 3, len(findings.rows)
    assert total > 2 * size
    pages = [findings.page(size=size, page=number) for number in range(1, -(-total // size) + 2)]
    assert {found for _, found in pages} == {total}
    assert pages[-1][0] == []
    listed = [finding_id for ids, _ in pages for finding_id in ids]
    severity_of = {row["finding_id"]: row["severity"] for row in findings.rows}
    assert sorted(listed) == sorted(severity_of)
    assert [severity_of[name] for name in listed] == sorted(severity_of.values(), key=SEVERITIES.index)


def test_a_finding_is_listed_with_how_it_stands(findings: Findings) -> None:
    query = FindingQuery(finding_id=findings.rows[0]["finding_id"])
    (shown,) = find_findings(findings.audit, findings.entries, findings.desk.now, query).findings
    assert (shown.status, shown.entry and shown.entry.reason) == ("to-remediate", "To be mended.")
    assert shown.title == findings.rows[0]["title"]
