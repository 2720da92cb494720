"""Files that lie in a source's folder and that no audit reads never pass unseen."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus_audit import Audit, audit, pipeline
from corpus_audit.report.text import render_text
from corpus_audit.vocabulary import Verdict
from e2e.small_corpus import describe, standing_clock
from e2e.test_command_line import write_pack

WORDS = b"One text with some words in it, written for this test."
ANY_SOURCE = {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "source_id"}}


def _audit(folder: Path, packs: list[str], **claims: Any) -> Audit:
    source = describe(folder, "s", {"a.txt": WORDS}, license={"expression": "MIT"}, **claims)
    document = {"manifest_version": "1", "dataset": {"id": "d", "title": "D"}, "sources": [source]}
    (folder / "manifest.yaml").write_text(yaml.safe_dump(document))
    return audit(folder / "manifest.yaml", folder / "store", packs, workers=1, clock=standing_clock)


@pytest.fixture
def own_pack(tmp_path: Path) -> str:
    write_pack(tmp_path / "pack", ANY_SOURCE)
    return str(tmp_path / "pack")


@pytest.fixture(scope="module")
def undeclared(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Return the audit, by the baseline, of one declared file beside two hundred that are not."""
    folder = tmp_path_factory.mktemp("undeclared")
    (folder / "s").mkdir()
    for number in range(200):
        (folder / "s" / f"hidden-{number:03}.txt").write_bytes(WORDS)
    (folder / "elsewhere").mkdir()
    (folder / "s" / "linked").symlink_to(folder / "elsewhere")
    return _audit(folder, ["baseline"])


def test_undeclared_files_are_findings_of_the_baseline(undeclared: Audit) -> None:
    rules = {row["rule_id"]: row["state"] for row in undeclared.tables["rules"].to_pylist()}
    assert rules["baseline.files-declared"] == rules["baseline.folders-looked-at"] == "failed"
    assert rules["baseline.data-read"] == "passed"


def test_the_summary_says_how_much_was_not_read(undeclared: Audit) -> None:
    head = render_text(pipeline.read_report(undeclared.folder)).partition("Critical")[0]
    assert f"200 undeclared files not read ({200 * len(WORDS) / 1000:.1f} kB)" in head
    assert "1 link not followed" in head


def test_at_most_fifty_are_listed(undeclared: Audit) -> None:
    rows = {row["kind"]: row for row in undeclared.tables["evidence.left_out"].to_pylist()}
    assert rows["undeclared"]["files"] == 200
    assert rows["undeclared"]["examples"] == [f"s/hidden-{number:03}.txt" for number in range(50)]
    assert rows["link-not-followed"]["examples"] == ["s/linked"]


def test_a_manifest_that_ignores_everything_does_not_pass(tmp_path: Path, own_pack: str) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "hidden.jsonl").write_bytes(b'{"text": "no"}')
    finished = _audit(tmp_path, [own_pack], ignore=["*"])
    assert finished.verdict is Verdict.INCOMPLETE
    assert [reason.code for reason in finished.summary.reasons] == ["unread-data"]


def test_a_few_ignored_files_are_said_and_may_pass(tmp_path: Path, own_pack: str) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "old.bak").write_bytes(b"an older text")
    finished = _audit(tmp_path, [own_pack], ignore=["**/*.bak"])
    assert finished.verdict is Verdict.PASS
    assert "1 file not looked at: the manifest ignores it (13 B)" in render_text(pipeline.read_report(finished.folder))


def test_the_manifest_and_the_store_are_no_undeclared_data(tmp_path: Path, own_pack: str) -> None:
    first = _audit(tmp_path, [own_pack], folders=["."], ignore=["pack/**"])
    assert first.tables["evidence.left_out"].to_pylist()[0]["pattern"] == "pack/**"
    assert first.tables["evidence.coverage"]["files_undeclared"].to_pylist() == [0]
    again = audit(tmp_path / "manifest.yaml", tmp_path / "store", [own_pack], workers=1, clock=standing_clock)
    assert again.folder == first.folder
