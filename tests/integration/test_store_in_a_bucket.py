"""A whole audit in a bucket of each provider, by processes that share nothing but the bucket and PostgreSQL.

Each machine is a process with a home, a cache of stores, a folder for temporary files and a working folder of its own.
"""

import hashlib
import os
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from compiled_before import compiled_before
from corpus_audit import audit as audit_dataset
from corpus_audit.export.bundle.keys import create_keys
from corpus_audit.store import Store
from corpus_audit.store.bucket.address import Address
from corpus_audit.store.bucket.heads import Head, current_heads, parse_heads
from corpus_audit.store.bucket.objects import Objects
from e2e.small_corpus import write_corpus
from integration.object_store import BUCKET
from integration.providers import PROVIDERS, Provider
from integration.review_client import ReviewClient
from preloaded import Process, command_line, start

pytestmark = pytest.mark.slow

KEY = b"k" * 32
WITHIN = 900


@dataclass(frozen=True)
class Machine:
    """One machine: it finds the bucket, the database, and nothing of another machine."""

    folder: Path
    variables: Mapping[str, str]

    def start(self, *command: str) -> Process:
        for name in ("home", "tmp", "work"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        kept = {"PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH", "NUMBA_CACHE_DIR"}
        environment = {name: value for name, value in os.environ.items() if name in kept} | dict(self.variables)
        environment |= {"HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp")} | compiled_before()
        environment |= {"CORPUS_AUDIT_CACHE_FOLDER": str(self.folder / "home")}
        return start(command_line, *command, folder=self.folder / "work", environment=environment)

    def run(self, *command: str, code: int = 0) -> str:
        process = self.start(*command)
        told = said_by(process)
        assert process.returncode == code, told
        return told


def said_by(process: Process) -> str:
    """Wait for the end of a process, and return what it printed."""
    return b"".join(process.communicate(WITHIN)).decode()


@dataclass(frozen=True)
class Site:
    """A corpus that machines reach, a bucket's prefix, and the audit of the corpus in a folder, with the same key."""

    provider: Provider
    folder: Path
    variables: Mapping[str, str]
    manifest: Path
    reference: Mapping[str, str]
    audit_id: str

    def machine(self, name: str) -> Machine:
        return Machine(self.folder / name, self.variables)

    def begin(self, prefix: str) -> tuple[str, Objects]:
        """Return the address of a new store whose key is known, and its objects."""
        address = Address(self.provider.scheme, f"{BUCKET}/{prefix}")
        objects = Objects(address)
        objects.put(Head(1, hashlib.sha256(KEY).hexdigest(), "key").object_path, KEY)
        return str(address), objects


