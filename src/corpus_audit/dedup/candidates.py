"""Candidate near-duplicates: contents that collide in a band and have similar b-bit signatures.

A candidate is no evidence. Each is a content and one of its leaders (``leaders.py``). Contents that candidates connect
are a group, and a group lies in one partition: there its texts are compared.
"""

import uuid
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.bands import choose_bands, least_agreement, sure_agreement
from corpus_audit.dedup.buckets import MEMBERS, Buckets, are_crowds, content_schema
from corpus_audit.dedup.few_buckets import all_are_chosen, are_few, propose_in_few
from corpus_audit.dedup.leaders import COLUMNS, LEADERS, Members, PairRules, choose_leaders, propose_leaders
from corpus_audit.dedup.pairing import distinct
from corpus_audit.dedup.signatures import ContentRanges, binary_rows, matrix_of
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import Exchange
from corpus_audit.engine.steps import Divided, Steps
from corpus_audit.schemas.table import INT, table

Integers = NDArray[np.int64]

_PROPOSED = pa.schema([("row", pa.binary(8 * COLUMNS))])
"""A row of ``propose_leaders`` in one value: rows are divided several times as fast as their columns."""
_CHOSEN = table(
    "chosen", "a content and one of its leaders", ("member", "leader"),
    ("member", INT, "The content."),
    ("leader", INT, "The other content."),
    ("bands_shared", pa.int32(), "Bands in which they collide."),
)  # fmt: skip
CANDIDATES = pa.schema(
    [("member", pa.int64()), ("leader", pa.int64()), ("bands_shared", pa.int32()), ("group", pa.int64())]
)
ROUTES = table(
    "routes", "a content whose text a partition compares", ("content", "part"),
    ("content", INT, "The content."),
    ("part", INT, "The partition."),
)  # fmt: skip

_ROWS = 1 << 17
_PACKED = 1 << 31
_CROWD = 1 << 16
"""Candidates of a group: a larger one is divided, so that a crowd does not fill one partition."""
_ROUNDS = 2
"""Rounds in which contents take over the smallest label of those they are connected with: groups are not wide."""

_LABELS = """
CREATE TABLE labels_0 AS
SELECT content, min(label) AS label FROM (
    SELECT member AS content, CASE WHEN member < leader THEN member ELSE leader END AS label FROM chosen
    UNION ALL
    SELECT leader AS content, CASE WHEN member < leader THEN member ELSE leader END AS label FROM chosen
) AS ends GROUP BY content
"""
_NEXT_LABELS = """
CREATE TABLE labels_{after} AS
SELECT content, min(label) AS label FROM (
    SELECT content, label FROM labels_{before}
    UNION ALL
    SELECT member AS content, label FROM chosen JOIN labels_{before} AS labels ON labels.content = leader
    UNION ALL
    SELECT leader AS content, label FROM chosen JOIN labels_{before} AS labels ON labels.content = member
) AS ends GROUP BY content
"""
_LABELLED = """
SELECT member, leader, bands_shared, label FROM chosen JOIN labels_{round} AS labels ON content = member
"""
_CROWDED = """
SELECT label FROM chosen JOIN labels_{round} AS labels ON content = member
GROUP BY label HAVING count(*) > {crowd} ORDER BY label
"""


def find_candidates(
    engine: Engine,
    buckets: Buckets,
    ranges: ContentRanges,
    parameters: Parameters,
    partitions: int,
    folder: Path,
    steps: Steps,
) -> Exchange:
    """Return the candidates (CANDIDATES), in *partitions* for their verification."""
    proposed = _propose(buckets, ranges, parameters, folder / "proposed", steps)
    chosen = list(steps.run(partial(_write_chosen, proposed, folder), range(ranges.partitions)))
    proposed.delete()
    engine.add_parquet(_CHOSEN.name, chosen, _CHOSEN)
    engine.execute(_LABELS)
    for before in range(_ROUNDS):
        engine.execute(_NEXT_LABELS.format(before=before, after=before + 1))
    return _divide(engine, partitions, folder, steps)


