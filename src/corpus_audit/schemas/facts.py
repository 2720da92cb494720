"""Facts about the files: files, defects, records and spans."""

import pyarrow as pa

from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS, columns, table

FILES = table(
    "files", "one declared or discovered file, as ingest saw it", ("source_id", "file"),
    ("file_id", STR, "First 16 hex digits of the sha256 of source id and path: stable across versions."),
    ("source_id", STR, "Source the file belongs to."),
    ("file", STR, "Path relative to the root."),
    ("format", STR, "Format used to read it (vocabulary FileFormat)."),
    ("text_fields", STRINGS, "Fields that hold the text; empty for whole-file text."),
    ("license_field", STR, "Field that holds a record's license; null when there is none."),
    ("language_field", STR, "Field that holds a record's language; null when there is none."),
    ("url_field", STR, "Field that holds a record's address; null when there is none."),
    ("date_field", STR, "Field that holds a record's date; null when there is none."),
    ("subject_ids_field", STR, "Field that holds the ids of a record's people; null when there is none."),
    ("split", STR, "Split the file is declared to belong to; null when not recorded."),
    ("declared_size_bytes", INT, "Declared size; null when not recorded."),
    ("observed_size_bytes", INT, "Size on disk; null when the file could not be opened."),
    ("declared_sha256", STR, "Declared sha256 in hex; null when not recorded."),
    ("observed_sha256", STR, "sha256 of the bytes read; null when the file could not be opened."),
    ("state", STR, "What the comparison showed (vocabulary FileState)."),
    ("compression", STR, "What it is packed with, by its bytes: gzip, zstd, xz, bz2, lz4, none; null if unread."),
    ("encoding", STR, "Encoding its text is read in, by Python's name; null when it is no text."),
    ("encoding_basis", STR, "What that was recognised by (vocabulary EncodingBasis); null when it is no text."),
    ("csv_delimiter", STR, "What separates the values of a CSV; null for any other format."),
    ("csv_quote", STR, "What the values of a CSV are quoted with; null for any other format."),
    ("csv_escape", STR, "What escapes a quote in a CSV, '' where it is doubled; null for any other format."),
    ("csv_first_line", INT, "Line from 1 with which the table of a CSV begins; null for any other format."),
    ("csv_names", STR, "Where the columns of a CSV have their names from (vocabulary ColumnNames); null elsewhere."),
)  # fmt: skip

LEFT_OUT = table(
    "left_out", "what lies in a source's folders and is no part of the audit, of one kind",
    ("source_id", "kind", "pattern"),
    ("source_id", STR, "Source whose folder it lies in."),
    ("kind", STR, "Why it is no part of the audit (vocabulary LeftOutKind)."),
    ("pattern", STR, "Pattern of the manifest's ignore that matches it; '' for every other kind."),
    ("files", INT, "How many files, links or folders."),
    ("size_bytes", INT, "Their size as far as it is known; nothing that lies behind a link or in a folder is counted."),
    ("data_bytes", INT, "Size of those that may be data: not a version control system's own, not compiled Python."),
    ("declared_files", INT, "Declared files of the source that the pattern matches as well."),
    ("examples", STRINGS, "The first 50 of them, by path."),
)  # fmt: skip

REAL_NAMES = table(
    "real_names", "one declared file whose path is masked in all other tables, to open it by", ("file",),
    ("file", STR, "Path as all other tables have it."),
    ("path", STR, "Path relative to the root as it is; never shown."),
)  # fmt: skip

PARTS = table(
    "parts", "one part of a file that holds records: what one shard reads of it", ("source_id", "file", "first_row"),
    ("source_id", STR, "Source the file belongs to."),
    ("file", STR, "Path relative to the root."),
    ("file_id", STR, "The file's identifier, as in files."),
    ("shard", pa.int32(), "Shard that measures it."),
    ("first", INT, "First byte of JSON lines, first row group of Parquet; null when it is the whole file."),
    ("end", INT, "First byte or row group behind it; null when it is the whole file."),
    ("first_row", INT, "Row of the file that it begins with."),
    ("size_bytes", INT, "Its size on disk."),
)  # fmt: skip

DEFECTS = table(
    "defects", "one thing that could not be read as it stands", ("source_id", "file", "code", "place"),
    ("source_id", STR, "Source the file belongs to."),
    ("file", STR, "Path relative to the root."),
    ("code", STR, "What was wrong (vocabulary DefectCode)."),
    ("place", STR, "Where: 'row 12', 'byte 4096', a JSON pointer, or '' for the whole file."),
    ("detail", STR, "What happened, without any content of the data."),
)  # fmt: skip

