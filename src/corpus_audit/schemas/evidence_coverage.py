"""Evidence on what was looked at: files, rows, members, media and columns, and the gaps among them."""

from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS, table

EVIDENCE_COVERAGE = table(
    "coverage", "one source: what there is and what was looked at", ("source_id",),
    ("source_id", STR, "Source."),
    ("state", STR, "read, within-bound, unread or nothing-there (vocabulary CoverageState)."),
    ("files", INT, "Files declared."),
    ("files_unread", INT, "Declared files of which nothing was read, those that are missing among them."),
    ("files_broken", INT, "Files that were read only up to a damaged place, with an unknown number of rows behind it."),
    ("files_undeclared", INT, "Files that lie in the source's folders and were not declared: nothing of them was read."),
    ("size_bytes", INT, "Bytes of the declared files on disk."),
    ("unread_bytes", INT, "Bytes of files of which nothing was read."),
    ("rows", INT, "Rows in them, as far as they could be counted."),
    ("rows_read", INT, "Rows that became records."),
    ("rows_empty", INT, "Rows that were looked at and hold no text, such as redirects of a crawl."),
    ("rows_unread", INT, "Rows whose text was not read."),
    ("rows_scanned_only", INT, "Those among them that were scanned in other columns."),
    ("rows_looked_at", INT, "Rows that were read, or scanned in other columns: personal information was looked for."),
    ("rows_unread_share", FLOAT, "rows_unread as a share of rows; 0 without any."),
    ("members", INT, "Members of archives."),
    ("members_unread", INT, "Members that were refused or skipped."),
    ("media", INT, "Pictures, recordings and films."),
    ("media_unmeasured", INT, "Those that could not be decoded, or that nothing here decodes."),
    ("columns_text", INT, "Columns that are text."),
    ("columns_metadata", INT, "Columns that are metadata of records, which are scanned too."),
    ("columns_media", INT, "Columns that hold pictures, recordings or films, each measured."),
    ("columns_scanned", INT, "Other columns that hold text: scanned, not fingerprinted."),
    ("columns_not_looked_at", INT, "Columns of numbers, times and the like, and those of columns_opaque."),
    ("columns_opaque", INT, "Columns of bytes, or of types that nothing here reads: they may hold anything."),
    ("unread_share_allowed", FLOAT, "Share of rows, members or media that may be unread (a parameter of the audit)."),
)  # fmt: skip

EVIDENCE_COVERAGE_GAPS = table(
    "coverage_gaps", "what was not looked at in one source for one reason", ("source_id", "unit", "reason"),
    ("source_id", STR, "Source."),
    ("unit", STR, "What is counted (vocabulary Unit)."),
    ("reason", STR, "Why (vocabularies DefectCode, SkipReason, FileState, MediaState and ColumnReason)."),
    ("count", INT, "How many."),
    ("files", INT, "Files that it concerns."),
)  # fmt: skip

EVIDENCE_COVERAGE_FILES = table(
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
)  # fmt: skip

EVIDENCE_COVERAGE_COLUMNS = table(
    "coverage_columns", "one column of one source and what was done with it, of the first 200",
    ("source_id", "column_name", "role", "reason"),
    ("source_id", STR, "Source."),
    ("column_name", STR, "Its name; a JSON pointer when it is nested, in which '*' means every entry of a list."),
    ("role", STR, "What was done with it (vocabulary ColumnRole)."),
    ("reason", STR, "Why (vocabulary ColumnReason)."),
    ("types", STRINGS, "Types of its values, as the formats call them."),
    ("files", INT, "Files that have it."),
    ("scanned_values", INT, "Texts in it that were scanned; null when it is the text itself, or was not looked at."),
)  # fmt: skip

EVIDENCE_OF_COVERAGE = (
    EVIDENCE_COVERAGE,
    EVIDENCE_COVERAGE_GAPS,
    EVIDENCE_COVERAGE_FILES,
    EVIDENCE_COVERAGE_COLUMNS,
)
