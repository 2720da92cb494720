"""Where the table of a CSV begins, what its columns are called, and what unbalanced quotes and rows cost."""

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.corpus.coverage import PartCoverage
from corpus_audit.corpus.dialects import recognise_dialect
from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import OtherTexts, read_corpus
from corpus_audit.corpus.resolve import resolve_files
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS
from corpus_audit.vocabulary import ColumnNames, DefectCode

SENTENCES = [f"Sentence number {n} says something about the harbour, and about tides." for n in range(30)]
LABELLED = [[f"Review {n} of the harbour hotel", ("good", "bad")[n % 2]] for n in range(20)]


class Read:
    """What an audit reads of one CSV."""

    def __init__(self, folder: Path, content: str, batch_bytes: int = 1 << 20, **claim: Any) -> None:
        (folder / "a.csv").write_text(content)
        claims = pa.Table.from_pylist([{"source_id": "s", "file": "a.csv", **claim}], schema=CLAIMED_FILES.schema)
        found = resolve_files(
            LocalFolder(folder), claims, CLAIMED_FOLDERS.empty(), part_bytes=1 << 30, threads=1, advance=lambda _: None
        )
        (self.file,) = found.files.to_pylist()
        pieces = list(read_corpus(LocalFolder(folder), found.files, batch_bytes))
        batches = [piece for piece in pieces if isinstance(piece, pa.RecordBatch)]
        self.texts = [text for batch in batches for text in batch["text"].to_pylist()]
        self.defects = [piece for piece in pieces if isinstance(piece, Defect)]
        self.other = {
            piece.found.column: piece.found.texts.to_pylist() for piece in pieces if isinstance(piece, OtherTexts)
        }
        (coverage,) = [piece for piece in pieces if isinstance(piece, PartCoverage)]
        self.counts, self.columns = coverage.counts, [column["column_name"] for column in coverage.columns]


