"""The signatures of contents, taken in one pass over the records and divided by ranges of contents.

Of each signature stay a key for each band, and the low byte of each minimum.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.bands import choose_bands, hash_bands
from corpus_audit.dedup.signature_index import SignatureIndex, key_schema
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import Exchange, map_partitions, regroup
from corpus_audit.store import stream_table

_Scalar = TypeVar("_Scalar", bound=np.generic)

_ROWS_PER_GROUP = 1 << 17

# The splits of a source are told apart, as sources are: copies among them are looked for.
_SIDE = "CASE WHEN split IS NULL THEN source_id ELSE concat(source_id, '/', split) END"
_SIDES = f"""
CREATE TABLE sides AS
SELECT position, content, shingles, {_SIDE} AS side
FROM contents LEFT JOIN splits ON splits.file_id = split_part(record_id, ':', 1)
WHERE is_media = 0
"""  # noqa: S608 - nothing but a constant
_NAMES = "SELECT DISTINCT side FROM sides ORDER BY side"
_SIGNED = "SELECT position, content, shingles, side FROM sides ORDER BY position"


def signed_schema(parameters: Parameters) -> pa.Schema:
    """Return the columns of a content with its signature; ``side`` numbers its source and split."""
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold)
    return pa.schema(
        [
            ("content", pa.int64()),
            ("shingles", pa.int64()),
            ("side", pa.int32()),
            ("sketch", pa.binary(parameters.num_perm)),
            ("keys", pa.binary(8 * bands.count)),
        ]
    )


@dataclass(frozen=True)
class ContentRanges:
    """A division of contents into ranges of consecutive numbers, one a partition."""

    contents: int
    partitions: int

    def of(self, contents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the partition of each content."""
        return contents * self.partitions // max(self.contents, 1)


def divide_signatures(
    engine: Engine, records: Sequence[Path], parameters: Parameters, ranges: ContentRanges, folder: Path
) -> Exchange:
    """Return the contents that have a signature (``signed_schema``), divided by *ranges*.

    Reads ``contents``, and the files' splits in ``splits``.
    """
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold)
    engine.execute(_SIDES)
    names = engine.fetch(_NAMES)["side"].combine_chunks()
    schema = signed_schema(parameters)
    divided = Exchange(folder, schema, ranges.partitions)
    for rows, signatures in _read_signatures(engine, records, parameters.num_perm):
        keys = hash_bands(signatures, bands.count, bands.rows)
        contents = rows["content"].to_numpy()
        columns = [
            rows["content"],
            rows["shingles"],
            pc.index_in(rows["side"], names),
            binary_rows(signatures.astype(np.uint8)),
            binary_rows(keys.T),
        ]
        divided.write(pa.table(columns, schema=schema), ranges.of(contents))
    divided.close()
    return divided


def write_index(signed: Exchange, contents: int, parameters: Parameters, index: SignatureIndex) -> None:
    """Write band keys and sketches of all contents in their order."""
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold)
    schema = key_schema(bands)
    done = 0
    with (
        index.sketches_path.open("wb") as sketches,
        pq.ParquetWriter(index.bands_path, schema, compression="none", use_dictionary=False) as writer,
    ):

        def pieces() -> Iterator[pa.RecordBatch]:
            nonlocal done
            for rows in map_partitions(lambda part: sorted_by_content(signed, part), range(signed.partitions), 1):
                numbers = rows["content"].to_numpy()
                # Pictures and recordings have a number, and a place without anything in it.
                end = int(numbers[-1]) + 1 if len(numbers) else done
                matrix = np.zeros((end - done, parameters.num_perm), np.uint8)
                matrix[numbers - done] = matrix_of(rows["sketch"], np.uint8)
                matrix.tofile(sketches)
                done = end
                keys = np.ascontiguousarray(matrix_of(rows["keys"], np.int64).T)
                yield pa.record_batch([pa.array(numbers), *keys], schema=schema)

        for batch in regroup(pieces(), _ROWS_PER_GROUP):
            writer.write_batch(batch, row_group_size=_ROWS_PER_GROUP)
        sketches.truncate(max(contents, 1) * parameters.num_perm)


def sorted_by_content(signed: Exchange, part: int) -> pa.Table:
    """Return one partition in the order of its contents."""
    rows = signed.read(part)
    return rows.take(pa.array(np.argsort(rows["content"].to_numpy(), kind="stable"))).combine_chunks()


def binary_rows(matrix: NDArray[np.generic]) -> pa.Array:
    """Return each row of a matrix as a value of fixed length."""
    matrix = np.ascontiguousarray(matrix)
    width = matrix.shape[1] * matrix.itemsize
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), len(matrix), [None, pa.py_buffer(matrix)])


def matrix_of(column: pa.ChunkedArray, kind: type[_Scalar]) -> NDArray[_Scalar]:
    """Return the values of a column of one chunk as the rows of a matrix, without copying."""
    width = column.type.byte_width // np.dtype(kind).itemsize
    if not len(column):
        return np.empty((0, width), kind)
    (chunk,) = column.chunks
    first = chunk.offset * width
    return np.frombuffer(chunk.buffers()[1], kind)[first : first + len(chunk) * width].reshape(-1, width)


def _read_signatures(
    engine: Engine, records: Sequence[Path], num_perm: int
) -> Iterator[tuple[pa.Table, NDArray[np.uint32]]]:
    """Yield the contents that have a signature, and a matrix with a row for each."""
    wanted = _Ordered(engine.stream(_SIGNED))
    position = 0
    for path in records:
        for batch in stream_table(path, ["signature"]):
            rows = wanted.up_to(position + batch.num_rows)
            if rows.num_rows:
                places = pc.subtract(rows["position"], position)
                signatures = batch["signature"].take(places.combine_chunks())
                yield rows, signatures.flatten().to_numpy().reshape(-1, num_perm)
            position += batch.num_rows


class _Ordered:
    """Rows that come in the order of their positions, taken a stretch at a time."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = iter(batches)
        self._waiting: list[pa.RecordBatch] = []

    def up_to(self, end: int) -> pa.Table:
        """Return the rows before position *end* that were not taken yet."""
        taken: list[pa.RecordBatch] = []
        while True:
            batch = self._waiting.pop() if self._waiting else next(self._batches, None)
            if batch is None:
                break
            before = int(np.searchsorted(batch["position"].to_numpy(), end))
            if before:
                taken.append(batch.slice(0, before))
            if before < batch.num_rows:
                self._waiting.append(batch.slice(before))
                break
        if not taken:
            return pa.table({"position": pa.array([], pa.int64())})
        return pa.Table.from_batches(taken).combine_chunks()
