"""Pages of an audit's findings: what each filter keeps, in which order, and that no finding is on two pages."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from corpus_audit import schemas
from corpus_audit.ledger import DecisionRequest
from corpus_audit.review import problems
from corpus_audit.review.findings import FindingPage, FindingQuery, FindingTable, open_findings
from corpus_audit.review.problems import facets_of, group_problems
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

    def opened(self) -> AbstractContextManager[FindingTable]:
        return open_findings(self.audit, self.entries, self.desk.now)

    def found(self, query: FindingQuery) -> FindingPage:
        with self.opened() as findings:
            return findings.findings(query)

    def page(self, **asked: object) -> tuple[list[str], int]:
        found = self.found(FindingQuery(**asked))  # type: ignore[arg-type]
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
    (shown,) = findings.found(query).findings
    assert (shown.status, shown.entry and shown.entry.reason) == ("to-remediate", "To be mended.")
    assert shown.title == findings.rows[0]["title"]


def test_problems_are_grouped_by_fact_and_a_group_names_what_the_filter_keeps(findings: Findings) -> None:
    source = next(row["source_id"] for row in findings.rows if row["source_id"])
    kept = {row["problem_id"] for row in findings.rows if row["source_id"] == source}
    with findings.opened() as opened:
        everything, of_source = (group_problems(opened, FindingQuery(source_id=name)) for name in ("", source))
    for groups, kept_problems in ((everything, {row["problem_id"] for row in findings.rows}), (of_source, kept)):
        assert sum(group.problems for group in groups) == len(kept_problems)
        assert [group.open > 0 for group in groups] == sorted((group.open > 0 for group in groups), reverse=True)
        assert all(len(group.named) <= group.failed <= group.problems for group in groups)
    assert {group.named[0].get("source_id", source) for group in of_source} == {source}


def test_a_facet_counts_what_the_other_filters_keep(findings: Findings) -> None:
    def counts(**asked: str) -> dict[str, int]:
        with findings.opened() as opened:
            facets = facets_of(opened, FindingQuery(**asked))  # type: ignore[arg-type]
        return {found.value: found.problems for found in facets["severity"].values}

    def counted(severity: str, pack: str) -> int:
        kept = [row for row in findings.rows if (row["severity"], row["pack"]) == (severity, pack)]
        return len({row["problem_id"] for row in kept})

    pack = findings.rows[0]["pack"]
    severities = [name for name in SEVERITIES if counted(name, pack)]
    assert counts(pack=pack) == {name: counted(name, pack) for name in severities}
    assert counts(pack=pack, severity=severities[0]) == counts(pack=pack)


def test_a_facet_counts_the_values_that_it_leaves_out(findings: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "_LONGEST_FACET", 1)
    with findings.opened() as opened:
        facet = facets_of(opened, FindingQuery())["severity"]
    assert (len(facet.values), facet.left_out) == (1, len({row["severity"] for row in findings.rows}) - 1)
