"""One audit, and what it makes of an earlier one, on both engines: every byte is the same.

On Spark with statements of few rows as tasks, which all are here, and as Spark's own SQL.
"""

import shutil
from dataclasses import dataclass, replace
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
ROWS_IN_A_TASK = {"tasks of spark": spark.ROWS_IN_A_TASK, "spark": NO_ROWS}
"""How many rows a statement on Spark may read in a task, by the way of running statements."""
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


@dataclass(frozen=True)
class Found:
    """Two audits of a corpus in a folder, the second with DuckDB, all that it wrote, and what changed in between."""

    folder: Path
    first: AuditFolder
    files: dict[str, bytes]
    changes: tuple[list[object], bytes]

    @property
    def manifest(self) -> Path:
        """The manifest that both are of."""
        return self.folder / "corpus" / "manifest.yaml"


@pytest.fixture(scope="module")
def by_duckdb(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("same")
    manifest = write_corpus(folder / "corpus")
    first = audit(manifest, folder / "duckdb", workers=1, clock=clock_on(0)).folder
    for name in ROWS_IN_A_TASK:
        shutil.copytree(folder / "duckdb", folder / name)
    add_people_and_splits(manifest)
    (manifest.parent / "open" / "b.txt").rename(manifest.parent / "open" / "b-moved.txt")
    finished = audit(manifest, folder / "duckdb", workers=1, clock=clock_on(1))
    assert finished.folder.audit_id != first.audit_id
    assert finished.tables["evidence.subjects"].num_rows == PEOPLE.num_rows
    assert finished.tables["evidence.split_leakage"]["near_records"].to_pylist() == [1]
    assert finished.tables[f"evidence.{tables.DATASET_OVERLAPS.name}"].num_rows == 1
    changes = changed_rows(first, finished.folder, folder / "duckdb.parquet", "duckdb")
    return Found(folder, first, everything_in(finished.folder.path), changes)


@pytest.mark.slow
@pytest.mark.needs("default-jre-headless")
@pytest.mark.parametrize("way", ROWS_IN_A_TASK)
def test_both_engines_find_the_same(by_duckdb: Found, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setattr(spark, "ROWS_IN_A_TASK", ROWS_IN_A_TASK[way])
    monkeypatch.setenv("CORPUS_AUDIT_ENGINE", "spark")
    finished = audit(by_duckdb.manifest, by_duckdb.folder / way, workers=1, clock=clock_on(1))
    found = everything_in(finished.folder.path)
    assert found.keys() == by_duckdb.files.keys()
    assert {name for name, content in found.items() if content != by_duckdb.files[name]} == set()
    changes = changed_rows(by_duckdb.first, finished.folder, by_duckdb.folder / f"{way}.parquet", "spark")
    assert changes == by_duckdb.changes
