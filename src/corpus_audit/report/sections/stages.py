"""The finished stages behind a report."""

from corpus_audit.report.sections.base import Section


class StageRow(Section):
    """One finished stage: what it wrote, as one digest, and the versions it ran with."""

    stage: str
    outputs: int
    outputs_sha256: str
    versions: dict[str, str]
