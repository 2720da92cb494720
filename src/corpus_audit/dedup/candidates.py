"""Candidate near-duplicates: contents that collide in a band and have similar b-bit signatures.

A candidate is no evidence. Buckets come from SQL. As many as can be afforded have all their pairs compared; the
largest go leader by leader, so that the work stays in proportion to the number of records: a hundred thousand
near-identical ones cost some millions of comparisons and not five billion.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.bands import Bands, choose_bands, hash_bands, least_agreement, sure_agreement
from corpus_audit.dedup.pairing import CandidateFeatures, PackedPairs, PairRules, Pairs, decode_pairs, propose_pairs
from corpus_audit.dedup.records import Records, UniqueContents, read_signatures
from corpus_audit.dedup.signature_index import SignatureIndex
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import Table

ALWAYS_WHOLE = 64
"""Buckets of up to so many members have all their pairs compared."""
COMPARISONS = 16
"""Larger ones do, the smallest first, while it costs no more comparisons than this for each content and band."""

_VIEW = "band_keys"
_SHARED_KEYS = "SELECT {key} AS key, count(*) AS members FROM band_keys GROUP BY {key} HAVING count(*) > 1"
_MEMBERS = """
SELECT buckets.key, band_keys.content FROM band_keys JOIN buckets ON band_keys.{key} = buckets.key
ORDER BY buckets.key, band_keys.content
"""
_ROWS_PER_GROUP = 1 << 17
_REPEATS = 1 << 22
"""Pairs from several bands that are kept before those that came up twice are merged."""
_PARTS = 16
"""Parts in which pairs are merged."""


@dataclass(frozen=True)
class BBitSignatures:
    """What is kept of the signatures: a key for each band in Parquet, and a byte of each minimum in a mapped file."""

    path: Path
    bands: Bands
    bytes: NDArray[np.uint8]


def write_sketches(
    paths: Sequence[Path], records: Records, contents: UniqueContents, parameters: Parameters, index: SignatureIndex
) -> BBitSignatures:
    """Return the sketches of all contents, written to *index* in one pass over the signatures."""
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold)
    shape = (max(len(contents), 1), parameters.num_perm)
    sketches = np.memmap(index.sketches_path, np.uint8, "w+", shape=shape)
    path = index.bands_path
    schema = key_schema(bands)
    with pq.ParquetWriter(path, schema, compression="none", use_dictionary=False) as writer:
        waiting = schema.empty_table()
        for numbers, signatures in read_signatures(paths, records, contents, parameters.num_perm):
            sketches[numbers] = signatures.astype(np.uint8)
            keys = hash_bands(signatures, bands.count, bands.rows)
            waiting = pa.concat_tables([waiting, pa.table([numbers, *keys], schema=schema)])
            # Row groups of one size, however the records are divided into shards: the same contents, the same bytes.
            while waiting.num_rows >= _ROWS_PER_GROUP:
                writer.write_table(waiting.slice(0, _ROWS_PER_GROUP).combine_chunks())
                waiting = waiting.slice(_ROWS_PER_GROUP)
        writer.write_table(waiting.combine_chunks())
    return BBitSignatures(path, bands, sketches)


def find_candidates(
    engine: Engine,
    sketches: BBitSignatures,
    records: Records,
    contents: UniqueContents,
    parameters: Parameters,
    workers: int,
) -> Pairs:
    """Return the candidate pairs as rows of two content numbers, the smaller first, in ascending order."""
    looks = CandidateFeatures(sketches.bytes, contents.shingles, records.sources[contents.first_record])
    rules = PairRules(
        largest_whole=ALWAYS_WHOLE,
        least_agreement=least_agreement(parameters.num_perm, parameters.jaccard_threshold),
        sure_agreement=sure_agreement(parameters.num_perm, parameters.jaccard_threshold),
        threshold=parameters.jaccard_threshold,
    )
    engine.add_parquet(_VIEW, [sketches.path], Table(_VIEW, "one content", (), key_schema(sketches.bands)))
    found = _Found(len(contents), workers)
    with ThreadPoolExecutor(workers) as pool:
        for band in range(sketches.bands.count):
            engine.execute(f"CREATE TABLE buckets AS {_SHARED_KEYS.format(key=key_column(band))}")
            affordable = rules._replace(largest_whole=_largest_whole(engine, len(contents)))
            for starts, members in _buckets(engine, band):
                found.add(pool.submit(propose_pairs, starts, members, looks, affordable))
            engine.execute("DROP TABLE buckets")
        return found.collect()


class _Found:
    """Gathers proposed pairs as they come, each kept once.

    They are kept in parts, by their first content, and merged part by part: there may be ten times as many as records,
    and sorting all of them together would take their memory several times over.
    """

    def __init__(self, contents: int, ahead: int) -> None:
        self._ahead = ahead
        self._waiting: deque[Future[PackedPairs]] = deque()
        firsts = np.arange(1, _PARTS).astype(np.uint64) * np.uint64(contents) // np.uint64(_PARTS)
        self._limits = firsts << np.uint64(32)
        self._parts = [np.empty(0, np.uint64)] * _PARTS
        self._fresh: list[PackedPairs] = []

    def add(self, proposed: "Future[PackedPairs]") -> None:
        self._waiting.append(proposed)
        if len(self._waiting) > self._ahead:
            self._take()

    def collect(self) -> Pairs:
        """Return all pairs, ascending; nothing is kept."""
        while self._waiting:
            self._take()
        self._merge()
        pairs = np.empty((sum(map(len, self._parts)), 2), np.int32)
        end = len(pairs)
        while self._parts:
            codes = self._parts.pop()
            decode_pairs(codes, pairs[end - len(codes) : end])
            end -= len(codes)
        return pairs

    def _take(self) -> None:
        self._fresh.append(self._waiting.popleft().result())
        if sum(map(len, self._fresh)) > max(sum(map(len, self._parts)) // 2, _REPEATS):
            self._merge()

    def _merge(self) -> None:
        fresh = np.concatenate([*self._fresh, np.empty(0, np.uint64)])
        self._fresh.clear()
        fresh.sort()
        for part, more in enumerate(np.split(fresh, np.searchsorted(fresh, self._limits))):
            self._parts[part] = distinct(np.concatenate([self._parts[part], more]))


def distinct(codes: PackedPairs) -> PackedPairs:
    """Return codes ascending, each once; sorts *codes* itself."""
    # numpy.unique goes through a hash table and takes a hundred times as long.
    codes.sort()
    is_first = np.ones(len(codes), np.bool_)
    np.not_equal(codes[1:], codes[:-1], out=is_first[1:])
    return codes[is_first]


def members_of(pairs: Pairs) -> NDArray[np.int64]:
    """Return the contents that are in some pair, ascending."""
    is_member = np.zeros(pairs.max(initial=-1) + 1, np.bool_)
    is_member[pairs] = True
    return np.flatnonzero(is_member)


def count_shared_bands(sketches: BBitSignatures, pairs: Pairs) -> NDArray[np.int32]:
    """Return in how many bands the two contents of each pair collide."""
    shared = np.zeros(len(pairs), np.int32)
    if not len(pairs):
        return shared
    involved = members_of(pairs)
    places = np.searchsorted(involved, pairs)
    with pq.ParquetFile(sketches.path) as file:
        numbers = file.read(columns=["content"])["content"].to_numpy()
        order = np.argsort(numbers)
        rows = order[np.searchsorted(numbers, involved, sorter=order)]
        for band in range(sketches.bands.count):
            keys = file.read(columns=[key_column(band)])[key_column(band)].to_numpy()[rows]
            shared += keys[places[:, 0]] == keys[places[:, 1]]
    return shared


def key_column(band: int) -> str:
    """Return the name of the column that holds a band's keys."""
    return f"key_{band:02}"


