"""Results in an order, of any size and in bounded memory."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.engine.base import Engine
from corpus_audit.schemas import Table


def sorted_rows(engine: Engine, sql: str, order: str, path: Path) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a query by some of its columns.

    DuckDB writes them to *path* first: a statement that joins and sorts needs memory for both at once there, and spills
    neither far enough.
    """
    if engine.spills_every_step:
        yield from engine.stream(f"SELECT * FROM ({sql}) AS unsorted ORDER BY {order}")  # noqa: S608 - constants
        return
    reader = engine.stream(sql)
    with pq.ParquetWriter(path, reader.schema, compression="zstd", use_dictionary=False) as writer:
        for batch in reader:
            writer.write_batch(batch)
    name = path.stem.replace("-", "_")
    engine.add_parquet(name, [path], Table(name, "one row", (), reader.schema))
    yield from engine.stream(f"SELECT * FROM {name} ORDER BY {order}")  # noqa: S608 - constants
    path.unlink()
