"""A store in a bucket: what another machine sees of it, and what it never sees. The bucket is a folder of this one."""

import contextlib
import os
import pwd
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.fs as pafs
import pytest

from corpus_audit import audit as audit_dataset
from corpus_audit.corpus.locations.hub import snapshot_folder
from corpus_audit.errors import StoreError
from corpus_audit.guard.environment import worker_environment
from corpus_audit.ledger import open_ledger
from corpus_audit.ledger.attachment import keep_attachment, read_attachment
from corpus_audit.pipeline.garbage import collect_garbage
from corpus_audit.references import ReferenceStore
from corpus_audit.review.web.standalone import create_standalone
from corpus_audit.store import AuditFolder, Store, filesystems, write_json
from corpus_audit.store.bucket import address_of, copy_of, local_path, updating
from corpus_audit.store.bucket.address import Address, parse_address
from corpus_audit.store.bucket.arbiter import Arbiter
from corpus_audit.store.bucket.copies import trim
from corpus_audit.store.bucket.objects import Objects
from corpus_audit.vocabulary import Role

ADDRESS = "s3://bucket/audits"
SOMEWHERE = "postgresql://somewhere/ledger"

Machine = Callable[[str], Path]


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of S3; the lock in PostgreSQL is tested with a server."""
    folder = tmp_path / "s3"
    (folder / "bucket").mkdir(parents=True)
    opened = pafs.SubTreeFileSystem(str(folder), pafs.LocalFileSystem())
    monkeypatch.setitem(filesystems.FILESYSTEMS, "s3", lambda _environ: opened)
    monkeypatch.setenv("CORPUS_AUDIT_DATABASE_URL", SOMEWHERE)
    monkeypatch.setattr(Arbiter, "alone", lambda *_: contextlib.nullcontext())
    return folder / "bucket" / "audits"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Go to a machine of a name: from now on its cache is used; return its copy of the store."""

    def go_to(name: str) -> Path:
        monkeypatch.setenv("CORPUS_AUDIT_CACHE_FOLDER", str(tmp_path / name))
        return Store(Path(ADDRESS)).path

    return go_to


def begin(store: Path) -> AuditFolder:
    audit = AuditFolder(store / "audits" / "d-1")
    with updating(store, "audits/d-1"):
        audit.path.mkdir(parents=True, exist_ok=True)
        write_json(audit.path / "audit.json", {"dataset_id": "d"})
    return audit


def run(audit: AuditFolder, content: str = "rows", stage: str = "measure-00000", minute: int = 0) -> bool:
    """Run a stage that writes two files, one in a folder."""

    def work(folder: Path) -> None:
        (folder / "inner").mkdir()
        for path in (folder / "a.txt", folder / "inner" / "b.txt"):
            path.write_text(content)

    audit.refresh()
    clock = lambda: datetime(2026, 1, 1, 0, minute, tzinfo=UTC)  # noqa: E731
    return audit.run_stage(stage, {"manifest": content}, {"program": "1"}, work, clock)


def contents(audit: AuditFolder, stage: str = "measure-00000") -> set[str]:
    folder = audit.folder(stage)
    return {path.read_text() for path in folder.rglob("*.txt")} if folder.is_dir() else set()


