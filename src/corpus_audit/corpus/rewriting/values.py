"""The values of spans, read once more from their rows: stored spans hold places, never values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.locations.base import Location
from corpus_audit.corpus.records import OtherTexts, read_corpus

SPANS_OF_FILE = pa.schema(
    [
        pa.field("row", pa.int64()),
        pa.field("field", pa.string()),
        pa.field("start_byte", pa.int64()),
        pa.field("end_byte", pa.int64()),
        pa.field("entity_type", pa.string()),
    ]
)
"""Places to mask in one file: the row, the column outside the text or '', and the bytes within it."""

_BATCH_BYTES = 8 * 2**20

_Span = tuple[int, int, str]
_Places = Mapping[int, list[_Span]]
Masks = list[tuple[str, str]]


def values_to_mask(location: Location, files: pa.Table, parts: pa.Table, spans: pa.Table) -> dict[int, Masks]:
    """Return the values of each row of one file with their masks; a row without any is one that was not met again.

    *files* and *parts* (schemas FILES and PARTS) are of that file, *spans* follow SPANS_OF_FILE. The mask of a value
    is its entity type in square brackets.
    """
    places: dict[str, dict[int, list[_Span]]] = defaultdict(lambda: defaultdict(list))
    for span in spans.to_pylist():
        places[span["field"]][span["row"]].append((span["start_byte"], span["end_byte"], span["entity_type"]))
    masks: dict[int, Masks] = {row: [] for rows in places.values() for row in rows}
    for piece in read_corpus(location, files, _BATCH_BYTES, parts):
        for field, rows, texts in _texts(piece):
            _note(masks, places.get(field, {}), rows, texts)
    return masks


def _texts(piece: object) -> Iterator[tuple[str, pa.Array, pa.Array]]:
    if isinstance(piece, pa.RecordBatch):
        yield "", piece["row"], piece["text"]
    elif isinstance(piece, OtherTexts):
        yield piece.found.column, piece.found.rows, piece.found.texts


def _note(masks: dict[int, Masks], places: _Places, rows: pa.Array, texts: pa.Array) -> None:
    """Note the values that lie in some texts."""
    wanted = pa.array(sorted(places), pa.int64())
    for at in pc.indices_nonzero(pc.is_in(rows, wanted)).to_pylist() if len(wanted) else ():
        text = texts[at].as_py()
        if text is None:
            continue
        content = text.encode()
        for start, end, entity_type in _merged(places[rows[at].as_py()]):
            value = content[start:end].decode(errors="replace")
            if value:
                masks[rows[at].as_py()].append((value, f"[{entity_type}]"))


def _merged(spans: list[_Span]) -> Iterator[_Span]:
    """Yield spans of one text, those that overlap as one, so that no end of one stays."""
    current: _Span | None = None
    for span in sorted(spans):
        if current is not None and span[0] < current[1]:
            current = (current[0], max(current[1], span[1]), current[2])
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current
