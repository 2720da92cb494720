"""The evidence rows that fail a rule."""

from pydantic import JsonValue

from corpus_audit.report.sections.base import Section
from corpus_audit.vocabulary import Nature, Severity


class Finding(Section):
    """One evidence row that fails one rule."""

    finding_id: str
    rule_id: str
    pack: str
    severity: Severity
    nature: Nature
    evidence_table: str
    subject: str
    source_id: str | None
    evidence: dict[str, JsonValue]
