"""The rule about columns: what names, types and values make of each."""

from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.corpus.field_roles import (
    ColumnKind,
    DataColumn,
    FieldRole,
    assign_roles,
    columns_of_rows,
    columns_of_schema,
    field_name,
)
from corpus_audit.corpus.field_roles.tables import MEANINGS

Row = dict[str, Any]
PROSE = "one of many sentences that somebody wrote about harbours"


def text_of(*rows: Row) -> list[str]:
    return list(assign_roles(columns_of_rows(rows)).text)


def role_of(name: str, *values: Any) -> FieldRole:
    roles = assign_roles(columns_of_rows([{name: value} for value in values]))
    return next(column.role for column in roles.columns if column.name == name)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"instruction": "a", "output": "b"}, ["instruction", "output"]),
        ({"output": "b", "input": "", "instruction": "a"}, ["instruction", "input", "output"]),
        ({"completion": "b", "prompt": "a"}, ["prompt", "completion"]),
        ({"question": "a", "answer": "b"}, ["question", "answer"]),
        ({"question": "a", "answer": 4, "choices": ["b", "c"]}, ["question", "choices"]),
        ({"context": "c", "response": "r"}, ["context", "response"]),
        ({"Question": "a", "Answer": "b"}, ["Question", "Answer"]),
        ({"systemPrompt": "s", "userId": "u1", "response": "r"}, ["systemPrompt", "response"]),
        ({"premise": "a", "hypothesis": "b", "label": 1}, ["premise", "hypothesis"]),
        ({"document": "a", "summary": "b", "id": "x"}, ["document", "summary"]),
        ({"translation": {"de": "a", "en": "b"}}, ["/translation/de", "/translation/en"]),
        ({"text": "a", "id": "1", "url": "https://a.org"}, ["text"]),
        ({"title": "T", "text": "a"}, ["text"]),
        ({"title": "The title of a long story"}, ["title"]),
        ({"text": None, "body": "b"}, ["body"]),
        ({"text": " ", "content": "", "body": "b"}, ["body"]),
        ({"meta": {"text": "inner"}, "content": "outer"}, ["/meta/text"]),
        ({"dialog": ["a", "b"]}, ["dialog"]),
        ({"turns": [{"utterance": "a"}]}, ["/turns/*/utterance"]),
        ({"talk": [{"speaker": "x", "text": "a"}]}, ["/talk/*/speaker", "/talk/*/text"]),
        (
            {"data": {"messages": [{"role": "u", "content": "a"}]}},
            ["/data/messages/*/role", "/data/messages/*/content"],
        ),
        ({"prompt": "x"}, ["prompt"]),
        ({"a/b": PROSE, "k": "v"}, ["a/b"]),
        ({"/odd": PROSE}, ["/~1odd"]),
        ({}, []),
    ],
)
def test_text(row: Row, text: list[str]) -> None:
    assert text_of(row) == text


@pytest.mark.parametrize(
    "row",
    [
        {"id": PROSE, "sha256": "ab" * 32},
        {"url": "https://example.org/a page with words in it", "label": "positive", "split": "train"},
        {"text": "https://example.org/1"},
        {"content": "d41d8cd98f00b204e9800998ecf8427e"},
        {"body": "123e4567-e89b-12d3-a456-426614174000"},
        {"a": 1, "b": 2.5, "c": True, "d": None},
        {"email": "a@example.org", "path": "a/b.py", "license": "MIT"},
    ],
)
def test_what_is_no_text_never_becomes_one(row: Row) -> None:
    assert text_of(row) == []


