"""Models that produced or processed data."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import LicenseState


class Model(Row, table=tables.MODELS):
    """One model that produced or processed data."""

    license_state: LicenseState
