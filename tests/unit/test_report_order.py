"""Problems are told by what they mean, and what is not stated as one line for each source."""

from itertools import pairwise

import pytest

from corpus_audit.report.order import ProblemKind, missing_statements, problem_kind
from corpus_audit.report.text import render_text
from corpus_audit.report.views import group_failures, group_findings
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


def test_rules_of_one_severity_are_ordered_by_what_they_mean():
    for group in group_findings(small_input().build()):
        kinds = [problem_kind(found.rule) for found in group.rules]
        assert all(one <= other for one, other in pairwise(kinds))


def test_the_same_statement_that_two_packs_ask_for_counts_once_and_once_for_each_source():
    report = small_input().build()
    rule = next(rule for rule in report.rules if problem_kind(rule) is ProblemKind.NOT_STATED and rule.column)
    twin = rule.model_copy(update={"pack": "other", "rule_id": "other.rule"})
    finding = report.findings[0].model_copy(update={"pack": rule.pack, "rule_id": rule.rule_id, "source_id": "a"})
    again = finding.model_copy(update={"pack": "other", "rule_id": "other.rule"})
    elsewhere = again.model_copy(update={"source_id": None})
    changed = report.model_copy(update={"findings": (finding, again, elsewhere)})
    missing = missing_statements(changed, (rule, twin))
    assert [(row.source_id, len(row.rules)) for row in missing] == [(None, 1), ("a", 1)]


def test_every_missing_statement_is_in_the_first_list_under_its_source():
    report = small_input().build()
    groups = {group.failure_kind: group for group in group_failures(report)}
    listed = {(row.source_id, rule.rule_id) for row in groups["missing"].statements for rule in row.rules}
    asked = {rule.rule_id for rule in report.rules if problem_kind(rule) is ProblemKind.NOT_STATED}
    found = {(row.source_id, row.rule_id) for row in report.findings if row.rule_id in asked}
    assert {source for source, _rule in listed} == {source for source, _rule in found}


def test_a_terminal_has_one_line_for_a_source():
    text = render_text(small_input().build())
    assert "statement is missing (" in text or "statements are missing (" in text


def test_a_summary_says_what_was_changed_and_what_was_not_looked_for():
    text = " ".join(render_text(small_input().build()).split())
    assert "This audit changed 2 parameters: minimum_score 0.3 (default 0), detectors.off UK_NHS." in text
    assert "One detector was switched off" in text
    assert "7 places scored below the minimum score and were counted, not judged" in text
