"""Restrictions that records take from their copies."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import InheritedRestriction


class PropagatedRestriction(Row, table=tables.PROPAGATED_RESTRICTIONS):
    """One restriction that records of one source come under because they copy others."""

    restriction: InheritedRestriction


class PropagatedRestrictions(Section):
    """How many such restrictions there are, and the largest of them by bytes."""

    restrictions: int
    largest: tuple[PropagatedRestriction, ...]
