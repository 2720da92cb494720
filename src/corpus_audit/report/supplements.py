"""The section on what stewards stated where the manifest is silent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from corpus_audit.document.natural_order import natural_order
from corpus_audit.report.listing import list_first
from corpus_audit.report.sections import ListedRows, SupplementRow
from corpus_audit.vocabulary import WHOLE_DATASET, SupplementState


def build_supplements(rows: Sequence[Mapping[str, Any]]) -> ListedRows[SupplementRow]:
    """Return the statements (rows of claim_supplements), first those on the dataset as a whole."""

    def make(row: Mapping[str, Any]) -> SupplementRow:
        return SupplementRow.model_validate({name: row[name] for name in SupplementRow.model_fields})

    return list_first(SupplementRow, sorted(rows, key=_order), "claim_supplements.parquet", make)


def count_statements(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    """Return how many statements are used for each source."""
    return Counter(row["source_id"] for row in rows if row["state"] == SupplementState.USED)


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    # The head of a page shows who stated what about the dataset: these rows have to be listed.
    names = natural_order(row["source_id"]), natural_order(row["field"])
    return row["source_id"] != WHOLE_DATASET, *names, row["document"], row["number"]
