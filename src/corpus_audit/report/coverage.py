"""Coverage: from evidence to the report's section, and to a sentence or two at its head."""

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.evidence import tables
from corpus_audit.report.formatting import format_bytes, format_number
from corpus_audit.report.listing import falling, in_order, list_rows, make_rows, naturally, placed, rising, total
from corpus_audit.report.sections import (
    Coverage,
    CoverageColumn,
    CoverageCounts,
    CoverageGap,
    LeftOutRow,
    SourceCoverage,
    UnreadFile,
)
from corpus_audit.report.translator import Translator
from corpus_audit.schemas.marking import _, _n
from corpus_audit.vocabulary import COLUMN_NAMES, Unit

_OF_COLUMNS = ("source_id", "column_name", "role", "reason")

_UNREAD = (
    ("files_unread", _n("{count} file not read", "{count} files not read")),
    ("files_broken", _n("{count} file read only in part", "{count} files read only in part")),
    ("rows_unread", _n("{count} row not read", "{count} rows not read")),
    ("members_unread", _n("{count} member of archives not read", "{count} members of archives not read")),
    (
        "media_unmeasured",
        _n("{count} picture, recording or film not measured", "{count} pictures, recordings or films not measured"),
    ),
    (
        "encoded_values",
        _n(
            "{count} text with encoded contents that were not looked at",
            "{count} texts with encoded contents that were not looked at",
        ),
    ),
    ("files_undeclared", _n("{count} undeclared file not read", "{count} undeclared files not read")),
    (
        "files_ignored",
        _n(
            "{count} file not looked at: the manifest ignores it",
            "{count} files not looked at: the manifest ignores them",
        ),
    ),
    ("links_not_followed", _n("{count} link not followed", "{count} links not followed")),
    ("folders_not_listed", _n("{count} folder cannot be listed", "{count} folders cannot be listed")),
)
_SIZES = {"files_unread": "unread_bytes", "files_undeclared": "undeclared_bytes", "files_ignored": "ignored_bytes"}
_SCANNED = _n(
    "{count} row without a text was scanned in its other columns",
    "{count} rows without a text were scanned in their other columns",
)
_EMPTY = _n("{count} row is empty: its text is blank", "{count} rows are empty: their text is blank")
_ROWS, _NO_ROWS = _("{read} of {whole} rows"), _("no rows")
_FILES, _NO_FILES = _("{read} of {whole} files"), _("no declared files")
_TEXT = _("text")
IN_TEXT = "(text)"
"""What evidence calls the text among the columns that spans lie in."""

NO_NOTICES = _(
    "None of the %(count)s records looked at states a license, a copyright, a reservation or a label of generated "
    "content in words that the detectors know."
)
NO_SECRETS = _("The detectors found no key, token or password in the %(count)s records they looked at.")
NO_PERSONAL_INFORMATION = _(
    "The detectors found none of the types they look for in the %(count)s records they looked at."
)
"""What a section says that has nothing to show."""

_PLACES = {IN_TEXT: _TEXT, COLUMN_NAMES: _("names of columns")}

_OPAQUE = _n(
    "{count} source has columns of bytes that were not looked at",
    "{count} sources have columns of bytes that were not looked at",
)
_UNJUDGED = _n(
    "{count} source has columns whose licenses were not judged",
    "{count} sources have columns whose licenses were not judged",
)


def build_coverage(evidence: Mapping[str, pa.Table]) -> Coverage:
    """Return what was looked at, from the evidence tables on coverage."""
    sources, left_out = evidence["coverage"], evidence["left_out"]
    return Coverage(
        total=CoverageCounts(**{name: total(sources, name) for name in CoverageCounts.model_fields}),
        unread_share_allowed=next(iter(sources["unread_share_allowed"].slice(0, 1).to_pylist()), 0.0),
        sources_opaque=_count_above_zero(sources, "columns_opaque"),
        sources_license_unjudged=_count_above_zero(sources, "columns_license_unjudged"),
        sources=list_rows(SourceCoverage, sources, "coverage.parquet", naturally("source_id")),
        gaps=_gaps(evidence["coverage_gaps"]),
        files=list_rows(
            UnreadFile,
            evidence["coverage_files"],
            "coverage_files.parquet",
            falling("size_bytes"),
            naturally("source_id"),
            naturally("file"),
        ),
        files_beside=total(left_out, "files"),
        left_out=list_rows(LeftOutRow, left_out, "left_out.parquet", *map(rising, tables.LEFT_OUT.key)),
        columns=list_rows(
            CoverageColumn, evidence["coverage_columns"], "coverage_columns.parquet", *map(naturally, _OF_COLUMNS)
        ),
    )


