"""Where data may lie: what a root can name, what of the web may be opened, and how a hub's snapshot is found."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.locations import Location, open_location
from corpus_audit.corpus.locations.base import LocationError
from corpus_audit.corpus.locations.hub import snapshot_folder
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import read_records
from corpus_audit.corpus.resolve import Resolution, resolve_files
from corpus_audit.errors import RefusedPathError, StoreError
from corpus_audit.manifest.claims import claim_tables
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.model import Manifest

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Handler(BaseHTTPRequestHandler):
    """Serves the files of a folder by byte ranges; some paths misbehave."""

    folder: Path
    asked: list[str]

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def answer(self, with_body: bool) -> None:
        self.asked.append(f"{self.command} {self.path} {self.headers.get('Range', '')}".strip())
        name = self.path.removeprefix("/data/").replace("%20", " ")
        if name == "elsewhere.txt":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest")
            self.end_headers()
            return
        if name == "locked.txt":
            self.send_error(403)
            return
        path = self.folder / name
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        if not with_body:
            self.send_response(200)
            if name != "endless.txt":
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            return
        first, last = self.headers["Range"].removeprefix("bytes=").split("-")
        part = content[int(first) : int(last) + 1]
        self.send_response(200 if name == "whole.txt" else 206)
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    (tmp_path / "data").mkdir()
    asked: list[str] = []
    handler = type("_Handler", (Handler,), {"folder": tmp_path / "data", "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/data", asked
        server.shutdown()
        thread.join()


def resolved(location: Location, files: list[dict[str, object]], folders: list[str] | None = None) -> Resolution:
    source = {"id": "s", "files": files, "folders": folders or []}
    tree = {"manifest_version": "1", "dataset": {"id": "d"}, "sources": [source]}
    claims = claim_tables(Manifest.model_validate(tree))
    return resolve_files(
        location,
        claims.files,
        claims.folders,
        part_bytes=1 << 20,
        threads=4,
        advance=lambda _: None,
    )


def test_files_of_an_allowed_server_are_read_by_ranges(web: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = web
    data = tmp_path / "data"
    pq.write_table(pa.table({"text": [f"row {n}" for n in range(1000)]}), data / "rows.parquet", row_group_size=100)
    (data / "a b.txt").write_text("words")
    location = open_location(address, f"https://example.org {address}/")
    sha256 = hashlib.sha256((data / "rows.parquet").read_bytes()).hexdigest()
    found = resolved(
        location,
        [
            {"path": "rows.parquet", "sha256": sha256, "fields": {"text": "text"}},
            {"path": "a b.txt"},
            {"path": "no.txt"},
        ],
    )
    states = {row["file"]: row["state"] for row in found.files.to_pylist()}
    assert states == {"rows.parquet": "verified", "a b.txt": "no-checksum", "no.txt": "missing"}
    readable = found.files.filter(pc.is_valid(found.files["observed_sha256"]))
    pieces = list(read_records(location, readable, 1 << 20))
    assert not [piece for piece in pieces if isinstance(piece, Defect)]
    assert sum(piece.num_rows for piece in pieces if not isinstance(piece, Defect)) == 1001
    assert any("bytes=" in line for line in asked)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("elsewhere.txt", "refused"),
        ("locked.txt", "access is denied"),
        ("endless.txt", "the server does not tell its size"),
        ("whole.txt", "the server answers 200"),
    ],
)
def test_what_a_server_does_not_do_right_is_a_defect(
    name: str, told: str, web: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, asked = web
    (tmp_path / "data" / name).write_text("words")
    found = resolved(open_location(address, address), [{"path": name}])
    (row,), (defect,) = found.files.to_pylist(), found.defects.to_pylist()
    assert told in (row["state"], defect["detail"])
    assert not [line for line in asked if "169.254" in line]


def test_a_folder_of_the_web_that_cannot_be_listed_is_told(web: tuple[str, list[str]]) -> None:
    found = resolved(open_location(web[0], web[0]), [], ["sub"])
    (defect,) = found.defects.to_pylist()
    assert (defect["file"], defect["code"]) == ("sub", "file-unreadable")
    with pytest.raises(LocationError):
        list(open_location(web[0], web[0]).walk("."))


@pytest.mark.parametrize(
    ("root", "allowed"),
    [
        ("https://example.org/a", ""),
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/ab", "https://example.org/a"),
        ("https://example.org/a/../b", "https://example.org/a"),
        ("https://example.org/a/%2e%2e/b", "https://example.org/a"),
        ("https://example.org.evil.net/", "https://example.org"),
        ("https://example.org:8443/", "https://example.org"),
        ("http://example.org/", "https://example.org"),
        ("https://evil@example.org/", "https://example.org"),
        ("https://example.org@evil.net/", "https://example.org"),
        ("https://example.org/?x", "https://example.org"),
        ("https://example.org:port/", "https://example.org"),
        ("https://", "https://"),
        ("file:///etc", "file:///etc"),
        ("javascript://x/%0aalert(1)", "javascript://x"),
        ("gopher://example.org/", "gopher://example.org"),
    ],
)
def test_no_other_address_is_opened(root: str, allowed: str) -> None:
    with pytest.raises(StoreError):
        open_location(root, allowed)


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "http://other/x", ""])
def test_no_path_leaves_an_address(path: str) -> None:
    with pytest.raises(RefusedPathError):
        open_location("https://example.org/a", "https://example.org/").find(path)


def write_snapshot(home: Path) -> Path:
    """Write a repository as the hub's client does: links to blobs that are called by their sha256."""
    repository = home / "hub" / "datasets--harbour--notes"
    snapshot = repository / "snapshots" / COMMIT
    for folder in ("blobs", "refs", f"snapshots/{COMMIT}/data"):
        (repository / folder).mkdir(parents=True)
    (repository / "refs" / "main").write_text(COMMIT)
    card = "---\nlicense: mit\nlanguage: en\n---\n"
    for name, content in {"README.md": card, "data/train.jsonl": '{"text": "a"}\n'}.items():
        blob = repository / "blobs" / hashlib.sha256(content.encode()).hexdigest()
        blob.write_text(content)
        depth = "../" * (name.count("/") + 2)
        (snapshot / name).symlink_to(f"{depth}blobs/{blob.name}")
    return snapshot


