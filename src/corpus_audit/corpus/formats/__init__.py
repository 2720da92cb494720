"""One file a format. The registry below is the only place that lists them."""

from collections.abc import Mapping

from corpus_audit.corpus.entry import Reader
from corpus_audit.corpus.formats.csv import read_csv
from corpus_audit.corpus.formats.jsonl import read_jsonl
from corpus_audit.corpus.formats.parquet import read_parquet
from corpus_audit.corpus.formats.text import read_text
from corpus_audit.vocabulary import FileFormat

READERS: Mapping[FileFormat, Reader] = {
    FileFormat.TEXT: read_text,
    FileFormat.PARQUET: read_parquet,
    FileFormat.JSONL: read_jsonl,
    FileFormat.CSV: read_csv,
}

SUFFIXES: Mapping[str, FileFormat] = {
    ".parquet": FileFormat.PARQUET,
    ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL,
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
}
"""Formats that a suffix settles; a compression suffix is taken off first. All else is text or binary by its bytes."""