@pytest.mark.parametrize(
    ("name", "values", "role"),
    [
        ("license", ["MIT"], FieldRole.LICENSE),
        ("max_stars_repo_licenses", ["MIT"], FieldRole.LICENSE),
        ("license_type", ["permissive"], FieldRole.LABEL),
        ("lang", ["en", "de"], FieldRole.LANGUAGE),
        ("lang", ["Python", "Jupyter Notebook"], FieldRole.PROGRAMMING_LANGUAGE),
        ("image_url", ["https://a.org/a.png"], FieldRole.URL),
        ("where", ["https://a.org/1", "https://a.org/2"], FieldRole.URL),
        ("crawled_at", ["2024-01-01"], FieldRole.DATE),
        ("seen", ["2024-01-01", "2024-05-02T10:00:00Z"], FieldRole.DATE),
        ("doc_id", ["a b c d"], FieldRole.ID),
        ("ref", ["123e4567-e89b-12d3-a456-426614174000"], FieldRole.ID),
        ("commit_sha", ["abc"], FieldRole.HASH),
        ("print", ["d41d8cd98f00b204e9800998ecf8427e"], FieldRole.HASH),
        ("verdict", ["good", "bad"] * 8, FieldRole.LABEL),
        ("answer", ["A", "B", "C", "D"] * 8, FieldRole.LABEL),
        ("split", ["train"], FieldRole.SPLIT),
        ("author_email", ["a@example.org"], FieldRole.CONTACT),
        ("written_by", ["a@example.org"], FieldRole.CONTACT),
        ("file_path", ["a/b.txt"], FieldRole.FILE),
        ("count", [1, 2], FieldRole.MEASURE),
        ("count", ["1", "2.5"], FieldRole.MEASURE),
        ("text", [None, None], FieldRole.EMPTY),
        ("note", ["x"], FieldRole.OTHER),
    ],
)
def test_roles(name: str, values: list[Any], role: FieldRole) -> None:
    assert role_of(name, *values) is role


def test_the_longest_prose_is_taken_for_the_text_where_no_name_tells_and_that_is_a_guess() -> None:
    rows = [{"k": f"x{n}", "short": "a few words more", "long": f"{PROSE} {PROSE} {n}"} for n in range(5)]
    roles = assign_roles(columns_of_rows(rows))
    assert (list(roles.text), roles.is_guess) == (["long"], True)


def test_prose_needs_no_spaces() -> None:
    roles = assign_roles(columns_of_rows([{"编号": "甲", "正文": "港口的早晨很安静，船还没有出海。"}]))
    assert (list(roles.text), roles.is_guess) == (["正文"], True)


def test_a_column_that_the_text_repeats_is_no_part_of_it() -> None:
    rows = [
        {"instruction": f"do {n}", "input": "", "output": f"did {n}", "text": f"### do {n}\n### did {n}"}
        for n in range(4)
    ]
    roles = assign_roles(columns_of_rows(rows))
    assert list(roles.text) == ["text"]
    assert roles.names(FieldRole.COPY) == ["instruction", "output"]
    assert text_of(*rows[:2]) == ["text", "instruction", "input", "output"], "two rows show nothing"


def test_columns_that_fill_each_others_gaps_are_both_the_text() -> None:
    assert text_of({"text": "a"}, {"content": "b"}) == ["text", "content"]


def test_without_values_a_language_beside_signs_of_source_code_is_none() -> None:
    columns = [DataColumn((name,), ColumnKind.TEXT) for name in ("hexsha", "lang", "content")]
    roles = assign_roles(columns)
    assert (list(roles.text), dict(roles.proposed)) == (["content"], {})


def test_addresses_within_lists_are_no_address_of_the_record() -> None:
    rows = [{"text": "a", "images": [{"url": "https://a.org/1.png"}], "meta": {"url": "https://a.org"}}]
    assert dict(assign_roles(columns_of_rows(rows)).proposed) == {"url": "/meta/url"}


def test_types_of_arrow_tell_without_rows() -> None:
    parts = pa.list_(pa.struct([("role", pa.string()), ("content", pa.large_string())]))
    schema = pa.schema(
        [
            ("id", pa.int64()),
            ("messages", parts),
            ("lang", pa.dictionary(pa.int32(), pa.string())),
            ("png", pa.binary()),
        ]
    )
    columns = columns_of_schema(schema)
    assert [(column.name, str(column.kind)) for column in columns] == [
        ("id", "number"),
        ("/messages/*/role", "text"),
        ("/messages/*/content", "text"),
        ("lang", "text"),
        ("png", "bytes"),
    ]
    assert list(assign_roles(columns).text) == ["/messages/*/role", "/messages/*/content"]


def test_lists_at_the_end_of_a_path_are_taken_apart_anyway() -> None:
    assert field_name(("answers", "text", "*")) == "/answers/text"
    assert field_name(("tags", "*", "*")) == "tags"


def test_every_role_has_a_meaning() -> None:
    assert MEANINGS.keys() == set(FieldRole)


def test_bytes_are_not_taken_for_an_empty_column_because_none_is_sampled() -> None:
    columns = [
        DataColumn(("audio", "bytes"), ColumnKind.BYTES, ((), ())),
        DataColumn(("audio", "path"), ColumnKind.EMPTY),
    ]
    roles = assign_roles(columns)
    assert (roles.names(FieldRole.BYTES), roles.names(FieldRole.EMPTY)) == (["/audio/bytes"], ["/audio/path"])
