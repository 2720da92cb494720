"""Whatever the rows: the rule names columns that are there, and every way of reading gives the same texts."""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_audit.corpus.field_roles import FieldRole, assign_roles, columns_of_rows
from corpus_audit.vocabulary import DefectCode, FileFormat
from unit.record_reading import read, texts

NAMES = st.sampled_from(
    ["text", "body", "id", "url", "messages", "role", "content", "from", "value", "question", "answers", "license", "x"]
)
SCALARS = st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=8) | st.just("some words in a row")
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
ROWS = st.lists(st.dictionaries(NAMES, VALUES, max_size=5), max_size=5)

TURNS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"role": st.none() | st.text(max_size=4), "content": st.none() | st.text(max_size=8)}
    ),
    max_size=3,
)
TALKS = st.lists(
    st.fixed_dictionaries({"question": st.none() | st.text(max_size=5)}, optional={"messages": st.none() | TURNS}),
    min_size=1,
    max_size=5,
)


@settings(max_examples=300, deadline=None)
@given(rows=ROWS)
@example(rows=[{"": {"": []}}, {"": [[{}]]}])
def test_the_rule_names_columns_that_are_there(rows: list[dict[str, Any]]) -> None:
    roles = assign_roles(columns_of_rows(rows))
    names = [column.name for column in roles.columns]
    assert len(set(roles.text)) == len(roles.text)
    assert set(roles.text) <= set(names)
    assert set(roles.proposed.values()) <= set(names)
    told = {column.name for column in roles.columns if column.role in (FieldRole.TEXT, FieldRole.SPEAKER)}
    assert set(roles.text) <= told
    assert not {"id", "url"} & set(roles.text)


@settings(max_examples=60, deadline=None)
@given(rows=TALKS)
def test_every_way_of_reading_gives_the_same_texts(rows: list[dict[str, Any]]) -> None:
    names = ["question", "/messages/*/role", "/messages/*/content"]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    told = {number for number, row in enumerate(rows) if any(map(str.isalnum, row["question"] or ""))}
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for kind, content in (
            (FileFormat.JSONL, lines),
            (FileFormat.JSONL, lines + "{broken\n"),
            (FileFormat.JSON, json.dumps(rows)),
        ):
            path = Path(folder) / "rows"
            path.write_text(content)
            records, defects = read(path, kind, text_fields=names)
            nulls = {defect.place for defect in defects if defect.code is DefectCode.NULL_TEXT}
            assert len(records) + len(nulls) <= len(rows)  # a row whose text is blank is neither
            assert told <= set(texts(records))
            found.append((texts(records), nulls))
    assert found[0] == found[1] == found[2]
