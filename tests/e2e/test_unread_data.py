"""What an audit did not read never passes, and it says so first."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus_audit import audit, pipeline
from corpus_audit.export.openlineage import events
from corpus_audit.pipeline.audit import Audit
from corpus_audit.pipeline.delivery import read_export_inputs
from corpus_audit.report.text import render_history, render_text
from corpus_audit.vocabulary import Verdict
from e2e.small_corpus import describe, standing_clock
from e2e.test_command_line import write_pack

WORDS = "One text with some words in it, written for this test."
ANY_SOURCE = {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "source_id"}}


def _audit(folder: Path, files: dict[str, bytes], **formats: str) -> Audit:
    source: dict[str, Any] = describe(folder, "s", files, license={"expression": "MIT"})
    for declared in source["files"]:
        name = Path(declared["path"]).stem
        declared.update({"format": formats[name]} if name in formats else {})
    document = {"manifest_version": "1", "dataset": {"id": "d", "title": "D"}, "sources": [source]}
    (folder / "manifest.yaml").write_text(yaml.safe_dump(document))
    write_pack(folder / "pack", ANY_SOURCE)
    store = folder / "store"
    return audit(folder / "manifest.yaml", store, [str(folder / "pack")], workers=1, clock=standing_clock)


@pytest.fixture(scope="module")
def instructions(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Return the audit of one row with a text, and of 200 that have none: ids, labels and their authors."""
    rows = [{"id": f"r{n}", "label": "positive", "author_email": f"jane.q{n}@contoso.com"} for n in range(200)]
    files = {
        "a.jsonl": json.dumps({"text": WORDS}).encode(),
        "b.jsonl": "".join(json.dumps(row) + "\n" for row in rows).encode(),
    }
    return _audit(tmp_path_factory.mktemp("instructions"), files, a="jsonl", b="jsonl")


def test_rows_without_a_text_field_make_the_verdict_incomplete(instructions: Audit) -> None:
    assert instructions.verdict is Verdict.INCOMPLETE
    (row,) = instructions.tables["evidence.coverage"].to_pylist()
    assert (row["rows"], row["rows_read"], row["rows_scanned_only"]) == (201, 1, 200)


def test_the_head_of_the_summary_says_how_much_was_read(instructions: Audit) -> None:
    text = render_text(pipeline.read_report(instructions.folder))
    head, _, rest = text.partition("\n  Sources ")
    assert "1 of 201 rows, 1 of 2 files" in head
    assert "200 of 201 records looked at" in rest


def test_history_and_lineage_say_what_their_figures_are_of(instructions: Audit) -> None:
    """The rows that count are those that were read; those that were not stand beside them."""
    (entry,) = pipeline.read_report(instructions.folder).history
    assert (entry.rows, entry.rows_read, entry.rows_looked_at, entry.personal_information_records) == (201, 1, 201, 200)
    shown = render_history([entry])
    assert "1 records (read: 1 of 201 rows)" in shown
    assert "200 of 201 records looked at" in shown
    *_, ended = events(read_export_inputs(instructions.folder))
    assert ended["inputs"][0]["inputFacets"]["inputStatistics"]["rowCount"] == 1
    facet = ended["inputs"][0]["inputFacets"]["corpusAudit_coverage"]
    assert (facet["rows"], facet["rowsRead"], facet["rowsUnread"], facet["rowsLookedAt"]) == (201, 1, 200, 201)


def test_personal_information_outside_the_text_is_found_and_its_column_named(instructions: Audit) -> None:
    (found,) = instructions.tables["evidence.personal_information"].to_pylist()
    assert (found["entity_type"], found["records"], found["columns"]) == ("EMAIL_ADDRESS", 200, ["author_email"])


def test_all_that_was_read_passes(tmp_path: Path) -> None:
    files = {"a.jsonl": json.dumps({"text": WORDS, "n": 1}).encode(), "b.txt": WORDS.encode()}
    assert _audit(tmp_path, files).verdict is Verdict.PASS


def test_a_file_of_no_known_kind_does_not_pass(tmp_path: Path) -> None:
    finished = _audit(tmp_path, {"a.txt": WORDS.encode(), "b.bin": b"\0\1\2\3" * 9})
    assert finished.verdict is Verdict.INCOMPLETE
    assert [reason.code for reason in finished.summary.reasons] == ["unread-data"]
