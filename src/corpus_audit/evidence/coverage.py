"""The read and unread data of each source: the sums add up to the whole."""

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, Lists, evidence_table
from corpus_audit.evidence.left_out import LEFT_OUT_STATE, SOURCE_LEFT_OUT
from corpus_audit.evidence.media import MEDIA_VIEW
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS
from corpus_audit.vocabulary import (
    ColumnReason,
    ColumnRole,
    CoverageState,
    FileState,
    LeftOutKind,
    LeftOutState,
    MediaState,
    Unit,
)

MOST_FILES = 50
"""Files of a source that are listed, those with the largest gaps first."""

MOST_COLUMNS = 200
"""Columns of a source that are listed."""

OPAQUE = (ColumnReason.BINARY, ColumnReason.OTHER_TYPE)
"""Why columns are not looked at that may hold anything; numbers and times hold what they are."""

_SUMS = ("rows", "rows_read", "rows_empty", "rows_scanned_only", "members", "members_read", "breaks")
_SUMMED = ", ".join(f"CAST(SUM({name}) AS BIGINT) AS {name}" for name in _SUMS)
_PRESENT = ", ".join(f"COALESCE(counted.{name}, 0) AS {name}" for name in _SUMS)
_NOT_OPENED = f"'{FileState.MISSING}', '{FileState.REFUSED}', '{FileState.UNREADABLE}'"
_OPAQUE = ", ".join(f"'{reason}'" for reason in OPAQUE)
_IS_OPAQUE = f"(role = '{ColumnRole.NOT_LOOKED_AT}' AND reason IN ({_OPAQUE}))"

# What a manifest's own tables of people hold is claims, not data.
_FILE_COVERAGE = f"""
    SELECT found.*,
           CASE WHEN NOT was_opened OR (rows_read + rows_empty = 0 AND rows + members + breaks > 0)
                    THEN '{CoverageState.UNREAD}'
                WHEN rows_unread + members_unread + breaks > 0 THEN '{CoverageState.PARTLY_READ}'
                WHEN rows = 0 THEN '{CoverageState.NOTHING_THERE}'
                ELSE '{CoverageState.READ}' END AS coverage
    FROM (
        SELECT files.source_id, files.file, files.format, files.state AS file_state,
               COALESCE(files.observed_size_bytes, 0) AS size_bytes,
               counted.file IS NOT NULL AS was_opened,
               {_PRESENT},
               COALESCE(counted.rows - counted.rows_read - counted.rows_empty, 0) AS rows_unread,
               COALESCE(counted.members - counted.members_read, 0) AS members_unread
        FROM files
        JOIN claimed_sources ON claimed_sources.source_id = files.source_id
        LEFT JOIN (SELECT source_id, file, {_SUMMED} FROM read_counts GROUP BY source_id, file) AS counted
               ON counted.source_id = files.source_id AND counted.file = files.file
        WHERE files.state <> '{FileState.UNDECLARED}'
    ) AS found
"""  # noqa: S608 - constants

_SOURCE_COVERAGE = f"""
    SELECT source_id,
           COUNT(*) AS files,
           COUNT(CASE WHEN coverage = '{CoverageState.UNREAD}' THEN 1 END) AS files_unread,
           COUNT(CASE WHEN breaks > 0 THEN 1 END) AS files_broken,
           CAST(SUM(size_bytes) AS BIGINT) AS size_bytes,
           CAST(SUM(CASE WHEN coverage = '{CoverageState.UNREAD}' THEN size_bytes ELSE 0 END) AS BIGINT)
               AS unread_bytes,
           {_SUMMED},
           CAST(SUM(rows_unread) AS BIGINT) AS rows_unread,
           CAST(SUM(members_unread) AS BIGINT) AS members_unread
    FROM file_coverage
    GROUP BY source_id
"""  # noqa: S608 - constants

_MEDIA_COVERAGE = f"""
    SELECT source_id, COUNT(*) AS media,
           COUNT(CASE WHEN state <> '{MediaState.MEASURED}' THEN 1 END) AS media_unmeasured
    FROM {MEDIA_VIEW}
    GROUP BY source_id
"""  # noqa: S608 - constants

