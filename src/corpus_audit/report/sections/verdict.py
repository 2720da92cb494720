"""The verdict and its reasons."""

from corpus_audit.report.sections.base import Section
from corpus_audit.vocabulary import ReasonCode, RuleState, Severity, Verdict


class ReasonRow(Section):
    """One reason for the verdict: what was counted, and how many findings each rule concerned has."""

    code: ReasonCode
    count: int
    rules: dict[str, int]


class VerdictSection(Section):
    """What the rules concluded, and why."""

    verdict: Verdict
    reasons: tuple[ReasonRow, ...]
    findings_by_severity: dict[Severity, int]
    rules_by_state: dict[RuleState, int]