def key_schema(bands: Bands) -> pa.Schema:
    """Return the schema of all keys: one row a content."""
    return pa.schema([("content", pa.int64()), *((key_column(band), pa.int64()) for band in range(bands.count))])


def _largest_whole(engine: Engine, contents: int) -> int:
    """Return the size up to which buckets may have all pairs compared for COMPARISONS a content in this band."""
    sizes = engine.fetch("SELECT members, count(*) AS buckets FROM buckets GROUP BY members ORDER BY members")
    members, buckets = sizes["members"].to_numpy(), sizes["buckets"].to_numpy()
    work = np.cumsum(buckets * members * (members - 1) // 2)
    affordable = members[work <= COMPARISONS * contents]
    return max(ALWAYS_WHOLE, int(affordable.max(initial=0)))


def _buckets(engine: Engine, band: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield whole buckets of two or more contents: where each begins, and the members, ascending in each bucket."""
    waiting = pa.table({"key": pa.array([], pa.int64()), "content": pa.array([], pa.int64())})
    for batch in engine.stream(_MEMBERS.format(key=key_column(band))):
        rows = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
        keys = rows["key"].to_numpy()
        # The last bucket may go on in the next batch.
        whole = int(np.searchsorted(keys, keys[-1])) if len(keys) else 0
        waiting = rows.slice(whole)
        if whole:
            yield _bounds(keys[:whole]), rows["content"].slice(0, whole).to_numpy()
    if waiting.num_rows:
        yield _bounds(waiting["key"].to_numpy()), waiting["content"].to_numpy()


def _bounds(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    inner = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    return np.concatenate([[0], inner, [len(keys)]]).astype(np.int64)
