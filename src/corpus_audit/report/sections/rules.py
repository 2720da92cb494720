"""The rules that were applied, and what became of each."""

from corpus_audit.report.sections.base import LocalizedTextModel, Section
from corpus_audit.vocabulary import FailureKind, RuleState, Severity


class RuleRow(Section):
    """One rule of one pack, and what became of it."""

    rule_id: str
    pack: str
    severity: Severity
    failure_kind: FailureKind
    title: LocalizedTextModel
    why: LocalizedTextModel
    remedy: LocalizedTextModel
    requirements: tuple[int, ...]
    evidence_table: str
    column: str
    expectation: str
    state: RuleState
    state_reason: str
    rows_evaluated: int
    rows_failed: int
