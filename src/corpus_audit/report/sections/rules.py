"""The applied rules and their results."""

from corpus_audit.report.sections.base import LocalizedTextModel, Section
from corpus_audit.vocabulary import FailureKind, OwnerRole, RuleState, Severity


class Bound(Section):
    """A figure of a rule as its pack has it, and as it was used."""

    argument: str
    of_pack: float
    used: float
    is_loosened: bool


class RuleRow(Section):
    """One rule of one pack, and what became of it."""

    rule_id: str
    pack: str
    severity: Severity
    failure_kind: FailureKind
    title: LocalizedTextModel
    problem: LocalizedTextModel
    why: LocalizedTextModel
    remedy: LocalizedTextModel
    requirements: tuple[int, ...]
    citations: tuple[str, ...]
    citations_zh: tuple[str, ...]
    owner: OwnerRole
    fact: str
    evidence_table: str
    column: str
    expectation: str
    state: RuleState
    state_reason: str
    rows_evaluated: int
    rows_failed: int
    bounds: tuple[Bound, ...]
