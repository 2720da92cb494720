"""Every format in every state: coverage adds up to what is there, and nothing passes that was not read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from corpus_audit.corpus.coverage import PartCoverage, coverage_tables
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import OtherTexts, read_corpus
from corpus_audit.corpus.resolve import resolve_files
from corpus_audit.evidence import tables
from corpus_audit.policy.verdict import decide
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS, FILES, FINDINGS, RULES
from corpus_audit.vocabulary import Verdict
from spec.evidence.format_samples import ADDRESS, SAMPLES, TEXTS, Sample, as_jsonl, as_tar
from spec.evidence.small_corpus import SmallCorpus

PASSED = pa.Table.from_pylist([{"rule_id": "a", "state": "passed"}], schema=RULES.schema)
NAMED = ("field of another name", "field of no telling name")
WITHOUT_TEXT = ("declared field absent", "no text field")
ALL_ROWS = ("all read", "foreign encoding", "wrong suffix", *NAMED)
COUNTED = (*ALL_ROWS, *WITHOUT_TEXT, "half broken")
CUT_OFF = ("jsonl.gz", "half broken")
TEXT_COLUMNS = {"field of another name": "body", "field of no telling name": "c7"}
SCANNED_COLUMNS = {"declared field absent": "body", "no text field": "label"}


@dataclass(frozen=True)
class Audited:
    """What was read of all samples, each a source of its own, and the evidence that follows."""

    texts: Mapping[str, Sequence[str]]
    other: Mapping[str, Sequence[OtherTexts]]
    evidence: Mapping[str, Sequence[dict[str, Any]]]

    def of(self, table: str, source_id: str) -> list[dict[str, Any]]:
        return [row for row in self.evidence[table] if row["source_id"] == source_id]


def source_of(kind: str, state: str) -> str:
    return f"{kind}-{state}".replace(" ", "-")


@pytest.fixture(scope="module", params=[300, 1 << 20], ids=["small-batches", "one-batch"])
def audited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    folder = tmp_path_factory.mktemp("samples")
    corpus = SmallCorpus(tmp_path_factory.mktemp("facts"))
    claims = []
    for (kind, state), sample in SAMPLES.items():
        source_id = source_of(kind, state)
        corpus.source(source_id)
        claims.append({"source_id": source_id, "file": f"{source_id}/{sample.name or 'gone.txt'}", **sample.claims})
        (folder / source_id).mkdir()
        if sample.name:
            (folder / source_id / sample.name).write_bytes(sample.content)
    location = LocalFolder(folder)
    found = resolve_files(
        location,
        pa.Table.from_pylist(claims, schema=CLAIMED_FILES.schema),
        CLAIMED_FOLDERS.empty(),
        part_bytes=1 << 30,
        threads=1,
        advance=lambda _done: None,
    )
    readable = found.files.filter(pc.is_in(found.files["file_id"], found.parts["file_id"]))
    pieces = list(read_corpus(location, readable, request.param))
    corpus.rows[FILES.name] = found.files.to_pylist()
    for name, table in coverage_tables(piece for piece in pieces if isinstance(piece, PartCoverage)).items():
        corpus.rows[name] = table.to_pylist()
    texts: dict[str, list[str]] = defaultdict(list)
    other: dict[str, list[OtherTexts]] = defaultdict(list)
    for piece in pieces:
        if isinstance(piece, OtherTexts):
            other[piece.source_id].append(piece)
        elif isinstance(piece, pa.RecordBatch):
            for source_id, text in zip(piece["source_id"].to_pylist(), piece["text"].to_pylist(), strict=True):
                texts[source_id].append(text)
    evidence = corpus.gather_named("coverage", "coverage_gaps", "coverage_columns", "coverage_files")
    return Audited(texts, other, {name: table.to_pylist() for name, table in evidence.items()})


def verdict_of(row: dict[str, Any]) -> Verdict:
    coverage = pa.Table.from_pylist([row], schema=tables.COVERAGE.schema)
    return decide(PASSED, FINDINGS.empty(), coverage).verdict


@pytest.mark.parametrize(("kind", "state"), SAMPLES, ids=lambda value: value)
def test_coverage_adds_up(audited: Audited, kind: str, state: str) -> None:
    (row,) = audited.of("coverage", source_of(kind, state))
    gaps = audited.of("coverage_gaps", source_of(kind, state))
    assert row["rows"] == row["rows_read"] + row["rows_empty"] + row["rows_unread"]
    assert row["rows_read"] == len(audited.texts[source_of(kind, state)])
    assert row["rows_unread"] == sum(gap["count"] for gap in gaps if gap["unit"] == "row")
    assert row["members_unread"] == sum(gap["count"] for gap in gaps if gap["unit"] == "member")
    assert not [gap for gap in gaps if gap["reason"] == "not-accounted"]


@pytest.mark.parametrize(
    ("kind", "state"), [key for key in SAMPLES if key[1] in COUNTED and key != CUT_OFF], ids=lambda value: value
)
def test_rows_are_those_that_were_written(audited: Audited, kind: str, state: str) -> None:
    sample = SAMPLES[kind, state]
    (row,) = audited.of("coverage", source_of(kind, state))
    assert (row["rows"], tuple(audited.texts[source_of(kind, state)])) == (sample.rows, sample.texts)


@pytest.mark.parametrize(("kind", "state"), SAMPLES, ids=lambda value: value)
def test_nothing_passes_that_was_not_read(audited: Audited, kind: str, state: str) -> None:
    sample, texts = SAMPLES[kind, state], audited.texts[source_of(kind, state)]
    (row,) = audited.of("coverage", source_of(kind, state))
    if verdict_of(row) is Verdict.PASS:
        assert is_whole(sample, texts) or all(text in texts for text in TEXTS[: sample.rows])
        assert texts
    if state in ALL_ROWS and sample.texts:
        assert verdict_of(row) is Verdict.PASS


@pytest.mark.parametrize(("kind", "state"), [key for key in SAMPLES if key[1] in WITHOUT_TEXT], ids=lambda value: value)
def test_rows_without_a_text_are_unread_and_never_pass(audited: Audited, kind: str, state: str) -> None:
    (row,) = audited.of("coverage", source_of(kind, state))
    assert (row["rows_read"], row["rows_unread"], row["files_unread"]) == (0, 40, 1)
    (gap,) = audited.of("coverage_gaps", source_of(kind, state))
    assert (gap["unit"], gap["count"]) == ("row", 40)
    assert gap["reason"] in ("no-text-field", "null-text")
    assert verdict_of(row) is Verdict.INCOMPLETE


@pytest.mark.parametrize("kind", [kind for kind, state in SAMPLES if state == "named as binary"])
def test_a_text_named_as_a_binary_format_is_unread_and_never_passes(audited: Audited, kind: str) -> None:
    """It is a pointer or an answer of a server in place of the data more often than it is the data."""
    (row,) = audited.of("coverage", source_of(kind, "named as binary"))
    assert (row["files"], row["files_unread"], row["rows_read"]) == (1, 1, 0)
    assert verdict_of(row) is Verdict.INCOMPLETE


@pytest.mark.parametrize("kind", [kind for kind, state in SAMPLES if state == "document"])
def test_a_table_of_figures_is_read_as_one_text(audited: Audited, kind: str) -> None:
    assert is_whole(SAMPLES[kind, "document"], audited.texts[source_of(kind, "document")])


def is_whole(sample: Sample, texts: Sequence[str]) -> bool:
    """Was the file read as one text, all of it?"""
    return len(texts) == 1 and len(texts[0].encode()) >= len(sample.content) // 2


WITH_COLUMNS = [key for key in SAMPLES if key[0] in ("jsonl", "json", "csv", "tsv", "parquet", "arrow", "arrow stream")]


@pytest.mark.parametrize(
    ("kind", "state"),
    [key for key in WITH_COLUMNS if key[1] in ("all read", *TEXT_COLUMNS, *SCANNED_COLUMNS)],
    ids=lambda value: value,
)
def test_all_texts_outside_the_text_are_scanned(audited: Audited, kind: str, state: str) -> None:
    column = "email" if kind in ("csv", "tsv") else "/author/email"
    found = [one.found for one in audited.other[source_of(kind, state)] if one.found.column == column]
    at = {row: text for one in found for row, text in zip(one.rows.to_pylist(), one.texts.to_pylist(), strict=True)}
    assert at == {number: ADDRESS.format(number) for number in range(40)}
    (row,) = audited.of("coverage", source_of(kind, state))
    assert row["rows_looked_at"] == row["rows"] == 40
    roles = {row["column_name"]: row["role"] for row in audited.of("coverage_columns", source_of(kind, state))}
    assert roles[column] == "scanned"
    scanned = SCANNED_COLUMNS.get(state)
    assert roles[scanned or TEXT_COLUMNS.get(state, "text")] == ("scanned" if scanned else "text")
    assert roles["id"] == ("scanned" if kind in ("csv", "tsv") else "not-looked-at")


def test_a_missing_file_and_one_of_no_known_kind_are_files_of_which_nothing_was_read(audited: Audited) -> None:
    for source_id, reason in (("missing-all-read", "missing"), ("binary-all-read", "binary")):
        (row,) = audited.of("coverage", source_id)
        assert (row["state"], row["files"], row["files_unread"]) == ("unread", 1, 1)
        (gap,) = audited.of("coverage_gaps", source_id)
        assert (gap["unit"], gap["reason"]) == ("file", reason)
        (file,) = audited.of("coverage_files", source_id)
        assert file["state"] == "unread"


def test_what_describes_a_sample_of_an_archive_is_scanned_as_its_first_record(tmp_path: Path) -> None:
    said = b'{"license": "MIT", "author": {"email": "jane.q@contoso.com"}}'
    members = {"a.txt": b"One text.", "a.json": said, "b.json": said}
    (tmp_path / "a.tar").write_bytes(as_tar(members))
    row = {"file_id": "f", "source_id": "s", "file": "a.tar", "format": "tar", "license_field": "license"}
    row["observed_size_bytes"] = (tmp_path / "a.tar").stat().st_size
    pieces = list(read_corpus(LocalFolder(tmp_path), pa.Table.from_pylist([row], schema=FILES.schema), 1 << 20))
    (found,) = [piece.found for piece in pieces if isinstance(piece, OtherTexts) and piece.found.column != "license"]
    assert (found.column, found.rows.to_pylist(), found.texts.to_pylist()) == (
        "/author/email", [0], ["jane.q@contoso.com"],
    )  # fmt: skip
    (counted,) = [piece for piece in pieces if isinstance(piece, PartCoverage)]
    assert (counted.counts["members"], counted.counts["members_read"]) == (3, 2)


def test_facts_do_not_depend_on_where_blocks_end(tmp_path: Path) -> None:
    lines = [{"text": "a"}, {"text": "b", "n": 1}, {"text": "c", "n": "x"}, {"text": None, "who": {"name": "D"}}, {}]
    (tmp_path / "a.jsonl").write_bytes(as_jsonl(lines * 20) + b"\n\n[1]\n{broken\n")
    row = {"file_id": "f", "source_id": "s", "file": "a.jsonl", "format": "jsonl", "text_fields": ["text"]}
    row["observed_size_bytes"] = (tmp_path / "a.jsonl").stat().st_size
    files = pa.Table.from_pylist([row], schema=FILES.schema)
    counted = [
        piece
        for size in (20, 150, 1 << 20)
        for piece in read_corpus(LocalFolder(tmp_path), files, size)
        if isinstance(piece, PartCoverage)
    ]
    assert counted[0] == counted[1] == counted[2]
    assert (counted[0].counts["rows"], counted[0].counts["rows_read"]) == (102, 60)
    assert counted[0].counts["rows_scanned_only"] == 20