@pytest.mark.parametrize("address", ["s3://bucket/audits", "gs://bucket", "hdfs://host:9000/a", "az://container/a"])
@pytest.mark.parametrize("database", [None, "sqlite:////tmp/ledger"])
def test_a_bucket_without_postgresql_is_refused(
    address: str, database: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CORPUS_AUDIT_CACHE_FOLDER", str(tmp_path / "cache"))
    monkeypatch.delenv("CORPUS_AUDIT_DATABASE_URL", raising=False)
    if database is not None:
        monkeypatch.setenv("CORPUS_AUDIT_DATABASE_URL", database)
    for make in (
        lambda: audit_dataset(tmp_path / "manifest.yaml", address),
        lambda: ReferenceStore(Path(address)),
        lambda: create_standalone(Path(address), "One", Role.STEWARD),
        lambda: open_ledger(local_path(address)),
    ):
        with pytest.raises(StoreError, match="needs a ledger in PostgreSQL that every machine reaches"):
            make()
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


@pytest.mark.skipif("HADOOP_HOME" in os.environ or "ARROW_LIBHDFS_DIR" in os.environ, reason="HDFS may be there")
def test_hdfs_without_its_libraries_is_refused_and_they_are_named() -> None:
    for _ in range(2):  # Arrow says something else the second time
        with pytest.raises(StoreError) as refused:
            Objects(Address("hdfs", "localhost:8020/audits")).list("")
        assert "HDFS needs Java and Hadoop's client on this machine" in str(refused.value)
        assert "was not found" in str(refused.value)
        assert "dlopen" not in str(refused.value)


def test_azure_goes_by_the_names_that_other_programs_use() -> None:
    for scheme in ("az", "abfs", "abfss", "ABFS"):
        assert parse_address(f"{scheme}://container/audits") == Address("az", "container/audits")
    with pytest.raises(StoreError, match="Credentials belong in the environment"):
        parse_address("abfss://container@account.dfs.core.windows.net/audits")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://host/a", "cannot lie at ftp://"),
        ("s3://key:secret@bucket/a", "Credentials belong in the environment"),
        ("s3://bucket/a?key=secret", "Credentials belong in the environment"),
        ("s3://bucket/../other", "name bucket and prefix only"),
    ],
)
def test_an_address_of_no_store_is_refused_without_its_secret(address: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason) as refused:
        Store(Path(address))
    assert "secret" not in str(refused.value)


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    assert Store(Path(f"file://{tmp_path}/a%20b")).path == tmp_path / "a b"


def test_another_machine_reads_what_was_published_and_has_its_own_copy(bucket: Path, machine: Machine) -> None:
    here = begin(machine("here"))
    assert run(here)
    assert address_of(here.path) == "s3://bucket/audits/audits/d-1"
    there = Store(machine("there")).open_audit("d-1")
    assert there.path != here.path
    assert not (there.path / "measure-00000").exists()
    assert contents(there) == {"rows"}
    assert there.marker("measure-00000") == here.marker("measure-00000")
    assert not run(there), "the work is done"
    published = Path(str(bucket.parents[1]) + address_of(there.folder("measure-00000") / "a.txt").removeprefix("s3:/"))
    assert published.read_text() == "rows"
    assert Store(machine("there")).key() == Store(machine("here")).key()


