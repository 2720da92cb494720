"""Every sentence that a small and a large report can print, read in both languages."""

import pytest

from corpus_audit.report.order import ProblemKind, manifest_field, problem_kind
from corpus_audit.report.problem_groups import group_problems
from corpus_audit.report.problems import verdict_sentences
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


def _is_about_an_empty_field(rule):
    return problem_kind(rule) is ProblemKind.NOT_STATED
