"""Every sentence that a small and a large report can print, read in both languages."""

from dataclasses import replace

import pytest

from corpus_audit.report.order import ProblemKind, manifest_field, problem_kind
from corpus_audit.report.problem_groups import alike, group_problems, missing_fields
from corpus_audit.report.problems import ProblemRows, first_names, problem_sentence, verdict_sentences
from corpus_audit.report.translator import words_in
from corpus_audit.vocabulary import Language, Severity
from golden.report_fixture import large_input, small_input
from golden.sentences import faults, sentences


@pytest.fixture(
    scope="module",
    params=(small_input, pytest.param(large_input, marks=pytest.mark.slow)),
    ids=("small", "1,000 sources"),
)
def report(request):
    return request.param().build()


@pytest.mark.parametrize("language", Language)
def test_no_sentence_is_doubled_bare_or_wrong_in_number(report, language):
    assert len(list(sentences(report, language))) > 100
    assert faults(report, language) == []


def test_a_dataset_that_fails_for_empty_fields_says_how_many(report):
    rules = tuple(
        rule.model_copy(update={"severity": Severity.CRITICAL}) if _is_about_an_empty_field(rule) else rule
        for rule in report.rules
    )
    fields = {manifest_field(group.lead) for group in group_problems(report) if _is_about_an_empty_field(group.lead)}
    failed = report.model_copy(update={"rules": rules})
    assert fields
    assert f"{len(fields)} critical field" in verdict_sentences(failed, words_in(Language.ENGLISH))
    assert "critical field" not in verdict_sentences(report, words_in(Language.ENGLISH))


def test_places_that_leave_the_same_fields_empty_are_one_row_on_paper(report):
    words, missing = words_in(Language.ENGLISH), missing_fields(group_problems(report))
    same = [
        replace(missing[0], row=missing[0].row.model_copy(update={"source_id": f"s{number}"})) for number in range(12)
    ]
    assert alike(same) == (tuple(same),)
    assert sorted(row.row.finding_id for rows in alike(missing) for row in rows) == sorted(
        row.row.finding_id for row in missing
    )
    assert first_names([row.row.source_id for row in same], 2, words) == "s0, s1 and 10 more"
    assert first_names(["a"], 2, words, unlisted=3) == "a and 3 more"


def test_defects_are_counted_as_defects_and_a_file_is_named_once():
    rows = [{"file": "a.tar", "source_id": "s", "code": code} for code in ("limit-exceeded", "member-refused")]
    problem = ProblemRows("{subject}: data in it could not be read", "defects", "code", rows, 2, 3)
    said = problem_sentence(problem, words_in(Language.ENGLISH))
    assert said == "2 of 3 defects (a.tar in s): data in it could not be read"


def _is_about_an_empty_field(rule):
    return problem_kind(rule) is ProblemKind.NOT_STATED
