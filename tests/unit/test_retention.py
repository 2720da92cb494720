"""Audits are deleted with a record of it, and what nothing refers to is removed, while other audits run."""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus_audit import pipeline
from corpus_audit.errors import DecisionError, StoreError
from corpus_audit.ledger import Decision, Ledger, approval_of, open_ledger
from corpus_audit.pipeline.garbage import Garbage, collect_garbage
from corpus_audit.pipeline.receiving import Documents
from corpus_audit.pipeline.retention import delete_audit
from corpus_audit.store import AuditFolder, in_use, locked_folder, write_json
from corpus_audit.store.bundles import bundle_path
from corpus_audit.vocabulary import ApprovalState, DecisionAction, DecisionScope, GarbageKind, Role

LATER = datetime.now(UTC) + timedelta(days=30)


def audited(folder: Path, dataset: str, version: str = "1") -> AuditFolder:
    """Return an audit of one text that every dataset of these tests has, up to its comparison with others."""
    root = folder / dataset
    root.mkdir(exist_ok=True)
    (root / "a.txt").write_text(f"A text that every dataset has, in version {version}.")
    (root / "manifest.yaml").write_text(
        f"manifest_version: '1'\ndataset: {{id: {dataset}, version: '{version}'}}\n"
        f"sources:\n- {{id: texts, files: [{{path: a.txt}}]}}\n"
    )
    audit = pipeline.ingest(root / "manifest.yaml", folder / "store")
    for shard in pipeline.shard_numbers(audit):
        pipeline.measure(audit, shard)
    for stage in (pipeline.deduplicate, pipeline.compare):
        stage(audit)
    return audit


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "store", environ={})


def names(garbage: list[Garbage]) -> list[tuple[GarbageKind, str]]:
    return [(found.kind, found.path.name) for found in garbage]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_audit_is_deleted_once_the_ledger_says_so(tmp_path: Path, ledger: Ledger) -> None:
    first, second = audited(tmp_path, "first"), audited(tmp_path, "second")
    with pytest.raises(StoreError, match=f"Compared with it: {second.audit_id}") as refused:
        delete_audit(ledger, first, "The contract ended.", "A. Keeper")
    assert "--even-if-compared" in str(refused.value)
    with pytest.raises(DecisionError, match="A reason is required"):
        delete_audit(ledger, first, " ", "A. Keeper", even_if_compared=True)
    with in_use(first.path), pytest.raises(StoreError, match="Another process is working"):
        delete_audit(ledger, first, "The contract ended.", "A. Keeper", even_if_compared=True)
    assert first.path.is_dir()
    assert ledger.entries() == []

    deleted = delete_audit(ledger, first, "The contract ended.", "A. Keeper", even_if_compared=True)
    assert not first.path.exists()
    assert not list((tmp_path / "store").glob(".deleted-*"))
    (entry,) = ledger.entries()
    assert (entry.action, entry.audit_id, entry.author) == ("delete", first.audit_id, "A. Keeper")
    assert deleted.losses[0].startswith(f"Compared with it: {second.audit_id}")
    assert "Later audits are not compared with it" in deleted.losses[1]

    before = files_of(second.folder("compare"))
    pipeline.compare(second)  # what was compared stays
    assert files_of(second.folder("compare")) == before
    (second.path / "markers" / "compare.json").unlink()
    with pytest.raises(StoreError, match="is gone from"):
        pipeline.compare(second)
    with pytest.raises(StoreError, match="is gone"):
        pipeline.deduplicate(first)
    assert not first.path.exists()
    assert audited(tmp_path, "first").audit_id == first.audit_id


def test_approvals_do_not_outlive_a_deletion(ledger: Ledger) -> None:
    def record(action: DecisionAction, role: Role) -> None:
        about = {"scope": DecisionScope.AUDIT, "dataset_id": "d", "audit_id": "a", "evidence_sha256": "r"}
        ledger.append([Decision(action, reason="Seen.", author="A. Person", role=role, **about)])

    def state() -> ApprovalState:
        return approval_of("a", "r", ledger.entries(), "2026-01-01T00:00:00+00:00").state

    record(DecisionAction.APPROVE, Role.STEWARD)
    assert state() is ApprovalState.APPROVED
    record(DecisionAction.DELETE, Role.ADMIN)
    assert state() is ApprovalState.NONE
    with pytest.raises(DecisionError, match="it takes admin"):
        record(DecisionAction.DELETE, Role.STEWARD)


