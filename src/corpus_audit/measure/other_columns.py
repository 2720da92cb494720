"""Scan of the columns outside the text: for personal information, secrets and notices, not for fingerprints."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.coverage import PartCoverage
from corpus_audit.corpus.entry import ColumnTexts
from corpus_audit.corpus.records import OtherTexts
from corpus_audit.measure.detection.labels import groups_before
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.schemas import SPANS
from corpus_audit.vocabulary import COLUMN_NAMES


def column_names(part: PartCoverage) -> OtherTexts:
    """Return the names of a part's columns as one text of its first row: a name may be a person's address."""
    names = "\n".join(sorted({str(row["column_name"]) for row in part.columns}))
    rows = pa.array([part.counts["first_row"]], pa.int64())
    texts = ColumnTexts(COLUMN_NAMES, rows, pa.array([names], pa.large_string()))
    return OtherTexts(part.counts["file_id"], part.counts["source_id"], texts)


class ColumnScanner:
    """Gathers texts of any columns and scans them about *batch_bytes* at a time: a scan costs the same for few."""

    def __init__(self, scanner: Scanner, batch_bytes: int) -> None:
        self._scanner = scanner
        self._batch_bytes = batch_bytes
        self._waiting: list[OtherTexts] = []
        self._size = 0

    def add(self, texts: OtherTexts) -> Iterator[pa.Table]:
        """Take texts, and yield the spans (schema SPANS) of all that wait once they are enough."""
        self._waiting.append(texts)
        self._size += texts.found.texts.nbytes
        if self._size >= self._batch_bytes:
            yield self.flush()

    def flush(self) -> pa.Table:
        """Return the spans of all texts that still wait."""
        waiting, self._waiting, self._size = self._waiting, [], 0
        if not waiting:
            return SPANS.empty()
        labels = [_label(one.found.column) for one in waiting]
        texts = [_beside(label, one.found.texts) for label, one in zip(labels, waiting, strict=True)]
        return _named(_unlabelled(self._scanner.scan(pa.concat_arrays(texts)), labels, waiting), waiting)


def _label(column: str) -> str:
    """Return what stands in front of each value of a column whose name says what they are; '' for others."""
    return f"{column}: " if groups_before(column) else ""


def _beside(label: str, texts: pa.LargeStringArray) -> pa.LargeStringArray:
    """Return the values of a column, each behind its label."""
    return (
        pc.binary_join_element_wise(pa.scalar(label, texts.type), texts, pa.scalar("", texts.type)) if label else texts
    )


def _unlabelled(found: pa.Table, labels: Sequence[str], scanned: Sequence[OtherTexts]) -> pa.Table:
    """Return the spans that begin in a value, with their places in it."""
    ends = np.cumsum([len(one.found.texts) for one in scanned])
    sizes = np.array([len(label.encode()) for label in labels], np.int64)
    shift = sizes[np.searchsorted(ends, found["index"].to_numpy(), side="right")]
    start, stop = found["start_byte"].to_numpy() - shift, found["end_byte"].to_numpy() - shift
    moved = {"start_byte": start, "end_byte": stop}
    columns = {
        name: pa.array(moved[name], found[name].type) if name in moved else found[name] for name in found.column_names
    }
    return pa.table(columns, schema=found.schema).filter(pa.array(start >= 0))


def _named(found: pa.Table, scanned: list[OtherTexts]) -> pa.Table:
    """Return spans with the record, source and column that they lie in; only those of spans become Python objects."""
    ends = np.cumsum([len(one.found.texts) for one in scanned])
    index = found["index"].to_numpy()
    places = np.searchsorted(ends, index, side="right")
    within = index - np.concatenate([[0], ends])[places]
    rows = [scanned[place].found.rows[int(at)].as_py() for place, at in zip(places, within, strict=True)]
    owners = [scanned[place] for place in places]
    columns = {name: found[name] for name in found.column_names} | {
        "record_id": pa.array([f"{one.file_id}:{row}" for one, row in zip(owners, rows, strict=True)], pa.string()),
        "source_id": pa.array([one.source_id for one in owners], pa.string()),
        "field": pa.array([one.found.column for one in owners], pa.string()),
    }
    return pa.table({name: columns[name] for name in SPANS.schema.names}).cast(SPANS.schema)