def _write_chosen(proposed: Exchange, folder: Path, part: int) -> Path:
    """Return the file (_CHOSEN) of the candidates that the members of a partition keep."""
    rows = _choose(proposed.take(part))
    columns = [rows[:, 0], rows[:, 1], rows[:, 4].astype(np.int32)]
    path = folder / f"chosen-{uuid.uuid4().hex}.parquet"
    pq.write_table(pa.table(columns, schema=_CHOSEN.schema), path, _ROWS, compression="none", use_dictionary=False)
    return path


def _divide(engine: Engine, partitions: int, folder: Path, steps: Steps) -> Exchange:
    """Return the candidates in the partitions of their groups."""
    crowded = engine.fetch(_CROWDED.format(round=_ROUNDS, crowd=_CROWD))["label"].to_numpy()
    pairs = Exchange(folder / "candidates", CANDIDATES, partitions)
    labelled = steps.stretches(engine, _LABELLED.format(round=_ROUNDS))
    steps.divide(partial(_by_group, crowded, partitions), labelled, [pairs])
    return pairs


def _by_group(crowded: Integers, partitions: int, labelled: Iterable[pa.RecordBatch]) -> Iterator[tuple[Divided]]:
    for batch in labelled:
        member, label = batch["member"].to_numpy(), batch["label"].to_numpy()
        groups = _mix(label, np.where(np.isin(label, crowded), member // (_CROWD // LEADERS) + 1, 0))
        parts = ((groups.view(np.uint64) >> np.uint64(33)) % np.uint64(partitions)).astype(np.int64)
        columns = [*(batch[name] for name in ("member", "leader", "bands_shared")), pa.array(groups)]
        yield ((pa.table(columns, schema=CANDIDATES), parts),)


def write_routes(pairs: Exchange, folder: Path, part: int) -> Path:
    """Return the file (ROUTES) of the contents whose texts a partition of candidates needs."""
    rows = pairs.read(part)
    contents = distinct(np.concatenate([rows["member"].to_numpy(), rows["leader"].to_numpy()]))
    path = folder / f"routes-{uuid.uuid4().hex}.parquet"
    columns = [contents, np.full(len(contents), part)]
    pq.write_table(pa.table(columns, schema=ROUTES.schema), path, _ROWS, compression="none", use_dictionary=False)
    return path


def _propose(buckets: Buckets, ranges: ContentRanges, parameters: Parameters, folder: Path, steps: Steps) -> Exchange:
    """Return what the buckets propose, divided by member."""
    proposed = Exchange(folder, _PROPOSED, ranges.partitions)
    steps.divide(
        partial(_propose_in, buckets, ranges, _rules(parameters)), range(buckets.members.partitions), [proposed]
    )
    buckets.members.delete()
    buckets.contents.delete()
    return proposed


def _rules(parameters: Parameters) -> PairRules:
    return PairRules(
        least_agreement=least_agreement(parameters.num_perm, parameters.jaccard_threshold),
        sure_agreement=sure_agreement(parameters.num_perm, parameters.jaccard_threshold),
        threshold=parameters.jaccard_threshold,
        band_rows=choose_bands(parameters.num_perm, parameters.jaccard_threshold).rows,
    )


def _propose_in(buckets: Buckets, ranges: ContentRanges, rules: PairRules, part: int) -> list[tuple[Divided]]:
    in_buckets, known = buckets.members.take(part), buckets.contents.take(part)
    rows: Integers = np.empty((0, COLUMNS), np.int64)
    if in_buckets.num_rows:  # otherwise nothing is compiled
        starts, runs, places, members = _read_buckets(in_buckets, known)
        propose = propose_in_few if are_few(starts) else propose_leaders
        rows = propose(starts, runs, places, members, rules)
    return [((pa.table([binary_rows(rows)], schema=_PROPOSED), ranges.of(rows[:, 0])),)]


def _read_buckets(rows: pa.Table, known: pa.Table) -> tuple[Integers, Integers, Integers, Members]:
    """Return where each bucket begins, and each run of buckets with the same first content; the members' places; all.

    Places are those of contents among the Members, which ascend.
    """
    known = known.take(pa.array(np.argsort(known["content"].to_numpy()))).combine_chunks()
    keys, contents, firsts = (rows[name].to_numpy() for name in ("key", "content", "first"))
    order = np.lexsort((contents, keys, firsts))
    keys, contents, firsts = keys[order], contents[order], firsts[order]
    is_other_first = firsts[1:] != firsts[:-1]
    starts = _starts(np.logical_or(is_other_first, keys[1:] != keys[:-1]), len(keys))
    # Crowds of one first content lie in several partitions, so each is a run of its own wherever it lies.
    is_crowd = are_crowds(np.diff(starts))
    is_run = np.logical_or(np.logical_or(is_crowd[1:], is_crowd[:-1]), is_other_first[starts[1:-1] - 1])
    runs = _starts(is_run, len(is_crowd))
    sketches = matrix_of(known["sketch"], np.uint8)
    members = Members(
        contents=known["content"].to_numpy(),
        shingles=known["shingles"].to_numpy(),
        sides=known["side"].to_numpy(),
        sketches=sketches,
        words=_as_words(sketches),
        keys=matrix_of(known["short_keys"], np.int32),
    )
    return starts, runs, np.searchsorted(members.contents, contents), members


def _starts(is_other: NDArray[np.bool_], rows: int) -> Integers:
    """Return where stretches begin when *is_other* says which row differs from the one before, and the end of all."""
    if not rows:
        return np.zeros(1, np.int64)
    return np.concatenate([[0], np.flatnonzero(is_other) + 1, [rows]]).astype(np.int64)


def _as_words(sketches: NDArray[np.uint8]) -> NDArray[np.uint64]:
    missing = -sketches.shape[1] % 8
    filled = np.pad(sketches, ((0, 0), (0, missing))) if missing else sketches
    return filled.view(np.uint64)


def _choose(proposed: pa.Table) -> Integers:
    rows = _each_once(matrix_of(proposed["row"], np.int64))
    return rows if all_are_chosen(rows[:, 0]) else rows[choose_leaders(rows)]


def _each_once(rows: Integers) -> Integers:
    """Return rows by member and leader, each pair once, with all followers; the rest is the same in every bucket."""
    if not len(rows):
        return rows
    rows = rows[_by_pair(rows[:, 0], rows[:, 1])]
    firsts = np.flatnonzero(np.concatenate([[True], (rows[1:, :2] != rows[:-1, :2]).any(axis=1)]))
    once = rows[firsts]
    once[:, 5] = np.add.reduceat(rows[:, 5], firsts)
    return once


def _by_pair(members: Integers, leaders: Integers) -> Integers:
    """Return the order by member and leader; sorting one number for both is several times as fast as sorting two."""
    if max(members.max(), leaders.max()) < _PACKED:
        return np.argsort(members << 32 | leaders)
    return np.lexsort((leaders, members))


def _mix(label: Integers, block: Integers) -> Integers:
    """Return one number for each group: a permutation of *label* where it is not divided."""
    mixed = (label.astype(np.uint64) + block.astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93)) * np.uint64(
        0x9E3779B97F4A7C15
    )
    return (mixed ^ (mixed >> np.uint64(32))).view(np.int64)


def compile_ahead(parameters: Parameters) -> None:
    """Compile what proposes candidates, by two contents of one bucket; what comes of them is dropped."""
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold).count
    sketches, keys = [bytes(parameters.num_perm)] * 2, [bytes(4 * bands)] * 2
    contents = pa.table([[0, 1], [1, 1], [0, 0], sketches, keys], schema=content_schema(parameters.num_perm, bands))
    members = pa.table([[1, 1], [0, 1], [0, 0]], schema=MEMBERS)
    rows = propose_leaders(*_read_buckets(members, contents), _rules(parameters))
    choose_leaders(_each_once(matrix_of(pa.table([binary_rows(rows)], schema=_PROPOSED)["row"], np.int64)))
