"""Records by the step that excludes them."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import FunnelStep


class FunnelStepCount(Row, table=tables.EXCLUSION_FUNNEL):
    """How many records one step takes out, or how many are left after all steps."""

    step: FunnelStep
