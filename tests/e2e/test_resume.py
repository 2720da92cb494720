"""The same inputs give the same bytes, also when a run was killed on the way."""

import hashlib
import signal
from pathlib import Path

import pytest

import preloaded
from corpus_audit import audit
from corpus_audit.lineage import EVENTS_FILE
from corpus_audit.store import read_json
from e2e.killed_audit import killed_audit
from e2e.small_corpus import standing_clock, write_corpus

STAGES = ("ingest", "measure-00000", "person_names", "deduplicate", "compare", "gather", "evaluate", "report")
_ALSO_AFTER = ("ingest", "measure-00000")
"""Between publishing and the marker all stages run the same code, but the first has no folder of its own yet."""
KILLED = [
    (stage, moment) for stage in STAGES for moment in ("during", "after") if moment == "during" or stage in _ALSO_AFTER
]
CLOCK_FIELDS = ("started_at", "finished_at")


def contents(store: Path) -> dict[str, str]:
    """Return the sha256 of every file in a store, with clock fields of JSON taken out.

    The key is the store's own, and lineage tells of runs.
    """
    found = {}
    for path in sorted(p for p in store.rglob("*") if p.is_file()):
        name = path.relative_to(store).as_posix()
        if name in ("key", EVENTS_FILE) or name.endswith("run.json"):
            continue
        if path.suffix == ".json" and isinstance(value := read_json(path), dict):
            found[name] = repr({k: v for k, v in value.items() if k not in CLOCK_FIELDS})
        else:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The store of a run that nothing disturbed, made from an equal corpus in another place."""
    folder = tmp_path_factory.mktemp("undisturbed")
    give_key(folder / "store")
    audit(write_corpus(folder / "corpus"), folder / "store", workers=1, clock=standing_clock)
    return contents(folder / "store")


def give_key(store: Path) -> None:
    """Personal values are hashed with the store's own key: stores that are to be compared need the same one."""
    store.mkdir()
    (store / "key").write_bytes(bytes(32))


def test_an_audit_killed_in_every_stage_ends_with_the_same_bytes(
    manifest: Path, tmp_path: Path, undisturbed: dict[str, str]
) -> None:
    store = tmp_path / "store"
    give_key(store)
    for stage, moment in KILLED:
        killed = preloaded.start(killed_audit, manifest, store, stage, moment)
        _, said = killed.communicate(timeout=300)
        assert killed.returncode == -signal.SIGKILL, (stage, moment, said)
    audit(manifest, store, workers=1, clock=standing_clock)
    assert contents(store) == undisturbed
    assert not list(store.rglob(".*"))


def test_two_workers_give_the_same_bytes_as_one(
    manifest: Path, tmp_path: Path, undisturbed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORPUS_AUDIT_SHARD_BYTES", "2000")
    give_key(tmp_path / "store")
    finished = audit(manifest, tmp_path / "store", workers=2)
    shards = [path for path in finished.folder.path.iterdir() if path.name.startswith("measure-")]
    assert len(shards) > 1
    whole = {name: digest for name, digest in contents(tmp_path / "store").items() if "/deduplicate/" in name}
    assert whole
    assert whole.items() <= undisturbed.items()


def test_an_audit_is_run_again_only_where_a_file_changed(manifest: Path, tmp_path: Path) -> None:
    first = audit(manifest, tmp_path / "store", workers=1)
    before = {path: path.stat().st_mtime_ns for path in first.folder.path.rglob("*.parquet")}
    assert audit(manifest, tmp_path / "store", workers=1).folder == first.folder
    assert {path: path.stat().st_mtime_ns for path in first.folder.path.rglob("*.parquet")} == before
    (manifest.parent / "open" / "b.txt").write_text("another text")
    changed = audit(manifest, tmp_path / "store", workers=1)
    assert first.folder.path != changed.folder.path
    assert first.report.is_file()
    assert [row for row in changed.findings.to_pylist() if "open/b.txt" in row["subject"]]