_ENCODED_COVERAGE = f"""
    SELECT source_id, CAST(SUM(count) AS BIGINT) AS encoded_values
    FROM unread WHERE unit = '{Unit.ENCODED}'
    GROUP BY source_id
"""  # noqa: S608 - constants

_SOURCE_COLUMNS = """
    SELECT source_id, column_name, role, reason, COUNT(DISTINCT file) AS files,
           CAST(SUM(scanned_values) AS BIGINT) AS scanned_values
    FROM columns_seen
    GROUP BY source_id, column_name, role, reason
"""

_ROLES = {
    "columns_text": ColumnRole.TEXT,
    "columns_metadata": ColumnRole.METADATA,
    "columns_media": ColumnRole.MEDIA,
    "columns_scanned": ColumnRole.SCANNED,
    "columns_not_looked_at": ColumnRole.NOT_LOOKED_AT,
}
_COUNTED_GAPS = ("columns_opaque", "columns_license_unjudged")
_COUNTED_ROLES = ", ".join(
    f"COUNT(DISTINCT CASE WHEN role = '{role}' THEN column_name END) AS {column}" for column, role in _ROLES.items()
)
_COLUMN_COVERAGE = f"""
    SELECT source_id, {_COUNTED_ROLES},
           COUNT(DISTINCT CASE WHEN {_IS_OPAQUE} THEN column_name END) AS columns_opaque,
           COUNT(DISTINCT CASE WHEN reason = '{ColumnReason.LICENSE_UNJUDGED}' THEN column_name END)
               AS columns_license_unjudged
    FROM source_columns
    GROUP BY source_id
"""  # noqa: S608 - constants

_GAPS = f"""
    SELECT source_id, file, '{Unit.FILE}' AS unit,
           CASE WHEN file_state IN ({_NOT_OPENED}) THEN file_state ELSE format END AS reason, 1 AS count
    FROM file_coverage WHERE NOT was_opened
    UNION ALL
    SELECT unread.source_id, file, unit, reason, count
    FROM unread JOIN claimed_sources ON claimed_sources.source_id = unread.source_id
    UNION ALL
    SELECT source_id, file, '{Unit.MEDIUM}' AS unit, state AS reason, 1 AS count
    FROM {MEDIA_VIEW} WHERE state <> '{MediaState.MEASURED}'
    UNION ALL
    SELECT DISTINCT source_id, file, '{Unit.COLUMN}' AS unit, reason, 1 AS count
    FROM columns_seen WHERE {_IS_OPAQUE} OR reason = '{ColumnReason.LICENSE_UNJUDGED}'
"""  # noqa: S608 - constants

_FILE_GAPS = f"""
    SELECT source_id, file, unit, reason, CAST(SUM(count) AS BIGINT) AS count
    FROM ({_GAPS}) AS gaps
    GROUP BY source_id, file, unit, reason
"""  # noqa: S608 - constants

_BESIDE = ("files_undeclared", "undeclared_bytes", "files_ignored", "ignored_bytes", "ignored_data_bytes",
           "declared_ignored", "links_not_followed", "folders_not_listed")  # fmt: skip
_HARMLESS = f"'{LeftOutState.NONE}', '{LeftOutState.IGNORED}'"

_TOTALS = {
    "source_left_out": SOURCE_LEFT_OUT,
    "file_coverage": _FILE_COVERAGE,
    "source_coverage": _SOURCE_COVERAGE,
    "media_coverage": _MEDIA_COVERAGE,
    "encoded_coverage": _ENCODED_COVERAGE,
    "source_columns": _SOURCE_COLUMNS,
    "column_coverage": _COLUMN_COVERAGE,
    "file_gaps": _FILE_GAPS,
}

_SHORT_FILES = f"""
    SELECT * FROM (
        SELECT file_coverage.*, ROW_NUMBER() OVER (
                   PARTITION BY source_id
                   ORDER BY CASE WHEN coverage = '{CoverageState.UNREAD}' THEN 0 ELSE 1 END,
                            rows_unread + members_unread DESC, size_bytes DESC, file) AS place
        FROM file_coverage
        WHERE coverage IN ('{CoverageState.UNREAD}', '{CoverageState.PARTLY_READ}')
    ) AS ordered
    WHERE place <= {MOST_FILES}
"""  # noqa: S608 - constants

