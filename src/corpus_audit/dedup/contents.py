"""The distinct contents of an audit's records: records with the same bytes, found by their digests.

A content is numbered by the order of the smallest record ids, as a sorted stream passes by: nothing is held. A smaller
number is a smaller record id, whatever the shards were.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit.config import Parameters
from corpus_audit.dedup.shared_digests import SHARED, find_shared
from corpus_audit.dedup.signature_index import CONTENTS, SignatureIndex
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import regroup
from corpus_audit.engine.sorting import sorted_stretches
from corpus_audit.engine.steps import Steps
from corpus_audit.errors import ParametersMismatchError
from corpus_audit.schemas.table import INT, STR, table
from corpus_audit.store import TableWriter, stream_table
from corpus_audit.vocabulary import Modality

ROWS = 65_536

_COLUMNS = ["record_id", "source_id", "modality", "size_bytes", "shingles", "content_sha256"]

PLACED = table(
    "placed", "one record", ("record_id",),
    ("position", INT, "Its place among the rows of all files, in the order these were given."),
    ("record_id", STR, "The record."),
    ("source_id", STR, "Its source."),
    ("size_bytes", INT, "Length in bytes."),
    ("shingles", INT, "Number of distinct shingles."),
    ("is_media", INT, "1 for pictures, recordings and films: they have no shingles, and texts have some."),
    ("content_sha256", pa.binary(32), "sha256 of its bytes."),
)  # fmt: skip

KNOWN_CONTENTS = table(
    "contents", "one distinct content", ("content",),
    ("content", INT, "Number of the content, in the order of the smallest record ids."),
    ("copies", INT, "Records that have it."),
    *((field.name, field.type, "As of the smallest record id that has it.") for field in PLACED.schema),
)  # fmt: skip

_CONTENTS = """
SELECT CAST(COALESCE(copies, 1) AS BIGINT) AS copies, {placed}
FROM placed LEFT JOIN shared_digests AS shared ON shared.content_sha256 = placed.content_sha256
WHERE (is_media = 1 OR shingles > 0) AND (first_record IS NULL OR first_record = record_id)
"""


@dataclass(frozen=True)
class ContentTotals:
    """What all contents come to: how many there are, and the distinct shingles of each together."""

    contents: int
    shingles: int


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


def group_contents(
    engine: Engine, records: Sequence[Path], parameters: Parameters, workdir: Path, index: SignatureIndex, steps: Steps
) -> ContentTotals:
    """Make the views ``placed`` (PLACED) and ``contents`` (KNOWN_CONTENTS), and write the index's own contents."""
    firsts = accumulate((pq.read_metadata(path).num_rows for path in records), initial=0)
    placed = list(steps.run(partial(_write_placed, workdir), list(zip(firsts, records, strict=False))))
    engine.add_parquet("placed", placed, PLACED)
    engine.add_parquet(SHARED.name, find_shared(placed, workdir, steps), SHARED)
    sql = _CONTENTS.format(placed=", ".join(f"placed.{name}" for name in PLACED.schema.names))
    ordered = sorted_stretches(engine, steps, sql, "record_id", workdir / "contents-unsorted.parquet")
    (written,) = steps.run(partial(_write_contents, workdir, parameters.signature_settings()), [ordered])
    written.indexed.rename(index.contents_path)
    engine.add_parquet("contents", [written.known], KNOWN_CONTENTS)
    return written.totals


def _write_placed(folder: Path, numbered: tuple[int, Path]) -> Path:
    """Return the file (PLACED) of a file of records; *numbered* is the position of its first, and the file."""
    first, records = numbered
    path = folder / f"placed-{uuid.uuid4().hex}.parquet"
    with TableWriter(path, PLACED) as writer:
        for batch in regroup(_place(first, records), ROWS):
            writer.write(batch)
    return path


def _place(position: int, records: Path) -> Iterator[pa.RecordBatch]:
    for batch in stream_table(records, _COLUMNS):
        is_media = pc.not_equal(batch["modality"], Modality.TEXT.value).cast(pa.int64())
        columns = {name: batch[name] for name in _COLUMNS} | {
            "position": pa.array(np.arange(position, position + batch.num_rows)),
            "is_media": is_media,
        }
        position += batch.num_rows
        yield pa.record_batch([columns[name] for name in PLACED.schema.names], schema=PLACED.schema)


@dataclass(frozen=True)
class _Written:
    """The files of all contents, as table KNOWN_CONTENTS and as the index has them, and their totals."""

    known: Path
    indexed: Path
    totals: ContentTotals


def _write_contents(folder: Path, settings: Mapping[str, str], ordered: Sequence[Iterable[pa.RecordBatch]]) -> _Written:
    """Number the contents, which come by their first record, and write them."""
    name = uuid.uuid4().hex
    known, indexed = folder / f"contents-{name}.parquet", folder / f"indexed-{name}.parquet"
    count = shingles = 0
    with TableWriter(known, KNOWN_CONTENTS) as writer, TableWriter(indexed, CONTENTS, settings) as kept:
        for batch in regroup(chain.from_iterable(ordered), ROWS):
            numbers = pa.array(np.arange(count, count + batch.num_rows))
            numbered = pa.Table.from_batches([batch]).append_column("content", numbers)
            writer.write(numbered)
            kept.write(numbered)
            count += batch.num_rows
            shingles += pc.sum(batch["shingles"]).as_py()
    return _Written(known, indexed, ContentTotals(count, shingles))
