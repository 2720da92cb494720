"""What an audit needs is told before it is measured, and an audit that the disk cannot hold is refused."""

import io
import logging
import random
import shutil
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit import pipeline
from corpus_audit.config import Settings
from corpus_audit.errors import StoreError
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.estimate import (
    COSTS,
    PROCESS_BYTES,
    WORKER_BYTES,
    estimate,
    refuse_too_large,
    shortage,
)
from corpus_audit.pipeline.measure import shard_inputs
from corpus_audit.pipeline.progress import EVERY_SECONDS, ProgressLog
from corpus_audit.pipeline.reuse import MeasuredShards
from corpus_audit.report.formatting import format_seconds
from corpus_audit.store import AuditFolder, write_json
from corpus_audit.store.identity import versions

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> AuditFolder:
    return ingested(tmp_path_factory.mktemp("estimate"), "a.txt", b"word " * (MEGABYTE // 5))


def ingested(folder: Path, name: str, content: bytes) -> AuditFolder:
    (folder / name).write_bytes(content)
    (folder / "manifest.yaml").write_text(
        f"manifest_version: '1'\ndataset: {{id: words}}\nsources:\n- {{id: words, files: [{{path: {name}}}]}}\n"
    )
    return pipeline.ingest(folder / "manifest.yaml", folder / "store")


def context(**settings: Any) -> RunContext:
    return RunContext(replace(Settings(workers=2), **settings))


@pytest.mark.parametrize("engine", sorted(COSTS))
def test_figures_follow_from_the_sizes_of_the_files(audit: AuditFolder, engine: str) -> None:
    found = estimate(audit, context(engine=engine))
    assert found.text_bytes == (MEGABYTE, MEGABYTE)
    for low, high in (found.seconds, found.kept_bytes, found.working_bytes, found.disk_bytes):
        assert 0 < low < high
    costs = COSTS[engine].values()
    assert found.disk_bytes[1] == pytest.approx(
        (sum(cost.kept[1] for cost in costs) + max(cost.working[1] for cost in costs)) * MEGABYTE
    ), "no two stages have working space at the same time"
    assert "1.00 MB of text" in found.sentence
    assert "on 2 workers" in found.sentence


def test_what_duckdb_may_use_is_part_of_the_memory(audit: AuditFolder) -> None:
    little, much = (estimate(audit, context(memory_limit=limit)).memory_bytes for limit in ("512MB", "2GiB"))
    assert little == 2 * WORKER_BYTES + PROCESS_BYTES + 512 * MEGABYTE
    assert much - little == 2 * 2**30 - 512 * MEGABYTE
    assert estimate(audit, context(memory_limit="much")).memory_bytes == little - 512 * MEGABYTE


def test_each_stage_needs_what_it_has_not_worked_through(audit: AuditFolder, tmp_path: Path) -> None:
    copied = AuditFolder(tmp_path / audit.audit_id)
    shutil.copytree(audit.path, copied.path)
    before = estimate(copied, context())
    write_json(copied.path / "markers" / "measure-00000.json", {})
    measured = estimate(copied, context())
    assert 0 < measured.disk_bytes[0] < before.disk_bytes[0], "duplicates are still to be looked for"
    for stage in ("deduplicate", "report"):
        write_json(copied.path / "markers" / f"{stage}.json", {})
    finished = estimate(copied, context())
    assert (finished.text_bytes, finished.disk_bytes, finished.seconds) == ((0, 0), (0, 0), (0, 0))


def test_what_another_audit_measured_takes_no_space(audit: AuditFolder, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(audit.store, store)
    copied = AuditFolder(store / "audits" / audit.audit_id)
    shutil.copytree(copied.path, store / "audits" / "earlier")
    earlier, ((_shard, inputs),) = AuditFolder(store / "audits" / "earlier"), shard_inputs(copied, [0])
    before = estimate(copied, context()).kept_bytes
    MeasuredShards(store, inputs, versions()).remember(earlier, "measure-00000")
    assert estimate(copied, context()).kept_bytes == before, "the hint leads to nothing"
    earlier.run_stage("measure-00000", inputs, versions(), lambda _folder: None)
    reused = estimate(copied, context())
    kept = COSTS["duckdb"]["deduplicate"].kept
    assert reused.kept_bytes == (kept[0] * MEGABYTE, kept[1] * MEGABYTE)


@pytest.fixture
def nearly_full(audit: AuditFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(audit.path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=MEGABYTE // 4))


@pytest.mark.usefixtures("nearly_full")
def test_an_audit_that_the_disk_cannot_hold_is_refused(audit: AuditFolder, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "corpus_audit.progress"), pytest.raises(StoreError) as refused:
        refuse_too_large(audit, context())
    assert "The disk of the store has 250 kB free, and this audit needs 600 kB to 3.90 MB" in str(refused.value)
    assert "--store" in str(refused.value)
    assert "Estimate: 1.00 MB of text" in caplog.text
    assert refuse_too_large(audit, context(check_disk="no")).free_bytes == MEGABYTE // 4


@pytest.mark.usefixtures("nearly_full")
@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.zip", "a.parquet"])
def test_what_may_hold_nothing_but_images_is_not_refused(tmp_path: Path, name: str) -> None:
    found = refuse_too_large(ingested(tmp_path, name, _container(name)), context())
    assert found.text_bytes[0] == found.disk_bytes[0] == 0
    assert found.text_bytes[1] >= MEGABYTE
    assert "Estimate: 0 B to " in found.sentence


def _container(name: str) -> bytes:
    content, image = io.BytesIO(), random.Random(1).randbytes(MEGABYTE)
    if name.endswith(".parquet"):
        pq.write_table(pa.table({"image": [image]}), content)
    elif name.endswith(".zip"):
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("a.jpg", image)
    else:
        with tarfile.open(fileobj=content, mode="w:gz" if name.endswith("gz") else "w") as members:
            member = tarfile.TarInfo("a.jpg")
            member.size = len(image)
            members.addfile(member, io.BytesIO(image))
    return content.getvalue()


@pytest.mark.usefixtures("nearly_full")
def test_the_disk_of_a_copy_is_named_as_such(audit: AuditFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_audit.pipeline.estimate.is_copied", lambda _path: True)
    found = shortage(audit, estimate(audit, context()), context())
    assert "CORPUS_AUDIT_CACHE_FOLDER" in found
    assert "--store" not in found


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
