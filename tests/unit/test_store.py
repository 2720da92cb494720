"""Stages publish whole or not at all, run once, and never two at a time."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pyarrow as pa
import pytest

from corpus_audit.errors import StoreError
from corpus_audit.schemas import DEFECTS
from corpus_audit.store import AuditFolder, Store, locked_folder, read_json, read_table, write_json, write_table

VERSIONS = {"corpus-audit": "0"}


def ticking() -> Iterator[datetime]:
    return (datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC) for second in count())


@pytest.fixture
def audit(tmp_path: Path) -> AuditFolder:
    return AuditFolder(tmp_path / "audits" / "a")


def run(audit: AuditFolder, content: str, inputs: dict[str, str]) -> bool:
    times = ticking()
    return audit.run_stage(
        "gather",
        inputs,
        VERSIONS,
        lambda folder: (folder / "out.txt").write_text(content) and None,
        lambda: next(times),
    )


def test_a_finished_stage_is_not_run_again(audit: AuditFolder) -> None:
    assert run(audit, "first", {"in": "1"})
    assert not run(audit, "second", {"in": "1"})
    assert (audit.folder("gather") / "out.txt").read_text() == "first"


@pytest.mark.parametrize("change", ["inputs", "outputs", "marker"])
def test_a_stage_whose_inputs_or_outputs_changed_is_run_again(audit: AuditFolder, change: str) -> None:
    run(audit, "first", {"in": "1"})
    if change == "outputs":
        (audit.folder("gather") / "out.txt").write_text("altered")
    if change == "marker":
        (audit.path / "markers" / "gather.json").unlink()
    assert run(audit, "second", {"in": "2" if change == "inputs" else "1"})
    assert (audit.folder("gather") / "out.txt").read_text() == "second"


def test_a_marker_names_what_was_read_and_written(audit: AuditFolder) -> None:
    run(audit, "first", {"in": "1"})
    marker = audit.marker("gather")
    assert marker is not None
    assert (marker.inputs, marker.versions) == ({"in": "1"}, VERSIONS)
    assert marker.outputs == {"out.txt": "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e"}
    assert (marker.started_at, marker.finished_at) == ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:01+00:00")


def test_a_stage_that_fails_leaves_nothing_to_read(audit: AuditFolder) -> None:
    def fail(folder: Path) -> None:
        (folder / "half.txt").write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        audit.run_stage("gather", {}, VERSIONS, fail)
    assert not audit.folder("gather").exists()
    with pytest.raises(StoreError, match="has not finished"):
        audit.outputs_digest("gather")
    assert run(audit, "whole", {})
    assert sorted(path.name for path in audit.path.iterdir()) == ["gather", "markers"]


def test_two_processes_never_work_on_one_stage(tmp_path: Path) -> None:
    with locked_folder(tmp_path / "stage"), pytest.raises(StoreError, match="Another process"):
        locked_folder(tmp_path / "stage").__enter__()


def test_a_lock_is_released_and_its_folder_gone(tmp_path: Path) -> None:
    for _ in range(2):
        with locked_folder(tmp_path / "stage") as folder:
            (folder / "left.txt").write_text("left")
    assert list(tmp_path.iterdir()) == []


def test_tables_come_back_as_they_were_written(tmp_path: Path) -> None:
    rows = [{"source_id": "s", "file": "f", "code": "bad-row", "place": "row 1", "detail": "not valid JSON"}]
    table = pa.Table.from_pylist(rows, schema=DEFECTS.schema)
    write_table(tmp_path / "t.parquet", DEFECTS, table, {"seed": "1"})
    assert read_table(tmp_path / "t.parquet").to_pylist() == rows
    assert read_table(tmp_path / "t.parquet").schema.metadata[b"seed"] == b"1"


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([{"source_id": str(i)} for i in range(1000)], schema=DEFECTS.schema)
    write_table(tmp_path / "a.parquet", DEFECTS, table)
    write_table(tmp_path / "b.parquet", DEFECTS, table)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


@pytest.mark.parametrize("audit_id", ["../x", "a/b", "", ".hidden", "x" * 200])
def test_an_id_that_is_no_id_is_refused(tmp_path: Path, audit_id: str) -> None:
    with pytest.raises(StoreError):
        Store(tmp_path).open_audit(audit_id)


def test_an_unknown_audit_is_named_with_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "audits" / "known").mkdir(parents=True)
    write_json(tmp_path / "audits" / "known" / "audit.json", {})
    with pytest.raises(StoreError, match="Known audits: known"):
        Store(tmp_path).open_audit("other")


def test_broken_json_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(StoreError, match="Run the audit again"):
        read_json(tmp_path / "a.json")


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    program = "import sys, pathlib, corpus_audit.store as s; print(s.Store(pathlib.Path(sys.argv[1])).key().hex())"
    command = [sys.executable, "-c", program, str(tmp_path / "store")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    keys = {process.communicate()[0].strip() for process in running}
    assert len(keys) == 1
    assert len(bytes.fromhex(keys.pop())) == 32
    assert stat.S_IMODE((tmp_path / "store" / "key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["key"]


def test_a_folder_with_a_colon_is_a_store(tmp_path: Path) -> None:
    assert Store(tmp_path / "2026: audits").audit_ids() == []
