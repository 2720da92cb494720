"""What was recognised in the bytes of files as a section: groups that are read otherwise than as plain UTF-8."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from corpus_audit.corpus.recognition import NOT_COMPRESSED, RECOGNISED, UTF_8, Dialect, Recognition
from corpus_audit.report.comparisons import Row
from corpus_audit.report.sections import RecognisedFiles, RecognisedGroup

GROUPS_KEPT = 50
"""Groups that a report lists; the rest is in files.parquet."""

_USUAL: Mapping[str, str | int | None] = {
    name: value
    for name, value in Recognition(NOT_COMPRESSED, UTF_8, None, Dialect()).as_row().items()
    if name != "encoding_basis"
}
"""What a file is taken for unless its bytes show something else."""


def build_recognised(rows: Iterable[Row]) -> RecognisedFiles:
    """Return how many files of a source were recognised alike, from rows of evidence *files*; most files first."""
    grouped: dict[tuple[str | int | None, ...], list[int]] = defaultdict(list)
    for row in rows:
        if _is_unusual(row):
            grouped[row["source_id"], *(row[name] for name in RECOGNISED)].append(row["observed_size_bytes"] or 0)
    groups = [
        RecognisedGroup.model_validate(
            dict(zip(("source_id", *RECOGNISED), key, strict=True)) | {"files": len(sizes), "size_bytes": sum(sizes)}
        )
        for key, sizes in grouped.items()
    ]
    return RecognisedFiles(groups=len(groups), largest=tuple(sorted(groups, key=_rank)[:GROUPS_KEPT]))


def _is_unusual(row: Row) -> bool:
    return any(row[name] not in (None, usual) for name, usual in _USUAL.items())


def _rank(group: RecognisedGroup) -> tuple[int, str, tuple[str, ...]]:
    return -group.files, group.source_id, tuple(str(getattr(group, name) or "") for name in RECOGNISED)