@pytest.fixture(scope="module", params=PROVIDERS)
def site(request: pytest.FixtureRequest, postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    provider = PROVIDERS[request.param]
    running = provider.running(tmp_path_factory.mktemp("server"))
    folder = tmp_path_factory.mktemp("site")
    manifest = write_corpus(folder / "corpus")
    (folder / "store").mkdir()
    (folder / "store" / "key").write_bytes(KEY)
    audited = audit_dataset(manifest, folder / "store", workers=1).folder
    tables = {
        path.relative_to(audited.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in audited.path.rglob("*.parquet")
    }
    with (
        running as found,
        pytest.MonkeyPatch.context() as patch,
    ):
        variables = {**found, "CORPUS_AUDIT_DATABASE_URL": postgresql}
        for name, value in variables.items():
            patch.setenv(name, value)
        yield Site(provider, folder, variables, manifest, tables, audited.audit_id)


def tables_in(objects: Objects) -> dict[str, str]:
    """Return the sha256 of every table that a marker leads to, by stage and name."""
    markers = {
        (head.path.split("/")[1], Path(head.path).stem, head.sha256)
        for head in current_heads(parse_heads(objects.list("heads/audits"))).values()
        if "/markers/" in head.path
    }
    found = {}
    for path in objects.list("audits"):
        _, audit, stage, run, *inside = path.split("/")
        if (audit, stage, run) in markers and path.endswith(".parquet"):
            found["/".join((stage, *inside))] = objects.sha256(path)
    return found


def test_one_machine_audits_and_others_report_decide_verify_and_delete(site: Site) -> None:
    store, objects = site.begin("whole")
    said = site.machine("one").run("audit", str(site.manifest), "--store", store, "--workers", "2", code=1)
    assert site.audit_id in said
    assert tables_in(objects) == site.reference

    other = site.machine("two")
    assert "This dataset fails" in other.run("report", site.audit_id, "--store", store, code=1)
    assert "1 audits, each file as its stage left it." in other.run("store", "verify", "--store", store)
    other.run("export", site.audit_id, "--store", store, "--to", "sarif", "--output", "exports")
    assert list((other.folder / "work" / "exports").iterdir())
    create_keys(other.folder / "key.pem")
    key = ("--key", str(other.folder / "key.pem"))
    other.run("bundle", site.audit_id, "--store", store, *key, "--output", "a.zip")
    other.run("verify", "a.zip", "--public-key", str(other.folder / "key.pem.pub"))
    deciding = ("--action", "reject", "--reason", "The terms conflict.", "--author", "One")
    other.run("ledger", "decide", site.audit_id, "--store", store, *deciding)
    told = site.machine("three").run("ledger", "list", "--store", store)
    assert "reject" in told

    (stored,) = (path for path in objects.list("audits") if "/gather/" in path and path.endswith("/sources.parquet"))
    content = objects.get(stored, objects.sha256(stored))
    objects.put(stored, content[:-1] + b"x")
    assert f"{store}/{stored} was changed" in site.machine("three").run("store", "verify", "--store", store, code=1)
    objects.put(stored, content)

    deleting = ("store", "delete", site.audit_id, "--store", store, "--reason", "No.", "--author", "One")
    site.machine("three").run(*deleting)
    assert "There is no audit" in site.machine("one").run("report", site.audit_id, "--store", store, code=2)
    assert [path for path in objects.list("") if site.audit_id in path] == []
    assert not leaks(site.folder, site.provider.secret)


def leaks(folder: Path, secret: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


def test_a_machine_that_is_killed_leaves_nothing_that_is_read(site: Site) -> None:
    store, objects = site.begin("killed")
    command = ("audit", str(site.manifest), "--store", store, "--workers", "1")
    process = site.machine("killed").start(*command)
    until = time.monotonic() + WITHIN
    while not any("/markers/person_names.json/" in path for path in objects.list("heads/audits")):
        assert process.poll() is None, said_by(process)
        assert time.monotonic() < until
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert site.audit_id in site.machine("heir").run(*command, code=1)
    assert tables_in(objects) == site.reference
    assert "each file as its stage left it" in site.machine("heir").run("store", "verify", "--store", store)


def test_two_machines_at_once_end_with_one_audit_that_a_third_shows(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, objects = site.begin("twice")
    command = ("audit", str(site.manifest), "--store", store, "--workers", "1")
    running = [site.machine(name).start(*command) for name in ("left", "right")]
    for process in running:
        told = said_by(process)
        assert process.returncode == 1, told
    assert tables_in(objects) == site.reference
    heads = [head for head in parse_heads(objects.list("heads/audits")) if "/markers/" in head.path]
    assert len(heads) == len({head.path for head in heads}), "each stage has one marker"
    assert "each file as its stage left it" in site.machine("left").run("store", "verify", "--store", store)

    monkeypatch.setenv("CORPUS_AUDIT_CACHE_FOLDER", str(tmp_path))
    pages = ReviewClient(Store(Path(store)).path)
    assert site.audit_id in pages.get("steward", "/").text
    assert pages.get("steward", f"/audits/{site.audit_id}").status_code == 200
