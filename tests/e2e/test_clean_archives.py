"""JSON, crawls and zip archives cleaned by their audit: what was found is gone from the audit of the result."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from typer.testing import CliRunner

from corpus_audit import Audit, audit
from corpus_audit.cli import app
from e2e.small_corpus import standing_clock
from e2e.test_clean import GOING, MAIL, declared, digest, found, rows_of, write_manifest

pytestmark = pytest.mark.slow

KEPT = [number for number in range(10) if number not in GOING]
LICENSE = '<link rel="license" href="https://creativecommons.org/licenses/{}/4.0/">'


def crawl() -> bytes:
    """Return a packed crawl whose pages state their licenses; one of the pages is a copy of another."""
    members = []
    for number, row in enumerate(rows_of(1000)):
        license_ = LICENSE.format("by-nc") if row["license"] == "CC-BY-NC-4.0" else ""
        page = f"<html><head>{license_}</head><body><p>{row['text']}</p><!-- {row['note']} --></body></html>"
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n{page}".encode()
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-06T07:08:10Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://example.org/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + body + b"\r\n\r\n", mtime=0))
    return b"".join(members)


def write_files(root: Path) -> list[str]:
    (root / "rows.json").write_text(json.dumps({"version": 1, "data": rows_of(0)}, indent=1), "utf-8")
    (root / "pages.warc.gz").write_bytes(crawl())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.jsonl", "".join(json.dumps(row) + "\n" for row in rows_of(2000)))
        archive.writestr("more/rows.json", json.dumps(rows_of(3000)))
        archive.writestr("README", "Rows of tales.")
    (root / "rows.zip").write_bytes(packed.getvalue())
    (root / "terms.txt").write_text("The terms of these tales.", "utf-8")
    return ["rows.json", "pages.warc.gz", "rows.zip"]


def describe(root: Path, files: list[str]) -> Path:
    terms = {"kind": "text", "file": "terms.txt", "sha256": digest(root / "terms.txt")}
    license_ = {"expression": "per-record", "evidence": [terms]}
    return write_manifest(root, {"id": "tales", "license": license_, "files": declared(root, *files)})


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Audit, Path, Audit]:
    root, store = tmp_path_factory.mktemp("dataset"), tmp_path_factory.mktemp("store")
    before = audit(describe(root, write_files(root)), store, clock=standing_clock)
    folder = store.parent / f"{store.name}-cleaned"
    arguments = ["clean", before.folder.audit_id, "--store", str(store), "-o", str(folder), "--mask"]
    result = CliRunner().invoke(app, arguments)
    assert result.exception is None, (result.output, result.exception)
    assert MAIL not in result.output
    return before, folder / "dataset", audit(folder / "dataset" / "manifest.yaml", store, clock=standing_clock)


def test_the_audit_of_the_result_has_none_of_what_was_cleaned(cleaned: tuple[Audit, Path, Audit]) -> None:
    before, _, after = cleaned
    assert found(before, "personal_information")
    assert not found(after, "personal_information")
    assert before.tables["clusters"].num_rows
    assert not after.tables["clusters"].num_rows
    forbidden = {row["license_expression"] for row in found(before, "record_licenses")}
    assert "CC-BY-NC-4.0" in forbidden
    assert "CC-BY-NC-4.0" not in {row["license_expression"] for row in found(after, "record_licenses")}
    assert {row["state"] for row in found(after, "files")} == {"verified"}


def expected(first: int) -> list[dict[str, str]]:
    rows = [row for number, row in enumerate(rows_of(first)) if number in KEPT]
    masked: list[dict[str, str]] = json.loads(json.dumps(rows).replace(MAIL, "[EMAIL_ADDRESS]"))
    return masked


def test_rows_that_stay_are_the_same(cleaned: tuple[Audit, Path, Audit]) -> None:
    _, dataset, _ = cleaned
    assert (dataset / "rows.json").read_text() == json.dumps({"version": 1, "data": expected(0)}, indent=1)
    with zipfile.ZipFile(dataset / "rows.zip") as archive:
        assert archive.testzip() is None
        assert archive.read("README") == b"Rows of tales."
        assert [json.loads(line) for line in archive.read("rows.jsonl").splitlines()] == expected(2000)
        assert json.loads(archive.read("more/rows.json")) == expected(3000)


def test_pages_that_stay_are_read_by_another_program(cleaned: tuple[Audit, Path, Audit]) -> None:
    _, dataset, _ = cleaned
    with (dataset / "pages.warc.gz").open("rb") as stream:
        pages = {one.record_id: one.reader.read().decode() for one in ArchiveIterator(stream)}
    assert len(pages) == len(KEPT)
    for page, row in zip(pages.values(), expected(1000), strict=True):
        assert row["text"] in page
        assert row["note"] in page
