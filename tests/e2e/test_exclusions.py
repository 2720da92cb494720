"""The list of exclusions of a finished audit, as its users write it and join it with their data."""

import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml
from typer.testing import CliRunner

from corpus_audit import Audit, audit
from corpus_audit.cli import app
from corpus_audit.export.exclusions.exclusions import EXCLUSIONS
from e2e.small_corpus import standing_clock

TEXT = "The harbour lay quiet under the lamps while two crews mended their nets and told of it. " * 12


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Return an audit of two files of one dataset: an exact copy, a forbidden license and a text of its own."""
    folder = tmp_path_factory.mktemp("exclusions")
    rows = [
        {"text": TEXT, "license": "CC0-1.0"},
        {"text": TEXT, "license": "CC0-1.0"},
        {"text": "Another tale altogether, of a mill on a hill.", "license": "CC-BY-NC-4.0"},
    ]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    source = {"id": "tales", "license": {"expression": "per-record"}, "files": [{"path": "a.jsonl"}]}
    document = {
        "manifest_version": "1",
        "dataset": {"id": "tales", "intended_uses": ["commercial-training"]},
        "sources": [source],
    }
    manifest = folder / "manifest.yaml"
    manifest.write_text(yaml.safe_dump(document), "utf-8")
    return audit(manifest, folder / "store", clock=standing_clock)


def write(audited: Audit, *arguments: str) -> str:
    store = str(audited.folder.path.parents[1])
    result = CliRunner().invoke(app, ["exclusions", audited.folder.audit_id, "--store", store, *arguments])
    assert result.exception is None, result.output
    return result.output


def test_the_same_rows_in_every_format(audited: Audit, tmp_path: Path) -> None:
    for suffix in ("parquet", "csv", "jsonl"):
        said = write(audited, "-o", str(tmp_path / f"out.{suffix}"))
        assert "Records: 2" in said
    rows = pq.read_table(tmp_path / "out.parquet")
    assert rows.schema.equals(EXCLUSIONS.schema)
    by_row = {row["row"]: row for row in rows.to_pylist()}
    assert by_row[1]["reasons"] == ["exact-duplicate"]
    assert by_row[1]["kept_id"].endswith(":0")
    assert by_row[2]["reasons"] == ["license-forbids"]
    assert by_row[2]["rule_ids"]
    assert [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()] == rows.to_pylist()
    assert (tmp_path / "out.csv").read_text().splitlines()[0] == ",".join(EXCLUSIONS.schema.names)


def test_the_documented_join_leaves_them_out(audited: Audit, tmp_path: Path) -> None:
    write(audited, "-o", str(tmp_path / "out.parquet"))
    data = audited.folder.path.parents[2] / "a.jsonl"
    left = duckdb.sql(f"""
        SELECT data.text FROM (
            SELECT *, row_number() OVER () - 1 AS row FROM read_json('{data}', format='newline_delimited')
        ) AS data
        ANTI JOIN (SELECT row FROM '{tmp_path}/out.parquet' WHERE file = 'a.jsonl') AS left_out USING (row)
    """).fetchall()
    assert left == [(TEXT,)]


def test_a_policy_of_one_s_own(audited: Audit, tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text("name: copies\nreasons: [exact-duplicate]\n", "utf-8")
    write(audited, "-o", str(tmp_path / "out.csv"), "--policy", str(policy))
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("name: x\nreasons: [nothing]\n", "reasons.0"), ("- a\n", "no exclusion policy"), (": {", "no YAML")],
)
def test_a_policy_that_is_none_says_where(audited: Audit, tmp_path: Path, text: str, said: str) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text(text, "utf-8")
    store = str(audited.folder.path.parents[1])
    arguments = ["exclusions", audited.folder.audit_id, "--store", store, "-o", str(tmp_path / "o.csv")]
    result = CliRunner().invoke(app, [*arguments, "--policy", str(policy)])
    assert said in str(result.exception)


def test_another_suffix_is_refused(audited: Audit, tmp_path: Path) -> None:
    store = str(audited.folder.path.parents[1])
    arguments = ["exclusions", audited.folder.audit_id, "--store", store, "-o", str(tmp_path / "o.xlsx")]
    assert ".parquet" in str(CliRunner().invoke(app, arguments).exception)
