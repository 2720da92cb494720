"""Licenses by bytes, and their terms for each purpose."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section, Share
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import LicenseRelation, LicenseState, LicenseStatementKind, Purpose

PERMISSIONS = ("yes", "unknown", "no")
"""The answers to what a purpose is permitted for, in the order in which they are shown."""


class LicenseShare(Section):
    """The share of the dataset under one license; unresolved ones are grouped by reason."""

    license_expression: str
    license_state: LicenseState
    license_family: str
    sources: int
    size_bytes: int
    share: Share


class Licenses(Section):
    """The licenses of all sources, the largest first: those that are resolved counted, the others by reason."""

    sources_resolved: int
    resolved: int
    resolved_bytes: int
    unresolved: tuple[LicenseShare, ...]
    shares: ListedRows[LicenseShare]


class PurposeRow(Row, table=tables.PURPOSES):
    """What one source's declared license says about one purpose."""

    purpose: Purpose


class PurposeSummary(Section):
    """How many sources, and how many bytes of them, a purpose is permitted for: by answer."""

    purpose: Purpose
    intended: str
    sources: dict[str, int]
    size_bytes: dict[str, int]

    @property
    def answers(self) -> tuple[tuple[int, int], ...]:
        """The sources and bytes of each answer: yes, unknown, no."""
        return tuple((self.sources[answer], self.size_bytes[answer]) for answer in PERMISSIONS)


class ConditionCount(Section):
    """What the intended uses have to keep to, and for how many sources."""

    condition: str
    sources: int


class Purposes(Section):
    """What the licenses permit: counts of all sources, and the answers, those in the way of an intended use first."""

    by_purpose: tuple[PurposeSummary, ...]
    obstacles: int
    conditions: tuple[ConditionCount, ...]
    answers: ListedRows[PurposeRow]


class RecordLicense(Row, table=tables.RECORD_LICENSES):
    """One license that records of one source state, or those of its records that state none."""

    license_state: LicenseState
    source_license_state: LicenseState
    terms_relation: LicenseRelation


class RecordLicenses(Section):
    """How many records state a license of their own, and the licenses they state, the strictest first."""

    records: int
    records_stating: int
    records_forbidden: int
    licenses: int
    by_source: ListedRows[RecordLicense]


class LicenseContradiction(Row, table=tables.LICENSE_CONTRADICTIONS):
    """One statement of a source's license that is not its declared license."""

    kind: LicenseStatementKind
    terms_relation: LicenseRelation
