"""The signatures of contents, taken in one pass over the records, and written once: in the index, by content.

Of each signature stay a key for each band, and the low byte of each minimum. What else candidates need of a content
lies beside the index, divided by ranges of contents.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.bands import Bands, choose_bands, hash_bands
from corpus_audit.dedup.signature_index import SignatureIndex, key_column, key_schema
from corpus_audit.engine.ahead import map_ahead
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import Exchange, Piece, regroup
from corpus_audit.engine.steps import Divided, Steps
from corpus_audit.store import stream_table
from corpus_audit.store.parquet import reading

_Scalar = TypeVar("_Scalar", bound=np.generic)
Integers = NDArray[np.int64]

_ROWS_PER_GROUP = 1 << 17

# The splits of a source are told apart, as sources are: copies among them are looked for.
_SIDES = """
SELECT position, content, shingles,
       CASE WHEN split IS NULL THEN source_id ELSE concat(source_id, '/', split) END AS side
FROM contents LEFT JOIN splits ON splits.file_id = split_part(record_id, ':', 1)
WHERE is_media = 0
"""
_SIDE_NAMES = f"SELECT DISTINCT side FROM ({_SIDES}) AS sided ORDER BY side"  # noqa: S608 - constants
_PLACES = pa.schema([("position", pa.int64()), ("content", pa.int64()), ("shingles", pa.int64()), ("side", pa.int32())])
_FEATURES = pa.schema([("content", pa.int64()), ("shingles", pa.int64()), ("side", pa.int32())])
"""Of a content; ``side`` is the number of its source and split."""


@dataclass(frozen=True)
class ContentRanges:
    """A division of contents into ranges of consecutive numbers, one a partition."""

    contents: int
    partitions: int

    def of(self, contents: Integers) -> Integers:
        """Return the partition of each content."""
        return contents * self.partitions // max(self.contents, 1)


@dataclass(frozen=True)
class RecordFiles:
    """The files of table RECORDS in the order that positions follow, and the position that each ends before."""

    paths: Sequence[Path]
    ends: Sequence[int]

    @classmethod
    def of(cls, paths: Sequence[Path]) -> "RecordFiles":
        """Return files with their ends."""
        return cls(paths, list(accumulate(pq.read_metadata(path).num_rows for path in paths)))

    def signatures(self, first: int, last: int) -> Iterator[tuple[int, pa.ListArray]]:
        """Yield the signatures from position *first* to *last* and some beside, with the first position of each."""
        for path, end in zip(self.paths, self.ends, strict=True):
            if end <= first:
                continue
            with reading(path), pq.ParquetFile(path, pre_buffer=False) as file:
                position = end - file.metadata.num_rows
                if position >= last:
                    return
                for group in range(file.num_row_groups):
                    rows = file.metadata.row_group(group).num_rows
                    if position + rows > first and position < last:
                        start = position
                        for batch in file.iter_batches(row_groups=[group], columns=["signature"]):
                            yield start, batch["signature"]
                            start += batch.num_rows
                    position += rows


@dataclass(frozen=True)
class SignedContents:
    """The contents that have a signature: their keys and sketches in the index, the rest in partitions beside it."""

    index: SignatureIndex
    bands: Bands
    num_perm: int
    features: Exchange
    row_ends: Sequence[int]
    """Rows of the index's keys up to the end of each partition."""

    @property
    def partitions(self) -> int:
        """Into how many ranges the contents are divided."""
        return self.features.partitions

    @property
    def contents(self) -> int:
        """How many have a signature."""
        return self.row_ends[-1]

    def keys(self, band: int) -> Iterator[Integers]:
        """Yield the keys of all contents in one band, a stretch at a time."""
        for batch in stream_table(self.index.bands_path, [key_column(band)]):
            yield batch.column(0).to_numpy()

    def keyed_contents(self, band: int) -> Iterator[tuple[Integers, Integers]]:
        """Yield the same stretches, with the contents before their keys."""
        for batch in stream_table(self.index.bands_path, ["content", key_column(band)]):
            contents, keys = batch.columns
            yield contents.to_numpy(), keys.to_numpy()

    def take(self, part: int, contents: Integers) -> pa.Table:
        """Return these contents of a partition with ``shingles``, ``side``, ``sketch`` and ``short_keys``.

        Short keys are 32 bits of the key in each band.
        """
        features = self.features.take(part)
        known = features["content"].to_numpy()
        rows = np.searchsorted(known, contents)
        if not len(rows):
            return pa.table([], names=[])
        first, last = int(known[0]), int(known[-1])
        sketches = np.fromfile(
            self.index.sketches_path, np.uint8, (last + 1 - first) * self.num_perm, offset=first * self.num_perm
        )
        taken = features.select(["shingles", "side"]).take(pa.array(rows))
        taken = taken.append_column("sketch", binary_rows(sketches.reshape(-1, self.num_perm)[contents - first]))
        return taken.append_column("short_keys", binary_rows(self._short_keys(part, rows)))

    def _short_keys(self, part: int, rows: Integers) -> NDArray[np.int32]:
        start, end = (self.row_ends[part - 1] if part else 0), self.row_ends[part]
        groups = range(start // _ROWS_PER_GROUP, (end - 1) // _ROWS_PER_GROUP + 1)
        places = rows + start - groups[0] * _ROWS_PER_GROUP
        with pq.ParquetFile(self.index.bands_path) as file:
            columns = file.read_row_groups(list(groups), columns=[key_column(band) for band in range(self.bands.count)])
        short = np.empty((len(rows), self.bands.count), np.int32)
        for band, column in enumerate(columns.columns):
            short[:, band] = column.to_numpy()[places]
        return short


def divide_signatures(
    engine: Engine,
    records: Sequence[Path],
    parameters: Parameters,
    ranges: ContentRanges,
    folder: Path,
    index: SignatureIndex,
    steps: Steps,
) -> SignedContents:
    """Write the keys and sketches of all contents to the index, by content, and return where they are.

    Reads ``contents``, and the files' splits in ``splits``.
    """
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold)
    signed = _exchange_signatures(engine, records, parameters, ranges, folder, steps)
    features = Exchange(folder / "features", _FEATURES, ranges.partitions)
    # One task, since the index is one file of each kind.
    work = partial(_write_index, features, ranges, parameters.num_perm, bands, folder)
    (written,) = steps.run(work, [signed])
    written.keys.rename(index.bands_path)
    written.sketches.rename(index.sketches_path)
    features.close()
    features.add(written.features)
    signed.delete()
    return SignedContents(index, bands, parameters.num_perm, features, list(accumulate(written.counts)))