_FILE_REASONS = Lists(
    "coverage_file_reasons",
    ("source_id", "file"),
    "reason",
    """
    SELECT source_id, file, reason, ROW_NUMBER() OVER (PARTITION BY source_id, file ORDER BY reason) AS position
    FROM (SELECT DISTINCT gaps.source_id, gaps.file, gaps.reason
          FROM file_gaps AS gaps
          JOIN short_files ON short_files.source_id = gaps.source_id AND short_files.file = gaps.file) AS of_files
    """,
)
_COLUMN_TYPES = Lists(
    "coverage_column_types",
    ("source_id", "column_name", "role", "reason"),
    "type",
    """
    SELECT source_id, column_name, role, reason, type,
           ROW_NUMBER() OVER (PARTITION BY source_id, column_name, role, reason ORDER BY type) AS position
    FROM (SELECT DISTINCT source_id, column_name, role, reason, type FROM columns_seen) AS typed
    """,
)


def find_coverage(engine: Engine, circumstances: Circumstances) -> None:
    """Make visible what was counted of each file and source; reads the facts of media."""
    engine.add_arrow("coverage_bounds", pa.table({"unread_share_allowed": [circumstances.parameters.unread_share]}))
    for name, sql in _TOTALS.items():
        engine.add_arrow(name, engine.fetch(sql))
    engine.add_arrow("short_files", engine.fetch(_SHORT_FILES))
    for lists in (_FILE_REASONS, _COLUMN_TYPES):
        lists.add(engine)


