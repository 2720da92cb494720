"""The origin of claims, rejected statements and unrecorded answers, as tables."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from corpus_audit.manifest.gaps import gaps_of
from corpus_audit.manifest.loaded import LoadedManifest, Received
from corpus_audit.schemas import CLAIM_GAPS, CLAIM_PROBLEMS, CLAIM_SUPPLEMENTS, DOCUMENTS, ORIGINS, Table
from corpus_audit.schemas.assembling import table_of_rows
from corpus_audit.store import sha256_of_bytes

_SUFFIXES = (".json", ".yaml", ".yml", ".md", ".xml")


def stored_documents(loaded: LoadedManifest) -> dict[str, Received]:
    """Return every document that claims were read from, by the name of the file that keeps its bytes."""
    numbered = enumerate(loaded.documents)
    return {f"received{f'-{number:05d}' if number else ''}{_suffix(found.name)}": found for number, found in numbered}


def description_tables(loaded: LoadedManifest) -> dict[Table, pa.Table]:
    """Return the tables DOCUMENTS, ORIGINS, CLAIM_PROBLEMS, CLAIM_GAPS and CLAIM_SUPPLEMENTS of a manifest."""
    rows: dict[Table, Iterable[Mapping[str, Any]]] = {
        DOCUMENTS: [
            {"document": found.name, "format": found.format, "sha256": sha256_of_bytes(found.content), "stored": stored}
            for stored, found in stored_documents(loaded).items()
        ],
        ORIGINS: (origin._asdict() for origin in loaded.origins),
        CLAIM_PROBLEMS: (problem._asdict() for problem in loaded.problems),
        CLAIM_GAPS: _gap_rows(loaded),
        CLAIM_SUPPLEMENTS: [taken._asdict() for taken in loaded.supplements],
    }
    return {table: table_of_rows(table, found) for table, found in rows.items()}


def _suffix(name: str) -> str:
    """Return a document's suffix where it is a known one: a file's name can be too long to put anything before it."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in _SUFFIXES else ""


def _gap_rows(loaded: LoadedManifest) -> Iterable[Mapping[str, Any]]:
    for gap in gaps_of(loaded):
        yield {
            "source_id": gap.source_id,
            "field": gap.question.field,
            "reason": gap.reason,
            "question": gap.question.en,
            "question_zh": gap.question.zh,
        }