@dataclass(frozen=True)
class _Written:
    """The index's keys and sketches, and beside it the features of contents and how many each partition has."""

    keys: Path
    sketches: Path
    features: Piece
    counts: Sequence[int]


def _write_index(
    features: Exchange, ranges: ContentRanges, num_perm: int, bands: Bands, folder: Path, signed: Exchange
) -> _Written:
    """Write the keys and sketches of all contents, by content."""
    name = uuid.uuid4().hex
    keys_path, sketches_path = folder / f"bands-{name}.parquet", folder / f"sketches-{name}.u8"
    schema, beside = key_schema(bands), features.new_piece()
    counts: list[int] = []

    def sort(part: int) -> pa.Table:
        rows = signed.take(part)
        return rows.take(pa.array(np.argsort(rows["content"].to_numpy(), kind="stable"))).combine_chunks()

    with (
        sketches_path.open("wb") as sketches,
        pq.ParquetWriter(keys_path, schema, compression="none", use_dictionary=False) as writer,
    ):

        def pieces() -> Iterator[pa.RecordBatch]:
            done = 0
            for part, rows in enumerate(map_ahead(sort, range(signed.partitions), 1)):
                contents = rows["content"].to_numpy()
                counts.append(len(contents))
                beside.write(rows.select(_FEATURES.names), np.full(len(contents), part))
                # Pictures and recordings have a number, and a place without anything in it.
                end = int(contents[-1]) + 1 if len(contents) else done
                matrix = np.zeros((end - done, num_perm), np.uint8)
                matrix[contents - done] = matrix_of(rows["sketch"], np.uint8)
                matrix.tofile(sketches)
                done = end
                keys = np.ascontiguousarray(matrix_of(rows["keys"], np.int64).T)
                yield pa.record_batch([pa.array(contents), *keys], schema=schema)

        for batch in regroup(pieces(), _ROWS_PER_GROUP):
            writer.write_batch(batch, row_group_size=_ROWS_PER_GROUP)
        sketches.truncate(max(ranges.contents, 1) * num_perm)
    return _Written(keys_path, sketches_path, beside.finish(), counts)