COVERAGE = evidence_table(
    "coverage", "one source: what there is and what was looked at", ("source_id",),
    ("source_id", STR, "Source."),
    ("state", STR, "read, within-bound, left-out, unread or nothing-there (vocabulary CoverageState)."),
    ("files", INT, "Files declared."),
    ("files_unread", INT, "Declared files of which nothing was read, those that are missing among them."),
    ("files_broken", INT, "Files that were read only up to a damaged place, with an unknown number of rows behind it."),
    ("left_out", STR, "What else lies in its folders: links, closed folders, ignored files (vocabulary LeftOutState)."),
    ("files_undeclared", INT, "Files in the source's folders that were not declared: nothing of them was read."),
    ("undeclared_bytes", INT, "Bytes of those files."),
    ("files_ignored", INT, "Files in its folders that a pattern of the manifest leaves out: nothing of them was read."),
    ("ignored_bytes", INT, "Bytes of those files."),
    ("links_not_followed", INT, "Links in its folders to folders, out of the root or to nothing: not followed."),
    ("folders_not_listed", INT, "Folders that could not be opened: what lies in them is not known."),
    ("size_bytes", INT, "Bytes of the declared files on disk."),
    ("unread_bytes", INT, "Bytes of files of which nothing was read."),
    ("rows", INT, "Rows in them, as far as they could be counted."),
    ("rows_read", INT, "Rows that became records."),
    ("rows_empty", INT, "Rows that were looked at and show no text: it is blank, or a redirect of a crawl."),
    ("rows_unread", INT, "Rows whose text was not read."),
    ("rows_scanned_only", INT, "Those among them that were scanned in other columns."),
    ("rows_looked_at", INT, "Rows that were read, or scanned in other columns: personal information was looked for."),
    ("rows_unread_share", FLOAT, "rows_unread as a share of rows; 0 without any."),
    ("members", INT, "Members of archives, media in rows, files attached to documents and pictures on their pages."),
    ("members_unread", INT, "Members that were refused or skipped."),
    ("media", INT, "Pictures, recordings and films."),
    ("media_unmeasured", INT, "Those that could not be decoded, or that nothing here decodes."),
    ("encoded_values", INT, "Texts that hold encoded contents (base64), such as pictures or files: not decoded."),
    ("columns_text", INT, "Columns that are text."),
    ("columns_metadata", INT, "Columns that are metadata of records, which are scanned too."),
    ("columns_media", INT, "Columns that hold pictures, recordings or films, each measured."),
    ("columns_scanned", INT, "Other columns that hold text: scanned, not fingerprinted."),
    ("columns_not_looked_at", INT, "Columns of numbers, times and the like, and those of columns_opaque."),
    ("columns_opaque", INT, "Columns of bytes, or of types that nothing here reads: they may hold anything."),
    ("columns_license_unjudged", INT, "Columns that state a license of records which could not be judged."),
    ("unread_share_allowed", FLOAT, "Share of rows, members, media or encoded values that may be unread, a parameter."),
    label=_("sources"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.COLUMNS_SEEN, schemas.FILES, schemas.READ_COUNTS, schemas.UNREAD,
            schemas.MEDIA, schemas.LEFT_OUT,),
    prepare=find_coverage,
    sql=f"""
    SELECT counted.*,
           CASE WHEN files_unread + files_broken + columns_opaque + columns_license_unjudged > 0
                     OR rows_unread_share > unread_share_allowed
                     OR members_unread > unread_share_allowed * members
                     OR media_unmeasured > unread_share_allowed * media
                     OR encoded_values > unread_share_allowed * rows THEN '{CoverageState.UNREAD}'
                WHEN rows = rows_empty THEN '{CoverageState.NOTHING_THERE}'
                WHEN files_undeclared > 0 OR left_out NOT IN ({_HARMLESS}) THEN '{CoverageState.LEFT_OUT}'
                WHEN rows_unread + members_unread + media_unmeasured + encoded_values > 0
                     THEN '{CoverageState.WITHIN_BOUND}'
                ELSE '{CoverageState.READ}' END AS state
    FROM (
        SELECT present.*, {LEFT_OUT_STATE} AS left_out
        FROM (
        SELECT claimed_sources.source_id,
               COALESCE(total.files, 0) AS files,
               COALESCE(total.files_unread, 0) AS files_unread,
               COALESCE(total.files_broken, 0) AS files_broken,
               {", ".join(f"COALESCE(beside.{name}, 0) AS {name}" for name in _BESIDE)},
               COALESCE(total.size_bytes, 0) AS size_bytes,
               COALESCE(total.unread_bytes, 0) AS unread_bytes,
               COALESCE(total.rows, 0) AS rows,
               COALESCE(total.rows_read, 0) AS rows_read,
               COALESCE(total.rows_empty, 0) AS rows_empty,
               COALESCE(total.rows_unread, 0) AS rows_unread,
               COALESCE(total.rows_scanned_only, 0) AS rows_scanned_only,
               COALESCE(total.rows_read + total.rows_scanned_only, 0) AS rows_looked_at,
               COALESCE(total.rows_unread / NULLIF(CAST(total.rows AS DOUBLE), 0), 0.0) AS rows_unread_share,
               COALESCE(total.members, 0) AS members,
               COALESCE(total.members_unread, 0) AS members_unread,
               COALESCE(media_coverage.media, 0) AS media,
               COALESCE(media_coverage.media_unmeasured, 0) AS media_unmeasured,
               COALESCE(encoded_coverage.encoded_values, 0) AS encoded_values,
               {", ".join(f"COALESCE(column_coverage.{name}, 0) AS {name}" for name in (*_ROLES, *_COUNTED_GAPS))},
               coverage_bounds.unread_share_allowed
        FROM claimed_sources
        CROSS JOIN coverage_bounds
        LEFT JOIN source_coverage AS total ON total.source_id = claimed_sources.source_id
        LEFT JOIN encoded_coverage ON encoded_coverage.source_id = claimed_sources.source_id
        LEFT JOIN media_coverage ON media_coverage.source_id = claimed_sources.source_id
        LEFT JOIN column_coverage ON column_coverage.source_id = claimed_sources.source_id
        LEFT JOIN source_left_out AS beside ON beside.source_id = claimed_sources.source_id
        ) AS present
    ) AS counted
    """,  # noqa: S608 - constants
)  # fmt: skip