def test_a_writer_that_was_killed_before_its_marker_leaves_nothing_that_is_read(
    bucket: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = begin(machine("here"))
    mirror = copy_of(here.store)
    assert mirror is not None
    with monkeypatch.context() as broken:
        broken.setattr(mirror, "updating", lambda _prefix: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(here, "killed")
    assert list((bucket / "audits" / "d-1" / "measure-00000").rglob("a.txt"))
    there = Store(machine("there")).open_audit("d-1")
    assert there.finished_stages() == []
    assert contents(there) == set()
    assert run(there, "whole")
    assert contents(Store(machine("third")).open_audit("d-1")) == {"whole"}
    late = datetime.now(UTC) + timedelta(days=9)
    found = collect_garbage(machine("third"), clock=lambda: late)
    assert [garbage.size_bytes for garbage in found] == [len("killed") * 2]
    assert contents(Store(machine("fourth")).open_audit("d-1")) == {"whole"}
    for place in ("one", "two"):
        with updating(machine("fourth"), "watched/news.json"):
            (machine("fourth") / "watched").mkdir(exist_ok=True)
            write_json(machine("fourth") / "watched" / "news.json", {"place": place})
    assert len(collect_garbage(machine("third"), clock=lambda: late)) == 1, "a state that another took the place of"
    (head,) = (bucket / "heads" / "watched" / "news.json").iterdir()
    assert "two" in head.read_text()
    assert collect_garbage(machine("third"), clock=lambda: late) == []


def test_two_machines_that_do_the_same_work_agree_on_one_marker(bucket: Path, machine: Machine) -> None:
    here = begin(machine("here"))
    there = Store(machine("there")).open_audit("d-1")
    others = iter([lambda: run_at(machine, "here", here, 1)])

    def work(folder: Path) -> None:
        (folder / "inner").mkdir()
        for path in (folder / "a.txt", folder / "inner" / "b.txt"):
            path.write_text("rows")
        next(others)()
        machine("there")

    clock = lambda: datetime(2026, 1, 1, 0, 2, tzinfo=UTC)  # noqa: E731
    assert there.run_stage("measure-00000", {"manifest": "rows"}, {"program": "1"}, work, clock)
    marker = there.marker("measure-00000")
    assert marker is not None
    assert marker.started_at.endswith("00:01:00+00:00"), "the first that published stays"
    assert list((bucket / "heads/audits/d-1/markers/measure-00000.json").iterdir())[1:] == []
    assert contents(there) == {"rows"}


def run_at(machine: Machine, name: str, audit: AuditFolder, minute: int) -> None:
    machine(name)
    assert run(audit, minute=minute)


def test_a_later_run_with_other_bytes_is_read_whole(bucket: Path, machine: Machine) -> None:
    here = begin(machine("here"))
    run(here, "one")
    there = Store(machine("there")).open_audit("d-1")
    assert contents(there) == {"one"}
    machine("here")
    run(here, "two", minute=5)
    machine("there")
    there.refresh()
    assert contents(there) == {"two"}


def test_what_is_not_what_was_published_is_never_read(bucket: Path, machine: Machine) -> None:
    here = begin(machine("here"))
    run(here)
    (stored,) = bucket.glob("audits/d-1/measure-00000/*/a.txt")
    stored.write_text("sowr")
    marker = here.marker("measure-00000")
    assert marker is not None
    assert list(here.differences("measure-00000", marker)) == []
    found = list(here.differences("measure-00000", marker, stored=True))
    assert found == [f"{address_of(here.folder('measure-00000') / 'a.txt')} was changed."]
    there = Store(machine("there")).open_audit("d-1")
    with pytest.raises(StoreError, match=r"s3://bucket/audits/audits/d-1/measure-00000/\w+/a.txt was changed"):
        there.folder("measure-00000")
    assert contents_of(there.path) == set()


def contents_of(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*.txt")}


def test_a_copy_that_was_changed_is_fetched_anew(bucket: Path, machine: Machine) -> None:
    here = begin(machine("here"))
    run(here)
    (here.path / "measure-00000" / "a.txt").write_text("changed here")
    marker = here.marker("measure-00000")
    assert marker is not None
    assert list(here.differences("measure-00000", marker)) == []
    assert contents(here) == {"rows"}


def test_an_audit_that_another_machine_deleted_is_gone_and_nothing_is_added_to_it(
    bucket: Path, machine: Machine
) -> None:
    here = begin(machine("here"))
    run(here)
    store = machine("there")
    assert Store(store).audit_ids() == ["d-1"]
    mirror = copy_of(store)
    assert mirror is not None
    mirror.delete_audit("d-1")
    assert not list(bucket.rglob("*.txt"))
    machine("here")
    with pytest.raises(StoreError, match="is gone: it was deleted from the store"):
        here.run_stage("gather", {}, {}, lambda _folder: None)
    assert Store(machine("third")).audit_ids() == []


def test_a_copy_keeps_what_was_used_last(bucket: Path, machine: Machine) -> None:
    here = begin(machine("here"))
    for stage in ("measure-00000", "measure-00001", "gather"):
        run(here, stage, stage)
    os.utime(here.path / ".fetched" / "gather", (1, 1))
    os.utime(here.path / ".fetched" / "measure-00001", (2, 2))
    trim(here.store, len("measure-00000") * 2)
    assert {path.name for path in here.path.glob("[!.]*")} == {"markers", "audit.json", "measure-00000"}
    assert contents(here, "gather") == {"gather"}


def test_files_of_a_copy_are_for_their_owner_only(bucket: Path, machine: Machine) -> None:
    run(begin(machine("here")))
    there = Store(machine("there")).open_audit("d-1")
    contents(there)
    assert {path.stat().st_mode & 0o077 for path in (there.store, *there.store.rglob("*"))} == {0}


def test_a_worker_under_guard_asks_nothing_of_the_bucket(
    bucket: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = begin(machine("here"))
    run(here)
    monkeypatch.setenv("CORPUS_AUDIT_GUARDED", "1")
    monkeypatch.delenv("CORPUS_AUDIT_DATABASE_URL")
    assert copy_of(here.store) is None
    assert contents(here) == {"rows"}


def test_the_store_may_have_keys_that_workers_never_get() -> None:
    given = {
        "AWS_ACCESS_KEY_ID": "data",
        "CORPUS_AUDIT_STORE_AWS_ACCESS_KEY_ID": "store",
        "CORPUS_AUDIT_STORE": "s3://b",
    }
    assert filesystems.store_environment(given)["AWS_ACCESS_KEY_ID"] == "store"
    assert worker_environment(given, "s3://data") == {"AWS_ACCESS_KEY_ID": "data"}


def test_an_attachment_is_read_on_another_machine(bucket: Path, machine: Machine) -> None:
    kept = keep_attachment(machine("here"), "contract.pdf", b"signed")
    assert read_attachment(machine("there"), kept) == b"signed"


def test_what_sqlite_writes_beside_a_database_stays_on_its_machine(bucket: Path, machine: Machine) -> None:
    store = machine("one")
    databases = ("ledger.sqlite", "review-index.sqlite")
    written = [store / f"{name}{ending}" for name in databases for ending in ("", "-journal", "-wal", "-shm")]
    for path in written:
        path.write_bytes(b"pages")
    mirror = copy_of(store)
    assert mirror is not None
    mirror.pull("")
    with updating(store, ""):
        pass
    assert [path for path in written if not path.is_file()] == []
    assert not bucket.exists()


def test_a_cleaning_that_broke_off_is_written_again(
    bucket: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleaning = pytest.importorskip("corpus_audit_airflow.cleaning", exc_type=ImportError)
    machine("one")
    cache, target = bucket.parents[2] / "one", bucket.parent / "cleaned"

    def write(folder: Path) -> None:
        assert folder.is_relative_to(cache)
        (folder / "dataset").mkdir(parents=True)
        for name in ("exclusions.parquet", "dataset/a.jsonl", "dataset/manifest.yaml"):
            (folder / name).write_text(name)

    put = Objects._put_file

    def break_off(objects: Objects, path: str, source: Path) -> None:
        if path.endswith("manifest.yaml"):
            raise StoreError("The bucket does not answer.")
        put(objects, path, source)

    with monkeypatch.context() as broken:
        broken.setattr(Objects, "_put_file", break_off)
        with pytest.raises(StoreError, match="does not answer"):
            cleaning.written_to("s3://bucket/cleaned", write)
    assert (target / "dataset" / "a.jsonl").is_file()
    assert cleaning.written_to("s3://bucket/cleaned", write) == "s3://bucket/cleaned/dataset/manifest.yaml"
    with pytest.raises(StoreError, match=r"manifest\.yaml is there already"):
        cleaning.written_to("s3://bucket/cleaned", write)
    (target / "dataset" / "manifest.yaml").rename(target / "notes.txt")
    with pytest.raises(StoreError, match=r"notes\.txt is there already"):
        cleaning.written_to("s3://bucket/cleaned", write)
    assert not [path for path in cache.iterdir() if path.name.startswith(".cleaned-")]


def test_a_user_without_a_home_has_stores_on_disk_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CACHE_HOME", "HOME", "HF_HOME", "HF_HUB_CACHE", "CORPUS_AUDIT_CACHE_FOLDER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    assert run(begin(Store(tmp_path).path))
    assert address_of(tmp_path) == str(tmp_path)
    for refused in (lambda: local_path(ADDRESS), lambda: snapshot_folder("hf://datasets/owner/name")):
        with pytest.raises(StoreError, match="no home folder"):
            refused()
