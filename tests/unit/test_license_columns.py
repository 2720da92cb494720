"""The license of a record is what all columns state that are called like one, wherever they are and however typed."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.coverage import PartCoverage
from corpus_audit.corpus.field_roles.names import license_column
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.corpus.records import OtherTexts, read_corpus
from corpus_audit.rights.licenses import resolve_statements
from corpus_audit.schemas import FILES
from corpus_audit.schemas.license_statements import ALSO, IN_OTHER_WORDS, split_statements
from corpus_audit.vocabulary import ColumnReason, FileFormat, FileState, LicenseState

NC = "CC-BY-NC-4.0"
NC_ADDRESS = "https://creativecommons.org/licenses/by-nc/4.0/"
Row = dict[str, Any]


@pytest.mark.parametrize(
    "name",
    [
        "license",
        "licence",
        "licenses",
        "licences",
        "License",
        "licenseUrl",
        "license_url",
        "license_name",
        "license_id",
        "license_link",
        "rights",
        "dc.rights",
        "usage_rights",
        "copyright_license",
        "max_stars_repo_licenses",
        "spdx",
        "spdx_id",
        "spdx_license_identifier",
        "terms_of_use",
        "image_license",
        "licensing",
        "license_expression",
        "detected_licenses",
        "license_type",
        "license (column 4)",
        "Lizenz",
        "licencia",
        "licença",
        "licenza_url",
        "лицензия",
        "许可证",
        "ライセンス",
    ],
)
def test_a_column_called_like_a_license_states_one(name: str) -> None:
    assert license_column((name,)) is not None
    assert license_column(("meta", name, "*", "id")) is not None


@pytest.mark.parametrize(
    "name",
    [
        "driver_license",
        "drivers_license_id",
        "business_license",
        "license_plate",
        "license_number",
        "text",
        "licensed",
        "is_licensed",
        "human_rights",
        "rights_holder",
        "bill_of_rights",
        "licensee",
        "license_date",
        "user_id",
        "sublicensee_name",
    ],
)
def test_a_column_about_something_else_states_none(name: str) -> None:
    assert license_column((name,)) is None


def stated(path: Path, kind: FileFormat, batch_bytes: int = 1 << 20, **fields: Any) -> list[str | None]:
    """Return the license of each record as it is stored, read as an audit reads them."""
    batches = [piece for piece in pieces(path, kind, batch_bytes, **fields) if isinstance(piece, pa.RecordBatch)]
    return [value for batch in batches for value in batch["declared_license"].to_pylist()]


def columns_seen(path: Path, kind: FileFormat, **fields: Any) -> list[Row]:
    (counted,) = (piece for piece in pieces(path, kind, **fields) if isinstance(piece, PartCoverage))
    return list(counted.columns)


def pieces(path: Path, kind: FileFormat, batch_bytes: int = 1 << 20, **fields: Any) -> list[Any]:
    row = {"file_id": "f", "source_id": "s", "file": path.name, "format": kind, "state": FileState.VERIFIED}
    row |= {"observed_size_bytes": path.stat().st_size, "text_fields": ["text"]} | fields
    files = pa.Table.from_pylist([row], schema=FILES.schema)
    return list(read_corpus(LocalFolder(path.parent), files, batch_bytes))


def write_lines(path: Path, rows: list[Row]) -> None:
    path.write_text("".join(json.dumps({"text": "a", **row}) + "\n" for row in rows))


def write_list(path: Path, rows: list[Row]) -> None:
    path.write_text(json.dumps([{"text": "a", **row} for row in rows]))


def write_parquet(path: Path, rows: list[Row]) -> None:
    pq.write_table(pa.Table.from_pylist([{"text": "a", **row} for row in rows]), path)


def write_arrow(path: Path, rows: list[Row]) -> None:
    table = pa.Table.from_pylist([{"text": "a", **row} for row in rows])
    with pa.ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table)


WRITERS = {
    FileFormat.JSONL: write_lines,
    FileFormat.JSON: write_list,
    FileFormat.PARQUET: write_parquet,
    FileFormat.ARROW: write_arrow,
}
SHAPES: dict[str, tuple[Row, list[list[str]]]] = {
    "plain": ({"license": NC}, [[NC]]),
    "address": ({"license_url": NC_ADDRESS}, [[NC_ADDRESS]]),
    "nested": ({"meta": {"license": NC}}, [[NC]]),
    "rights": ({"rights": NC}, [[NC]]),
    "list": ({"max_stars_repo_licenses": ["MIT", NC]}, [[f"MIT AND {NC}"]]),
    "object": ({"license": {"id": NC, "name": "x"}}, [[NC, "x"]]),
    "objects": ({"licenses": [{"name": "a", "url": NC_ADDRESS}, {"name": "b", "url": "MIT"}]},
                [["a AND b", f"{NC_ADDRESS} AND MIT"]]),
    "number": ({"license": 4}, [["4"]]),
    "words": ({"license": "cc-by-nc-4.0", "license_url": NC_ADDRESS}, [["cc-by-nc-4.0", NC_ADDRESS]]),
    "rights beside": ({"license": "CC-BY-4.0", "rights": "see our terms"}, [["CC-BY-4.0"], ["see our terms"]]),
    "two": ({"license": "CC-BY-4.0", "image_license": NC}, [["CC-BY-4.0"], [NC]]),
    "two places": ({"license": "CC-BY-4.0", "meta": {"license": NC}}, [["CC-BY-4.0"], [NC]]),
    "same twice": ({"license": NC, "meta": {"license": NC}}, [[NC]]),
    "class beside": ({"detected_licenses": [NC], "license_type": "permissive"}, [[NC]]),
    "class alone": ({"license_type": NC}, [[NC]]),
    "blank": ({"license": " ", "meta": {"license": NC}}, [[NC]]),
    "separators": ({"license": f"{NC}{IN_OTHER_WORDS}x{ALSO}y"}, [[f"{NC} x y"]]),
    "written": ({"meta": json.dumps({"source": {"license": NC}})}, [[NC]]),
    "written with a space": ({"meta": "\n" + json.dumps({"license": NC})}, [[NC]]),
    "written twice": ({"meta": json.dumps(json.dumps({"license": NC}))}, [[NC]]),
    "written in another language": ({"meta": json.dumps({"许可证": NC}, ensure_ascii=False)}, [[NC]]),
    "written by Python": ({"license": "CC-BY-4.0", "meta": str({"license": NC})}, [["CC-BY-4.0"], [NC]]),
    "written in a list": ({"info": {"meta": json.dumps([{"license_url": NC_ADDRESS}])}}, [[NC_ADDRESS]]),
    "written and cut": ({"meta": '{"license": "CC-BY'}, [['{"license": "CC-BY']]),
    "pairs": ({"meta": [["license", NC], ["m", "x"]]}, [[NC]]),
    "pairs within": ({"meta": {"tags": [["license", NC]]}}, [[NC]]),
    "names beside values": ({"meta": [{"name": "m", "value": "x"}, {"name": "License", "value": NC}]}, [[NC]]),
    "keys beside values": ({"meta": {"all": [{"key": "license", "value": NC}]}}, [[NC]]),
    "text beside": ({"license": NC, "license_text": "word " * 100}, [[NC]]),
    "object as text": ({"license": json.dumps({"name": NC})}, [[NC]]),
    "type of a license": ({"license": {"type": NC, "url": "u"}}, [["u"]]),
}  # fmt: skip
DESCRIBED = {"type": "string", "description": "The license of the package"}
SCHEMAS: dict[str, Row] = {
    "reference": {"license": {"$ref": "#/definitions/vendorExtension"}},
    "reference to a file": {"license": {"$ref": "license.json", "description": "The license"}},
    "reference as text": {"license": "#/components/schemas/License"},
    "described": {"parameters": {"properties": {"license": DESCRIBED}}},
    "nullable": {"properties": {"license": {"type": ["string", "null"], "description": "A license"}}},
    "choice": {"properties": {"license": {"enum": ["MIT", NC]}}},
    "alternatives": {"properties": {"license": {"oneOf": [{"$ref": "#/a"}, {"$ref": "#/b"}]}}},
    "within": {"license": {"required": ["name"], "properties": {"name": {"type": "string"}}}},
    "as text": {"license": json.dumps(DESCRIBED)},
    "tool as text": {"tools": json.dumps([{"properties": {"license": DESCRIBED}}])},
}


@pytest.mark.parametrize("shape", SCHEMAS)
@pytest.mark.parametrize("kind", WRITERS)
def test_what_describes_a_license_states_none(kind: FileFormat, shape: str, tmp_path: Path) -> None:
    WRITERS[kind](tmp_path / "a", [{**SCHEMAS[shape], "rights": None}, {**SCHEMAS[shape], "rights": NC}])
    assert stated(tmp_path / "a", kind) == [None, NC]


def test_a_document_that_is_a_schema_states_no_license(tmp_path: Path) -> None:
    extension = {"^x-": {"$ref": "#/definitions/vendorExtension"}}
    name = {"type": "string", "description": "The name of the license type. It is encouraged to use an OSI name."}
    license_ = {"type": "object", "required": ["name"], "properties": {"name": name}, "patternProperties": extension}
    info = {"properties": {"license": {"$ref": "#/definitions/license"}}}
    (tmp_path / "a.json").write_text(json.dumps({"definitions": {"info": info, "license": license_}}))
    assert stated(tmp_path / "a.json", FileFormat.TEXT, text_fields=[]) == [None]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", WRITERS)
def test_every_shape_states_the_same_in_every_format(kind: FileFormat, shape: str, tmp_path: Path) -> None:
    row, statements = SHAPES[shape]
    WRITERS[kind](tmp_path / "a", [row] * 3)
    found = stated(tmp_path / "a", kind)
    assert [sorted(map(sorted, split_statements(text or ""))) for text in found] == [
        sorted(map(sorted, statements))
    ] * 3


@pytest.mark.parametrize("batch_bytes", [1, 200, 1 << 20])
def test_a_license_that_begins_late_is_stated_wherever_blocks_end(batch_bytes: int, tmp_path: Path) -> None:
    rows: list[Row] = [{}] * 200 + [{"license": {"id": NC}}, {"licence": NC}, {"license": [NC, ""]}, {"license": ""}]
    write_lines(tmp_path / "a", rows)
    assert stated(tmp_path / "a", FileFormat.JSONL, batch_bytes) == [None] * 200 + [NC, NC, NC, None]


def test_a_named_field_is_the_license_whatever_it_is_called_and_however_typed(tmp_path: Path) -> None:
    for kind, write in WRITERS.items():
        write(tmp_path / "a", [{"reuse": {"id": NC}, "meta": {"license": "MIT"}}])
        (found,) = stated(tmp_path / "a", kind, license_field="reuse")
        assert sorted(split_statements(found or "")) == [[NC], ["MIT"]]


def test_what_is_written_in_some_rows_counts_there(tmp_path: Path) -> None:
    rows = [{"meta": json.dumps({"license": NC} if number % 2 else {"x": 1})} for number in range(4)]
    for kind, write in WRITERS.items():
        write(tmp_path / "a", rows)
        assert stated(tmp_path / "a", kind) == [None, NC, None, NC]


def test_a_license_beside_the_rows_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(json.dumps({"license": NC, "info": {"rights": ""}, "data": [{"text": "a"}]}))
    seen = columns_seen(tmp_path / "a", FileFormat.JSON, text_fields=["/data/*/text"])
    assert [row["column_name"] for row in seen if row["reason"] == ColumnReason.LICENSE_UNJUDGED] == ["license"]


def test_an_entry_of_a_map_states_a_license(tmp_path: Path) -> None:
    said = [[("license", NC), ("license_url", NC_ADDRESS)], [("source", "x")], None, [("license", None)]]
    maps = pa.array(said, _MAP)
    nested = pa.array([[("license", ["x"])]] + [None] * 3, pa.map_(pa.string(), pa.list_(pa.string())))
    pq.write_table(pa.table({"text": ["a"] * 4, "meta": maps, "lists": nested}), tmp_path / "a")
    (first, *others) = stated(tmp_path / "a", FileFormat.PARQUET)
    assert (sorted(split_statements(first)), others) == ([[NC, NC_ADDRESS], ["x"]], [None] * 3)


_MAP = pa.map_(pa.string(), pa.string())
_SAID = [("license", NC)]
NESTED_MAPS = {
    "map of structs": ([("license", {"id": NC})], pa.map_(pa.string(), pa.struct([("id", pa.string())]))),
    "map of maps": ([("x", _SAID)], pa.map_(pa.string(), _MAP)),
    "map in a struct": ({"inner": _SAID}, pa.struct([("inner", _MAP)])),
    "maps in a list": ([_SAID], pa.list_(_MAP)),
    "map of dictionaries": (_SAID, pa.map_(pa.string(), pa.dictionary(pa.int32(), pa.string()))),
}


@pytest.mark.parametrize("name", NESTED_MAPS)
def test_an_entry_of_a_nested_map_states_a_license(name: str, tmp_path: Path) -> None:
    value, kind = NESTED_MAPS[name]
    table = pa.table({"text": ["a"] * 2, "meta": pa.array([value, None], kind)})
    with pa.ipc.new_file(str(tmp_path / "a"), table.schema) as writer:
        writer.write_table(table)
    assert stated(tmp_path / "a", FileFormat.ARROW) == [NC, None]


def test_a_json_document_that_is_one_text_states_its_license(tmp_path: Path) -> None:
    document = {"licenses": [{"id": 1, "url": NC_ADDRESS}], "images": [{"license": 1}], "annotations": []}
    (tmp_path / "a.json").write_text(json.dumps(document))
    (found,) = stated(tmp_path / "a.json", FileFormat.TEXT, text_fields=[])
    assert found == NC_ADDRESS


_FEATURES = {"license": {"dtype": "string", "_type": "Value"}}
SCHEMA_METADATA: dict[str, tuple[dict[str, str], list[str]]] = {
    "license": ({"license": NC}, ["license"]),
    "object": ({"info": json.dumps({"terms": {"license": NC}})}, ["/info/terms/license"]),
    "card": ({"huggingface": json.dumps({"info": {"features": _FEATURES, "license": NC}})}, ["/huggingface/license"]),
    "attributes": (
        {"pandas": json.dumps({"columns": [{"name": "license"}], "attributes": {"license": NC}})},
        ["/pandas/attributes/license"],
    ),
    "features": ({"huggingface": json.dumps({"info": {"features": _FEATURES, "license": ""}})}, []),
}


@pytest.mark.parametrize("name", SCHEMA_METADATA)
@pytest.mark.parametrize("kind", [FileFormat.PARQUET, FileFormat.ARROW])
def test_a_license_in_the_metadata_of_a_schema_is_told(kind: FileFormat, name: str, tmp_path: Path) -> None:
    written, columns = SCHEMA_METADATA[name]
    write_table(tmp_path / "a", kind, pa.table({"text": ["a"]}).replace_schema_metadata(written))
    seen = columns_seen(tmp_path / "a", kind)
    assert [row["column_name"] for row in seen if row["reason"] == ColumnReason.LICENSE_UNJUDGED] == columns
    assert ("(file metadata)" in [row["column_name"] for row in seen]) == bool(columns)


@pytest.mark.parametrize("kind", [FileFormat.PARQUET, FileFormat.ARROW])
def test_the_metadata_of_columns_and_files_is_read_too(kind: FileFormat, tmp_path: Path) -> None:
    inner = pa.field("b", pa.string(), metadata={"note": "write to jane.roe@lumen-books.net"})
    fields = [pa.field("text", pa.string(), metadata={"license": NC}), pa.field("a", pa.list_(pa.struct([inner])))]
    write_table(tmp_path / "a", kind, pa.table([["a"], [None]], schema=pa.schema(fields)))
    said = [piece.found.texts.to_pylist() for piece in pieces(tmp_path / "a", kind) if isinstance(piece, OtherTexts)]
    assert said == [[f"license: {NC}\nnote: write to jane.roe@lumen-books.net"]]
    seen = columns_seen(tmp_path / "a", kind)
    assert [row["column_name"] for row in seen if row["reason"] == ColumnReason.LICENSE_UNJUDGED] == ["license"]


def test_the_footer_of_an_arrow_file_is_read(tmp_path: Path) -> None:
    table = pa.table({"text": ["a"]})
    with pa.ipc.new_file(str(tmp_path / "a"), table.schema, metadata={"license": NC}) as writer:
        writer.write_table(table)
    seen = columns_seen(tmp_path / "a", FileFormat.ARROW)
    assert [row["column_name"] for row in seen if row["reason"] == ColumnReason.LICENSE_UNJUDGED] == ["license"]


def test_a_license_above_a_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"# Dataset license: {NC}\nid,text\n" + "1,some words\n" * 4)
    recognised = recognise_file(LocalFolder(tmp_path).find("a.csv"), FileFormat.CSV).recognition
    seen = columns_seen(tmp_path / "a.csv", FileFormat.CSV, **recognised.as_row())
    assert [row["column_name"] for row in seen if row["reason"] == ColumnReason.LICENSE_UNJUDGED] == ["Dataset license"]


def write_table(path: Path, kind: FileFormat, table: pa.Table) -> None:
    if kind is FileFormat.PARQUET:
        pq.write_table(table, path)
        return
    with pa.ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table)


def test_the_text_is_no_license(tmp_path: Path) -> None:
    write_lines(tmp_path / "a", [{"license_text": "Permission is hereby granted"}])
    assert stated(tmp_path / "a", FileFormat.JSONL, text_fields=["license_text"]) == [None]


@pytest.mark.parametrize(
    ("words", "expression", "state"),
    [
        (NC, NC, LicenseState.RESOLVED),
        (f"{NC}{IN_OTHER_WORDS}x", NC, LicenseState.RESOLVED),
        (f"x{IN_OTHER_WORDS}{NC_ADDRESS}", NC, LicenseState.RESOLVED),
        (f"CC BY-NC{IN_OTHER_WORDS}{NC_ADDRESS}", NC, LicenseState.RESOLVED),
        (f"CC-BY-4.0{IN_OTHER_WORDS}{NC_ADDRESS}", f"CC-BY-4.0 AND {NC}", LicenseState.RESOLVED),
        (f"MIT{ALSO}{NC}", f"{NC} AND MIT", LicenseState.RESOLVED),
        (f"MIT OR Apache-2.0{ALSO}{NC}", f"{NC} AND (Apache-2.0 OR MIT)", LicenseState.RESOLVED),
        (f"MIT{ALSO}our terms", "NOASSERTION", LicenseState.UNRECOGNISED),
        (f"MIT{ALSO}not-recorded", "MIT", LicenseState.RESOLVED),
        (f"x{IN_OTHER_WORDS}y", "NOASSERTION", LicenseState.UNRECOGNISED),
    ],
)
def test_statements_all_hold_and_words_of_one_are_one(words: str, expression: str, state: LicenseState) -> None:
    found = resolve_statements(words)
    assert (found.expression, found.state) == (expression, state)
