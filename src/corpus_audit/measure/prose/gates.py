"""Required sample sizes and pass criteria of a corpus (GB/T 45654-2025, from secondary sources)."""

from dataclasses import dataclass
from math import ceil

from corpus_audit.vocabulary import GateState


@dataclass(frozen=True)
class AcceptanceCriterion:
    """A check of part of a corpus: its least sample size, and the required share of clean records."""

    name: str
    least_records: int
    least_share: float
    passes_at: float

    def sample_size(self, records: int) -> int:
        """Return the gate's sample size out of *records*: all of them if there are few."""
        return min(records, max(self.least_records, ceil(self.least_share * records)))

    def judge(self, records: int, looked_at: int, rejected: int) -> GateState:
        """Return the gate's state if *rejected* of *looked_at* records, out of all *records*, are not clean."""
        if looked_at == 0:
            return GateState.NOT_RECORDED
        if looked_at < self.sample_size(records):
            return GateState.TOO_FEW
        return GateState.HOLDS if (looked_at - rejected) / looked_at >= self.passes_at else GateState.FAILS


SOURCE_GATE = AcceptanceCriterion("source", least_records=0, least_share=0.10, passes_at=0.95)
"""Before and after collection: a source with more than 5 % of illegal or harmful content is refused."""

MANUAL_GATE = AcceptanceCriterion("manual", least_records=4000, least_share=0.0, passes_at=0.96)
"""The whole corpus, read by people."""

KEYWORD_GATE = AcceptanceCriterion("keyword", least_records=0, least_share=0.10, passes_at=0.98)
"""The whole corpus, by keywords or a classifier."""
