"""The order of reported problems: by what they mean."""

from enum import IntEnum

from corpus_audit.report.sections import RuleRow
from corpus_audit.report.wording.manifest_fields import MANIFEST_FIELDS
from corpus_audit.vocabulary import FailureKind


class ProblemKind(IntEnum):
    """What a failed rule means, the weightiest first."""

    CONTRADICTED = 0
    FORBIDDEN = 1
    UNPROVEN = 2
    UNREAD = 3
    OUT_OF_BOUNDS = 4
    NOT_STATED = 5


_FORBIDS = frozenset({"purposes", "propagated_restrictions", "references", "opt_outs"})
"""Evidence tables whose contradictions are uses, copies or works that terms or holders do not allow."""
_OF_READING = frozenset({"files", "defects", "content", "coverage", "media", "claim_problems", "split_leakage"})
"""Evidence tables in which what is missing is data that could not be read, and not a statement."""
_MEASURED = frozenset({"records", "text_bytes"})


def problem_kind(rule: RuleRow) -> ProblemKind:
    """Return what it means that a rule failed."""
    if rule.failure_kind == FailureKind.OUT_OF_BOUNDS:
        return ProblemKind.OUT_OF_BOUNDS
    if rule.failure_kind == FailureKind.CONTRADICTION:
        return ProblemKind.FORBIDDEN if rule.evidence_table in _FORBIDS else ProblemKind.CONTRADICTED
    if rule.evidence_table in _OF_READING or rule.column in _MEASURED:
        return ProblemKind.UNREAD
    return ProblemKind.NOT_STATED if manifest_field(rule) else ProblemKind.UNPROVEN


def manifest_field(rule: RuleRow) -> str:
    """Return the field of the manifest that a rule asks to be filled; '' where it asks for something else."""
    if rule.failure_kind != FailureKind.MISSING:
        return ""
    return MANIFEST_FIELDS.get((rule.evidence_table, rule.column), "")
