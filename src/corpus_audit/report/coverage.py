"""Coverage: from evidence to the report's section, and to a sentence or two at its head."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from corpus_audit.document.natural_order import natural_order
from corpus_audit.report.comparisons import Row
from corpus_audit.report.formatting import format_bytes, format_number
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

ROWS_KEPT = 500
"""Files and columns of each report; the rest is in their evidence tables."""

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
    sources = sorted(evidence["coverage"].to_pylist(), key=lambda row: natural_order(row["source_id"]))
    files, columns = evidence["coverage_files"], evidence["coverage_columns"]
    return Coverage(
        total=CoverageCounts(**{name: sum(row[name] for row in sources) for name in CoverageCounts.model_fields}),
        unread_share_allowed=next((row["unread_share_allowed"] for row in sources), 0.0),
        sources=tuple(SourceCoverage(**{name: row[name] for name in SourceCoverage.model_fields}) for row in sources),
        gaps=tuple(_gaps(evidence["coverage_gaps"].to_pylist())),
        files_short=files.num_rows,
        files=tuple(UnreadFile(**row) for row in _sorted_files(files.to_pylist())[:ROWS_KEPT]),
        left_out=tuple(LeftOutRow(**row) for row in evidence["left_out"].to_pylist()),
        columns_seen=columns.num_rows,
        columns=tuple(CoverageColumn(**row) for row in _sorted_columns(columns.to_pylist())[:ROWS_KEPT]),
    )


def _gaps(rows: Sequence[Row]) -> Iterator[CoverageGap]:
    """Yield what was not looked at by unit and reason, over all sources; the largest first within a unit."""
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["unit"], row["reason"]].append(row)
    order: dict[str, int] = {unit: place for place, unit in enumerate(Unit)}
    counted = (
        CoverageGap(
            unit=unit,
            reason=reason,
            count=sum(row["count"] for row in found),
            sources=len(found),
            files=sum(row["files"] for row in found),
        )
        for (unit, reason), found in grouped.items()
    )
    yield from sorted(counted, key=lambda gap: (order.get(gap.unit, len(order)), -gap.count, gap.reason))


def _sorted_files(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row["size_bytes"], *map(natural_order, (row["source_id"], row["file"]))))


def _sorted_columns(rows: Sequence[Row]) -> list[Row]:
    names = ("source_id", "column_name", "role", "reason")
    return sorted(rows, key=lambda row: tuple(natural_order(row[name]) for name in names))


def read_line(coverage: Coverage, words: Translator) -> str:
    """Return how much was read, in a few words."""
    total = coverage.total
    files_read = total.files - total.files_unread
    return words.join(
        (rows_read(total.rows_read, total.rows, words), _of(files_read, total.files, words, _FILES, _NO_FILES))
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
    opaque = sum(source.columns_opaque > 0 for source in coverage.sources)
    if opaque:
        yield words.count(*_OPAQUE, opaque).format(count=format_number(opaque))
    unjudged = sum(source.columns_license_unjudged > 0 for source in coverage.sources)
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
