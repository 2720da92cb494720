"""What an audit does to find copies, from Parquet shards of text to verified clusters, and nothing else."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.config import Parameters
from corpus_audit.dedup import deduplicate
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.measure.batch import signature_lists
from corpus_audit.measure.fingerprints.contents import hash_contents
from corpus_audit.measure.fingerprints.fingerprint import fingerprint
from corpus_audit.schemas import RECORDS
from corpus_audit.store import TableWriter
from corpus_audit.vocabulary import Modality

Batches = Callable[[], Iterable[pa.RecordBatch]]


@dataclass(frozen=True)
class Timed:
    """What was found, and the seconds it took to measure the records, to find the copies, and of all processors.

    *pairs* and *clusters* are the files of these tables.
    """

    pairs: Path
    clusters: Path
    candidates: int
    measure_seconds: float
    dedup_seconds: float
    processor_seconds: float

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.measure_seconds + self.dedup_seconds


def parquet_batches(shards: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    """Yield the batches of some shards."""
    for shard in shards:
        with pq.ParquetFile(shard) as file:
            yield from file.iter_batches(1000)


def run(batches: Batches, folder: Path, parameters: Parameters, workers: int) -> Timed:
    """Return the copies among all records of *batches*, which are gone through twice."""
    folder.mkdir(parents=True, exist_ok=True)
    records = folder / "records.parquet"
    started, used = time.perf_counter(), time.process_time()
    with (
        TableWriter(records, RECORDS, parameters.signature_settings()) as writer,
        ThreadPoolExecutor(workers) as pool,
    ):
        waiting = []
        for batch in batches():
            waiting.append(pool.submit(measure, batch, parameters))
            if len(waiting) > workers:
                writer.write(waiting.pop(0).result())
        for rest in waiting:
            writer.write(rest.result())
    measured = time.perf_counter()

    def read_texts(_files: Collection[str]) -> Iterator[pa.RecordBatch]:
        return iter(batches())

    with DuckDBEngine(spill_root=folder, threads=workers) as engine:
        found = deduplicate(engine, [records], read_texts, parameters, folder, workers=workers)
        pairs, clusters = (folder / f"{rows.table.name}.parquet" for rows in (found.pairs, found.clusters))
        found.pairs.write(pairs)
        found.clusters.write(clusters)
    seconds = (measured - started, time.perf_counter() - measured, time.process_time() - used)
    return Timed(pairs, clusters, found.candidates, *seconds)


def count_rows(path: Path) -> int:
    """Return how many rows a Parquet file has."""
    return int(pq.read_metadata(path).num_rows)


def measure(batch: pa.RecordBatch, parameters: Parameters) -> pa.Table:
    """Return the rows of table RECORDS that deduplication needs."""
    texts = batch["text"]
    prints = fingerprint(texts, parameters)
    hashes, sizes = hash_contents(texts.cast(pa.large_string()))
    columns = {
        "record_id": batch["record_id"],
        "source_id": batch["source_id"],
        "modality": pa.repeat(Modality.TEXT.value, len(texts)),
        "size_bytes": sizes,
        "shingles": prints.shingles,
        "content_sha256": hashes,
        "signature": signature_lists(prints),
    }
    empty = {field.name: pa.nulls(len(texts), field.type) for field in RECORDS.schema if field.name not in columns}
    return pa.table(columns | empty)
