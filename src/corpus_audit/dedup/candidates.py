"""Which contents might be near copies of each other: those that collide in a band and look alike by their sketches.

A candidate is no evidence. Buckets come from SQL; a small bucket proposes all its pairs, a large one goes leader by
leader, so that a hundred thousand near-identical records cost a hundred thousand comparisons and not five billion.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.bands import Bands, choose_bands, hash_bands, least_agreement, sure_agreement
from corpus_audit.dedup.pairing import PairRules, propose_pairs, take_pairs
from corpus_audit.dedup.records import Contents, Records, read_signatures
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import Table

_VIEW = "band_keys"
_ROWS_PER_GROUP = 1 << 20


@dataclass(frozen=True)
class Sketches:
    """What is kept of the signatures: a key for each band in Parquet, and a byte of each minimum in a mapped file."""

    path: Path
    bands: Bands
    bytes: NDArray[np.uint8]


def write_sketches(
    paths: Sequence[Path], records: Records, contents: Contents, parameters: Parameters, workdir: Path
) -> Sketches:
    """Return the sketches of all contents, written to *workdir* in one pass over the signatures."""
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold)
    shape = (max(len(contents), 1), parameters.num_perm)
    sketches = np.memmap(workdir / "sketches.u8", np.uint8, "w+", shape=shape)
    path = workdir / f"{_VIEW}.parquet"
    schema = _key_schema(bands)
    with pq.ParquetWriter(path, schema, compression="none", use_dictionary=False) as writer:
        for numbers, signatures in read_signatures(paths, records, contents, parameters.num_perm):
            sketches[numbers] = signatures.astype(np.uint8)
            keys = hash_bands(signatures, bands.count, bands.rows)
            writer.write_batch(pa.record_batch([numbers, *keys], schema=schema), row_group_size=_ROWS_PER_GROUP)
    return Sketches(path, bands, sketches)


def find_candidates(
    engine: Engine, sketches: Sketches, records: Records, contents: Contents, parameters: Parameters
) -> NDArray[np.int64]:
    """Return the candidate pairs as rows of two content numbers, the smaller first, in ascending order."""
    rules = PairRules(
        least_agreement=least_agreement(parameters.num_perm, parameters.jaccard_threshold),
        sure_agreement=sure_agreement(parameters.num_perm, parameters.jaccard_threshold),
        threshold=parameters.jaccard_threshold,
    )
    sources = records.sources[contents.first_record]
    engine.add_parquet(_VIEW, [sketches.path], Table(_VIEW, "one content", (), _key_schema(sketches.bands)))
    pairs = np.zeros(1024, np.uint64)
    count = 0
    for band in range(sketches.bands.count):
        for starts, members in _buckets(engine, band):
            pairs, count = propose_pairs(
                starts, members, sketches.bytes, contents.shingles, sources, rules, pairs, count
            )
    return take_pairs(pairs)


def count_shared_bands(sketches: Sketches, pairs: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return in how many bands the two contents of each pair collide."""
    shared = np.zeros(len(pairs), np.int32)
    if not len(pairs):
        return shared
    involved, places = np.unique(pairs, return_inverse=True)
    places = places.reshape(pairs.shape)
    with pq.ParquetFile(sketches.path) as file:
        numbers = file.read(columns=["content"])["content"].to_numpy()
        order = np.argsort(numbers)
        rows = order[np.searchsorted(numbers, involved, sorter=order)]
        for band in range(sketches.bands.count):
            keys = file.read(columns=[_key(band)])[_key(band)].to_numpy()[rows]
            shared += keys[places[:, 0]] == keys[places[:, 1]]
    return shared


def _key(band: int) -> str:
    return f"key_{band:02}"


def _key_schema(bands: Bands) -> pa.Schema:
    return pa.schema([("content", pa.int64()), *((_key(band), pa.int64()) for band in range(bands.count))])


def _buckets(engine: Engine, band: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield whole buckets of two or more contents: where each begins, and the members, ascending in each bucket."""
    key = _key(band)
    waiting = pa.table({"key": pa.array([], pa.int64()), "content": pa.array([], pa.int64())})
    shared = f"SELECT {key} FROM {_VIEW} GROUP BY {key} HAVING count(*) > 1"  # noqa: S608 - no outside names
    reader = engine.stream(
        f"SELECT {key} AS key, content FROM {_VIEW} WHERE {key} IN ({shared}) ORDER BY key, content"  # noqa: S608
    )
    for batch in reader:
        rows = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
        keys = rows["key"].to_numpy()
        # The last bucket may go on in the next batch.
        whole = int(np.searchsorted(keys, keys[-1])) if len(keys) else 0
        waiting = rows.slice(whole)
        if whole:
            yield _bounds(keys[:whole]), rows["content"].to_numpy()[:whole]
    if waiting.num_rows:
        yield _bounds(waiting["key"].to_numpy()), waiting["content"].to_numpy()


def _bounds(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    inner = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    return np.concatenate([[0], inner, [len(keys)]]).astype(np.int64)
