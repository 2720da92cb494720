"""The stored signatures of an audit, which let later audits compare with it without measuring again.

Three files: the contents, a key for each band (a column a band, so that one band is read without the others), and a
byte of each minimum. They lie in the audit's own folder, so they come and go with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.dedup.records import Records, UniqueContents
from corpus_audit.schemas.table import INT, STR, table
from corpus_audit.store import write_table

CONTENTS = table(
    "contents", "one distinct text of an audit's records", ("content",),
    ("content", INT, "Number of the content, in the order of the smallest record ids."),
    ("record_id", STR, "The smallest record id that has it."),
    ("shingles", INT, "Number of distinct shingles."),
    ("content_sha256", pa.binary(32), "sha256 of the text's UTF-8 bytes."),
)  # fmt: skip

_ROWS = 65_536


@dataclass(frozen=True)
class SignatureIndex:
    """The index in one folder."""

    folder: Path

    @property
    def contents_path(self) -> Path:
        """Table CONTENTS."""
        return self.folder / "contents.parquet"

    @property
    def bands_path(self) -> Path:
        """One row a content: its number, and its key in each band."""
        return self.folder / "bands.parquet"

    @property
    def sketches_path(self) -> Path:
        """The low bytes of each content's minima, one content after another."""
        return self.folder / "sketches.u8"

    def sketches(self, num_perm: int) -> NDArray[np.uint8]:
        """Return the sketches as a matrix, a row a content, mapped from disk."""
        if not self.sketches_path.stat().st_size:
            return np.empty((0, num_perm), np.uint8)
        return np.memmap(self.sketches_path, np.uint8, "r").reshape(-1, num_perm)

    def shingles(self) -> NDArray[np.int64]:
        """Return the number of distinct shingles of each content."""
        counts: NDArray[np.int64] = pq.read_table(self.contents_path, columns=["shingles"])["shingles"].to_numpy()
        return counts

    def take(self, contents: NDArray[np.int64]) -> pa.Table:
        """Return some rows of CONTENTS."""
        return pq.read_table(self.contents_path).take(pa.array(contents))

    def write_contents(self, records: Records, contents: UniqueContents, settings: Mapping[str, str]) -> None:
        """Write table CONTENTS, with the signature settings in its metadata."""
        write_table(self.contents_path, CONTENTS, _rows(records, contents), settings)


def _rows(records: Records, contents: UniqueContents) -> Iterator[pa.RecordBatch]:
    for first in range(0, len(contents), _ROWS):
        rows = slice(first, min(first + _ROWS, len(contents)))
        columns = {
            "content": np.arange(rows.start, rows.stop),
            "record_id": records.ids.take(pa.array(contents.first_record[rows])),
            "shingles": contents.shingles[rows],
            "content_sha256": contents.digests[rows],
        }
        arrays = [pa.array(columns[field.name]).cast(field.type) for field in CONTENTS.schema]
        yield pa.record_batch(arrays, schema=CONTENTS.schema)
