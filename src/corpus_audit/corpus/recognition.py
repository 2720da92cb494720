"""The recognised format of a file's bytes, independent of its name."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus_audit.vocabulary import ColumnNames, EncodingBasis

DEFAULT_TEXT_FIELD = "text"
"""Where the text of a row is looked for when the manifest names no field."""

UTF_8 = "utf-8"
UTF_8_WITH_MARK = "utf-8-sig"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file separates, quotes and escapes its values; *escape* is '' where quotes are doubled.

    Its table begins at *first_line*, from 1, with a row of *names* or with data.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    first_line: int = 1
    names: ColumnNames = ColumnNames.IN_FILE


NOT_COMPRESSED = "none"


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file is compressed with, the encoding of its text and what that was recognised by, its CSV dialect.

    A file that is no text has no encoding; one that is no CSV has no dialect.
    """

    compression: str | None = None
    encoding: str | None = None
    encoding_basis: EncodingBasis | None = None
    dialect: Dialect | None = None

    def as_row(self) -> dict[str, str | int | None]:
        """Return what was recognised as columns of schema FILES; none of a file at which ingest did not look."""
        if self is UNSEEN:
            return {}
        return {
            "compression": self.compression or NOT_COMPRESSED,
            "encoding": self.encoding,
            "encoding_basis": self.encoding_basis,
            **({f"csv_{name}": value for name, value in asdict(self.dialect).items()} if self.dialect else {}),
        }


def recognition_of(row: Mapping[str, Any]) -> Recognition | None:
    """Return what was recognised of a row of schema FILES; None where nothing was looked at."""
    if row["compression"] is None:
        return None
    return Recognition(
        compression=None if row["compression"] == NOT_COMPRESSED else row["compression"],
        encoding=row["encoding"],
        encoding_basis=None if row["encoding_basis"] is None else EncodingBasis(row["encoding_basis"]),
        dialect=_dialect_of(row) if row["csv_delimiter"] is not None else None,
    )


def _dialect_of(row: Mapping[str, Any]) -> Dialect:
    return Dialect(
        row["csv_delimiter"], row["csv_quote"], row["csv_escape"], row["csv_first_line"], ColumnNames(row["csv_names"])
    )


UNSEEN = Recognition(compression="unseen")
"""That of a file at which ingest did not look."""

RECOGNISED = tuple(Recognition(dialect=Dialect()).as_row())
"""The columns of schema FILES that hold what was recognised."""

PLAIN = Recognition(encoding=UTF_8, encoding_basis=EncodingBasis.VALID)
"""Uncompressed UTF-8."""
