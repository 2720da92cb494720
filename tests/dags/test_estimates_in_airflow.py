"""The task ``plan`` logs one estimate, and refuses an audit only where the disk is that of the store."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog

from corpus_audit import pipeline
from corpus_audit.errors import StoreError
from corpus_audit.store import AuditFolder


@pytest.fixture(scope="module")
def report_estimate() -> Callable[[AuditFolder], None]:
    """What the task calls; Airflow is loaded only where these tests run: it takes seconds."""
    from corpus_audit_airflow.telemetry import report_estimate

    return report_estimate


@pytest.fixture
def too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AuditFolder:
    """An audit whose store has hardly any space left."""
    (tmp_path / "a.txt").write_text("word " * 200_000)
    (tmp_path / "manifest.yaml").write_text(
        "manifest_version: '1'\ndataset: {id: words}\nsources:\n- {id: words, files: [{path: a.txt}]}\n"
    )
    audit = pipeline.ingest(tmp_path / "manifest.yaml", tmp_path / "store")
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    return audit


def test_an_audit_that_the_disk_of_the_store_cannot_hold_is_refused(
    report_estimate: Callable[[AuditFolder], None], too_large: AuditFolder
) -> None:
    with structlog.testing.capture_logs() as lines, pytest.raises(StoreError, match="The disk of the store has"):
        report_estimate(too_large)
    (line,) = lines
    assert line["event"].startswith("Estimate: 1.00 MB of text")
    assert line["disk_bytes_at_least"] > line["free_bytes"] == 1000


def test_the_disk_of_a_copy_is_one_of_several_and_only_warned_of(
    report_estimate: Callable[[AuditFolder], None], too_large: AuditFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("corpus_audit.store.bucket", "corpus_audit.pipeline.estimate"):
        monkeypatch.setattr(f"{module}.is_copied", lambda _path: True)
    with structlog.testing.capture_logs() as lines:
        report_estimate(too_large)
    assert [line["log_level"] for line in lines] == ["info", "warning"]
    assert "CORPUS_AUDIT_CACHE_FOLDER" in lines[1]["event"]
