"""The evidence rows that fail a rule, the decision on each, and counts of all of them."""

from pydantic import JsonValue

from corpus_audit.report.sections.base import Section
from corpus_audit.vocabulary import DecisionAction, FailureKind, FindingStatus, Severity


class FindingDecision(Section):
    """The last decision about a finding; its reason is in the ledger and in decisions.parquet."""

    status: FindingStatus
    action: DecisionAction
    decided_at: str
    author: str
    role: str
    expires_at: str
    sequence: int


class Finding(Section):
    """One evidence row that fails one rule."""

    finding_id: str
    problem_id: str
    rule_id: str
    pack: str
    severity: Severity
    failure_kind: FailureKind
    evidence_table: str
    subject: str
    source_id: str | None
    evidence: dict[str, JsonValue]
    named: dict[str, JsonValue]
    decision: FindingDecision | None


class ProblemCount(Section):
    """How often one fact is wrong, in all rows of evidence: findings list the first of them."""

    evidence_table: str
    fact: str
    rules: tuple[str, ...]
    rows: int
    open_rows: int
    findings: int


class WaiverCount(Section):
    """Findings of one rule that are waived, or were until the waiver expired, by author and last day."""

    rule_id: str
    status: FindingStatus
    author: str
    date: str
    findings: int
