"""Every sentence that a small and a large report can print, read in both languages."""

import pytest

from corpus_audit.vocabulary import Language
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
