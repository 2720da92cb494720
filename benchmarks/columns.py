"""Print what reading and measuring cost when the same bytes lie in several columns instead of one text field.

Usage: python benchmarks/columns.py [FOLDER] [--megabytes 20] [--repeat 3]

FOLDER is any folder of text; the default is the installed packages of this environment. Each row of one file has its
text in one field; each row of the other has the same characters in five: the text, and four columns that are scanned
only. Both are read with coverage, as an audit reads them, and each byte is scanned by all detectors. Figures are
processor time, user and system, of this process with all its threads; the best of the repeats. The last column is what
a byte costs in several columns beside what it costs in one.
"""

import argparse
import json
import os
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from reading import BATCH_BYTES, MEGABYTE, read_rows

from corpus_audit.config import Parameters
from corpus_audit.corpus.coverage import PartCoverage, coverage_tables
from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import OtherTexts, read_corpus
from corpus_audit.measure.batch import BatchMeasurer
from corpus_audit.measure.other_columns import ColumnScanner, column_names
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import FileFormat, FileState

BESIDE = ("title", "summary", "comment", "answer")
FORMATS = {"jsonl": FileFormat.JSONL, "parquet": FileFormat.PARQUET}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(sysconfig.get_path("purelib")))
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    texts = [row["text"] for row in read_rows(options.folder, options.megabytes * MEGABYTE)]
    size = sum(len(text.encode()) for text in texts)
    print(f"{size / MEGABYTE:.0f} MB in {len(texts):,} rows, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as folder:
        for line in table(Path(folder), texts, options.repeat):
            print(line, flush=True)


def table(folder: Path, texts: list[str], repeat: int) -> Iterator[str]:
    """Yield a line for each format: nanoseconds for each byte in one column and in several, and their ratio."""
    measurer = BatchMeasurer(Parameters(), key=b"benchmark")
    layouts = {"one": [{"text": text} for text in texts], "several": [in_columns(text) for text in texts]}
    for suffix, kind in FORMATS.items():
        costs = {}
        for layout, rows in layouts.items():
            path = folder / f"{layout}.{suffix}"
            write(path, rows)
            costs[layout] = min(cost_of_a_byte(path, kind, measurer) for _ in range(repeat))
        one, several = (1e9 * cost for cost in costs.values())
        yield f"{suffix:<8} one column {one:6.1f} ns/byte   several {several:6.1f} ns/byte   {several / one:5.2f} x"


def in_columns(text: str) -> dict[str, str]:
    """Return a row with a text cut into as many pieces as it has columns."""
    names = ("text", *BESIDE)
    step = -(-len(text) // len(names))
    return {name: text[number * step : (number + 1) * step] for number, name in enumerate(names)}


def write(path: Path, rows: list[dict[str, str]]) -> None:
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    else:
        pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=10_000)


def cost_of_a_byte(path: Path, kind: FileFormat, measurer: BatchMeasurer) -> float:
    """Return the seconds of processor time that each byte scanned took to read and to measure."""
    row = {"file_id": "f", "source_id": "s", "file": path.name, "format": kind, "state": FileState.VERIFIED}
    seen = {**row, "text_fields": ["text"], "observed_size_bytes": path.stat().st_size}
    columns = ColumnScanner(measurer.scanner, BATCH_BYTES)
    scanned, coverage = 0, []
    started = time.process_time()
    for piece in read_corpus(LocalFolder(path.parent), pa.Table.from_pylist([seen], schema=FILES.schema), BATCH_BYTES):
        if isinstance(piece, Defect):
            raise SystemExit(f"{path.name}: {piece.detail}")
        if isinstance(piece, PartCoverage):
            coverage.append(piece)
            list(columns.add(column_names(piece)))
        elif isinstance(piece, OtherTexts):
            scanned += piece.found.texts.nbytes
            list(columns.add(piece))
        else:
            scanned += piece["text"].nbytes
            measurer.measure(piece)
    columns.flush()
    coverage_tables(coverage)
    return (time.process_time() - started) / scanned


if __name__ == "__main__":
    main()