READ_COUNTS = table(
    "read_counts", "one part of a file, as it was read: what there is and how much of it was read",
    ("source_id", "file", "first_row"),
    ("source_id", STR, "Source the file belongs to."),
    ("file", STR, "Path relative to the root."),
    ("first_row", INT, "Row of the file that the part begins with."),
    ("file_id", STR, "The file's identifier, as in files."),
    ("rows", INT, "Rows that are there, as far as they could be counted."),
    ("rows_read", INT, "Rows that became records."),
    ("rows_empty", INT, "Rows that were looked at and show no text: it is blank, or a redirect of a crawl."),
    ("rows_scanned", INT, "Rows, read or not, with text outside the text that was scanned."),
    ("rows_scanned_only", INT, "Those among them whose text was not read."),
    ("members", INT, "Members of the archive; 0 for all other files."),
    ("members_read", INT, "Members that were read."),
    ("breaks", INT, "Places behind which an unknown number of rows could not be read."),
)  # fmt: skip

UNREAD = table(
    "unread", "rows or members of one part of a file that were not read for one reason",
    ("source_id", "file", "first_row", "unit", "reason"),
    ("source_id", STR, "Source the file belongs to."),
    ("file", STR, "Path relative to the root."),
    ("first_row", INT, "Row of the file that the part begins with."),
    ("unit", STR, "What is counted (vocabulary Unit)."),
    ("reason", STR, "Why they were not read (vocabularies DefectCode and SkipReason)."),
    ("count", INT, "How many."),
)  # fmt: skip

COLUMNS_SEEN = table(
    "columns_seen", "one column of one part of a file, and what was done with it",
    ("source_id", "file", "first_row", "column_name", "role", "reason", "type"),
    ("source_id", STR, "Source the file belongs to."),
    ("file", STR, "Path relative to the root."),
    ("first_row", INT, "Row of the file that the part begins with."),
    ("column_name", STR, "Its name; a JSON pointer when it is nested, in which '*' means every entry of a list."),
    ("role", STR, "What was done with it (vocabulary ColumnRole)."),
    ("reason", STR, "Why (vocabulary ColumnReason)."),
    ("type", STR, "Type of its values, as the format calls it."),
    ("scanned_values", INT, "Texts in it that were scanned; null when it is the text itself, or was not looked at."),
    ("size_bytes", INT, "Their size in UTF-8 bytes; null as well."),
)  # fmt: skip

RECORDS = table(
    "records", "one record", ("record_id",),
    ("record_id", STR, "file_id and row, as 'file_id:row': stable across runs and versions."),
    ("source_id", STR, "Source the record belongs to."),
    ("file", STR, "Path relative to the root."),
    ("row", INT, "Row within the file, from 0; 0 for whole-file text."),
    ("modality", STR, "Kind of content (vocabulary Modality)."),
    ("size_bytes", INT, "Length in bytes: of a text in UTF-8, of a picture, recording or film as its file is."),
    ("characters", INT, "Length of the text in Unicode code points; 0 without text."),
    ("tokens", INT, "Number of tokens the shingles are made of; 0 without text."),
    ("shingles", INT, "Number of distinct shingles; 0 for a text without tokens."),
    ("content_sha256", pa.binary(32), "sha256 of those bytes."),
    ("signature", pa.list_(pa.uint32()), "MinHash signature (datasketch, affine32); null when there are no shingles."),
    ("declared_license", STR, "License the record itself declares; null when its file has no such field."),
    ("language", STR, "Language the record itself declares; null when its file has no such field."),
    ("url", STR, "Address the record came from; null when its file has no such field."),
    ("date", STR, "When the record was made or collected, as declared; null when its file has no such field."),
    ("subject_ids", STRINGS, "Ids of the people in the record; null when it names none."),
    ("sample_position", FLOAT, "Seeded hash of record_id, from 0 to below 1: samples take the lowest first."),
    ("script", STR, "Script of at least half the letters, or mixed; null without letters."),
    ("replacement_characters", INT, "U+FFFD: bytes that were lost when the text was decoded; null without text."),
    ("mojibake", INT, "Places that look like UTF-8 read in another encoding; null without text."),
    ("control_characters", INT, "Control characters other than tab and line ends; null without text."),
    ("entropy_bits", FLOAT, "Shannon entropy of the text's bytes, in bits a byte; null without text."),
    ("language_observed", STR, "Language (ISO 639) of the beginning of its text, or und; null without text."),
    ("language_confidence", FLOAT, "Probability among the languages known; null without text."),
    ("compressed_share", FLOAT, "Size after LZ4 as a share of the size before; over 1 for a short text."),
    ("repeated_line_share", FLOAT, "Share of lines seen before in the text; null without text."),
    ("boilerplate_line_share", FLOAT, "Share of lines about cookies, JavaScript, terms, privacy or rights reserved."),
    ("gopher_rejects", STRINGS, "Rules of Gopher that reject the text; null where words have no spaces."),
    ("c4_rejects", STRINGS, "Rules of C4 that reject the text; null where words have no spaces."),
)  # fmt: skip

