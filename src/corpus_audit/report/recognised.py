"""What was recognised in the bytes of files as a section: groups that are read otherwise than as plain UTF-8."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.recognition import NOT_COMPRESSED, RECOGNISED, UTF_8, Dialect, Recognition
from corpus_audit.report.comparisons import Row
from corpus_audit.report.sections import RecognisedFiles, RecognisedGroup

_Key = tuple[str | int | None, ...]

GROUPS_KEPT = 50
"""Groups that a report lists; the rest is in files.parquet."""

_USUAL: Mapping[str, str | int | None] = {
    name: value
    for name, value in Recognition(NOT_COMPRESSED, UTF_8, None, Dialect()).as_row().items()
    if name != "encoding_basis"
}
"""What a file is taken for unless its bytes show something else."""


_OF_FILES = ("source_id", "state", "format", *RECOGNISED)
"""What files are counted by."""


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


def build_recognised(rows: Iterable[Row]) -> RecognisedFiles:
    """Return how many files of a source were recognised alike, from *rows* of group_files; most files first."""
    files, sizes = Counter[_Key](), Counter[_Key]()
    for row in rows:
        if _is_unusual(row):
            key = row["source_id"], *(row[name] for name in RECOGNISED)
            files[key] += row["files"]
            sizes[key] += row["size_bytes"]
    groups = [
        RecognisedGroup.model_validate(
            dict(zip(("source_id", *RECOGNISED), key, strict=True)) | {"files": count, "size_bytes": sizes[key]}
        )
        for key, count in files.items()
    ]
    return RecognisedFiles(groups=len(groups), largest=tuple(sorted(groups, key=_rank)[:GROUPS_KEPT]))


def _is_unusual(row: Row) -> bool:
    return any(row[name] not in (None, usual) for name, usual in _USUAL.items())


def _rank(group: RecognisedGroup) -> tuple[int, str, tuple[str, ...]]:
    return -group.files, group.source_id, tuple(str(getattr(group, name) or "") for name in RECOGNISED)
