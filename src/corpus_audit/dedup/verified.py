"""Candidates compared on their texts, partition by partition.

The texts are read once more, in one pass in the order they lie in; their shingles go to the partitions that compare
them. A text counts only if its sha256 is still that of the content.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.candidates import ROUTES, Candidates
from corpus_audit.dedup.groups import compare_with_the_middle
from corpus_audit.dedup.lookup import RecordLookup
from corpus_audit.dedup.shingle_file import ReadTexts, file_ids, hash_found
from corpus_audit.dedup.verify import count_common_in
from corpus_audit.engine.ahead import map_ahead
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import Exchange
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
FROM (SELECT DISTINCT content, part FROM routes) AS wanted JOIN contents AS known ON known.content = wanted.content
ORDER BY position, part
"""
_ROWS_AT_ONCE = 1 << 20
"""Texts that are looked for in one reading, where no single file holds more of them."""


@dataclass(frozen=True)
class Verified:
    """The file of table VERIFIED, in no order and with some pairs twice, and how many pairs were compared for it."""

    path: Path
    compared: int


def verify_candidates(
    engine: Engine,
    candidates: Candidates,
    read_texts: ReadTexts,
    parameters: Parameters,
    folder: Path,
    workers: int,
) -> Verified:
    """Return the pairs of texts that reach the threshold."""
    engine.add_parquet(ROUTES.name, [candidates.routes], ROUTES)
    shingles = Exchange(folder / "shingles", _SHINGLES, candidates.pairs.partitions)
    for wanted in _by_files(engine.stream(_WANTED)):
        _send_shingles(wanted, read_texts, parameters, shingles, workers)
    shingles.close()
    path, more = folder / "verified.parquet", 0

    def compare(part: int) -> tuple[pa.Table, int]:
        return _compare(candidates.pairs.take(part), shingles.take(part), parameters.jaccard_threshold)

    with TableWriter(path, VERIFIED) as writer:
        for rows, compared in map_ahead(compare, range(shingles.partitions), workers):
            writer.write(rows)
            more += compared
    shingles.delete()
    candidates.pairs.delete()
    return Verified(path, candidates.pairs.rows + more)


def _by_files(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield the wanted rows in stretches that end with a file."""
    waiting: list[pa.RecordBatch] = []
    held = 0
    for batch in batches:
        waiting.append(batch)
        held += batch.num_rows
        if held < _ROWS_AT_ONCE:
            continue
        rows = pa.Table.from_batches(waiting)
        files = pc.list_element(pc.split_pattern(rows["record_id"], ":", max_splits=1), 0)
        others = pc.not_equal(files, files[-1]).to_numpy()
        last = int(np.flatnonzero(others)[-1]) + 1 if others.any() else 0
        if last:
            yield rows.slice(0, last)
        waiting = rows.slice(last).to_batches()
        held = rows.num_rows - last
    if waiting:
        yield pa.Table.from_batches(waiting)


def _send_shingles(
    wanted: pa.Table, read_texts: ReadTexts, parameters: Parameters, shingles: Exchange, workers: int
) -> None:
    """Read the wanted texts, and send the shingles of each to the partitions that ask for it."""
    contents, parts = wanted["content"].to_numpy(), wanted["part"].to_numpy()
    # Sorted by position: the rows of a content, one for each partition, follow each other.
    firsts = np.flatnonzero(np.concatenate([[True], contents[1:] != contents[:-1]]))
    counts = np.diff([*firsts.tolist(), len(contents)])
    texts = wanted.take(pa.array(firsts)).combine_chunks()
    ids = texts["record_id"].cast(pa.large_string()).combine_chunks()
    digests = texts["content_sha256"].combine_chunks()
    read = read_texts(file_ids(ids))
    for places, (offsets, hashes) in hash_found(read, RecordLookup(ids), parameters, workers, digests):
        rows = np.repeat(np.arange(len(places)), counts[places])
        # Of each place the rows firsts[place], firsts[place] + 1 and so on.
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(counts[places]) - counts[places], counts[places])
        lists = pa.LargeListArray.from_arrays(pa.array(offsets), pa.array(hashes))
        columns = [contents[firsts[places]][rows], lists.take(pa.array(rows))]
        shingles.write(pa.table(columns, schema=_SHINGLES), parts[firsts[places][rows] + nth])


def _compare(pairs: pa.Table, shingles: pa.Table, jaccard_threshold: float) -> tuple[pa.Table, int]:
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
