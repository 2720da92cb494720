"""Stored tables as Parquet files: written as batches come, read whole or in batches."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit.errors import StoreError
from corpus_audit.schemas import Table


class TableWriter:
    """Writes one table's batches, each as *prepare* returns it, to a Parquet file; use it as a context manager.

    The file is opened with the first row, or written without any at the end.
    """

    def __init__(
        self,
        path: Path,
        table: Table,
        metadata: Mapping[str, str] | None = None,
        prepare: Callable[[pa.Table], pa.Table] = lambda rows: rows,
    ) -> None:
        schema = table.schema.with_metadata({k: str(v) for k, v in (metadata or {}).items()})
        self._path = path
        self._schema = schema
        self._prepare = prepare
        self._writer: pq.ParquetWriter | None = None

    def write(self, data: pa.Table | pa.RecordBatch) -> None:
        """Append rows, cast to the table's schema."""
        table = pa.Table.from_batches([data]) if isinstance(data, pa.RecordBatch) else data
        if table.num_rows:
            self._writer = self._writer or _open(self._path, self._schema)
            self._writer.write_table(self._prepare(table).select(self._schema.names).cast(self._schema))

    def __enter__(self) -> "TableWriter":
        """Return the writer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Finish the file."""
        if self._writer is None:
            self._path.write_bytes(_without_rows(self._schema.serialize().to_pybytes()))
        else:
            self._writer.close()


def _open(target: Path | pa.NativeFile, schema: pa.Schema) -> pq.ParquetWriter:
    # Numbers and hashes hardly repeat: looking each up in a dictionary costs as much as computing it.
    repeating = [field.name for field in schema if pa.types.is_string(field.type)]
    return pq.ParquetWriter(target, schema, compression="zstd", use_dictionary=repeating)


@lru_cache(maxsize=64)
def _without_rows(schema: bytes) -> bytes:
    """Return the bytes of a file without rows of a schema, serialized: most shards have a few such tables."""
    stream = pa.BufferOutputStream()
    _open(stream, pa.ipc.read_schema(pa.py_buffer(schema))).close()
    return bytes(stream.getvalue().to_pybytes())


def write_table(
    path: Path, table: Table, data: pa.Table | Iterable[pa.RecordBatch], metadata: Mapping[str, str] | None = None
) -> None:
    """Write rows to a Parquet file in the order given, cast to *table*'s schema."""
    with TableWriter(path, table, metadata) as writer:
        for batch in data.to_batches() if isinstance(data, pa.Table) else data:
            writer.write(batch)


def stream_table(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield a Parquet file in batches, for tables of any size."""
    # Read ahead, a file stays in memory from its first row to the last.
    with reading(path), pq.ParquetFile(path, pre_buffer=False) as file:
        yield from file.iter_batches(columns=columns)


def read_table(
    path: Path,
    columns: Sequence[str] | None = None,
    where: pc.Expression | None = None,
    repeated: Sequence[str] = (),
) -> pa.Table:
    """Return a Parquet file, or some columns of the rows *where* something holds; raises StoreError when it is damaged.

    For what is bounded only: it is all in memory. Columns of texts that are *repeated* stay dictionaries, as they are
    in the file.
    """
    with reading(path):
        if where is None:  # without the machinery of datasets, which a small file spends most of its time in
            with pq.ParquetFile(path, read_dictionary=list(repeated) or None, pre_buffer=False) as file:
                return file.read(columns=None if columns is None else list(columns))
        return pq.read_table(path, columns=columns, filters=where, read_dictionary=list(repeated) or None)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what a damaged Parquet file raises into a StoreError that names the file."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        message = f"{path} is missing or damaged. Run the audit again; it rebuilds what is."
        raise StoreError(message) from error
