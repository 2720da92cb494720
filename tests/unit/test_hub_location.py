"""A dataset read on a hub: by the hub's API, served on this machine."""

import hashlib
import io
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from corpus_audit.cli import app
from corpus_audit.corpus.locations import open_location
from corpus_audit.corpus.locations.base import LocationError
from corpus_audit.errors import ManifestError, RefusedPathError, StoreError
from corpus_audit.manifest.load import load_manifest
from corpus_audit.pipeline import remote_draft
from corpus_audit.pipeline.intake import folder_described
from corpus_audit.pipeline.receiving import receive
from corpus_audit.pipeline.remote_draft import draft_of_address

FIRST, SECOND = "0123456789abcdef0123456789abcdef01234567", "f" * 40
DATASET = "hf://datasets/harbour/notes"
ALLOWED = "hf://datasets/harbour"
CARD = """---
pretty_name: Notes of the harbour
license: cc-by-4.0
language: [en]
configs:
- config_name: default
  data_files: [{split: train, path: data/*.parquet}]
---
"""


def parquet(texts: list[str]) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), content)
    return content.getvalue()


FILES = {
    "README.md": CARD.encode(),
    "LICENSE": b"Attribution.",
    "data/0.parquet": parquet([f"A note of the harbour, number {n}." for n in range(50)]),
    "data/1.parquet": parquet(["Another one."]),
}


class Hub(BaseHTTPRequestHandler):
    """Answers as a hub does: revisions, trees, paths and byte ranges of the files of two commits."""

    protocol_version = "HTTP/1.1"
    asked: list[str]
    main: list[str]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.asked.append(f"{self.command} {path} {self.headers.get('Range', '')}".strip())
        found = re.fullmatch(r"/api/datasets/harbour/(\w+)/revision/(\w+)|/api/datasets/harbour/(\w+)", path)
        if found:
            return self._info(found[1] or found[3], found[2] or "main")
        found = re.fullmatch(r"/api/datasets/harbour/notes/tree/(\w+)/?(.*)", path)
        if found:
            return self._tree(found[2])
        found = re.fullmatch(r"/datasets/harbour/notes/resolve/(\w+)/(.+)", path)
        if found and found[2] in FILES:
            return self._content(FILES[found[2]])
        return self._json({"error": "Entry not found"}, 404, {"X-Error-Code": "EntryNotFound"})

    def _info(self, name: str, revision: str) -> None:
        if name != "notes":
            return self._json({"error": "Repository not found"}, 401, {"X-Error-Code": "RepoNotFound"})
        commit = {"main": self.main[0]}.get(revision, revision)
        if commit not in (FIRST, SECOND):
            return self._json({"error": "Revision not found"}, 404, {"X-Error-Code": "RevisionNotFound"})
        return self._json({"id": "harbour/notes", "sha": commit, "private": False, "tags": [], "siblings": []})

    def _tree(self, folder: str) -> None:
        entries = [
            {"type": "file", "path": path, "size": len(content), "oid": hashlib.sha1(content).hexdigest()}
            for path, content in FILES.items()
        ]
        for entry in entries:
            if entry["path"] == "data/0.parquet":
                content = FILES["data/0.parquet"]
                entry["lfs"] = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 130}
        entries.append({"type": "directory", "path": "data", "size": 0, "oid": "d" * 40})
        is_recursive = "recursive=true" in self.path.lower()
        prefix = f"{folder}/" if folder else ""
        found = [
            entry
            for entry in entries
            if str(entry["path"]).startswith(prefix) and (is_recursive or "/" not in str(entry["path"])[len(prefix) :])
        ]
        return self._json(found)

    def _content(self, content: bytes) -> None:
        first, last = 0, len(content) - 1
        if asked := self.headers.get("Range"):
            first, last = (int(number) for number in asked.removeprefix("bytes=").split("-"))
        self._send(206 if asked else 200, content[first : last + 1], {"ETag": '"x"', "X-Repo-Commit": self.main[0]})

    def _json(self, value: object, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(value).encode(), {"Content-Type": "application/json"} | (headers or {}))

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    asked: list[str] = []
    main = [FIRST]
    handler = type("_Hub", (Hub,), {"asked": asked, "main": main})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
        monkeypatch.delenv("HF_HUB_CACHE", raising=False)
        yield SimpleNamespace(asked=asked, main=main)
        server.shutdown()
        thread.join()


def test_a_dataset_is_pinned_to_its_commit_and_read_by_ranges(hub: SimpleNamespace) -> None:
    location = open_location(DATASET, ALLOWED)
    assert location.address == f"{DATASET}@{FIRST}"
    hub.main[0] = SECOND
    assert [found.path for found in location.walk(".")] == sorted(FILES)
    assert [found.path for found in location.walk("data")] == ["data/0.parquet", "data/1.parquet"]
    file = location.find("data/0.parquet")
    content = FILES["data/0.parquet"]
    assert file.size_bytes == len(content)
    with file.stream(4, 10) as stream:
        assert stream.read() == content[4:14]
    assert pq.read_table(file.seekable())["text"][7].as_py() == "A note of the harbour, number 7."
    assert not any(SECOND in asked for asked in hub.asked)
    assert open_location(f"{DATASET}@main/data/", ALLOWED).address == f"{DATASET}@{SECOND}/data"


