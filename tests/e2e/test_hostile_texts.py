"""An audit of texts that are made to break whoever reads them: all are counted, damage is reported with its place.

Sizes are such that work which grows with their square would not end within a test's time.
"""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from corpus_audit import Audit, audit
from corpus_audit.vocabulary import DefectCode
from e2e.small_corpus import standing_clock

EMPTY_RECORDS = 100_000
ALIKE_RECORDS = 20_000
ACCENTS = "e" + "\u0301\u0327" * 500_000
EMOJI = "👩🏽‍💻🇨🇳\u200d😀 " * 200_000

VALUES = {
    "one word again and again": b"word " * 1_000_000,
    "one word without end": b"w" * 5_000_000,
    "emoji": EMOJI.encode(),
    "combining marks": ACCENTS.encode(),
    "NULs": b"a\0b\0\0 " * 300_000,
    "no UTF-8": b"\xff\xfe x \xed\xa0\x80" * 300_000,
    "every byte": bytes(range(256)) * 10_000,
    "digits": b"4111 1111 1111 1111 " * 100_000,
}


NO_TEXT = ("NULs", "no UTF-8", "every byte")
"""Values that are bytes of another kind: they are refused, and counted as not read."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    root = tmp_path_factory.mktemp("hostile")
    values = pa.array(VALUES.values(), pa.large_binary())
    pq.write_table(pa.table({"text": values}), root / "values.parquet")
    (root / "empty.jsonl").write_text('{"text": ""}\n' * EMPTY_RECORDS)
    stem = " ".join(f"word{number}" for number in range(60))
    alike = "".join(json.dumps({"text": f"{stem} {number}"}) + "\n" for number in range(ALIKE_RECORDS))
    (root / "alike.jsonl").write_text(alike)
    (root / "line.txt").write_bytes(b"a line without end, " * 2_000_000)
    tables = ("values.parquet", "empty.jsonl", "alike.jsonl")
    files = [{"path": name, "fields": {"text": "text"}} for name in tables]
    manifest = {
        "manifest_version": "1",
        "dataset": {"id": "hostile", "title": "Hostile texts"},
        "sources": [{"id": "texts", "files": [*files, {"path": "line.txt"}]}],
    }
    (root / "manifest.yaml").write_text(yaml.safe_dump(manifest))
    return audit(root / "manifest.yaml", root / "store", workers=1, clock=standing_clock)


def test_every_record_is_counted(hostile: Audit) -> None:
    (dataset,) = hostile.tables["evidence.dataset"].to_pylist()
    values = len(VALUES) - len(NO_TEXT)
    (coverage,) = hostile.tables["evidence.coverage"].to_pylist()
    assert coverage["rows_empty"] == EMPTY_RECORDS
    parts_of_the_line = dataset["records"] - values - ALIKE_RECORDS
    assert parts_of_the_line in (1, 2)


def test_bytes_that_are_no_text_are_reported_with_their_place(hostile: Audit) -> None:
    (defects,) = hostile.tables["evidence.defects"].to_pylist()
    assert (defects["code"], defects["file"]) == (DefectCode.NOT_UTF8, "values.parquet")
    refused = [f"row {list(VALUES).index(name)}" for name in NO_TEXT]
    assert sorted(defects["places"]) == sorted([*refused, "row 5, byte 0", "row 6, byte 128"])


def test_what_is_no_text_is_not_read(hostile: Audit) -> None:
    (coverage,) = hostile.tables["evidence.coverage"].to_pylist()
    assert coverage["rows"] - coverage["rows_read"] - coverage["rows_empty"] == len(NO_TEXT)


def test_records_without_words_are_copies_of_nothing(hostile: Audit) -> None:
    clusters = hostile.tables["clusters"]
    assert clusters.num_rows == ALIKE_RECORDS
    assert len(set(clusters["cluster_id"].to_pylist())) == 1