def test_an_audit_with_a_bundle_asks_for_more(tmp_path: Path, ledger: Ledger) -> None:
    audit = audited(tmp_path, "first")
    bundle = bundle_path(audit)
    bundle.parent.mkdir()
    bundle.write_bytes(b"signed")
    with pytest.raises(StoreError, match="--even-if-approved"):
        delete_audit(ledger, audit, "The contract ended.", "A. Keeper", even_if_compared=True)
    assert delete_audit(ledger, audit, "The contract ended.", "A. Keeper", even_if_approved=True).bundles == 1
    assert not bundle.exists()


def test_what_nothing_refers_to_is_found_and_removed(tmp_path: Path) -> None:
    store = tmp_path / "store"
    kept = audited(tmp_path, "kept")
    copies = {name: Documents("m.yaml", {"m.yaml": name.encode()}).keep(store) for name in ("run", "waiting", "loose")}
    write_json(kept.path / "run.json", {"manifest": f"/elsewhere/received/{copies['run'].parent.name}/m.yaml"})
    (store / "watched").mkdir()
    write_json(store / "watched" / "place.json", {"waiting": [{"manifest": str(copies["waiting"])}]})
    write_json(store / "measured" / "hint.json", {})
    gone = store / "measured" / "ab" / "gone.json"
    gone.parent.mkdir(exist_ok=True)
    write_json(gone, {"audit": "of-another", "stage": "measure-00000"})
    for left in (store / ".staging-0", kept.path / ".partial-gather", store / ".deleted-0"):
        left.mkdir()
        (left / "half.txt").write_text("half")
    (kept.path / "markers" / ".partial-gather.json").write_text("{")
    expected = [
        (GarbageKind.MEASURED, "gone.json"),
        (GarbageKind.UNFINISHED, ".deleted-0"),
        (GarbageKind.UNFINISHED, ".staging-0"),
        (GarbageKind.UNFINISHED, ".partial-gather"),
        (GarbageKind.UNFINISHED, ".partial-gather.json"),
        (GarbageKind.RECEIVED, copies["loose"].parent.name),
    ]
    before = files_of(store)
    assert sorted(names(collect_garbage(store, clock=lambda: LATER, dry_run=True))) == sorted(expected)
    assert files_of(store) == before
    assert names(collect_garbage(store)) == [(GarbageKind.MEASURED, "gone.json")], "the others may still be used"
    with locked_folder(store / ".staging-0"):
        held_back = [name for _kind, name in names(collect_garbage(store, clock=lambda: LATER))]
    assert ".staging-0" not in held_back
    assert len(held_back) == 4
    assert names(collect_garbage(store, clock=lambda: LATER)) == []
    assert all(copies[name].is_file() for name in ("run", "waiting"))


def test_a_copy_that_is_asked_for_again_is_no_old_one(tmp_path: Path) -> None:
    documents = Documents("m.yaml", {"m.yaml": b"a"})
    copy = documents.keep(tmp_path)
    os.utime(copy.parent, (0, 0))
    assert len(collect_garbage(tmp_path, dry_run=True)) == 1
    documents.keep(tmp_path)
    assert collect_garbage(tmp_path) == []


def test_garbage_is_collected_while_an_audit_runs(tmp_path: Path) -> None:
    (tmp_path / "quiet").mkdir()
    quiet = audited(tmp_path / "quiet", "dataset")
    ended, rounds = threading.Event(), 0
    failures: list[BaseException] = []

    def collect() -> None:
        nonlocal rounds
        try:
            while not ended.is_set():
                collect_garbage(tmp_path / "busy" / "store", days=0)
                rounds += 1
                time.sleep(0.002)
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    collector = threading.Thread(target=collect)
    (tmp_path / "busy").mkdir()
    collector.start()
    try:
        busy = audited(tmp_path / "busy", "dataset")
        for number in range(60):
            with locked_folder(tmp_path / "busy" / "store" / f".staging-{number % 3}") as folder:
                (folder / "written.txt").write_text("whole")
                assert (folder / "written.txt").read_text() == "whole"
    finally:
        ended.set()
        collector.join()
    assert not failures
    assert rounds > 10
    assert busy.audit_id == quiet.audit_id
    for stage in ("deduplicate", "compare"):
        assert files_of(busy.folder(stage)) == files_of(quiet.folder(stage))
