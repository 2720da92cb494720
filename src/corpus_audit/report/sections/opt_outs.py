"""Opt-outs by host, and records' own statements."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.rows import Row


class OptOut(Row, table=tables.OPT_OUTS):
    """One host of one source, with the reservations in its snapshots and records."""


class RecordOptOut(Row, table=tables.RECORD_OPT_OUTS):
    """One convention of one source, and what its records state in it."""


class OptOutsSection(Section):
    """Records by what is known of their use, the hosts with the most reserved ones, and their own statements."""

    hosts: int
    records_allowed: int
    records_reserved: int
    records_self_reserved: int
    records_not_recorded: int
    by_host: ListedRows[OptOut]
    stated: ListedRows[RecordOptOut]
