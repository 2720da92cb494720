"""Licenses by bytes, and what they say about each purpose."""

from corpus_audit.report.sections.base import Section, Share
from corpus_audit.vocabulary import LicenseState, Purpose


class LicenseShare(Section):
    """How much of the dataset stands under one license; everything not resolved is grouped by why."""

    license_expression: str
    license_state: LicenseState
    license_family: str
    sources: int
    size_bytes: int
    share: Share


class PurposeRow(Section):
    """What one source's declared license says about one purpose."""

    source_id: str
    purpose: Purpose
    intended: str
    license_expression: str
    permitted: str
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    models_permitted: str
    models_reasons: tuple[str, ...]
