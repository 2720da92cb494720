"""The page in a bundle, in a real Chromium from a file: it says what the command line says, offline."""

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.archive import open_archive, write_archive
from corpus_audit.export.bundle.build import PAGE
from corpus_audit.export.bundle.keys import key_id, public_pem
from corpus_audit.export.bundle.page import render_page
from corpus_audit.export.bundle.revocation import read_revoked, revoke
from corpus_audit.export.bundle.verify import superseded_by, verify_bundle
from e2e.screenshots import screenshot_path
from small_bundles import ENVELOPES, FILES, MISFITS, PUBLIC, built, resigned_with, with_envelope, with_markers

KINDS = ("altered", "added", "missing", "contradicted")
STRANGE = {"report/\u202ereport\u00e9.html": b"x", "report/𝒳.txt": b"y", "report/Ω.txt": b"z", "exports/a b.txt": b""}

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / PAGE).write_bytes(render_page())
    (tmp_path / "key.pub").write_bytes(public_pem(PUBLIC))
    return tmp_path


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Any]:
    """The page as it opens from a file; that it asks for anything else, or fails, fails the test."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1000, "height": 900})
    opened, asked, failed = context.new_page(), [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: failed.append(str(error)))
    opened.on("console", lambda message: failed.append(message.text))
    opened.goto((folder / PAGE).as_uri())
    yield opened
    assert {*asked} <= {(folder / PAGE).as_uri()}
    assert failed == []
    context.close()


def said(page: Any, bundle: Path, key: Path | None = None) -> dict[str, Any]:
    """Return what the page says of a bundle: its conclusion, and the names it lists by kind."""
    page.reload()
    if key:
        page.set_input_files("#key-file", key)
    page.set_input_files("#bundle" if bundle.is_file() else "#folder", bundle)
    page.wait_for_selector("#result:not([hidden])")
    lists = {kind: page.locator(f"ul[data-kind={kind}] li").all_inner_texts() for kind in KINDS}
    return {"conclusion": page.get_attribute("#result", "data-conclusion"), **lists}


def expected(bundle: Path) -> dict[str, Any]:
    """Return what the command line says of it, with the key that signed."""
    try:
        found = verify_bundle(bundle, PUBLIC)
    except BundleError:
        return {"conclusion": "refused", **{kind: [] for kind in KINDS}}
    return {"conclusion": str(found.conclusion), **{kind: list(getattr(found, kind)) for kind in KINDS}}


def rewritten(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Write a bundle anew with other files under the same statement."""
    with open_archive(path) as archive:
        contents = {name: archive.read(name, 2**20) for name in archive.names}
    change(contents)
    with path.open("wb") as stream:
        write_archive(stream, contents)
    return path


