"""A file to read, a defect met while reading, and the common form of records of any format."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pyarrow as pa

from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.parts import WHOLE, Part
from corpus_audit.corpus.recognition import PLAIN, Recognition
from corpus_audit.schemas import DEFECTS, TEXT
from corpus_audit.vocabulary import ColumnReason, ColumnRole, DefectCode, FileFormat, SkipReason, Unit

RAW = pa.schema(
    [
        pa.field("row", pa.int64()),
        pa.field("text", TEXT),
        pa.field("declared_license", pa.string()),
        pa.field("language", pa.string()),
        pa.field("url", pa.string()),
        pa.field("date", pa.string()),
        pa.field("subject_ids", pa.list_(pa.string())),
        pa.field("member", pa.string()),
        pa.field("modality", pa.string()),
        pa.field("content", pa.large_binary()),
        pa.field("aigc_label", pa.string()),
        pa.field("opt_outs", pa.string()),
    ]
)
"""What a format yields: the row within the file, its text, and what the row says of itself.

A picture, recording or film has a modality and its bytes as content instead of a text; a text has neither. What is
read out of an archive tells its member. *aigc_label* is a label of generated content that stands beside a text,
*opt_outs* what its headers or its page state about its use (``own_statements``).
"""


@dataclass(frozen=True)
class GivenUp:
    """Why a file, or a part of one, is not read: it ended its reader, or asked for more than it is given."""

    code: DefectCode
    detail: str


@dataclass(frozen=True)
class FileEntry:
    """One file that ingest found readable, or a part of it, and how to read it."""

    file_id: str
    source_id: str
    file: str
    format: FileFormat
    text_fields: tuple[str, ...]
    license_field: str | None
    language_field: str | None
    url_field: str | None
    date_field: str | None
    subject_ids_field: str | None
    size_bytes: int
    part: Part = WHOLE
    recognition: Recognition = PLAIN
    scans: bool = False
    """Whether the columns outside the text are wanted too, as ColumnTexts."""
    given_up: "GivenUp | None" = None
    """Why it is not read; None if it is."""
    most_bytes: int | None = None
    """About how much of its content is read: None for all, 0 for nothing."""

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """The columns of RAW that come from fields of the file, by the fields' names: several only for the text."""
        single = {
            "declared_license": self.license_field,
            "language": self.language_field,
            "url": self.url_field,
            "date": self.date_field,
            "subject_ids": self.subject_ids_field,
        }
        named = {column: (name,) for column, name in single.items() if name is not None}
        return ({"text": self.text_fields} if self.text_fields else {}) | named

    @property
    def field_names(self) -> list[str]:
        """The names of all those fields, each once."""
        return list(dict.fromkeys(name for names in self.fields.values() for name in names))

    def defect(self, code: DefectCode, detail: str, place: str = "", rows_lost: int | None = None) -> "Defect":
        """Return a defect of this file; *rows_lost* only if it differs from the code's number."""
        lost = int(code in _COSTS_A_ROW) if rows_lost is None else rows_lost
        return Defect(self.source_id, self.file, code, place, detail, lost)


_COSTS_A_ROW = frozenset({DefectCode.BAD_ROW, DefectCode.NULL_TEXT})
_BREAKS_OFF = frozenset(
    {
        DefectCode.FILE_UNREADABLE,
        DefectCode.TRUNCATED,
        DefectCode.LIMIT_EXCEEDED,
        DefectCode.PATH_REFUSED,
        DefectCode.ENCRYPTED,
        DefectCode.READER_DIED,
        DefectCode.TRAILING_DATA,
    }
)


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that could not be read; *detail* never contains content of the data.

    *rows_lost* rows did not become records because of it.
    """

    source_id: str
    file: str
    code: DefectCode
    place: str
    detail: str
    rows_lost: int = 0

    @property
    def breaks_off(self) -> bool:
        """True if reading ended here, with an unknown number of rows behind it."""
        return self.code in _BREAKS_OFF and not self.rows_lost


@dataclass(frozen=True, slots=True)
class Seen:
    """So many rows or members are there, read or not, as the format itself counts them.

    A reader that yields no count of rows is taken to have seen what it read, refused and skipped. Rows of a
    Parquet file are told before they are read, so that those behind a damaged page are missed.
    """

    unit: Unit
    count: int


@dataclass(frozen=True, slots=True)
class MemberBegins(Seen):
    """A member of an archive is there, whose rows are numbered from *first_row* on."""

    first_row: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """So many rows or members are there and were left out: nothing is wrong with them.

    Those that were looked at and hold nothing (NO_CONTENT) are no gap in what was read. A skipped FILE is an unknown
    number of rows.
    """

    unit: Unit
    reason: SkipReason
    count: int = 1


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of the file and what was done with it; *type* is the name that its format has for its values.

    A nested column is named by a JSON pointer in which '*' means every entry of a list.
    """

    column: str
    role: ColumnRole
    reason: ColumnReason
    type: str


@dataclass(frozen=True, slots=True)
class ColumnTexts:
    """The texts of a column outside the text, for scanning, with their row numbers.

    *rows* is int64 and *texts* large_string, of the same length; a row may be one that becomes no record.
    """

    column: str
    rows: pa.Array
    texts: pa.Array


@dataclass(frozen=True, slots=True)
class WholeText:
    """A row whose text (UTF-8) is all that there is, beside a license: many of them become one batch.

    A batch for each would cost more than to read it.
    """

    row: int
    text: bytes
    license: str | None


@dataclass(frozen=True, slots=True)
class RowMedia:
    """Pictures, recordings and films in rows, as a batch of schema RAW whose rows may repeat.

    *rows_read* rows became records by their media only.
    """

    batch: pa.RecordBatch
    rows_read: int


@dataclass(frozen=True, slots=True)
class RowsScanned:
    """So many rows were scanned in columns outside the text, and so many of them had no text that was read."""

    count: int
    without_text: int


Count: TypeAlias = "Seen | Skipped | ColumnSeen | RowsScanned"
"""What reading tells of what is there, for coverage."""

ReadResult: TypeAlias = "pa.RecordBatch | WholeText | RowMedia | Defect | ColumnTexts | Count"
"""What reading yields, in the order of the file."""

Reader = Callable[[Input, FileEntry, int], Iterator[ReadResult]]
"""Reads a file in batches of about so many bytes; raises OSError or pa.ArrowInvalid when the rest is unreadable."""


def make_file_id(source_id: str, file: str) -> str:
    """Return the identifier of a file: it does not change when other files come or go."""
    return hashlib.sha256(f"{source_id}\0{file}".encode()).hexdigest()[:16]


def defect_table(defects: Iterable[Defect]) -> pa.Table:
    """Return defects as a table of schema DEFECTS, in the order given."""
    names = DEFECTS.schema.names
    rows = [{name: getattr(defect, name) for name in names} for defect in defects]
    return pa.Table.from_pylist(rows, schema=DEFECTS.schema)
