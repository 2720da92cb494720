"""Opt-outs by host."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.rows import Row


class OptOut(Row, table=tables.OPT_OUTS):
    """One host of one source, and what the snapshots of it say of its records."""


class OptOutsSection(Section):
    """Records by what is known of their addresses, and the hosts with the most reserved or unknown ones."""

    hosts: int
    records_allowed: int
    records_reserved: int
    records_not_recorded: int
    rows: int
    largest: tuple[OptOut, ...]
