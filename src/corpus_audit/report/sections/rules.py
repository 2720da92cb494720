"""The rules that were applied, and what became of each."""

from corpus_audit.report.sections.base import Bilingual, Section
from corpus_audit.vocabulary import Nature, RuleState, Severity


class Bound(Section):
    """A figure of a rule as its pack has it, and as it was used."""

    argument: str
    of_pack: float
    used: float
    is_loosened: bool


class Rule(Section):
    """One rule of one pack, and what became of it."""

    rule_id: str
    pack: str
    severity: Severity
    nature: Nature
    title: Bilingual
    why: Bilingual
    remedy: Bilingual
    requirements: tuple[int, ...]
    evidence_table: str
    column: str
    expectation: str
    state: RuleState
    state_reason: str
    rows_evaluated: int
    rows_failed: int
    bounds: tuple[Bound, ...]