def written(rows: list[list[Any]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


HEADLESS: dict[str, list[list[Any]]] = {
    "a long text": [[n, sentence] for n, sentence in enumerate(SENTENCES)],
    "a label that recurs": LABELLED,
    "an e-mail": [["The harbour and its boats", f"visitor{n}@example.org"] for n in range(9)],
    "a number": [["Harbour tides of today", 4.5], ["Harbour boats of today", 3], ["Harbour birds", 9]],
    "an address": [["The harbour and its boats", f"https://example.org/{n}"] for n in range(9)],
    "a date": [["The harbour and its boats", f"2024-01-0{n + 1}"] for n in range(9)],
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("kind", HEADLESS)
def test_a_first_row_of_data_is_a_record(kind: str, delimiter: str, tmp_path: Path) -> None:
    rows = HEADLESS[kind]
    read = Read(tmp_path, written(rows, delimiter))
    assert (read.file["format"], read.file["csv_names"]) == ("csv", ColumnNames.GENERATED)
    at = next(number for number, value in enumerate(rows[0]) if isinstance(value, str) and len(value.split()) > 2)
    assert read.texts == [str(row[at]) for row in rows]
    assert read.file["text_fields"] == [f"column_{at + 1}"]
    assert (read.counts["rows"], read.defects) == (len(rows), [])


NAMED: dict[str, list[list[Any]]] = {
    "plain": [["id", "text"], *([n, sentence] for n, sentence in enumerate(SENTENCES))],
    "an index without a name": [["", "text"], *([n, sentence] for n, sentence in enumerate(SENTENCES))],
    "years": [["country", "2019", "2020"], ["DE", 1, 2], ["FR", 3, 4]],
    "numbers of columns": [["", "0", "1"], ["a", "The harbour", "x"], ["b", "The boats", "y"]],
    "a question": [["Timestamp", "What do you like about the harbour?"], ["1 May", "Boats"], ["2 May", "Tides"]],
    "repeated": [["id", "text"], [1, "a"], ["id", "text"], [2, "b"]],
    "labels": [["text", "label"], *LABELLED],
}


@pytest.mark.parametrize("kind", NAMED)
def test_a_first_row_of_names_is_none(kind: str) -> None:
    assert recognise_dialect(written(NAMED[kind]), ".csv", is_whole=True).names is ColumnNames.IN_FILE


def test_a_first_row_of_the_only_column_is_a_record(tmp_path: Path) -> None:
    assert Read(tmp_path, written([[sentence] for sentence in SENTENCES])).texts == SENTENCES


def test_names_that_a_manifest_uses_are_names(tmp_path: Path) -> None:
    rows = [["text", "7"], *([sentence, str(n)] for n, sentence in enumerate(SENTENCES))]
    assert Read(tmp_path, written(rows)).file["csv_names"] == ColumnNames.GENERATED
    read = Read(tmp_path, written(rows), text_fields=["text"])
    assert (read.file["csv_names"], read.texts) == (ColumnNames.IN_FILE, SENTENCES)


ABOVE = {
    "a title": "Harbour sentences of 2024\n",
    "comments": "# License: CC-BY-NC-4.0\n# by jane@example.org, and others\n\n",
    "a title in cells": "Harbour sentences,,\n",
    "a title on two lines": '"Harbour\nsentences"\n',
}


@pytest.mark.parametrize("batch_bytes", [200, 1 << 20])
@pytest.mark.parametrize("kind", ABOVE)
def test_lines_above_a_table_are_scanned_and_are_no_rows(kind: str, batch_bytes: int, tmp_path: Path) -> None:
    rows = [["id", "text", "place"], *([n, sentence, "quay"] for n, sentence in enumerate(SENTENCES))]
    read = Read(tmp_path, ABOVE[kind] + written(rows), batch_bytes)
    assert (read.texts, read.defects) == (SENTENCES, [])
    assert read.file["csv_first_line"] == ABOVE[kind].count("\n") + 1
    assert read.other["(above the table)"] == [ABOVE[kind]]
    assert set(read.columns) - {"License"} == {"(above the table)", "id", "text", "place"}


def test_comments_above_data_without_names(tmp_path: Path) -> None:
    read = Read(tmp_path, "# All of it is free to use\n" + written(HEADLESS["a long text"]))
    assert (read.texts, read.file["csv_first_line"], read.file["csv_names"]) == (SENTENCES, 2, ColumnNames.GENERATED)


def test_one_column_of_names_with_commas_keeps_its_header() -> None:
    text = "name\n" + "".join(f'"Doe {n}, Jane"\n' for n in range(9))
    assert recognise_dialect(text, ".csv", is_whole=True).first_line == 1


@pytest.mark.parametrize("closed", ["", '\n30,"closed"\n31,Another sentence of the harbour.'])
def test_rows_within_a_value_whose_quote_is_not_closed_are_lost_and_counted(closed: str, tmp_path: Path) -> None:
    quoted = "".join(f'{n},"A sentence, of the harbour {n}."\n' for n in range(300))
    good = "".join(f"{n},A sentence of the harbour {n}.\n" for n in range(10))
    content = f'id,text\n{quoted}11,"unclosed {good.strip()}{closed}\n'
    read = Read(tmp_path, content, text_fields=["text"])
    (defect,) = read.defects
    assert (defect.code, defect.place) == (DefectCode.BAD_ROW, "row 300")
    assert defect.rows_lost >= 8
    assert read.counts["rows"] == read.counts["rows_read"] + defect.rows_lost


def test_prose_of_many_lines_is_no_lost_row(tmp_path: Path) -> None:
    prose = "\n".join(
        ["The first line, which is long.", "The second, too.", "A third.", "And, well, more.", "The end."]
    )
    read = Read(tmp_path, written([["id", "text"], *([n, prose] for n in range(9))]))
    assert (read.texts, read.defects) == ([prose] * 9, [])


def test_rows_of_another_width_are_defects_with_their_line(tmp_path: Path) -> None:
    read = Read(
        tmp_path, "id,text\n1,One good sentence here.\n2,a,b\n3\n4,Another good sentence.\n", text_fields=["text"]
    )
    assert [(defect.code, defect.place) for defect in read.defects] == [
        (DefectCode.BAD_ROW, "line 3"), (DefectCode.BAD_ROW, "line 4"),
    ]  # fmt: skip
    assert (read.counts["rows"], read.counts["rows_read"]) == (4, 2)
