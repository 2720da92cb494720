"""Records by the step that takes them out."""

from corpus_audit.report.sections.base import Section
from corpus_audit.vocabulary import FunnelStep


class FunnelStepCount(Section):
    """How many records one step takes out, or how many are left after all steps."""

    step: FunnelStep
    records: int
    text_bytes: int
