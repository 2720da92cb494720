"""Where claims came from, what was no claim, and what nobody recorded, as tables."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from corpus_audit.manifest.gaps import gaps_of
from corpus_audit.manifest.load import LoadedManifest
from corpus_audit.schemas import CLAIM_GAPS, CLAIM_PROBLEMS, DOCUMENTS, ORIGINS, Table
from corpus_audit.store import sha256_of_bytes


def description_tables(loaded: LoadedManifest, stored: str) -> dict[Table, pa.Table]:
    """Return the tables DOCUMENTS, ORIGINS, CLAIM_PROBLEMS and CLAIM_GAPS of a manifest; *stored* holds its bytes."""
    rows: dict[Table, Iterable[Mapping[str, Any]]] = {
        DOCUMENTS: [
            {
                "document": loaded.name,
                "format": loaded.format,
                "sha256": sha256_of_bytes(loaded.received),
                "stored": stored,
            }
        ],
        ORIGINS: [origin._asdict() for origin in loaded.origins],
        CLAIM_PROBLEMS: [problem._asdict() for problem in loaded.problems],
        CLAIM_GAPS: _gap_rows(loaded),
    }
    return {table: _table(table, found) for table, found in rows.items()}


def _table(table: Table, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    data = pa.Table.from_pylist(list(rows), schema=table.schema)
    return data.sort_by([(column, "ascending") for column in table.key])


def _gap_rows(loaded: LoadedManifest) -> Iterable[Mapping[str, Any]]:
    for gap in gaps_of(loaded):
        yield {
            "source_id": gap.source_id,
            "field": gap.question.field,
            "reason": gap.reason,
            "question": gap.question.en,
            "question_zh": gap.question.zh,
        }