COVERAGE_GAPS = evidence_table(
    "coverage_gaps", "what was not looked at in one source for one reason", ("source_id", "unit", "reason"),
    ("source_id", STR, "Source."),
    ("unit", STR, "What is counted (vocabulary Unit)."),
    ("reason", STR, "Why (vocabularies DefectCode, SkipReason, FileState, MediaState, ColumnReason and LeftOutKind)."),
    ("count", INT, "How many."),
    ("files", INT, "Files that it concerns."),
    label=_("reasons by source"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.COLUMNS_SEEN, schemas.FILES, schemas.READ_COUNTS, schemas.UNREAD,
            schemas.LEFT_OUT,),
    after=(COVERAGE,),
    sql=f"""
    SELECT source_id, unit, reason, CAST(SUM(count) AS BIGINT) AS count, COUNT(*) AS files
    FROM file_gaps
    GROUP BY source_id, unit, reason
    UNION ALL
    SELECT source_id, unit, kind AS reason, CAST(SUM(files) AS BIGINT) AS count, CAST(SUM(files) AS BIGINT) AS files
    FROM (SELECT source_id, kind, files,
                 CASE kind WHEN '{LeftOutKind.LINK}' THEN '{Unit.LINK}'
                           WHEN '{LeftOutKind.FOLDER}' THEN '{Unit.FOLDER}' ELSE '{Unit.FILE}' END AS unit
          FROM left_out) AS beside
    GROUP BY source_id, unit, kind
    """,  # noqa: S608 - constants
)  # fmt: skip


COVERAGE_FILES = evidence_table(
    "coverage_files", "one declared file that was not read as a whole, of the 50 of its source with the largest gaps",
    ("source_id", "file"),
    ("source_id", STR, "Source the file belongs to."),
    ("file", STR, "Path relative to the root."),
    ("format", STR, "Format used to read it (vocabulary FileFormat)."),
    ("state", STR, "unread or partly-read (vocabulary CoverageState)."),
    ("size_bytes", INT, "Size on disk; 0 when it could not be opened."),
    ("rows", INT, "Rows in it, as far as they could be counted."),
    ("rows_read", INT, "Rows that became records."),
    ("rows_unread", INT, "Rows whose text was not read."),
    ("rows_scanned_only", INT, "Those among them that were scanned in other columns."),
    ("members", INT, "Members of the archive; 0 for all other files."),
    ("members_unread", INT, "Members that were refused or skipped."),
    ("breaks", INT, "Places behind which an unknown number of rows could not be read."),
    ("reasons", STRINGS, "Why, each reason once."),
    label=_("files that were not read as a whole"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.COLUMNS_SEEN, schemas.FILES, schemas.READ_COUNTS, schemas.UNREAD,),
    after=(COVERAGE,),
    sql="""
    SELECT short_files.*, short_files.coverage AS state, COALESCE(reasons.listed, no_types.value) AS reasons
    FROM short_files
    CROSS JOIN no_types
    LEFT JOIN coverage_file_reasons AS reasons
           ON reasons.source_id = short_files.source_id AND reasons.file = short_files.file
    """,
)  # fmt: skip


COVERAGE_COLUMNS = evidence_table(
    "coverage_columns", "one column of one source and what was done with it, of the first 200",
    ("source_id", "column_name", "role", "reason"),
    ("source_id", STR, "Source."),
    ("column_name", STR, "Its name; a JSON pointer when it is nested, in which '*' means every entry of a list."),
    ("role", STR, "What was done with it (vocabulary ColumnRole)."),
    ("reason", STR, "Why (vocabulary ColumnReason)."),
    ("types", STRINGS, "Types of its values, as the formats call them."),
    ("files", INT, "Files that have it."),
    ("scanned_values", INT, "Texts in it that were scanned; null when it is the text itself, or was not looked at."),
    label=_("columns by source"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.COLUMNS_SEEN, schemas.FILES, schemas.READ_COUNTS, schemas.UNREAD,),
    after=(COVERAGE,),
    sql=f"""
    SELECT listed_columns.*, types.listed AS types
    FROM (SELECT source_columns.*, ROW_NUMBER() OVER (
                     PARTITION BY source_id
                     ORDER BY CASE role WHEN '{ColumnRole.TEXT}' THEN 0
                                        WHEN '{ColumnRole.NOT_LOOKED_AT}' THEN 1 ELSE 2 END,
                              column_name, role, reason) AS place
          FROM source_columns) AS listed_columns
    JOIN coverage_column_types AS types
      ON types.source_id = listed_columns.source_id AND types.column_name = listed_columns.column_name
     AND types.role = listed_columns.role AND types.reason = listed_columns.reason
    WHERE place <= {MOST_COLUMNS}
    """,  # noqa: S608 - constants
)  # fmt: skip
