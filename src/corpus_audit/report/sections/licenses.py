"""Licenses by bytes, and what they say about each purpose."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section, Share
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import LicenseState, Purpose


class LicenseShare(Section):
    """How much of the dataset stands under one license; everything not resolved is grouped by why."""

    license_expression: str
    license_state: LicenseState
    license_family: str
    sources: int
    size_bytes: int
    share: Share


class PurposeRow(Row, table=tables.PURPOSES):
    """What one source's declared license says about one purpose."""

    purpose: Purpose
