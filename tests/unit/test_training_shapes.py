"""Shapes of real training data: the rule finds their text, and every record has the text it should have."""

from pathlib import Path

import pytest

from corpus_audit.corpus.field_roles import FieldRole
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.corpus.row_samples import assign_file_roles
from corpus_audit.manifest.formats import format_of_data, is_json
from corpus_audit.vocabulary import FileFormat
from unit.record_reading import read, texts
from unit.training_shapes import ROWS, SHAPES, Shape

every_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.file)


def format_of(shape: Shape) -> FileFormat:
    found = FileFormat.JSON if is_json(shape.file) else format_of_data(shape.file)
    assert found is not None
    return found


@every_shape
def test_the_rule_finds_text_and_metadata(shape: Shape, tmp_path: Path) -> None:
    shape.write(tmp_path / shape.file, shape.rows)
    file = LocalFolder(tmp_path).find(shape.file)
    roles = assign_file_roles(file, recognise_file(file, format_of(shape)))
    assert (list(roles.text), roles.proposed, roles.is_guess) == (list(shape.fields), shape.proposed, False)


@every_shape
def test_every_record_has_its_text(shape: Shape, tmp_path: Path) -> None:
    shape.write(tmp_path / shape.file, shape.rows)
    named = {f"{field}_field": name for field, name in shape.proposed.items()}
    records, defects = read(tmp_path / shape.file, format_of(shape), 2_000, text_fields=list(shape.fields), **named)
    assert defects == []
    assert texts(records) == dict(enumerate(shape.texts))
    assert [record["declared_license"] for record in records] == list(shape.licenses or [None] * ROWS)


def test_a_programming_language_is_no_language_of_a_text(tmp_path: Path) -> None:
    (stack,) = (shape for shape in SHAPES if shape.file == "stack.parquet")
    stack.write(tmp_path / stack.file, stack.rows)
    file = LocalFolder(tmp_path).find(stack.file)
    roles = assign_file_roles(file, recognise_file(file, FileFormat.PARQUET))
    assert roles.names(FieldRole.PROGRAMMING_LANGUAGE) == ["lang"]
    assert "language" not in roles.proposed
