"""Models that produced or processed data."""

from corpus_audit.report.sections.base import Section
from corpus_audit.vocabulary import LicenseState


class Model(Section):
    """One model that produced or processed data."""

    model_id: str
    version: str
    role: str
    origin: str
    license_declared: str
    filing_number: str
    built_on: tuple[str, ...]
    license_evidence: int
    declared: bool
    license_expression: str
    license_state: LicenseState
    use_restrictions: tuple[str, ...]
    license_notes: tuple[str, ...]
    lineage: tuple[str, ...]
    outputs_permitted: str
    outputs_reasons: tuple[str, ...]
    outputs_conditions: tuple[str, ...]
    sources: int
