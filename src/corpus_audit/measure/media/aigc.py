"""The implicit label of generated content (GB 45438-2025), wherever it occurs: a JSON object with the key AIGC."""

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.measure.media.facts import Label, label_table
from corpus_audit.vocabulary import LabelCarrier, LabelKind, LabelMeaning

KEY = "AIGC"

_MEANINGS: Mapping[str, LabelMeaning] = {
    "1": LabelMeaning.GENERATED,
    "2": LabelMeaning.POSSIBLY_GENERATED,
    "3": LabelMeaning.POSSIBLY_GENERATED,
}
_NOT_CONFORMING = "does not conform"


def read_aigc(carrier: LabelCarrier, text: str) -> Label:
    """Return what a label says: its Label must be "1", "2" or "3", as text.

    *text* is the value that stands under the key; some writers repeat the key inside it, which is taken as well.
    """
    value = _parse(text)
    if isinstance(value.get(KEY), dict):
        value = value[KEY]
    state = value.get("Label")
    meaning = _MEANINGS.get(state) if isinstance(state, str) else None
    if meaning is None:
        return Label(carrier, LabelKind.AIGC, _NOT_CONFORMING, LabelMeaning.NOT_CONFORMING)
    return Label(carrier, LabelKind.AIGC, f"Label {state}", meaning)


def read_carried_labels(batch: pa.RecordBatch) -> pa.Table:
    """Return the labels (schema LABELS) beside the texts of records (schema RECORD_TEXTS), as in a PDF."""
    labelled = batch.select(["record_id", "source_id", "aigc_label"]).filter(pc.is_valid(batch["aigc_label"]))
    rows = [(row, read_aigc(LabelCarrier.PDF_INFORMATION, row["aigc_label"])) for row in labelled.to_pylist()]
    return label_table((row["record_id"], row["source_id"], label) for row, label in rows)


def _parse(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
