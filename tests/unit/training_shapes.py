"""Training data in the shapes that people publish it in, written by the libraries that they write it with.

Each shape says which texts its records have, computed row by row without anything of this program.
"""

import csv
import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 40
Row = dict[str, Any]
Write = Callable[[Path, Sequence[Row]], None]


@dataclass(frozen=True)
class Shape:
    """A file in one shape: its rows, what writes them, and what is to be found in them."""

    file: str
    write: Write
    rows: Sequence[Row]
    texts: Sequence[str]
    fields: Sequence[str]
    proposed: dict[str, str] = field(default_factory=dict)
    licenses: Sequence[str | None] = ()


def words(number: int, what: str) -> str:
    """Return a sentence that no other row has."""
    return f"This is the {what} of row {number}, which says something about harbour {number * 7919 % 1013}."


def write_jsonl(path: Path, rows: Sequence[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_jsonl_gz(path: Path, rows: Sequence[Row]) -> None:
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode(), mtime=0))


def write_json_list(path: Path, rows: Sequence[Row]) -> None:
    path.write_text(json.dumps(list(rows), indent=2))


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(path: Path, rows: Sequence[Row]) -> None:
    pq.write_table(pa.Table.from_pylist(list(rows)), path, row_group_size=ROWS // 3)


def _alpaca() -> Shape:
    rows = [
        {"instruction": words(n, "task"), "input": words(n, "input") if n % 3 else "", "output": words(n, "answer")}
        for n in range(ROWS)
    ]
    texts = [f"{row['instruction']}\n{row['input']}\n{row['output']}" for row in rows]
    return Shape("alpaca.json", write_json_list, rows, texts, ["instruction", "input", "output"])


def _share_gpt() -> Shape:
    rows = [
        {
            "id": f"identity_{n}",
            "conversations": [
                {"from": "human", "value": words(n, "question")},
                {"from": "gpt", "value": words(n, "answer")},
            ],
        }
        for n in range(ROWS)
    ]
    texts = [f"human: {words(n, 'question')}\ngpt: {words(n, 'answer')}" for n in range(ROWS)]
    return Shape("sharegpt.json", write_json_list, rows, texts, ["/conversations/*/from", "/conversations/*/value"])


def _messages() -> Shape:
    picture = {"type": "image_url", "image_url": {"url": "https://example.org/harbour.png"}}
    rows = [
        {
            "messages": [
                {"role": "system", "content": "You are brief."},
                {"role": "user", "content": [{"type": "text", "text": words(n, "question")}, picture]},
                {"role": "assistant", "content": words(n, "answer")},
            ]
        }
        for n in range(ROWS)
    ]
    texts = [
        f"system: You are brief.\nuser: {words(n, 'question')}\nassistant: {words(n, 'answer')}" for n in range(ROWS)
    ]
    fields = ["/messages/*/role", "/messages/*/content", "/messages/*/content/*/text"]
    return Shape("messages.jsonl", write_jsonl, rows, texts, fields)


def _preferences() -> Shape:
    rows = [
        {"prompt": words(n, "question"), "chosen": words(n, "good"), "rejected": words(n, "bad"), "margin": n / 2}
        for n in range(ROWS)
    ]
    texts = [f"{row['prompt']}\n{row['chosen']}\n{row['rejected']}" for row in rows]
    return Shape("dpo.parquet", write_parquet, rows, texts, ["prompt", "chosen", "rejected"])


def _preferred_talks() -> Shape:
    def talk(number: int, answer: str) -> list[Row]:
        asked = {"role": "user", "content": words(number, "question")}
        return [asked, {"role": "assistant", "content": words(number, answer)}]

    rows = [
        {"prompt_id": f"{n:064x}", "chosen": talk(n, "good"), "rejected": talk(n, "bad"), "score_chosen": 0.5}
        for n in range(ROWS)
    ]
    texts = [
        "\n".join(f"user: {words(n, 'question')}\nassistant: {words(n, answer)}" for answer in ("good", "bad"))
        for n in range(ROWS)
    ]
    fields = ["/chosen/*/role", "/chosen/*/content", "/rejected/*/role", "/rejected/*/content"]
    return Shape("dpo-talks.parquet", write_parquet, rows, texts, fields)


def _squad() -> Shape:
    rows = [
        {
            "id": f"{n:024x}",
            "title": "Harbours",
            "context": words(n, "context"),
            "question": words(n, "question"),
            "answers": {"text": [f"harbour {n}", f"row {n}"], "answer_start": [0, 5]},
        }
        for n in range(ROWS)
    ]
    texts = [f"{words(n, 'context')}\n{words(n, 'question')}\nharbour {n}\nrow {n}" for n in range(ROWS)]
    return Shape("squad.parquet", write_parquet, rows, texts, ["context", "question", "/answers/text"])


def _the_stack() -> Shape:
    lists: tuple[list[str], ...] = (["MIT"], ["Apache-2.0", "MIT"], [], ["MIT OR Apache-2.0", "BSD-3-Clause"])
    read_as = ("MIT", "Apache-2.0 AND MIT", None, "(MIT OR Apache-2.0) AND BSD-3-Clause")
    rows = [
        {
            "hexsha": f"{n:040x}",
            "size": 100 + n,
            "ext": "py",
            "lang": "Python",
            "max_stars_repo_path": f"src/module_{n}.py",
            "max_stars_repo_name": f"owner/project-{n}",
            "max_stars_repo_head_hexsha": f"{n + 9:040x}",
            "max_stars_repo_licenses": lists[n % 4],
            "max_stars_count": n,
            "content": f"def function_{n}(value):\n    # {words(n, 'comment')}\n    return value * {n}\n",
            "avg_line_length": 20.5,
        }
        for n in range(ROWS)
    ]
    return Shape(
        "stack.parquet",
        write_parquet,
        rows,
        [str(row["content"]) for row in rows],
        ["content"],
        {"license": "max_stars_repo_licenses"},
        [read_as[n % 4] for n in range(ROWS)],
    )


def _c4() -> Shape:
    rows = [
        {"text": words(n, "page"), "timestamp": "2019-04-25T12:57:54Z", "url": f"https://example.org/{n}"}
        for n in range(ROWS)
    ]
    texts = [row["text"] for row in rows]
    return Shape("c4.jsonl.gz", write_jsonl_gz, rows, texts, ["text"], {"url": "url", "date": "timestamp"})


def _posts() -> Shape:
    rows = [
        {
            "id": n,
            "title": f"Harbour {n}",
            "body": words(n, "question"),
            "answer": words(n, "answer"),
            "author_email": f"person{n}@example.org",
            "rating": n % 5,
        }
        for n in range(ROWS)
    ]
    texts = [f"{row['body']}\n{row['answer']}" for row in rows]
    return Shape("posts.csv", write_csv, rows, texts, ["body", "answer"])


def _null_text() -> Shape:
    rows = [{"text": None, "body": words(n, "body"), "license": "CC-BY-4.0"} for n in range(ROWS)]
    texts = [row["body"] for row in rows]
    return Shape("null-text.jsonl", write_jsonl, rows, texts, ["body"], {"license": "license"}, ["CC-BY-4.0"] * ROWS)


SHAPES = (
    _alpaca(),
    _share_gpt(),
    _messages(),
    _preferences(),
    _preferred_talks(),
    _squad(),
    _the_stack(),
    _c4(),
    _posts(),
    _null_text(),
)