def _count_above_zero(table: pa.Table, column: str) -> int:
    return int(pc.sum(pc.greater(table[column], 0)).as_py() or 0)


def _gaps(table: pa.Table) -> tuple[CoverageGap, ...]:
    """Return what was not looked at by unit and reason, over all sources; the largest first within a unit."""
    sums = [("count", "sum"), ([], "count_all"), ("files", "sum")]
    grouped = table.group_by(["unit", "reason"]).aggregate(sums)
    counted = grouped.rename_columns(["unit", "reason", "count", "sources", "files"])
    ordered = in_order(counted, placed("unit", tuple(Unit)), falling("count"), rising("reason"))
    return make_rows(CoverageGap, ordered)


def read_line(coverage: Coverage, words: Translator) -> str:
    """Return how much was read, in a few words."""
    counts = coverage.total
    files_read = counts.files - counts.files_unread
    return words.join(
        (rows_read(counts.rows_read, counts.rows, words), _of(files_read, counts.files, words, _FILES, _NO_FILES))
    )


def rows_read(read: int, rows: int, words: Translator) -> str:
    """Return how many of the rows were read; of none at all, that there is none."""
    return _of(read, rows, words, _ROWS, _NO_ROWS)


def _of(part: int, whole: int, words: Translator, some: str, none: str) -> str:
    return words(some).format(read=format_number(part), whole=format_number(whole)) if whole else words(none)


def unread_lines(coverage: Coverage, words: Translator) -> Iterator[str]:
    """Yield what was not read or holds nothing, a few words for each kind of thing; nothing when all was read."""
    for name, (one, many) in _UNREAD:
        count = getattr(coverage.total, name)
        if count:
            line = words.count(one, many, count).format(count=format_number(count))
            size = _SIZES.get(name)
            yield f"{line} ({format_bytes(getattr(coverage.total, size))})" if size else line
    scanned = coverage.total.rows_scanned_only
    if scanned:
        yield words.count(*_SCANNED, scanned).format(count=format_number(scanned))
    empty = coverage.total.rows_empty
    if empty:
        yield words.count(*_EMPTY, empty).format(count=format_number(empty))
    opaque, unjudged = coverage.sources_opaque, coverage.sources_license_unjudged
    if opaque:
        yield words.count(*_OPAQUE, opaque).format(count=format_number(opaque))
    if unjudged:
        yield words.count(*_UNJUDGED, unjudged).format(count=format_number(unjudged))


def column_names(columns: Sequence[str], words: Translator) -> str:
    """Return the columns that spans lie in as an enumeration, the text by its word."""
    return words.join(words(_PLACES[column]) if column in _PLACES else column for column in columns)


def found_in(count: int, looked_at: int, words: Translator) -> str:
    """Return a count of records with the number that was looked at; where that is none, that nothing is known."""
    if not looked_at:
        return words("no record was looked at")
    return words("found in {count} of {looked_at} records looked at").format(
        count=format_number(count), looked_at=format_number(looked_at)
    )


def of_looked_at(looked_at: int, words: Translator) -> str:
    """Return the number of records that a count beside it is of."""
    if not looked_at:
        return words("no record was looked at")
    return words("of %(count)s records looked at") % {"count": format_number(looked_at)}


def none_found(message: str, coverage: Coverage, words: Translator) -> str:
    """Return *message*, that the records looked at hold no such thing; where there is none, that nothing is known."""
    if not coverage.total.rows_looked_at:
        return words("No record was looked at, so nothing was found and nothing is ruled out.")
    return words(message) % {"count": format_number(coverage.total.rows_looked_at)}