def zipped(path: Path, **options: Any) -> Path:
    """Write a bundle anew as any other program would."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def edited(path: Path, edit: Callable[[bytes], bytes]) -> Path:
    path.write_bytes(edit(path.read_bytes()))
    return path


SPOILED: Mapping[str, Callable[[Path], Path]] = {
    "as it was built": lambda path: path,
    "a file altered": lambda path: rewritten(path, lambda c: c.update({"conclude/verdict.json": b"{}"})),
    "a file added": lambda path: rewritten(path, lambda c: c.update({"extra.txt": b"x"})),
    "a file missing": lambda path: rewritten(path, lambda c: c.pop("report/report.html")),
    "the page replaced": lambda path: rewritten(path, lambda c: c.update({PAGE: b"<h1>As signed</h1>"})),
    "no envelope": lambda path: rewritten(path, lambda c: c.pop("attestation.dsse.json")),
    "another key enclosed": lambda path: rewritten(path, lambda c: c.update({"public-key.pem": b"none"})),
    "bytes before it": lambda path: edited(path, lambda content: b"#!/bin/sh\n" + content),
    "bytes after it": lambda path: edited(path, lambda content: content + b"x"),
    "a byte of a file flipped": lambda path: edited(path, lambda content: content.replace(b"rows", b"rowz", 1)),
    "another time": lambda path: edited(path, lambda content: content.replace(b"\x21\x00", b"\x22\x00", 2)),
    "made by another program": zipped,
    "compressed": lambda path: zipped(path, compression=zipfile.ZIP_DEFLATED),
    "no archive": lambda path: edited(path, lambda _content: b"PK"),
    "NaN in the statement": lambda path: with_envelope(path, resigned_with(b'"verdict":NaN')),
    "a name that leaves the folder": lambda path: edited(
        path, lambda content: content.replace(b"report/report.html", b"../../report.html.")
    ),
    **{name: partial(with_envelope, change=change, **how) for name, (change, how) in ENVELOPES.items()},
}


def test_the_page_says_what_the_command_line_says(page: Any, folder: Path) -> None:
    for number, (name, spoil) in enumerate(SPOILED.items()):
        bundle = spoil(built(folder / f"{number}.zip"))
        assert said(page, bundle, folder / "key.pub") == expected(bundle), name
    for name, (changes, _named) in MISFITS.items():
        contents = {n: c for n, c in (with_markers(FILES) | changes).items() if c is not None}
        bundle = built(folder / "misfit.zip", contents)
        assert said(page, bundle, folder / "key.pub") == expected(bundle), name


def test_names_of_any_script_are_read_and_shown_harmless(page: Any, folder: Path) -> None:
    bundle = built(folder / "b.zip", with_markers(FILES | STRANGE), datasetId="数据集 “ü”\n\u2028</script>")
    assert said(page, bundle, folder / "key.pub")["conclusion"] == "verified"
    rewritten(bundle, lambda contents: contents.update(dict.fromkeys(STRANGE, b"other")))
    shown = said(page, bundle, folder / "key.pub")["altered"]
    assert [name.replace("\ufffd", "\u202e") for name in shown] == list(verify_bundle(bundle, PUBLIC).altered)
    assert "\u202e" not in page.inner_text("#result")


def test_the_key_is_compared_with_what_came_by_another_way(page: Any, folder: Path) -> None:
    bundle = built(folder / "b.zip")
    assert said(page, bundle)["conclusion"] == "signer-unknown"
    assert key_id(PUBLIC) in page.inner_text("#facts").replace(" ", "")
    for identifier, conclusion in (
        (key_id(PUBLIC), "verified"),
        (" ".join(key_id(PUBLIC).upper()[at : at + 4] for at in range(0, 64, 4)), "verified"),
        ("0" * 64, "not-as-signed"),
        ("0ba4", "refused"),
    ):
        page.fill("#key-id", identifier)
        page.press("#key-id", "Tab")
        page.wait_for_selector(f"#result[data-conclusion={conclusion}]")
    other = folder / "other.pub"
    other.write_bytes(public_pem(Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32).public_key()))
    assert said(page, bundle, other)["conclusion"] == "not-as-signed"
    other.write_bytes(b"Owner: Example Ltd\nValid-Until: 2026-11-28\n" + public_pem(PUBLIC))
    assert said(page, bundle, other)["conclusion"] == "key-not-valid"
    other.write_bytes(b"no key")
    assert said(page, bundle, other)["conclusion"] == "refused"


def test_a_folder_it_was_unpacked_into_is_checked_as_well(page: Any, folder: Path) -> None:
    with zipfile.ZipFile(built(folder / "b.zip")) as archive:
        archive.extractall(folder / "unpacked")
    assert said(page, folder / "unpacked", folder / "key.pub")["conclusion"] == "verified"
    (folder / "unpacked" / "report" / "report.html").write_text("<p>Pass</p>")
    (folder / "unpacked" / "note.txt").write_text("x")
    found = said(page, folder / "unpacked", folder / "key.pub")
    assert (found["conclusion"], found["added"]) == ("not-as-signed", ["note.txt"])
    assert "report/report.html" in found["altered"]


def given_since(page: Any, revoked: Path | str | None = None, newer: Path | None = None) -> str:
    """Give the page what became known since, and return the conclusion that it then shows."""
    page.evaluate("part('result').hidden = true")
    if isinstance(revoked, str):
        page.fill("#revoked-text", revoked)
        page.press("#revoked-text", "Tab")
    elif revoked is not None:
        page.set_input_files("#revoked-file", revoked)
    if newer is not None:
        page.set_input_files("#newer", newer)
    page.wait_for_selector("#result:not([hidden])")
    return str(page.get_attribute("#result", "data-conclusion"))


def test_a_revoked_key_is_told_with_its_reason(page: Any, folder: Path) -> None:
    bundle, listed = built(folder / "b.zip"), folder / "revoked.json"
    revoke(listed, key_id(PUBLIC), "Example Ltd", "stolen with a laptop", datetime(2026, 12, 1, tzinfo=UTC))
    assert verify_bundle(bundle, PUBLIC, revoked=read_revoked(listed)).conclusion == "key-revoked"
    for key in (folder / "key.pub", None):
        said(page, bundle, key)
        assert given_since(page, listed) == "key-revoked"
        assert "2026-12-01: stolen with a laptop" in page.inner_text("#facts")
    said(page, bundle, folder / "key.pub")
    assert given_since(page, listed.read_text()) == "key-revoked"
    assert given_since(page, '{"revoked": []}') == "verified"
    assert given_since(page, '{"revoked": [{"key_id": "0"}]}') == "refused"


def test_a_bundle_is_superseded_by_a_later_one(page: Any, folder: Path) -> None:
    earlier = built(folder / "b.zip", ledger={"sequence": 3})
    later = built(folder / "later.zip", ledger={"sequence": 4}, reportSha256="2" * 64)
    unrelated = built(folder / "other.zip", auditId="b", reportSha256="2" * 64)
    assert superseded_by(verify_bundle(earlier, PUBLIC), verify_bundle(later, PUBLIC)).conclusion == "superseded"
    for key in (folder / "key.pub", None):
        said(page, earlier, key)
        assert given_since(page, newer=later) == "superseded"
        assert "2" * 64 in page.inner_text("#facts")
        assert given_since(page, newer=unrelated) == "refused"
    said(page, later, folder / "key.pub")
    assert given_since(page, newer=earlier) == "verified"
    rewritten(later, lambda contents: contents.update({"extra.txt": b"x"}))
    said(page, earlier, folder / "key.pub")
    assert given_since(page, newer=later) == "refused"
    page.screenshot(path=screenshot_path("verify-page-superseded"), full_page=True)


NO_ED25519 = """
const real = crypto.subtle.importKey.bind(crypto.subtle);
SubtleCrypto.prototype.importKey = (format, key, kind, ...rest) => kind.name === "Ed25519"
  ? Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError")) : real(format, key, kind, ...rest);