@pytest.mark.parametrize("address", ["hf://datasets/harbour/notes", f"hf://datasets/harbour/notes@{COMMIT}/"])
def test_a_snapshot_of_the_hub_is_found_on_disk(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = write_snapshot(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    location = open_location(address)
    assert location == LocalFolder(snapshot)
    loaded = load_manifest(snapshot)
    assert (loaded.manifest.dataset.id, loaded.manifest.dataset.version) == ("harbour--notes", COMMIT)
    (file,) = loaded.manifest.sources[0].files
    found = resolved(location, [{"path": file.path, "sha256": file.sha256}])
    assert found.files["state"].to_pylist() == ["verified"]


def test_a_snapshot_leads_nowhere_but_to_its_own_repository(tmp_path: Path) -> None:
    snapshot = write_snapshot(tmp_path)
    (tmp_path / "hub" / "secret").write_text("x")
    (snapshot / "away").symlink_to("../../../secret")
    with pytest.raises(RefusedPathError):
        LocalFolder(snapshot).find("away")


@pytest.mark.parametrize(
    "address",
    [
        "hf://datasets/harbour/absent",
        "hf://datasets/harbour/notes@nowhere",
        "hf://datasets/harbour",
        "hf://datasets/../../etc",
        "hf://models/a/b",
        "hf://datasets/harbour/notes@../../x",
    ],
)
def test_a_snapshot_that_is_not_there_is_told(address: str, tmp_path: Path) -> None:
    write_snapshot(tmp_path)
    with pytest.raises(StoreError):
        snapshot_folder(address, {"HF_HOME": str(tmp_path)})


@pytest.mark.parametrize("inside", ["missing", "README.md"])
def test_what_is_no_folder_of_a_snapshot_is_no_root(
    inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_snapshot(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    with pytest.raises(StoreError, match="is not a folder"):
        open_location(f"hf://datasets/harbour/notes/{inside}")
