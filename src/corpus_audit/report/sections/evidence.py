"""The evidence tables behind a report's numbers."""

from pydantic import JsonValue

from corpus_audit.report.sections.base import Section


class EvidenceTable(Section):
    """One evidence table: how many rows it has, and the sha256 of its file."""

    name: str
    rows: int
    sha256: str


class EvidenceSection(Section):
    """Every evidence table, and the row of the dataset in full."""

    tables: tuple[EvidenceTable, ...]
    dataset: dict[str, JsonValue]