def test_what_is_not_there_or_leaves_the_dataset_is_no_file(hub: SimpleNamespace) -> None:
    location = open_location(DATASET, ALLOWED)
    for path in ("absent.txt", "data/absent.txt"):
        with pytest.raises(FileNotFoundError):
            location.find(path)
    with pytest.raises(LocationError, match="not a regular file"):
        location.find("data")
    with pytest.raises(RefusedPathError):
        location.find("../other/README.md")


@pytest.mark.parametrize("allowed", ["", "https://huggingface.co", "hf://datasets/harb", f"{DATASET}s"])
def test_no_dataset_is_read_that_no_operator_named(hub: SimpleNamespace, allowed: str) -> None:
    with pytest.raises(StoreError, match="CORPUS_AUDIT_ALLOWED_URLS"):
        open_location(DATASET, allowed)
    assert hub.asked == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("hf://datasets/harbour/absent", "not there, or HF_TOKEN may not read it"),
        (f"{DATASET}@nowhere", "no such revision"),
    ],
)
def test_what_the_hub_does_not_have_is_said(hub: SimpleNamespace, address: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason):
        open_location(address, "hf://datasets/harbour/")


def test_the_card_becomes_a_manifest_with_the_commit_as_its_version(hub: SimpleNamespace, tmp_path: Path) -> None:
    copy, root = receive(DATASET, tmp_path, ALLOWED)
    assert root == f"{DATASET}@{FIRST}"
    location = open_location(root, ALLOWED)
    manifest = load_manifest(copy, folder_described(location)).manifest
    assert (manifest.dataset.title, manifest.dataset.version) == ("Notes of the harbour", FIRST)
    (source,) = manifest.sources
    assert {file.path: file.split for file in source.files} == {
        "data/0.parquet": "train",
        "data/1.parquet": "train",
        "LICENSE": None,
    }
    with pytest.raises(ManifestError, match="not there"):
        receive(f"{DATASET}/absent.yaml", tmp_path, ALLOWED)


def test_a_manifest_is_drafted_from_a_card(
    hub: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "manifest.yaml"
    refused = CliRunner().invoke(app, ["manifest", "init", DATASET, "-o", str(output)])
    assert "CORPUS_AUDIT_ALLOWED_URLS" in str(refused.exception)
    assert hub.asked == []
    monkeypatch.setenv("CORPUS_AUDIT_ALLOWED_URLS", ALLOWED)
    drafted = CliRunner().invoke(app, ["manifest", "init", f"{DATASET}@main", "-o", str(output)])
    assert drafted.exception is None
    assert f"audit it with --root {DATASET}@{FIRST}" in drafted.output
    manifest = load_manifest(output).manifest
    assert (manifest.dataset.title, manifest.dataset.version) == ("Notes of the harbour", FIRST)
    (source,) = manifest.sources
    assert {file.path: (file.size_bytes, file.sha256, file.split) for file in source.files} == {
        path: (len(FILES[path]), hashlib.sha256(FILES[path]).hexdigest(), split)
        for path, split in (("LICENSE", None), ("data/0.parquet", "train"), ("data/1.parquet", "train"))
    }


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (f"{DATASET}/data", "no address of a dataset"),
        ("https://example.org/data", "no address of a dataset"),
        (f"{DATASET}@nowhere", "no such revision"),
    ],
)
def test_what_cannot_be_drafted_is_said(
    hub: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, address: str, reason: str
) -> None:
    monkeypatch.setenv("CORPUS_AUDIT_ALLOWED_URLS", ALLOWED)
    refused = CliRunner().invoke(app, ["manifest", "init", address])
    assert reason in str(refused.exception)


def test_a_dataset_without_a_card_is_said(hub: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(FILES, "README.md")
    with pytest.raises(ManifestError, match="it has no card"):
        draft_of_address(DATASET, ALLOWED)


def test_large_files_have_the_checksum_that_the_hub_says(hub: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_draft, "_MOST_READ", 0)
    draft, _ = draft_of_address(DATASET, ALLOWED)
    said = {file.path: file.sha256 for file in draft.manifest.sources[0].files}
    assert said == dict.fromkeys(said) | {"data/0.parquet": hashlib.sha256(FILES["data/0.parquet"]).hexdigest()}


def test_files_in_the_cache_have_checksums_whatever_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_draft, "_MOST_READ", 0)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    snapshot = tmp_path / "datasets--harbour--notes" / "snapshots" / FIRST
    for path, content in FILES.items():
        (snapshot / path).parent.mkdir(parents=True, exist_ok=True)
        (snapshot / path).write_bytes(content)
    draft, _ = draft_of_address(f"{DATASET}@{FIRST}")
    digests = {file.path: file.sha256 for file in draft.manifest.sources[0].files}
    assert digests == {path: hashlib.sha256(FILES[path]).hexdigest() for path in FILES if path != "README.md"}


@pytest.mark.slow
def test_a_dataset_of_a_hub_is_audited_where_it_lies(
    hub: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus_audit import audit, schemas
    from corpus_audit.store import read_json

    monkeypatch.setenv("CORPUS_AUDIT_ALLOWED_URLS", ALLOWED)
    audited = audit(DATASET, tmp_path / "store", workers=1)
    (dataset,) = audited.folder.read("ingest", schemas.CLAIMED_DATASET).to_pylist()
    assert dataset["version"] == FIRST
    assert read_json(audited.folder.path / "run.json")["root"] == f"{DATASET}@{FIRST}"
    assert audited.folder.read("measure-00000", schemas.RECORDS).num_rows >= 51
