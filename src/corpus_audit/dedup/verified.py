"""Candidates compared on their texts, partition by partition.

The texts are read once more, in one pass in the order they lie in; their shingles go to the partitions that compare
them. A text counts only if its sha256 is still that of the content.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.candidates import CANDIDATES, ROUTES, write_routes
from corpus_audit.dedup.few_buckets import may_have_more
from corpus_audit.dedup.groups import compare_with_the_middle
from corpus_audit.dedup.lookup import RecordLookup
from corpus_audit.dedup.shingle_file import ReadTexts, file_ids, hash_found
from corpus_audit.dedup.verify import count_common_in
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import Exchange
from corpus_audit.engine.steps import Divided, Steps
from corpus_audit.measure.fingerprints.fingerprint import shingle_hashes
from corpus_audit.schemas.table import FLOAT, INT, table
from corpus_audit.store import TableWriter

Integers = NDArray[np.int64]

VERIFIED = table(
    "verified", "two contents at or above the threshold", ("content_a", "content_b"),
    ("content_a", INT, "The smaller content."),
    ("content_b", INT, "The larger content."),
    ("jaccard", FLOAT, "Similarity, computed from the two."),
    ("containment_a", FLOAT, "Share of content_a that content_b holds."),
    ("containment_b", FLOAT, "Share of content_b that content_a holds."),
    ("bands_shared", pa.int32(), "Bands in which two texts collide; null where no band proposed the two."),
)  # fmt: skip

_SHINGLES = pa.schema([("content", pa.int64()), ("hashes", pa.large_list(pa.uint64()))])

_WANTED = """
SELECT known.position, known.content, known.record_id, known.content_sha256, wanted.part
FROM routes AS wanted JOIN contents AS known ON known.content = wanted.content
"""
_WANTED_TEXTS = pa.schema(
    [
        ("position", pa.int64()),
        ("content", pa.int64()),
        ("record_id", pa.string()),
        ("content_sha256", pa.binary(32)),
        ("part", pa.int64()),
    ]
)
_ROWS_AT_ONCE = 1 << 20
"""Texts that are looked for in one reading, where no single file holds more of them."""


@dataclass(frozen=True)
class Verified:
    """The files of table VERIFIED, in no order and with some pairs twice, and how many pairs were compared for them."""

    paths: Sequence[Path]
    compared: int


def verify_candidates(
    engine: Engine, candidates: Exchange, read_texts: ReadTexts, parameters: Parameters, folder: Path, steps: Steps
) -> Verified:
    """Return the pairs of texts that reach the threshold."""
    parts = range(candidates.partitions)
    routes = list(steps.run(partial(write_routes, candidates, folder), parts))
    engine.add_parquet(ROUTES.name, routes, ROUTES)
    wanted = Exchange(folder / "wanted", _WANTED_TEXTS, candidates.partitions)
    steps.divide(partial(_by_file, wanted.partitions), steps.stretches(engine, _WANTED), [wanted])
    shingles = Exchange(folder / "shingles", _SHINGLES, candidates.partitions)
    steps.divide(partial(_send_shingles, wanted, read_texts, parameters, steps.threads), parts, [shingles])
    wanted.delete()
    found = list(steps.run(partial(_write_verified, candidates, shingles, parameters, folder), parts))
    shingles.delete()
    candidates.delete()
    return Verified([path for path, _ in found], candidates.rows + sum(more for _, more in found))


def _by_file(partitions: int, wanted: Iterable[pa.RecordBatch]) -> Iterator[tuple[Divided]]:
    """Yield the wanted texts, those of a file in one partition, so that it is read once."""
    for batch in wanted:
        files = pc.list_element(pc.split_pattern(batch["record_id"], ":", max_splits=1), 0).dictionary_encode()
        of_file = [crc32(name.encode()) % partitions for name in files.dictionary.to_pylist()]
        rows = pa.Table.from_batches([batch]).select(_WANTED_TEXTS.names).cast(_WANTED_TEXTS)
        yield ((rows, np.array(of_file, np.int64)[files.indices.to_numpy()]),)


def _send_shingles(
    wanted: Exchange, read_texts: ReadTexts, parameters: Parameters, threads: int, part: int
) -> Iterator[tuple[Divided]]:
    """Read the wanted texts of a partition's files, and yield the shingles of each for the partitions that ask for it.

    At most _ROWS_AT_ONCE are looked for in one reading, where no single file holds more of them.
    """
    rows = wanted.take(part)
    for texts in _by_files(rows.take(pa.array(np.lexsort((rows["part"].to_numpy(), rows["position"].to_numpy()))))):
        yield from _read_shingles(texts, read_texts, parameters, threads)


def _by_files(rows: pa.Table) -> Iterator[pa.Table]:
    """Yield wanted rows in stretches that end with a file."""
    files = pc.list_element(pc.split_pattern(rows["record_id"], ":", max_splits=1), 0).combine_chunks()
    ends = np.append(np.flatnonzero(pc.not_equal(files[1:], files[:-1]).to_numpy(zero_copy_only=False)) + 1, len(rows))
    first = 0
    while first < len(rows):
        fitting = ends[(ends > first) & (ends <= first + _ROWS_AT_ONCE)]
        end = int(fitting[-1]) if len(fitting) else int(ends[ends > first][0])
        yield rows.slice(first, end - first)
        first = end


def _read_shingles(
    wanted: pa.Table, read_texts: ReadTexts, parameters: Parameters, threads: int
) -> Iterator[tuple[Divided]]:
    contents, parts = wanted["content"].to_numpy(), wanted["part"].to_numpy()
    # Sorted by position: the rows of a content, one for each partition, follow each other.
    firsts = np.flatnonzero(np.concatenate([[True], contents[1:] != contents[:-1]]))
    counts = np.diff([*firsts.tolist(), len(contents)])
    texts = wanted.take(pa.array(firsts)).combine_chunks()
    ids = texts["record_id"].cast(pa.large_string()).combine_chunks()
    digests = texts["content_sha256"].combine_chunks()
    read = read_texts(file_ids(ids))
    for places, (offsets, hashes) in hash_found(read, RecordLookup(ids), parameters, threads, digests):
        rows = np.repeat(np.arange(len(places)), counts[places])
        # Of each place the rows firsts[place], firsts[place] + 1 and so on.
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(counts[places]) - counts[places], counts[places])
        lists = pa.LargeListArray.from_arrays(pa.array(offsets), pa.array(hashes))
        columns = [contents[firsts[places]][rows], lists.take(pa.array(rows))]
        yield ((pa.table(columns, schema=_SHINGLES), parts[firsts[places][rows] + nth]),)


def _write_verified(
    pairs: Exchange, shingles: Exchange, parameters: Parameters, folder: Path, part: int
) -> tuple[Path, int]:
    """Return the file (VERIFIED) of a partition's pairs at the threshold, and how many were compared more."""
    rows, more = _compare(pairs.take(part), shingles.take(part), parameters.jaccard_threshold)
    path = folder / f"verified-{uuid.uuid4().hex}.parquet"
    with TableWriter(path, VERIFIED) as writer:
        writer.write(rows)
    return path, more


