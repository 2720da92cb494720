"""The effective fields of a file: its own, else those that its source sets for many."""

from collections.abc import Callable
from functools import lru_cache

from corpus_audit.corpus.paths import path_matcher
from corpus_audit.manifest.formats import format_of_data, is_json
from corpus_audit.manifest.model import DataFile, FileFields, Source
from corpus_audit.vocabulary import FileFormat

TABLES = frozenset({FileFormat.PARQUET, FileFormat.ARROW, FileFormat.JSONL, FileFormat.JSON, FileFormat.CSV})
HOLD_RECORDS = TABLES | {FileFormat.TAR, FileFormat.ZIP}
NO_FIELDS = FileFields()


def fields_of(source: Source, file: DataFile) -> FileFields:
    """Return the fields of a file of *source*: its own where it names any, else the first of the source's that fit."""
    if file.fields != NO_FIELDS or not source.fields:
        return file.fields
    return next((fields for fields in source.fields if _fit(fields.files, file)), NO_FIELDS)


def _fit(patterns: tuple[str, ...], file: DataFile) -> bool:
    return _matcher(patterns)(file.path) if patterns else _holds_records(file)


def _holds_records(file: DataFile) -> bool:
    """True if a file is a table or an archive, as declared or by its name."""
    return (file.format or format_of_data(file.path)) in HOLD_RECORDS or (file.format is None and is_json(file.path))


@lru_cache(maxsize=256)
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    return path_matcher(patterns)
