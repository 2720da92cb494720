"""Opt-outs by host, and what records state about their own use."""

from corpus_audit.report.sections.base import Section


class OptOut(Section):
    """One host of one source, and what snapshots and its records say of reservations."""

    source_id: str
    host: str
    hosts: int
    kind: str
    opt_outs_checked: str
    snapshots: int
    kinds: tuple[str, ...]
    crawlers: tuple[str, ...]
    vocabularies: tuple[str, ...]
    observed_from: str
    observed_until: str
    observation_state: str
    records: int
    records_allowed: int
    records_reserved: int
    records_self_reserved: int
    records_not_recorded: int
    reserved_by: tuple[str, ...]
    state: str


class RecordOptOut(Section):
    """One convention of one source, and what its records state in it."""

    source_id: str
    protocol: str
    vocabulary: str
    places: tuple[str, ...]
    crawlers: tuple[str, ...]
    records: int
    records_reserved: int
    records_allowed: int
    records_not_recorded: int
    statements: tuple[str, ...]
    state: str


class OptOutsSection(Section):
    """Records by what is known of their use, the hosts with the most reserved ones, and their own statements."""

    hosts: int
    records_allowed: int
    records_reserved: int
    records_self_reserved: int
    records_not_recorded: int
    rows: int
    largest: tuple[OptOut, ...]
    stated: tuple[RecordOptOut, ...]