def _compare(
    pairs: pa.Table,
    shingles: pa.Table,
    jaccard_threshold: float,
    may_have_more: Callable[[Integers, Integers], bool] = may_have_more,
) -> tuple[pa.Table, int]:
    """Return the pairs of one partition that reach the threshold (schema VERIFIED), and how many were compared more."""
    shingles = shingles.take(pa.array(np.argsort(shingles["content"].to_numpy()))).combine_chunks()
    contents = shingles["content"].to_numpy()
    pairs = _of_texts(pairs, contents)
    if not pairs.num_rows:
        return VERIFIED.empty(), 0
    (lists,) = shingles["hashes"].chunks
    hashes, starts = lists.values.to_numpy(), lists.offsets.to_numpy()
    counts = np.diff(starts)
    sides = np.searchsorted(contents, np.stack([pairs[name].to_numpy() for name in ("member", "leader")], axis=1))
    sides.sort(axis=1)
    common = count_common_in(hashes, starts[:-1], counts, sides, jaccard_threshold)
    union = counts[sides].sum(axis=1) - common
    is_verified: NDArray[np.bool_] = np.logical_and(common > 0, common / union >= jaccard_threshold)
    bounds = _group_bounds(pairs["group"].to_numpy())
    more: Integers = np.empty((0, 3), np.int64)
    if may_have_more(bounds, sides):
        more = compare_with_the_middle(bounds, sides, is_verified, hashes, starts[:-1], counts, jaccard_threshold)
    found = np.concatenate([np.column_stack([sides, common])[is_verified], more])
    bands = np.concatenate([pairs["bands_shared"].to_numpy()[is_verified], np.zeros(len(more), np.int32)])
    is_proposed = np.arange(len(found)) < int(is_verified.sum())
    sizes, shares = counts[found[:, :2]], found[:, 2]
    columns = [
        *contents[found[:, :2]].T.copy(),
        shares / (sizes.sum(axis=1) - shares),
        shares / sizes[:, 0],
        shares / sizes[:, 1],
        pa.array(bands, mask=~is_proposed),
    ]
    return pa.table(columns, schema=VERIFIED.schema), len(more)


def _of_texts(pairs: pa.Table, contents: Integers) -> pa.Table:
    """Return the pairs whose texts are both there, by groups: one that is gone or has changed was not sent."""
    sides = np.stack([pairs[name].to_numpy() for name in ("member", "leader")], axis=1)
    is_sent = np.isin(sides, contents)
    is_there = is_sent[:, 0] & is_sent[:, 1]
    order = np.lexsort((sides[:, 1], sides[:, 0], pairs["group"].to_numpy()))
    return pairs.take(pa.array(order[is_there[order]])).combine_chunks()


def _group_bounds(groups: Integers) -> Integers:
    return np.concatenate([[0], np.flatnonzero(groups[1:] != groups[:-1]) + 1, [len(groups)]]).astype(np.int64)


def compile_ahead(parameters: Parameters, are_many: bool = True) -> None:
    """Compile what compares texts, by two that are the same, for as few or *many*; what comes of them is dropped."""
    pairs = pa.table([[1], [0], [1], [0]], schema=CANDIDATES)
    offsets, hashes = shingle_hashes(pa.array(["a text", "a text"], pa.large_string()), parameters)
    lists = pa.LargeListArray.from_arrays(pa.array(offsets), pa.array(hashes))
    shingles = pa.table([pa.array([0, 1]), lists], schema=_SHINGLES)
    _compare(pairs, shingles, parameters.jaccard_threshold, lambda *_: are_many)
