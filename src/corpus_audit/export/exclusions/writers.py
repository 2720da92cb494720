"""The formats that a list of exclusions is written in: Parquet, CSV and JSON lines, batch by batch."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.export.findings_csv import neutralise

Writer = Callable[[Path, pa.Schema, Iterable[pa.RecordBatch]], None]

SEPARATOR = ";"
"""Between the values of a list in a CSV."""


def _write_parquet(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for batch in batches:
            file.write_batch(batch)


def _write_csv(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, schema.names, lineterminator="\n")
        rows.writeheader()
        for batch in batches:
            rows.writerows({name: _in_csv(value) for name, value in row.items()} for row in batch.to_pylist())


def _in_csv(value: Any) -> Any:
    text = SEPARATOR.join(value) if isinstance(value, list) else value
    return neutralise(text) if isinstance(text, str) else text


def _write_jsonl(path: Path, _schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for batch in batches:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in batch.to_pylist())


WRITERS: Mapping[str, Writer] = {".parquet": _write_parquet, ".csv": _write_csv, ".jsonl": _write_jsonl}
