"""A report lists the first rows of each problem, and says of all of them what it said when it listed all."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pytest

from corpus_audit.report import bounds
from corpus_audit.report.build import read_rules
from corpus_audit.report.json import render_json
from corpus_audit.report.listed_findings import fields_not_stated
from corpus_audit.report.model import Report
from corpus_audit.report.problem_groups import count_missing, group_problems, missing_fields
from corpus_audit.report.problems import group_sentence
from corpus_audit.report.sections import FindingDecision
from corpus_audit.report.translator import words_in
from corpus_audit.report.views import cut_missing, cut_problem
from corpus_audit.report.waivers import waiver_lines
from corpus_audit.vocabulary import FindingStatus, Language
from golden.report_fixture import ReportInput, large_input, small_input

ROWS, PLACES = 5, 7
SOURCES = 40
WORDS = words_in(Language.ENGLISH)


@pytest.fixture(scope="module")
def given() -> ReportInput:
    """Forty sources that break every rule, of which a steward closed the first and the last findings of each."""
    wide = large_input(SOURCES, 60)
    decision = next(iter(small_input().decisions.values()))
    closed = decision.model_copy(update={"status": FindingStatus.ACCEPTED})
    facts = {rule["rule_id"]: rule["fact"] for rule in wide.rules.to_pylist()}
    rows = wide.findings.to_pylist()  # the six rules of a fact judge the same rows
    problems = [f"{row['evidence_table']} {facts[row['rule_id']]} {row['subject']}" for row in rows]
    wide = replace(wide, findings=wide.findings.set_column(1, "problem_id", pa.array(problems)))
    ids = wide.findings["finding_id"].to_pylist()
    decisions: dict[str, FindingDecision] = dict.fromkeys([*ids[:3], *ids[-3:]], closed)
    return replace(wide, decisions=decisions)


@pytest.fixture(scope="module")
def whole(given: ReportInput) -> Report:
    return given.build()


@pytest.fixture(scope="module")
def bounded(given: ReportInput, whole: Report) -> Iterator[Report]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "problem_rows_listed", lambda _problems: ROWS)
        patch.setattr(bounds, "PLACES_LISTED", PLACES)
        yield given.build()


def test_it_lists_a_bounded_number_of_findings(given: ReportInput, whole: Report, bounded: Report) -> None:
    assert len(whole.findings) == given.findings.num_rows
    failed = {finding.rule_id for finding in whole.findings}
    assert 0 < len(bounded.findings) <= max(ROWS, PLACES) * len(failed) < len(whole.findings)
    assert {finding.finding_id for finding in bounded.findings} < {finding.finding_id for finding in whole.findings}


def test_problems_are_counted_ranked_and_worded_alike(whole: Report, bounded: Report) -> None:
    listed, every = group_problems(bounded), group_problems(whole)
    assert [group.anchor for group in listed] == [group.anchor for group in every]
    assert any(len(group.rows) < group.count for group in listed)
    for some, group in zip(listed, every, strict=True):
        assert (some.count, some.open_count) == (len(group.rows), len(group.open_rows))
        assert (some.rules, some.severity, some.is_waived, some.evaluated) == (
            (group.rules, group.severity, group.is_waived, group.evaluated)
        )
        if some.rows and some.lead.evidence_table == "sources":  # here no other row has a name of its own
            assert group_sentence(some, WORDS) == group_sentence(group, WORDS)


def test_what_a_page_leaves_out_counts_what_the_report_leaves_out(whole: Report, bounded: Report) -> None:
    for some, group in zip(group_problems(bounded), group_problems(whole), strict=True):
        shown = cut_problem(some, 1)
        assert len(shown.shown) + len(shown.folded) + shown.left == len(group.rows)


def test_a_listed_place_names_every_field_it_leaves_empty(whole: Report, bounded: Report) -> None:
    some, every = (missing_fields(group_problems(report)) for report in (bounded, whole))
    assert len(some) == PLACES < len(every)

    def lines(found):
        return [(row.row.subject, row.severity, [field.field for field in row.fields]) for row in found]

    assert lines(some) == lines(every)[:PLACES]
    assert count_missing(bounded, some) == len(every)
    assert cut_missing(bounded, some).left == len(every) - PLACES


def test_figures_of_sources_and_waivers_are_of_all_findings(whole: Report, bounded: Report) -> None:
    counts, every = ([row.findings_by_severity for row in report.sources.listed] for report in (bounded, whole))
    assert counts == every
    assert sum(sum(row.values()) for row in every) == len(whole.findings)
    assert list(waiver_lines(bounded, WORDS)) == list(waiver_lines(whole, WORDS))
    assert sum(waiver.findings for waiver in bounded.waivers) == 6


def test_fields_to_fill_in_are_asked_of_every_source(given: ReportInput, whole: Report) -> None:
    asked = fields_not_stated(given.findings, read_rules(given.rules))
    expected = {
        row.row.source_id: {field.field for field in row.fields} for row in missing_fields(group_problems(whole))
    }
    assert len(expected) > PLACES
    assert {source: set(", ".join(sorted(fields)).split(", ")) for source, fields in expected.items()} == asked


def test_files_that_failed_are_counted_beyond_those_listed(whole: Report) -> None:
    assert len(whole.files.failed.listed) == whole.files.failed.rows > 0
    assert sum(count.files for count in whole.files.by_state) == 60


def test_json_has_a_row_a_line(whole: Report) -> None:
    written = render_json(whole)
    document = json.loads(written)
    assert document == whole.model_dump(mode="json")
    rows = {json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in document["findings"]}
    assert rows <= {line.strip().rstrip(",") for line in written.splitlines()}


def test_a_figure_that_json_does_not_have_is_refused(whole: Report) -> None:
    coverage = whole.coverage.model_copy(update={"unread_share_allowed": float("nan")})
    with pytest.raises(ValueError, match="JSON"):
        render_json(whole.model_copy(update={"coverage": coverage}))


def test_the_first_rows_are_those_that_people_count_first(given: ReportInput, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "problem_rows_listed", lambda _problems: ROWS)
    subjects = given.findings["subject"].to_pylist()
    numbers = {name: number for number, name in enumerate(sorted(set(subjects)), 1)}
    place = given.findings.schema.get_field_index("subject")
    named = pa.array([f"s{numbers[name]}" for name in subjects])
    report = replace(given, findings=given.findings.set_column(place, "subject", named), decisions={}).build()
    cut = [group for group in group_problems(report) if len(group.rows) < group.count]
    assert cut
    for group in cut:
        found = [int(row.lead.subject[1:]) for row in group.rows]
        assert found == sorted(found)
        judged = {numbers[name] for name in subjects} if group.count == len(numbers) else set(found)
        assert found == sorted(judged)[: len(found)]
