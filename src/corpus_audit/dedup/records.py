"""All records of an audit, numbered in the order of their ids, and groups of records with the same bytes.

Everything between reading and reporting works on these numbers: a smaller number is a smaller record id, whatever
the shards were. Records with the same bytes are one *content*; contents are numbered by their smallest record.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.errors import ParametersMismatchError
from corpus_audit.schemas import RECORDS
from corpus_audit.store import stream_table
from corpus_audit.vocabulary import Modality

NO_CONTENT = -1
"""The content of a text without shingles: it is a copy of nothing."""

_COLUMNS = ["record_id", "source_id", "modality", "size_bytes", "shingles", "content_sha256"]


@dataclass(frozen=True)
class Records:
    """The records, by number: ids ascend; ``sources`` index ``source_names``, which ascend as well."""

    ids: pa.Array
    sources: NDArray[np.int32]
    source_names: pa.Array
    sizes: NDArray[np.int64]
    contents: NDArray[np.int64]
    by_position: NDArray[np.int64]
    """The number of the record at each position in the files as they were given."""

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class UniqueContents:
    """The distinct contents: the smallest record that holds each, shingles, sha256, and how many records hold it."""

    first_record: NDArray[np.int64]
    shingles: NDArray[np.int64]
    digests: pa.Array
    copies: NDArray[np.int64]

    @property
    def is_media(self) -> NDArray[np.bool_]:
        """Which contents are pictures, recordings and films: they have no shingles, and texts have some."""
        is_media: NDArray[np.bool_] = self.shingles == 0
        return is_media

    def __len__(self) -> int:
        return len(self.first_record)


def check_settings(paths: Sequence[Path], parameters: Parameters) -> None:
    """Raise ParametersMismatchError unless all files' signatures were made with *parameters*."""
    wanted = parameters.signature_settings()
    for path in paths:
        stored = pq.read_schema(path).metadata or {}
        found = {name: stored.get(name.encode(), b"nothing").decode() for name in wanted}
        different = [
            f"{name} {found[name]} instead of {wanted[name]}" for name in wanted if found[name] != wanted[name]
        ]
        if different:
            message = (
                f"The signatures in {path} were made with other settings ({', '.join(different)}). "
                "Measure the data again with the settings of this audit."
            )
            raise ParametersMismatchError(message)


def read_record_numbers(paths: Sequence[Path]) -> tuple[Records, UniqueContents]:
    """Return the records of all files and their distinct contents."""
    tables = [pq.read_table(path, columns=_COLUMNS) for path in paths]
    table = pa.concat_tables(tables) if tables else RECORDS.empty().select(_COLUMNS)
    ids = _whole(table["record_id"].cast(pa.large_string()))
    order = pc.sort_indices(ids).to_numpy()
    by_position = np.empty(len(order), np.int64)
    by_position[order] = np.arange(len(order))
    sources, source_names = _encode_sorted(table["source_id"])
    shingles = table["shingles"].to_numpy()[order]
    is_media = pc.not_equal(table["modality"], Modality.TEXT.value).to_numpy()[order]
    digests = _whole(table["content_sha256"])
    contents, first_record = _number_contents(digests, is_media | (shingles > 0), order)
    records = Records(
        ids=ids.take(pa.array(order)),
        sources=sources[order],
        source_names=source_names,
        sizes=table["size_bytes"].to_numpy()[order],
        contents=contents,
        by_position=by_position,
    )
    copies = np.bincount(contents[contents != NO_CONTENT], minlength=len(first_record))
    own_digests = digests.take(pa.array(order[first_record]))
    return records, UniqueContents(first_record, shingles[first_record], own_digests, copies)


def read_signatures(
    paths: Sequence[Path], records: Records, contents: UniqueContents, num_perm: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint32]]]:
    """Yield the signature of each content that has one, once: content numbers, and a matrix with a row for each."""
    is_first = np.zeros(len(records), np.bool_)
    is_first[contents.first_record[~contents.is_media]] = True
    position = 0
    for path in paths:
        for batch in stream_table(path, ["signature"]):
            numbers = records.by_position[position : position + batch.num_rows]
            position += batch.num_rows
            chosen = is_first[numbers]
            signatures = batch["signature"].filter(pa.array(chosen))
            yield records.contents[numbers[chosen]], signatures.flatten().to_numpy().reshape(-1, num_perm)


def _number_contents(
    digests: pa.Array, can_be_copied: NDArray[np.bool_], order: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each record's content and each content's smallest record."""
    codes = digests.dictionary_encode().indices.to_numpy()[order]
    chosen = np.flatnonzero(can_be_copied)
    first = np.full(codes.max(initial=-1) + 1, NO_CONTENT, np.int64)
    # Written from the last record to the first, the smallest stays.
    first[codes[chosen[::-1]]] = chosen[::-1]
    first_record = np.sort(first[first != NO_CONTENT])
    contents = np.full(len(codes), NO_CONTENT, np.int64)
    contents[chosen] = np.searchsorted(first_record, first[codes[chosen]])
    return contents, first_record


def _encode_sorted(column: pa.ChunkedArray) -> tuple[NDArray[np.int32], pa.Array]:
    """Return a column as numbers into its sorted distinct values, and those values."""
    encoded = _whole(column).dictionary_encode()
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order))
    return rank[encoded.indices.to_numpy()], encoded.dictionary.take(pa.array(order))


def _whole(column: pa.ChunkedArray) -> pa.Array:
    chunks = column.combine_chunks()
    return chunks if isinstance(chunks, pa.Array) else pa.concat_arrays(chunks.chunks)
