"""Scan of the columns outside the text: for personal information, secrets and notices, not for fingerprints."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from corpus_audit.corpus.coverage import PartCoverage
from corpus_audit.corpus.entry import ColumnTexts
from corpus_audit.corpus.records import OtherTexts
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
        texts = pa.concat_arrays([one.found.texts for one in waiting])
        return _named(self._scanner.scan(texts), waiting)


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
