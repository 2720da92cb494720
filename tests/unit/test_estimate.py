"""What an audit needs is told before it is measured, and an audit that the disk cannot hold is refused."""

import logging
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus_audit import pipeline
from corpus_audit.config import Settings
from corpus_audit.errors import StoreError
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.estimate import COSTS, estimate, format_seconds, refuse_too_large
from corpus_audit.pipeline.progress import EVERY_SECONDS, ProgressLog
from corpus_audit.store import AuditFolder, write_json

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> AuditFolder:
    folder = tmp_path_factory.mktemp("estimate")
    (folder / "a.txt").write_text("word " * (MEGABYTE // 5))
    (folder / "manifest.yaml").write_text(
        "manifest_version: '1'\ndataset: {id: words}\nsources:\n- {id: words, files: [{path: a.txt}]}\n"
    )
    return pipeline.ingest(folder / "manifest.yaml", folder / "store")


def context(**settings: Any) -> RunContext:
    return RunContext(replace(Settings(workers=2), **settings))


@pytest.mark.parametrize("engine", sorted(COSTS))
def test_figures_follow_from_the_sizes_of_the_files(audit: AuditFolder, engine: str) -> None:
    found = estimate(audit, context(engine=engine))
    assert found.text_bytes == MEGABYTE
    for low, high in (found.seconds, found.kept_bytes, found.working_bytes, found.disk_bytes):
        assert 0 < low < high
    assert found.disk_bytes[1] == pytest.approx(
        sum(c.kept[1] + c.working[1] for c in COSTS[engine].values()) * MEGABYTE
    )
    assert "1.00 MB of text" in found.sentence
    assert "on 2 workers" in found.sentence


def test_what_is_measured_already_needs_nothing(audit: AuditFolder, tmp_path: Path) -> None:
    copied = AuditFolder(tmp_path / audit.audit_id)
    shutil.copytree(audit.path, copied.path)
    write_json(copied.path / "markers" / "measure-00000.json", {})
    assert estimate(copied, context()).text_bytes == 0


def test_an_audit_that_the_disk_cannot_hold_is_refused(
    audit: AuditFolder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    usage = shutil.disk_usage(audit.path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=MEGABYTE // 4))
    with caplog.at_level(logging.INFO, "corpus_audit.progress"), pytest.raises(StoreError) as refused:
        refuse_too_large(audit, context())
    assert "250 kB free, and this audit needs 750 kB to 5.30 MB" in str(refused.value)
    assert "--store" in str(refused.value)
    assert "Estimate: 1.00 MB of text" in caplog.text
    assert refuse_too_large(audit, context(check_disk="no")).free_bytes == MEGABYTE // 4


def test_a_line_now_and_then_tells_the_share_and_the_time_left() -> None:
    lines: list[str] = []
    now = [0.0]
    progress = ProgressLog(lambda sentence, _fields: lines.append(sentence), lambda: now[0])
    progress.stage("measure", 1000)
    for _ in range(99):
        now[0] += EVERY_SECONDS / 6
        progress.advance(10)
    assert lines[0] == "measure        6% done, about 8 minutes left"
    assert len(lines) == 16
    progress.stage("gather", None)
    now[0] += 100 * EVERY_SECONDS
    progress.advance(5)
    assert len(lines) == 16, "without a total there is no share"


def test_durations_have_the_unit_that_suits_them() -> None:
    assert [format_seconds(s) for s in (5, 119, 130, 7300, 200_000)] == [
        "5 s",
        "119 s",
        "2 minutes",
        "2 hours",
        "2 days",
    ]
