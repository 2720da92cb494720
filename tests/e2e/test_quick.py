"""A quick audit: what it reads, how it ends, and that it never says more than incomplete."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from corpus_audit import Audit, audit, schemas
from corpus_audit.cli import app
from corpus_audit.config import Parameters
from corpus_audit.errors import CorpusAuditError
from corpus_audit.pipeline.clean import clean
from corpus_audit.vocabulary import SkipReason, Verdict
from e2e.small_corpus import standing_clock

pytestmark = pytest.mark.slow

FILES = 40


def write(folder: Path, files: int) -> Path:
    """Write a dataset of so many files of 100 rows each, and return its manifest."""
    for number in range(files):
        rows = ({"text": f"Row {row} of file {number}: the ledger of the harbour. " * 10} for row in range(100))
        (folder / f"{number:02}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    source = {"id": "rows", "license": "CC0-1.0", "files": [{"path": f"{number:02}.jsonl"} for number in range(files)]}
    document = {"manifest_version": "1", "dataset": {"id": "quick"}, "sources": [source]}
    manifest = folder / "manifest.yaml"
    manifest.write_text(yaml.safe_dump(document), "utf-8")
    return manifest


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    folder = tmp_path_factory.mktemp("quick")
    manifest = write(folder, FILES)
    return audit(manifest, folder / "store", parameters=Parameters(read_bytes=200_000), clock=standing_clock)


def read(audited: Audit, table: schemas.Table) -> list[dict[str, object]]:
    folders = sorted(audited.folder.path.glob("measure-*"))
    return [row for folder in folders for row in audited.folder.read(folder.name, table).to_pylist()]


def test_the_sample_is_as_large_as_asked_for_and_of_several_files(sampled: Audit) -> None:
    counts = read(sampled, schemas.READ_COUNTS)
    records = read(sampled, schemas.RECORDS)
    assert 8 <= len({row["file"] for row in records}) < FILES
    assert 100_000 < sum(int(str(row["size_bytes"])) for row in records) < 500_000
    assert len(counts) == FILES
    unread = {row["file"] for row in read(sampled, schemas.UNREAD) if row["reason"] == SkipReason.NOT_SAMPLED}
    assert len(unread) >= FILES - 8


def test_every_file_has_its_checksum(sampled: Audit) -> None:
    assert all(row["observed_sha256"] for row in sampled.folder.read("ingest", schemas.FILES).to_pylist())


def test_the_verdict_is_incomplete_and_says_why(sampled: Audit) -> None:
    assert sampled.verdict == Verdict.INCOMPLETE
    assert "sample-only" in {reason.code for reason in sampled.summary.reasons}
    assert "Only a sample of the data was read." in sampled.report.read_text("utf-8")


def test_a_sample_cleans_nothing(sampled: Audit, tmp_path: Path) -> None:
    with pytest.raises(CorpusAuditError, match="read a sample only"):
        clean(sampled.folder, tmp_path / "new")


def test_the_command_of_the_hook(tmp_path: Path) -> None:
    manifest = write(tmp_path, 1)
    arguments = ["audit", str(manifest), "--store", str(tmp_path / "store"), "--quick"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 3, "all was read, and it is a sample still"
    assert "Only a sample of the data was read." in result.output
    assert CliRunner().invoke(app, [*arguments, "--fail-on", "fail"]).exit_code == 0
