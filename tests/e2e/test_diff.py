"""What became of records, copies and findings from one audit to the next."""

import json
import random

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from corpus_audit import audit, pipeline
from corpus_audit.cli import app
from corpus_audit.config import Parameters
from corpus_audit.errors import ParametersMismatchError, StoreError

HEAD = """manifest_version: '1'
dataset: {{id: pages, version: '{version}'}}
sources:
- id: pages
  files: [{{path: a.jsonl}}]
"""


def text(seed):
    return " ".join(random.Random(seed).choices("abcdefghijklmnop", k=80))


def audited(folder, version, texts, extra="", **options):
    (folder / "a.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in texts))
    (folder / "manifest.yaml").write_text(HEAD.format(version=version) + extra)
    return audit(folder / "manifest.yaml", folder / "store", workers=1, **options).folder


def ingested(folder, texts, **options):
    (folder / "a.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in texts))
    (folder / "manifest.yaml").write_text(HEAD.format(version="1"))
    return pipeline.ingest(folder / "manifest.yaml", folder / "store", **options)


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("versions")
    kept, gone, changed = [text(n) for n in range(6)], text("gone"), text("changed")
    before = audited(folder, "1", [*kept, changed, gone])
    # One record more at the beginning moves all the others; one is there twice, another almost.
    nearly = kept[1] + " and more"
    license_declared = "  license: {expression: MIT}\n"
    after = audited(folder, "2", [text("new"), *kept, text("other"), kept[0], nearly], license_declared)
    return folder, before, after


def test_records_are_told_apart_by_what_became_of_their_text(two_versions):
    folder, before, after = two_versions
    rows = folder / "changes.parquet"
    found = pipeline.diff(before, after, records=rows)
    counts = {row["change"]: row["records"] for row in found.records.to_pylist()}
    # 'changed' and 'gone' at the old rows 6 and 7 are neither there any more, and what is at these rows now has moved
    # or is new: row 7 holds another text.
    assert counts == {"moved": 6, "changed": 1, "added": 3, "removed": 1}
    by_row = {
        row["record_id"].split(":")[1]: row for row in pq.read_table(rows).to_pylist() if row["change"] != "removed"
    }
    assert {row for row, change in by_row.items() if change["change"] == "added"} == {"0", "8", "9"}
    assert by_row["7"]["change"] == "changed"
    assert by_row["1"]["record_before"].endswith(":0")
    assert {row["kind"]: row["records"] for row in found.new_copies.to_pylist()} == {"exact": 1, "near": 1}
    assert {row: change["newly_duplicated"] for row, change in by_row.items() if change["newly_duplicated"]} == {
        "8": "exact", "9": "near",
    }  # fmt: skip


def test_findings_are_opened_and_closed(two_versions):
    _, before, after = two_versions
    found = pipeline.diff(before, after)
    assert "baseline.license-recorded" in found.closed["rule_id"].to_pylist()
    back = pipeline.diff(after, before)
    assert back.opened.to_pylist() == found.closed.to_pylist()
    assert {row["change"]: row["records"] for row in back.records.to_pylist()} == {
        "moved": 6, "changed": 1, "added": 1, "removed": 3,
    }  # fmt: skip


def test_an_audit_differs_in_nothing_from_itself(two_versions):
    _, _, after = two_versions
    found = pipeline.diff(after, after)
    assert [(row["change"], row["records"]) for row in found.records.to_pylist()] == [("unchanged", 10)]
    assert (found.new_copies.num_rows, found.opened.num_rows, found.closed.num_rows) == (0, 0, 0)


def test_the_command_prints_it(two_versions):
    folder, before, after = two_versions
    arguments = ["diff", before.audit_id, after.audit_id, "--store", str(folder / "store")]
    printed = CliRunner().invoke(app, arguments)
    assert printed.exit_code == 0
    assert printed.stdout.startswith("Records\n  moved                 6  ")
    assert "Newly duplicated, near copies: 1 (" in printed.stdout
    assert "critical  baseline.license-recorded: pages" in printed.stdout
    as_json = json.loads(CliRunner().invoke(app, [*arguments, "--format", "json"]).stdout)
    assert set(as_json) == {"records", "new_copies", "opened", "closed"}


def test_audits_that_have_not_finished_or_have_other_settings_are_refused(tmp_path):
    one = ingested(tmp_path, [text(1)])
    other = ingested(tmp_path, [text(1)], parameters=Parameters(jaccard_threshold=0.7))
    with pytest.raises(StoreError, match="'evaluate' has not run"):
        pipeline.diff(one, one)
    with pytest.raises(ParametersMismatchError, match=r"\(jaccard_threshold\)"):
        pipeline.diff(one, other)
