"""Conversations and other lists of several fields become one text with their turns, the same from every format."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.listed import license_text
from corpus_audit.vocabulary import DefectCode, FileFormat
from unit.record_reading import read, texts

Rows = list[dict[str, Any]]


def write_jsonl(path: Path, rows: Rows) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def write_jsonl_with_a_bad_row(path: Path, rows: Rows) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")


def write_json(path: Path, rows: Rows) -> None:
    path.write_text(json.dumps(rows, indent=1))


def write_parquet(path: Path, rows: Rows) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


def write_arrow(path: Path, rows: Rows) -> None:
    table = pa.Table.from_pylist(rows)
    with pa.ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table, max_chunksize=2)


WRITERS = [
    pytest.param(FileFormat.JSONL, write_jsonl, id="jsonl"),
    pytest.param(FileFormat.JSONL, write_jsonl_with_a_bad_row, id="jsonl-row-by-row"),
    pytest.param(FileFormat.JSON, write_json, id="json"),
    pytest.param(FileFormat.PARQUET, write_parquet, id="parquet"),
    pytest.param(FileFormat.ARROW, write_arrow, id="arrow"),
]
every_format = pytest.mark.parametrize(("kind", "write"), WRITERS)


def turn(role: str | None, content: Any) -> dict[str, Any]:
    return {"role": role, "content": content}


TALKS: Rows = [
    {"messages": [turn("user", "hi"), turn("assistant", "hello")]},
    {"messages": [turn(None, "nobody says who"), turn("user", None), turn("user", "end\nof it")]},
    {"messages": []},
    {"messages": None},
]


@every_format
def test_a_conversation_is_one_text_with_its_turns(
    kind: FileFormat, write: Callable[..., None], tmp_path: Path
) -> None:
    write(tmp_path / "rows", TALKS)
    records, defects = read(tmp_path / "rows", kind, text_fields=["/messages/*/role", "/messages/*/content"])
    assert texts(records) == {0: "user: hi\nassistant: hello", 1: "nobody says who\nuser: end\nof it"}
    assert {d.place for d in defects if d.code is DefectCode.NULL_TEXT} == {"row 2", "row 3"}


@every_format
def test_parts_of_a_turn_give_their_texts(kind: FileFormat, write: Callable[..., None], tmp_path: Path) -> None:
    picture = {"type": "image_url", "text": None, "image_url": {"url": "https://example.org/a.png"}}
    words = [{"type": "text", "text": text, "image_url": None} for text in ("look", "at this")]
    write(
        tmp_path / "rows", [{"messages": [turn("user", [words[0], picture, words[1]]), turn("assistant", words[:1])]}]
    )
    names = ["/messages/*/role", "/messages/*/content", "/messages/*/content/*/text"]
    records, defects = read(tmp_path / "rows", kind, text_fields=names)
    assert texts(records) == {0: "user: look\nat this\nassistant: look"}
    assert [d for d in defects if d.code is not DefectCode.BAD_ROW] == []


@pytest.mark.parametrize(("kind", "write"), WRITERS[:3])
def test_a_turn_may_be_a_text_or_parts(kind: FileFormat, write: Callable[..., None], tmp_path: Path) -> None:
    mixed = [turn("user", [{"type": "text", "text": "parts"}]), turn("assistant", "plain")]
    write(tmp_path / "rows", [{"messages": mixed}, {"messages": mixed[1:]}])
    names = ["/messages/*/role", "/messages/*/content", "/messages/*/content/*/text"]
    records, _ = read(tmp_path / "rows", kind, text_fields=names)
    assert texts(records) == {0: "user: parts\nassistant: plain", 1: "assistant: plain"}


@every_format
def test_prompt_and_conversations_stand_in_the_order_of_their_names(
    kind: FileFormat, write: Callable[..., None], tmp_path: Path
) -> None:
    row = {"prompt": "why?", "rejected": [turn("assistant", "no")], "chosen": [turn("assistant", "because")]}
    write(tmp_path / "rows", [row])
    names = ["prompt", "/chosen/*/role", "/chosen/*/content", "/rejected/*/role", "/rejected/*/content"]
    records, _ = read(tmp_path / "rows", kind, text_fields=names)
    assert texts(records) == {0: "why?\nassistant: because\nassistant: no"}


@every_format
def test_questions_stay_with_their_answers(kind: FileFormat, write: Callable[..., None], tmp_path: Path) -> None:
    def asked(question: str, *answers: str) -> dict[str, Any]:
        return {"question": question, "answers": [{"text": answer} for answer in answers]}

    paragraphs = [
        {"context": "c1", "qas": [asked("q1", "a1", "a2"), asked("q2")]},
        {"context": "c2", "qas": [asked("q3", "a3")]},
    ]
    write(tmp_path / "rows", [{"paragraphs": paragraphs}])
    within = "/paragraphs/*/qas/*"
    names = ["/paragraphs/*/context", f"{within}/question", f"{within}/answers/*/text"]
    records, _ = read(tmp_path / "rows", kind, text_fields=names)
    assert texts(records) == {0: "c1\nq1\na1\na2\nq2\nc2\nq3\na3"}


@every_format
def test_a_list_of_licenses_is_read_as_all_of_them(
    kind: FileFormat, write: Callable[..., None], tmp_path: Path
) -> None:
    lists = [["MIT", "Apache-2.0"], ["MIT"], ["MIT OR BSD-3-Clause", "MIT", "MIT"], [], None]
    write(tmp_path / "rows", [{"content": "x", "licenses": listed} for listed in lists])
    records, _ = read(tmp_path / "rows", kind, text_fields=["content"], license_field="licenses")
    assert [record["declared_license"] for record in records] == [
        "MIT AND Apache-2.0",
        "MIT",
        "(MIT OR BSD-3-Clause) AND MIT",
        None,
        None,
    ]


@every_format
def test_one_license_is_read_as_it_stands(kind: FileFormat, write: Callable[..., None], tmp_path: Path) -> None:
    write(tmp_path / "rows", [{"content": "x", "license": " MIT "}])
    ((record,), _) = read(tmp_path / "rows", kind, text_fields=["content"], license_field="license")
    assert record["declared_license"] == " MIT "


def test_licenses_in_a_list_stand_once_and_apart() -> None:
    assert license_text(["GPL-2.0-only WITH Classpath-exception-2.0", " ", "MIT"]) == (
        "(GPL-2.0-only WITH Classpath-exception-2.0) AND MIT"
    )
    assert license_text([]) is None


@every_format
def test_turns_may_be_stored_column_by_column(kind: FileFormat, write: Callable[..., None], tmp_path: Path) -> None:
    talk = {"from": ["human", "gpt"], "value": ["hi", "hello"]}
    answers = {"text": ["a", "b"], "answer_start": [1, 2]}
    write(tmp_path / "rows", [{"talk": talk, "answers": answers}, {"talk": None, "answers": answers}])
    names = ["/talk/*/from", "/talk/*/value", "/answers/*/text"]
    records, _ = read(tmp_path / "rows", kind, text_fields=names)
    assert texts(records) == {0: "human: hi\ngpt: hello\na\nb", 1: "a\nb"}
