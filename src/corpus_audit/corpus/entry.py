"""A file to read, a defect met while reading, and the shape in which records come out of any format."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pyarrow as pa

from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.parts import WHOLE, Part
from corpus_audit.corpus.recognition import PLAIN, Recognition
from corpus_audit.schemas import DEFECTS, TEXT
from corpus_audit.vocabulary import DefectCode, FileFormat

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
    ]
)
"""What a format yields: the row within the file, its text, and what the row says of itself.

A picture, recording or film has a modality and its bytes as content instead of a text; a text has neither. What is
read out of an archive tells its member. *aigc_label* is a label of generated content that stands beside a text.
"""


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

    def defect(self, code: DefectCode, detail: str, place: str = "") -> "Defect":
        """Return a defect of this file."""
        return Defect(self.source_id, self.file, code, place, detail)


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that could not be read as it stands; *detail* never holds content of the data."""

    source_id: str
    file: str
    code: DefectCode
    place: str
    detail: str


ReadResult: TypeAlias = "pa.RecordBatch | Defect"
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
