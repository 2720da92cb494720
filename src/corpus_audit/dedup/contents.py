"""The distinct contents of an audit's records: records with the same bytes, found by their digests.

A content is numbered by the order of the smallest record ids, as a sorted stream passes by: nothing is held. A smaller
number is a smaller record id, whatever the shards were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit.config import Parameters
from corpus_audit.dedup.signature_index import CONTENTS, SignatureIndex
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import regroup
from corpus_audit.engine.sorting import sorted_rows
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

# A text without shingles is a copy of nothing. Few digests are there twice.
_SHARED = """
CREATE TABLE shared_digests AS
SELECT content_sha256, count(*) AS copies FROM placed
WHERE is_media = 1 OR shingles > 0 GROUP BY content_sha256 HAVING count(*) > 1
"""
# By an aggregate, which spills: a window holds all records of a digest at once, and there may be millions.
_FIRSTS = """
CREATE TABLE first_records AS
SELECT placed.content_sha256, max(copies) AS copies, min(record_id) AS first_record
FROM placed JOIN shared_digests AS shared ON shared.content_sha256 = placed.content_sha256
WHERE is_media = 1 OR shingles > 0 GROUP BY placed.content_sha256
"""
_CONTENTS = """
SELECT CAST(COALESCE(copies, 1) AS BIGINT) AS copies, {placed}
FROM placed LEFT JOIN first_records AS shared ON shared.content_sha256 = placed.content_sha256
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
    engine: Engine, records: Sequence[Path], parameters: Parameters, workdir: Path, index: SignatureIndex
) -> ContentTotals:
    """Make the views ``placed`` (PLACED) and ``contents`` (KNOWN_CONTENTS), and write the index's own contents."""
    placed = workdir / "placed.parquet"
    with TableWriter(placed, PLACED) as writer:
        for batch in regroup(_place(records), ROWS):
            writer.write(batch)
    engine.add_parquet("placed", [placed], PLACED)
    for statement in (_SHARED, _FIRSTS):
        engine.execute(statement)
    path = workdir / "contents.parquet"
    totals = _write_contents(engine, path, index, parameters)
    engine.add_parquet("contents", [path], KNOWN_CONTENTS)
    return totals


def _place(records: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    position = 0
    for path in records:
        for batch in stream_table(path, _COLUMNS):
            is_media = pc.not_equal(batch["modality"], Modality.TEXT.value).cast(pa.int64())
            columns = {name: batch[name] for name in _COLUMNS} | {
                "position": pa.array(np.arange(position, position + batch.num_rows)),
                "is_media": is_media,
            }
            position += batch.num_rows
            yield pa.record_batch([columns[name] for name in PLACED.schema.names], schema=PLACED.schema)


def _write_contents(engine: Engine, path: Path, index: SignatureIndex, parameters: Parameters) -> ContentTotals:
    names = PLACED.schema.names
    sql = _CONTENTS.format(placed=", ".join(f"placed.{name}" for name in names))
    count = shingles = 0
    with (
        TableWriter(path, KNOWN_CONTENTS) as writer,
        TableWriter(index.contents_path, CONTENTS, parameters.signature_settings()) as kept,
    ):
        for batch in regroup(sorted_rows(engine, sql, "record_id", path.with_name("contents-unsorted.parquet")), ROWS):
            numbers = pa.array(np.arange(count, count + batch.num_rows))
            numbered = pa.Table.from_batches([batch]).append_column("content", numbers)
            writer.write(numbered)
            kept.write(numbered)
            count += batch.num_rows
            shingles += pc.sum(batch["shingles"]).as_py()
    return ContentTotals(count, shingles)
