"""Texts in columns of every Arrow type: scanned, or said not to be looked at."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.entry import ColumnTexts
from corpus_audit.corpus.records import OtherTexts
from corpus_audit.vocabulary import ColumnReason, ColumnRole, FileFormat
from unit.record_reading import read_all

MAIL = "zoe@posteo.de"
TEXT = pa.string()
MAP = pa.map_(TEXT, TEXT)
PAIRS = [("mail", MAIL)]


class Note(pa.ExtensionType):  # type: ignore[misc]
    """A type of one's own that stores a list of maps."""

    def __init__(self) -> None:
        super().__init__(pa.large_list(MAP), "test.note")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""

    @classmethod
    def __arrow_ext_deserialize__(cls, storage_type: pa.DataType, serialized: bytes) -> "Note":
        return cls()


def dictionary_of(values: pa.Array) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([1, 0], pa.int8()), values)


def in_runs(values: pa.Array) -> pa.Array:
    return pa.RunEndEncodedArray.from_arrays([1, 2], values)


def union_of(values: pa.Array) -> pa.Array:
    return pa.UnionArray.from_dense(pa.array([0, 0], pa.int8()), pa.array([0, 1], pa.int32()), [values])


def rows(value: Any, kind: pa.DataType) -> pa.Array:
    return pa.array([value, None], kind)


FOLLOWED = {
    "map": rows(PAIRS, MAP),
    "map of maps": rows([("a", PAIRS)], pa.map_(TEXT, MAP)),
    "large list of maps": rows([PAIRS], pa.large_list(MAP)),
    "fixed size list of maps": rows([PAIRS], pa.list_(MAP, 1)),
    "list view": rows([MAIL], pa.list_view(TEXT)),
    "large list view of maps": rows([PAIRS], pa.large_list_view(MAP)),
    "list view of structs": rows([{"a": [MAIL]}], pa.list_view(pa.struct([("a", pa.list_view(TEXT))]))),
    "struct of maps in a large list": rows([{"m": PAIRS}], pa.large_list(pa.struct([("m", MAP)]))),
    "dictionary": dictionary_of(pa.array([None, MAIL], TEXT)),
    "dictionary of lists": dictionary_of(rows([MAIL], pa.list_(TEXT))),
    "dictionary of structs": dictionary_of(rows({"a": MAIL}, pa.struct([("a", TEXT)]))),
    "list of dictionaries": rows([MAIL], pa.list_(pa.dictionary(pa.int8(), TEXT))),
    "runs": in_runs(pa.array([MAIL, None], TEXT)),
    "runs of structs": in_runs(rows({"m": PAIRS}, pa.struct([("m", MAP)]))),
    "extension": pa.ExtensionArray.from_storage(Note(), rows([PAIRS], pa.large_list(MAP))),
    "text view": rows(MAIL, pa.string_view()),
}
IN_PARQUET = ("map", "map of maps", "large list of maps", "fixed size list of maps", "struct of maps in a large list")
NOT_FOLLOWED = {
    "union": union_of(pa.array([MAIL, "x"])),
    "union in a struct": pa.StructArray.from_arrays([union_of(pa.array([MAIL, "x"]))], ["u"]),
}


@pytest.fixture(autouse=True)
def _known_extension():
    pa.register_extension_type(Note())
    yield
    pa.unregister_extension_type("test.note")


def arrow_file(path: Path, columns: dict[str, pa.Array], *, is_stream: bool = False) -> Path:
    batch = pa.RecordBatch.from_arrays(list(columns.values()), list(columns))
    new = pa.ipc.new_stream if is_stream else pa.ipc.new_file
    with pa.OSFile(str(path), "wb") as sink, new(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return path


def scanned(path: Path, kind: FileFormat) -> tuple[list[ColumnTexts], list[dict[str, Any]]]:
    """Return the texts that a file's columns were scanned in, and what coverage says of the columns."""
    pieces, coverage = read_all(path, kind, text_fields=["text"])
    return [piece.found for piece in pieces if isinstance(piece, OtherTexts)], list(coverage.columns)


@pytest.mark.parametrize("name", FOLLOWED)
def test_texts_are_scanned_in_every_nested_type(name: str, tmp_path: Path) -> None:
    path = arrow_file(tmp_path / "a.arrow", {"text": pa.array(["a text", "another"]), "inner": FOLLOWED[name]})
    found, columns = scanned(path, FileFormat.ARROW)
    assert any(MAIL in (text or "") for texts in found for text in texts.texts.to_pylist())
    inner = [column for column in columns if "inner" in column["column_name"]]
    assert {column["role"] for column in inner} == {ColumnRole.SCANNED}
    assert sum(column["scanned_values"] for column in inner) >= 1


@pytest.mark.parametrize("name", IN_PARQUET)
def test_texts_are_scanned_in_nested_columns_of_parquet(name: str, tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["a text", "another"], "inner": FOLLOWED[name]}), tmp_path / "a.parquet")
    found, _ = scanned(tmp_path / "a.parquet", FileFormat.PARQUET)
    assert any(MAIL in (text or "") for texts in found for text in texts.texts.to_pylist())


@pytest.mark.parametrize("name", NOT_FOLLOWED)
def test_what_cannot_be_followed_is_not_looked_at(name: str, tmp_path: Path) -> None:
    path = arrow_file(tmp_path / "a.arrow", {"text": pa.array(["a text", "another"]), "inner": NOT_FOLLOWED[name]})
    _, columns = scanned(path, FileFormat.ARROW)
    inner = [column for column in columns if "inner" in column["column_name"]]
    assert [(column["role"], column["reason"]) for column in inner] == [
        (ColumnRole.NOT_LOOKED_AT, ColumnReason.OTHER_TYPE)
    ]


def test_texts_beside_a_union_are_scanned(tmp_path: Path) -> None:
    both = pa.StructArray.from_arrays([union_of(pa.array([1, 2])), pa.array([MAIL, "x"])], ["u", "t"])
    path = arrow_file(tmp_path / "a.arrow", {"text": pa.array(["a text", "another"]), "inner": both})
    found, _ = scanned(path, FileFormat.ARROW)
    assert [texts.column for texts in found] == ["/inner/t"]


def test_a_second_column_of_the_same_name_is_not_looked_at(tmp_path: Path) -> None:
    arrays = [pa.array(["a text"]), pa.array(["x"]), pa.array([MAIL])]
    batch = pa.RecordBatch.from_arrays(arrays, ["text", "note", "note"])
    with pa.OSFile(str(tmp_path / "a.arrow"), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    _, columns = scanned(tmp_path / "a.arrow", FileFormat.ARROW)
    roles = [column["role"] for column in columns if column["column_name"] == "note"]
    assert sorted(roles) == [ColumnRole.NOT_LOOKED_AT, ColumnRole.SCANNED]
