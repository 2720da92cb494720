"""One audit, and what it makes of an earlier one, on both engines: every byte is the same.

On Spark with statements of few rows as tasks, which all are here, and as Spark's own SQL.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pcsv
import pytest
import yaml

from corpus_audit import audit
from corpus_audit.config import Settings
from corpus_audit.engine import spark
from corpus_audit.evidence import tables
from corpus_audit.pipeline import RunContext, diff
from corpus_audit.store import AuditFolder
from e2e.small_corpus import clock_on, write_corpus
from spec.engine.conftest import NO_ROWS

PEOPLE = pa.table({"subject_id": ["z9", "a1"], "modalities": ["voice", "text"], "minor": ["no", "not-recorded"]})
GRANTS = pa.table(
    {
        "subject_id": ["a1", "z9", "z9"],
        "grantor": ["a1", "the child", "nobody"],
        "grantee": ["the studio", "the studio", "the label"],
        "relation": ["self", "child", "not-recorded"],
        "scope": ["internal-training", "commercial-training", ""],
        "signed_at": ["2024-03", "2024-03-01", "not-recorded"],
    }
)
ENGINES = {
    "duckdb": ("duckdb", spark.ROWS_IN_A_TASK),
    "tasks of spark": ("spark", spark.ROWS_IN_A_TASK),
    "spark": ("spark", NO_ROWS),
}
"""The engine, and how many rows a statement on Spark may read in a task."""
HOW_IT_RAN = {"run.json"}
"""Paths of this machine, which no result depends on."""


def add_people_and_splits(manifest: Path) -> None:
    """Describe people in tables, and where one of them is; and a test record that copies a training record."""
    document = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    for name, table in (("subjects_table", PEOPLE), ("authorisations_table", GRANTS)):
        pcsv.write_csv(table, manifest.parent / f"{name}.csv")
        document[name] = {"path": f"{name}.csv"}
    document["sources"][0]["files"][0]["subjects"] = ["z9"]
    for source, split in enumerate(("train", "test")):
        document["sources"][source]["files"][0]["split"] = split
    manifest.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")


def everything_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in HOW_IT_RAN)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def changed_rows(before: AuditFolder, after: AuditFolder, path: Path, engine: str) -> tuple[list[object], bytes]:
    context = RunContext(replace(Settings(), engine=engine))
    found = diff(before, after, records=path, context=context)
    totals = [found.records.to_pylist(), found.new_copies.to_pylist()]
    return totals, path.read_bytes()


@pytest.mark.slow
@pytest.mark.needs("default-jre-headless")
def test_both_engines_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = write_corpus(tmp_path / "corpus")
    first = audit(manifest, tmp_path / "duckdb", workers=1, clock=clock_on(0))
    for name in ENGINES.keys() - {"duckdb"}:
        shutil.copytree(tmp_path / "duckdb", tmp_path / name)
    add_people_and_splits(manifest)
    (manifest.parent / "open" / "b.txt").rename(manifest.parent / "open" / "b-moved.txt")
    found, changes = {}, {}
    for name, (engine, rows_in_a_task) in ENGINES.items():
        monkeypatch.setattr(spark, "ROWS_IN_A_TASK", rows_in_a_task)
        monkeypatch.setenv("CORPUS_AUDIT_ENGINE", engine)
        finished = audit(manifest, tmp_path / name, workers=1, clock=clock_on(1))
        found[name] = everything_in(finished.folder.path)
        changes[name] = changed_rows(first.folder, finished.folder, tmp_path / f"{name}.parquet", engine)
    assert finished.folder.audit_id != first.folder.audit_id
    assert finished.tables["evidence.subjects"].num_rows == PEOPLE.num_rows
    assert finished.tables["evidence.split_leakage"]["near_records"].to_pylist() == [1]
    assert finished.tables[f"evidence.{tables.DATASET_OVERLAPS.name}"].num_rows == 1
    for name in ENGINES:
        assert found[name].keys() == found["duckdb"].keys()
        assert {path for path, content in found[name].items() if content != found["duckdb"][path]} == set()
        assert changes[name] == changes["duckdb"]
