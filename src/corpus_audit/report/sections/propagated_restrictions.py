"""Restrictions that records take from their copies."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import InheritedRestriction


class PropagatedRestriction(Row, table=tables.PROPAGATED_RESTRICTIONS):
    """One restriction that records of one source come under because they copy others."""

    restriction: InheritedRestriction