def _exchange_signatures(
    engine: Engine, records: Sequence[Path], parameters: Parameters, ranges: ContentRanges, folder: Path, steps: Steps
) -> Exchange:
    """Return the contents that have a signature with its sketch and keys, divided by *ranges*."""
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold)
    signature = [("sketch", pa.binary(parameters.num_perm)), ("keys", pa.binary(8 * bands.count))]
    divided = Exchange(folder / "signed", pa.schema([*_FEATURES, *signature]), ranges.partitions)
    files = RecordFiles.of(records)
    positions = ContentRanges(files.ends[-1] if records else 0, ranges.partitions)
    places = Exchange(folder / "places", _PLACES, ranges.partitions)
    names = engine.fetch(_SIDE_NAMES)["side"].to_pylist()
    steps.divide(partial(_place, names, positions), steps.stretches(engine, _SIDES), [places])
    work = partial(_sign, places, files, parameters.num_perm, bands, ranges)
    steps.divide(work, range(places.partitions), [divided])
    places.delete()
    return divided


def _place(names: Sequence[str], positions: ContentRanges, sided: Iterable[pa.RecordBatch]) -> Iterator[tuple[Divided]]:
    """Yield the contents that have a signature, divided by the positions of their records."""
    numbers = {name: number for number, name in enumerate(names)}
    for batch in sided:
        sides = batch["side"].dictionary_encode()
        of_value = [numbers[name] for name in sides.dictionary.to_pylist()]
        side = np.array(of_value, np.int32)[sides.indices.to_numpy()]
        columns = [batch["position"], batch["content"], batch["shingles"], pa.array(side)]
        yield ((pa.table(columns, schema=_PLACES), positions.of(batch["position"].to_numpy())),)


def _sign(
    places: Exchange, files: RecordFiles, num_perm: int, bands: Bands, ranges: ContentRanges, part: int
) -> list[tuple[Divided]]:
    """Return the contents whose records lie in a partition, with sketch and keys, divided by *ranges*."""
    found: list[tuple[Divided]] = []
    wanted = places.take(part)
    wanted = wanted.take(pa.array(np.argsort(wanted["position"].to_numpy()))).combine_chunks()
    schema = pa.schema([*_FEATURES, ("sketch", pa.binary(num_perm)), ("keys", pa.binary(8 * bands.count))])
    at = wanted["position"].to_numpy()
    if not len(at):
        return found
    for position, column in files.signatures(int(at[0]), int(at[-1]) + 1):
        first, last = np.searchsorted(at, [position, position + len(column)]).tolist()
        if first == last:
            continue
        rows = wanted.slice(first, last - first)
        signatures = _rows_of(column, at[first:last] - position, num_perm)
        keys = hash_bands(signatures, bands.count, bands.rows)
        signed = [binary_rows(signatures.astype(np.uint8)), binary_rows(keys.T)]
        columns = [rows[name] for name in _FEATURES.names]
        found.append(((pa.table([*columns, *signed], schema=schema), ranges.of(rows["content"].to_numpy())),))
    return found


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


def _rows_of(signatures: pa.ListArray, places: Integers, num_perm: int) -> NDArray[np.uint32]:
    """Return some signatures as the rows of a matrix; taking lists instead would look at each one's length."""
    matrix = signatures.values.to_numpy().reshape(-1, num_perm)
    found: NDArray[np.uint32] = matrix[signatures.offsets.to_numpy()[places] // num_perm]
    return found
