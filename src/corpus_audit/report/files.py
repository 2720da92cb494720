"""The sections on files and their content: counts of all, what was recognised in their bytes, and those that failed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.recognition import NOT_COMPRESSED, RECOGNISED, UTF_8, Dialect, Recognition
from corpus_audit.report.comparisons import Row
from corpus_audit.report.listing import falling, in_order, list_first, list_rows, make_rows, naturally, rising, where
from corpus_audit.report.sections import (
    ContentRow,
    ContentSection,
    FailedFile,
    FileCount,
    Files,
    KindOfContent,
    ListedRows,
    RecognisedGroup,
)
from corpus_audit.vocabulary import FileState

_Key = tuple[str | int | None, ...]

_USUAL: Mapping[str, str | int | None] = {
    name: value
    for name, value in Recognition(NOT_COMPRESSED, UTF_8, None, Dialect()).as_row().items()
    if name != "encoding_basis"
}
"""What a file is taken for unless its bytes show something else."""


_OF_FILES = ("source_id", "state", "format", *RECOGNISED)
"""What files are counted by."""


FAILED_STATES = (
    FileState.SIZE_MISMATCH,
    FileState.CHECKSUM_MISMATCH,
    FileState.MISSING,
    FileState.REFUSED,
    FileState.UNREADABLE,
)


def group_files(table: pa.Table) -> list[Row]:
    """Return how many files of a source are alike (``files``, ``size_bytes``), from evidence *files*."""
    known = table.select([*_OF_FILES, "observed_size_bytes"])
    known = known.append_column("has_defects", pc.greater(table["defects"], 0))
    counted = known.group_by([*_OF_FILES, "has_defects"]).aggregate([([], "count_all"), ("observed_size_bytes", "sum")])
    names = [*_OF_FILES, "has_defects"]
    columns = [
        *(counted[name] for name in names),
        counted["count_all"],
        pc.fill_null(counted["observed_size_bytes_sum"], 0),
    ]
    rows: list[Row] = pa.table(columns, names=[*names, "files", "size_bytes"]).to_pylist()
    return rows


def build_files(groups: Sequence[Row], table: pa.Table) -> Files:
    """Return the section on files from *groups* of group_files and from the evidence table *files*."""
    failed = where(table, "state", *FAILED_STATES)
    return Files(
        by_state=_counts(groups, "state"),
        by_format=_counts(groups, "format"),
        recognised=build_recognised(groups),
        failed=list_rows(FailedFile, failed, "files.parquet", rising("source_id"), rising("file")),
    )


def build_content(table: pa.Table) -> ContentSection:
    """Return how much there is of each kind of content, from the evidence table *content*."""
    summed = ("records", "size_bytes", "tokens")
    sums = table.group_by("modality").aggregate([([], "count_all"), *((name, "sum") for name in summed)])
    kinds = sums.rename_columns(["modality", "sources", *summed])
    return ContentSection(
        kinds=make_rows(KindOfContent, in_order(kinds, falling("size_bytes"), rising("modality"))),
        by_source=list_rows(ContentRow, table, "content.parquet", naturally("source_id"), naturally("modality")),
    )


def _counts(rows: Iterable[Row], column: str) -> tuple[FileCount, ...]:
    files, sizes = Counter[str](), Counter[str]()
    for row in rows:
        files[row[column]] += row["files"]
        sizes[row[column]] += row["size_bytes"]
    return tuple(FileCount(name=name, files=files[name], size_bytes=sizes[name]) for name in sorted(files))


def build_recognised(rows: Iterable[Row]) -> ListedRows[RecognisedGroup]:
    """Return how many files of a source were recognised alike, from *rows* of group_files; most files first."""
    files, sizes = Counter[_Key](), Counter[_Key]()
    for row in rows:
        if _is_unusual(row):
            key = row["source_id"], *(row[name] for name in RECOGNISED)
            files[key] += row["files"]
            sizes[key] += row["size_bytes"]
    names = ("source_id", *RECOGNISED, "files", "size_bytes")

    def make(key: _Key) -> RecognisedGroup:
        return RecognisedGroup.model_validate(dict(zip(names, (*key, files[key], sizes[key]), strict=True)))

    ordered = sorted(files, key=lambda key: (-files[key], *(str(value or "") for value in key)))
    return list_first(RecognisedGroup, ordered, "files.parquet", make)


def _is_unusual(row: Row) -> bool:
    return any(row[name] not in (None, usual) for name, usual in _USUAL.items())
