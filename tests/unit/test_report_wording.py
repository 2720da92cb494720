import pytest

from corpus_audit.evidence import tables
from corpus_audit.report import wording
from corpus_audit.report.comparisons import ASPECTS, FINDING_STATUSES
from corpus_audit.report.sections import ClaimStatus, LimitCode
from corpus_audit.report.views import CHECKED_ASPECTS
from corpus_audit.vocabulary import FailureKind, ReasonCode, RuleState, Severity, Verdict


@pytest.mark.parametrize(
    ("worded", "terms"),
    [
        (wording.VERDICTS, Verdict),
        (wording.VERDICT_MEANINGS, Verdict),
        (wording.SEVERITIES, Severity),
        (wording.NATURES, FailureKind),
        (wording.REASONS, ReasonCode),
        (wording.RULE_STATES, RuleState),
        (wording.FINDING_STATUSES, ClaimStatus),
        (wording.LIMITS, LimitCode),
        (wording.SYMBOLS, [*Verdict, *FailureKind, *RuleState, *Severity, *ClaimStatus]),
        (wording.EVIDENCE_ROWS, [table.name for table in tables.EVIDENCE]),
        (wording.ASPECTS, [aspect.name for aspect in ASPECTS]),
        (wording.OBSERVED_HEADINGS, CHECKED_ASPECTS),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_every_term_has_its_words(worded, terms):
    assert {str(term) for term in terms} - {str(term) for term in worded} - {ClaimStatus.MISSING} == set()


def test_states_that_are_worded_are_states_that_are_known():
    assert {
        (aspect, state)
        for aspect, state in wording.STATES
        if state not in FINDING_STATUSES[aspect] and state != "not-recorded"
    } == set()


@pytest.mark.parametrize(
    ("column", "label"),
    [("license_expression", "Resolves to"), ("files_failed", "Files not as declared"), ("new_figure", "New figure")],
)
def test_every_column_has_a_heading(column, label):
    assert wording.column_label(column) == label


@pytest.mark.parametrize(
    ("entity_type", "label"),
    [
        ("EMAIL_ADDRESS", "email address"),
        ("CN_RESIDENT_ID", "Chinese resident identity number"),
        ("XX_NEW_NUMBER", "XX new number"),
    ],
)
def test_entity_types_are_written_as_readers_write_them(entity_type, label):
    assert wording.entity_type_label(entity_type) == label
