"""The stored signatures of an audit, which let later audits compare with it without measuring again.

Three files: the contents, a key for each band (a column a band, so that one band is read without the others), and a
byte of each minimum. They lie in the audit's own folder, so they come and go with it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.dedup.bands import Bands
from corpus_audit.schemas.table import INT, STR, table

CONTENTS = table(
    "contents", "one distinct text of an audit's records", ("content",),
    ("content", INT, "Number of the content, in the order of the smallest record ids."),
    ("record_id", STR, "The smallest record id that has it."),
    ("shingles", INT, "Number of distinct shingles."),
    ("content_sha256", pa.binary(32), "sha256 of the text's UTF-8 bytes."),
)  # fmt: skip


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
        """Return some rows of CONTENTS, with ids as large_string: together they may hold more than 2 GiB."""
        chosen = [CONTENTS.empty()]
        with pq.ParquetFile(self.contents_path, pre_buffer=False) as file:
            first = 0
            for batch in file.iter_batches():
                places = contents[np.searchsorted(contents, first) : np.searchsorted(contents, first + batch.num_rows)]
                chosen.append(pa.Table.from_batches([batch.take(pa.array(places - first))]))
                first += batch.num_rows
        rows = pa.concat_tables(chosen)
        ids = rows["record_id"].cast(pa.large_string())
        return rows.set_column(rows.schema.get_field_index("record_id"), "record_id", ids)


def key_column(band: int) -> str:
    """Return the name of the column that holds a band's keys."""
    return f"key_{band:02}"


def key_schema(bands: Bands) -> pa.Schema:
    """Return the schema of all keys: one row a content."""
    return pa.schema([("content", pa.int64()), *((key_column(band), pa.int64()) for band in range(bands.count))])
