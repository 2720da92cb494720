"""Licenses by bytes, and their terms for each purpose."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section, Share
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import LicenseRelation, LicenseState, LicenseStatementKind, Purpose


class LicenseShare(Section):
    """The share of the dataset under one license; unresolved ones are grouped by reason."""

    license_expression: str
    license_state: LicenseState
    license_family: str
    sources: int
    size_bytes: int
    share: Share


class PurposeRow(Row, table=tables.PURPOSES):
    """What one source's declared license says about one purpose."""

    purpose: Purpose


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
    rows: int
    listed: tuple[RecordLicense, ...]


class LicenseContradiction(Row, table=tables.LICENSE_CONTRADICTIONS):
    """One statement of a source's license that is not its declared license."""

    kind: LicenseStatementKind
    terms_relation: LicenseRelation