MEDIA = table(
    "media", "one picture, recording or film", ("record_id",),
    ("record_id", STR, "The record."),
    ("source_id", STR, "Source the record belongs to."),
    ("file", STR, "Path relative to the root."),
    ("member", STR, "Path within that file, when it is an archive; null otherwise."),
    ("modality", STR, "Kind of content (vocabulary Modality)."),
    ("container", STR, "Kind of file by its bytes: JPEG, WAV, …; unknown when they are of no known kind."),
    ("state", STR, "How far it could be measured (vocabulary MediaState)."),
    ("checks_not_run", STRINGS, "Checks whose libraries are not installed (vocabulary MediaCheck)."),
    ("width", INT, "Width in pixels; null without a picture."),
    ("height", INT, "Height in pixels; null without a picture."),
    ("seconds", FLOAT, "Duration; null for pictures and where the file does not tell."),
    ("faces", INT, "Faces detected, in a film the most in one picture; null if not checked."),
    ("speech", STR, "Was speech detected: yes or no; not-recorded if not checked."),
    ("picture_hash", pa.binary(32), "Perceptual hash of 16 × 16 bits (pHash); null for films and flat pictures."),
    ("sound_print", pa.list_(pa.uint32()), "Chromaprint fingerprint of the first two minutes; null without one."),
)  # fmt: skip

LABELS = table(
    "labels", "one statement that a file makes about itself", ("record_id", "carrier", "kind", "value"),
    ("record_id", STR, "The record."),
    ("source_id", STR, "Source the record belongs to."),
    ("carrier", STR, "Where in the file it stands (vocabulary LabelCarrier)."),
    ("kind", STR, "What it is about (vocabulary LabelKind)."),
    ("value", STR, "The term it uses, of a published vocabulary; other when it is of none."),
    ("meaning", STR, "What follows from it (vocabulary LabelMeaning)."),
)  # fmt: skip

OPT_OUT_STATEMENTS = table(
    "opt_out_statements", "one thing that a record states about its own use",
    ("record_id", "place", "protocol", "statement"),
    ("record_id", STR, "The record."),
    ("source_id", STR, "Source the record belongs to."),
    ("place", STR, "Where it stands: in the headers of its response, or in its page (vocabulary StatementPlace)."),
    ("protocol", STR, "Convention that it follows (vocabulary OptOutProtocol)."),
    ("statement", STR, "The words of that convention; an address without user info and query."),
)  # fmt: skip

SPANS = table(
    "spans", "one marked stretch of one record", ("record_id", "field", "start_byte", "end_byte", "entity_type"),
    ("record_id", STR, "Record the span lies in; a row that was only scanned has an id of the same kind."),
    ("source_id", STR, "Source the record belongs to."),
    ("field", STR, "Column outside the text, (metadata) of a file of media or (column names); '' for the text itself."),
    ("kind", STR, "What the span is (vocabulary SpanKind)."),
    ("entity_type", STR, "Entity type, by Presidio's name where it has one."),
    ("start_byte", INT, "First byte in the record's UTF-8 text, or in that of the column."),
    ("end_byte", INT, "One past the last byte."),
    ("score", FLOAT, "Confidence between 0 and 1."),
    ("status", STR, "confirmed, or labelled: only a label beside it says what it is (vocabulary SpanStatus)."),
    ("validator", STR, "What confirmed the candidate: checksum, library, context and others; label where nothing did."),
    ("masked", STR, "Masked excerpt; never the value."),
    ("keyed_hash", pa.binary(16), "HMAC-SHA256 of the normalised value under the store's key, first 16 bytes."),
)  # fmt: skip

KEYWORD_HITS = table(
    "keyword_hits", "one record that holds words of one list of the operator", ("record_id", "keyword_list"),
    ("record_id", STR, "Record."),
    ("source_id", STR, "Source the record belongs to."),
    ("keyword_list", STR, "Name of the list."),
    ("words", INT, "How many different lines of the list stand in the record."),
    ("lines", pa.list_(INT), "Numbers of the first ten of those lines; the words themselves stay in the list."),
)  # fmt: skip

MANUAL_SAMPLE = table(
    "manual_sample", "one record that people are to read before the corpus is used", ("record_id",),
    ("record_id", STR, "Record."),
    ("source_id", STR, "Source the record belongs to."),
    ("file", STR, "Path relative to the root."),
    ("row", INT, "Row within the file, from 0; 0 for whole-file text."),
    ("sample_position", FLOAT, "Where the record stands in the order of sampling."),
)  # fmt: skip

NAME_CHECKS = table(
    "name_checks", "one way to look for names of people", ("method",),
    ("method", STR, "presidio (a model) or surname-and-title (rules)."),
    ("language", STR, "Language of the records it is run on (ISO 639)."),
    ("state", STR, "run or not-run."),
    ("reason", STR, "Why it was not run: not-installed, or another-model; '' when it was."),
    ("version", STR, "Versions of what was run; '' for rules of this program."),
    ("characters", INT, "How much of each record it reads at most."),
)  # fmt: skip

NAME_SAMPLES = table(
    "name_samples", "one record in which names of people were looked for", ("record_id", "method"),
    ("record_id", STR, "Record."),
    ("source_id", STR, "Source the record belongs to."),
    ("method", STR, "How they were looked for."),
)  # fmt: skip

NAME_SPANS = table(
    "name_spans", "one name that was found in one record of the sample",
    ("record_id", "method", "start_byte", "end_byte", "entity_type"),
    ("method", STR, "How it was found."),
    *columns(SPANS, without=("kind", "status", "validator", "field")),
)  # fmt: skip