"""
NO_CRYPTOGRAPHY = 'Object.defineProperty(Crypto.prototype, "subtle", {get: () => undefined});'


@pytest.mark.parametrize(
    ("script", "conclusion", "words"),
    [(NO_ED25519, "not-checked", "cannot check Ed25519"), (NO_CRYPTOGRAPHY, "refused", "offers no cryptography")],
)
def test_a_browser_that_cannot_check_says_so(page: Any, folder: Path, script: str, conclusion: str, words: str) -> None:
    page.add_init_script(script)
    assert said(page, built(folder / "b.zip"), folder / "key.pub")["conclusion"] == conclusion
    assert words in page.inner_text("#meaning")
    altered = rewritten(folder / "b.zip", lambda contents: contents.update({"README.txt": b"x"}))
    assert said(page, altered)["conclusion"] in ("not-as-signed", "refused")


def test_the_page_speaks_chinese_and_fits_a_narrow_screen(browser: Any, folder: Path) -> None:
    rewritten(built(folder / "b.zip"), lambda contents: contents.update({"conclude/verdict.json": b"{}"}))
    context = browser.new_context(locale="zh-CN", color_scheme="dark", viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((folder / PAGE).as_uri())
    assert said(page, folder / "b.zip", folder / "key.pub")["conclusion"] == "not-as-signed"
    assert (page.title(), page.inner_text("#conclusion")) == ("核验审计包", "与签名不一致")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.screenshot(path=screenshot_path("verify-page-narrow-dark-zh"), full_page=True)
    page.click("[data-language=en]")
    assert page.inner_text("#conclusion") == "Not as signed"
    context.close()


def test_both_languages_say_everything() -> None:
    parts = files("corpus_audit.export.bundle") / "verify_page"
    words = json.loads((parts / "words.json").read_text(encoding="utf-8"))
    assert words["en"].keys() == words["zh"].keys()
    addresses = render_page().replace(b"https://in-toto.io/Statement/v1", b"")
    assert b"://" not in addresses
