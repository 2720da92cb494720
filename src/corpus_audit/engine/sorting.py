"""Results in an order, of any size and in bounded memory."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.engine.base import Engine
from corpus_audit.engine.steps import Steps
from corpus_audit.schemas import Table


def sorted_stretches(
    engine: Engine, steps: Steps, sql: str, order: str, path: Path
) -> Sequence[Iterable[pa.RecordBatch]]:
    """Return the rows of a query by some of its columns, as stretches that a step goes through one after another.

    DuckDB writes them to *path* first: a statement that joins and sorts needs memory for both at once there, and spills
    neither far enough.
    """
    if engine.spills_every_step:
        return steps.stretches(engine, f"SELECT * FROM ({sql}) AS unsorted ORDER BY {order}")  # noqa: S608 - constants
    return [_sorted_rows(engine, sql, order, path)]


def _sorted_rows(engine: Engine, sql: str, order: str, path: Path) -> Iterator[pa.RecordBatch]:
    reader = engine.stream(sql)
    with pq.ParquetWriter(path, reader.schema, compression="zstd", use_dictionary=False) as writer:
        for batch in reader:
            writer.write_batch(batch)
    name = path.stem.replace("-", "_")
    engine.add_parquet(name, [path], Table(name, "one row", (), reader.schema))
    yield from engine.stream(f"SELECT * FROM {name} ORDER BY {order}")  # noqa: S608 - constants
    path.unlink()
