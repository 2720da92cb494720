"""Opt-outs by host."""

from corpus_audit.report.sections.base import Section


class OptOut(Section):
    """One host of one source, and what the snapshots of it say of its records."""

    source_id: str
    host: str
    hosts: int
    kind: str
    opt_outs_checked: str
    snapshots: int
    kinds: tuple[str, ...]
    crawlers: tuple[str, ...]
    observed_from: str
    observed_until: str
    observation_state: str
    records: int
    records_allowed: int
    records_reserved: int
    records_not_recorded: int
    reserved_by: tuple[str, ...]
    state: str


class OptOutsSection(Section):
    """Records by what is known of their addresses, and the hosts with the most reserved or unknown ones."""

    hosts: int
    records_allowed: int
    records_reserved: int
    records_not_recorded: int
    rows: int
    largest: tuple[OptOut, ...]
