"""Problems are told by what they mean, and what is not stated as one line for each source."""

from itertools import pairwise

import pytest

from corpus_audit.document.blocks import Heading, TableBlock
from corpus_audit.report.html import render_html
from corpus_audit.report.order import ProblemKind, manifest_field, problem_kind
from corpus_audit.report.outline import whole_report
from corpus_audit.report.problem_groups import contradictions, group_problems, missing_fields, owners, weightiest
from corpus_audit.report.text import render_text
from corpus_audit.vocabulary import FindingStatus, Severity
from golden.report_fixture import small_input


@pytest.mark.parametrize(
    ("failure_kind", "table", "column", "kind"),
    [
        ("contradiction", "files", "state", ProblemKind.CONTRADICTED),
        ("contradiction", "purposes", "permitted", ProblemKind.FORBIDDEN),
        ("missing", "defects", "count", ProblemKind.UNREAD),
        ("missing", "dataset", "records", ProblemKind.UNREAD),
        ("out-of-bounds", "sources", "near_duplicate_share", ProblemKind.OUT_OF_BOUNDS),
        ("missing", "sources", "collector", ProblemKind.NOT_STATED),
    ],
)
def test_what_a_failed_rule_means(failure_kind, table, column, kind):
    rule = small_input().build().rules[0]
    assert (
        problem_kind(rule.model_copy(update={"failure_kind": failure_kind, "evidence_table": table, "column": column}))
        is kind
    )


def test_consent_and_unresolved_licenses_are_no_empty_fields():
    rule = small_input().build().rules[0]
    for table, column in (("subjects", "likeness_state"), ("sources", "license_state"), ("purposes", "permitted")):
        asked = rule.model_copy(update={"failure_kind": "missing", "evidence_table": table, "column": column})
        assert problem_kind(asked) is ProblemKind.UNPROVEN


def test_problems_are_ordered_by_severity_and_what_is_waived_comes_last():
    groups = contradictions(group_problems(small_input().build()))
    severities = [list(Severity).index(group.severity) for group in groups]
    assert severities == sorted(severities)
    assert all(not group.is_waived for group in weightiest(groups))
    for one, other in pairwise(groups):
        assert one.severity != other.severity or one.is_waived <= other.is_waived


def _with_a_twin():
    """Return a report in which a second pack judges the fact of the first problem, more severely."""
    report = small_input().build()
    rule = next(rule for rule in report.rules if rule.rule_id == "baseline.near-duplicates-bounded")
    twin = rule.model_copy(update={"pack": "other", "rule_id": "other.near-duplicates-bounded", "severity": "critical"})
    found = [row for row in report.findings if row.rule_id == rule.rule_id]
    changes = {"pack": "other", "rule_id": twin.rule_id, "severity": "critical"}
    more = [row.model_copy(update={**changes, "finding_id": f"t{number}"}) for number, row in enumerate(found)]
    problems = [
        count.model_copy(update={"rules": (*count.rules, twin.rule_id)}) if rule.rule_id in count.rules else count
        for count in report.problems
    ]
    changes = {"rules": (*report.rules, twin), "findings": (*report.findings, *more), "problems": tuple(problems)}
    return report.model_copy(update=changes), len(found)


def test_a_fact_that_two_packs_judge_is_one_problem_with_both_rules():
    report, rows = _with_a_twin()
    (group,) = [group for group in group_problems(report) if group.lead.fact == "near-duplicates-bounded"]
    assert (group.severity, len(group.rows), group.packs) == (Severity.CRITICAL, rows, ("other", "baseline"))
    assert all(len(row.findings) == 2 for row in group.rows)
    page = render_html(report)
    assert page.count("too much text nearly repeats other text</h4>") == 1
    assert 'id="rule-other.near-duplicates-bounded"' in page


def test_a_waiver_of_one_pack_does_not_close_the_problem_for_another():
    report, _rows = _with_a_twin()
    decision = next(row.decision for row in report.findings if row.decision is not None)
    closed = decision.model_copy(update={"status": FindingStatus.ACCEPTED})
    findings = tuple(
        row.model_copy(update={"decision": closed}) if row.rule_id == "baseline.near-duplicates-bounded" else row
        for row in report.findings
    )
    groups = group_problems(report.model_copy(update={"findings": findings}))
    (group,) = [group for group in groups if group.lead.fact == "near-duplicates-bounded"]
    assert not group.is_waived


def test_what_is_not_stated_is_one_line_for_a_source_with_the_fields_to_fill_in():
    report = small_input().build()
    missing = missing_fields(group_problems(report))
    assert [(row.row.source_id, [field.field for field in row.fields]) for row in missing] == [
        ("forum-2024", ["collector"])
    ]
    asked = {rule.rule_id for rule in report.rules if manifest_field(rule)}
    found = {row.source_id for row in report.findings if row.rule_id in asked}
    assert {row.row.source_id for row in missing} == found
    assert "forum-2024: fill in collector" in render_text(report)
    assert ">collector</code></a>" in render_html(report)


def test_every_open_problem_has_an_owner():
    groups = group_problems(small_input().build())
    owned = [group for _owner, found in owners(groups) for group in found]
    assert sorted(owned, key=id) == sorted((group for group in groups if not group.is_waived), key=id)


def test_a_summary_says_what_was_changed_and_what_was_not_looked_for():
    text = " ".join(render_text(small_input().build()).split())
    score = "Score from which a place is judged (minimum_score) 0.3 (default 0, set in the form)"
    changed = f"{score}, Detectors switched off (detectors.off) UK_NHS (set on the command line)"
    assert f"This audit changed 2 parameters: {changed}." in text
    assert "One detector was switched off" in text
    assert "7 places scored below the minimum score and were counted, not judged" in text


def _headings(report):
    return [block.level for block in whole_report(report).blocks if isinstance(block, Heading)]


def test_no_heading_on_paper_skips_a_level():
    levels = _headings(small_input().build())
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


def test_paper_bears_few_columns_of_evidence():
    tables = [block for block in whole_report(small_input().build()).blocks if isinstance(block, TableBlock)]
    evidence = [table for table in tables if table.title.startswith("Evidence:")]
    assert evidence
    assert all(len(table.headings) <= 7 for table in evidence)
