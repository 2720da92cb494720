"""Licenses by bytes, and what they say about each purpose."""

from corpus_audit.report.sections.base import Section, Share
from corpus_audit.vocabulary import LicenseRelation, LicenseState, LicenseStatementKind, Purpose


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


class RecordLicense(Section):
    """One license that records of one source state, or those of its records that state none."""

    source_id: str
    license: str
    license_state: LicenseState
    license_expression: str
    spellings: int
    records: int
    size_bytes: int
    record_share: Share
    internal_training: str
    commercial_training: str
    redistribution_as_is: str
    redistribution_derived: str
    model_release: str
    intended_permitted: str
    purposes_forbidden: tuple[str, ...]
    purposes_open: tuple[str, ...]
    reasons: tuple[str, ...]
    source_license: str
    source_license_state: LicenseState
    agrees: str
    terms_relation: LicenseRelation
    weight: str
    purposes_lost: tuple[str, ...]


class RecordLicenses(Section):
    """How many records state a license of their own, and the licenses they state, the strictest first."""

    records: int
    records_stating: int
    records_forbidden: int
    licenses: int
    listed: tuple[RecordLicense, ...]


class LicenseContradiction(Section):
    """One statement of a source's license that is not its declared license."""

    source_id: str
    kind: LicenseStatementKind
    declared: str
    declared_expression: str
    declared_place: str
    stated: str
    stated_expression: str
    stated_place: str
    terms_relation: LicenseRelation
    weight: str
    purposes_lost: tuple[str, ...]
    deciding_expression: str
