"""All that lies in a source's folders beside its declared files is counted, and why it was not looked at."""

import errno
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.corpus.left_out import MOST_EXAMPLES, find_left_out, left_out_table
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.policy.packs import available_packs, load_pack
from corpus_audit.policy.verdict import decide
from corpus_audit.schemas import FINDINGS, RULES
from corpus_audit.vocabulary import CoverageState, Verdict

DECLARED = {"s": {"d/kept.jsonl"}, "t": {"t/kept.jsonl"}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("d/kept.jsonl", "d/hidden.jsonl", "d/notes/a.bak", "d/.git/pack", "t/kept.jsonl", "outside/big.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"twelve bytes")
    return tmp_path


def left_out(root: Path, *folders: str, ignore: tuple[str, ...] = (), source_id: str = "s") -> list[dict[str, Any]]:
    rows = [{"source_id": source_id, "folder": folder, "ignore": list(ignore)} for folder in folders]
    every = frozenset().union(*DECLARED.values())
    return left_out_table(find_left_out(LocalFolder(root), rows, every.__contains__), DECLARED).to_pylist()


def counts(rows: list[dict[str, Any]]) -> list[tuple[str, str, int, int]]:
    return [(row["kind"], row["pattern"], row["files"], row["size_bytes"]) for row in rows]


def test_undeclared_files_are_counted_and_listed(root: Path) -> None:
    (row,) = left_out(root, "d")
    assert counts([row]) == [("undeclared", "", 3, 36)]
    assert row["examples"] == ["d/.git/pack", "d/hidden.jsonl", "d/notes/a.bak"]


def test_ignored_files_are_counted_by_the_pattern_that_matches_them(root: Path) -> None:
    rows = left_out(root, "d", ignore=("**/*.bak", "**/.*", "d/hidden*"))
    assert counts(rows) == [
        ("ignored", "**/*.bak", 1, 12),
        ("ignored", "**/.*", 1, 12),
        ("ignored", "d/hidden*", 1, 12),
    ]
    assert [row["data_bytes"] for row in rows] == [12, 0, 12]
    assert [row["declared_files"] for row in rows] == [0, 0, 0]


@pytest.mark.parametrize("pattern", ["*", "**", "**/*", "*.jsonl", "d/*"])
def test_a_pattern_that_matches_declared_files_too_is_told_apart(root: Path, pattern: str) -> None:
    assert sum(row["declared_files"] for row in left_out(root, "d", ignore=(pattern,))) == 1


def test_links_that_are_not_followed_are_counted_whatever_is_ignored(root: Path) -> None:
    (root / "d" / "more").symlink_to(root / "outside")
    (root / "d" / "away").symlink_to("/etc/hostname")
    (root / "d" / "nowhere").symlink_to(root / "gone")
    rows = left_out(root, "d", ignore=("**",))
    assert [(row["kind"], row["files"]) for row in rows] == [("ignored", 3), ("link-not-followed", 3)]
    assert rows[1]["examples"] == ["d/away", "d/more", "d/nowhere"]


def test_a_linked_file_has_the_size_of_what_it_leads_to(root: Path) -> None:
    (root / "t" / "linked.jsonl").symlink_to(root / "outside" / "big.jsonl")
    assert counts(left_out(root, "t", source_id="t")) == [("undeclared", "", 1, 12)]


def test_a_source_folder_that_leads_out_of_the_root_is_a_link_that_is_not_followed(root: Path) -> None:
    (root / "elsewhere").symlink_to("/etc")
    assert counts(left_out(root, "elsewhere")) == [("link-not-followed", "", 1, 0)]


def test_a_folder_that_is_not_there_cannot_be_listed(root: Path) -> None:
    assert counts(left_out(root, "gone")) == [("folder-not-listed", "", 1, 0)]


def test_a_closed_folder_cannot_be_listed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: str) -> Any:
        if str(path).endswith("notes"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    rows = left_out(root, "d")
    assert counts(rows)[0] == ("folder-not-listed", "", 1, 0)
    assert rows[0]["examples"] == ["d/notes"]


def test_what_one_source_ignores_and_another_does_not_is_undeclared(root: Path) -> None:
    folders = [
        {"source_id": "s", "folder": "d", "ignore": ["d/notes/*"]},
        {"source_id": "t", "folder": "d/notes", "ignore": []},
    ]
    found = find_left_out(LocalFolder(root), folders, lambda path: "notes" not in path)
    assert [(entry.source_id, entry.kind) for entry in found] == [("t", "undeclared")]


def test_at_most_fifty_are_listed(root: Path) -> None:
    for number in range(MOST_EXAMPLES + 10):
        (root / "t" / f"{number:03}.txt").write_text("x")
    (row,) = left_out(root, "t", source_id="t")
    assert (row["files"], len(row["examples"])) == (MOST_EXAMPLES + 10, MOST_EXAMPLES)


@pytest.mark.parametrize("pack", available_packs())
@pytest.mark.parametrize("state", [CoverageState.LEFT_OUT, CoverageState.UNREAD, CoverageState.NOTHING_THERE])
def test_no_pack_passes_what_was_not_looked_at(pack: str, state: CoverageState) -> None:
    loaded = load_pack(pack)
    rules = [
        {"rule_id": rule.rule_id, "pack": pack, "state": "passed"}
        for suite in loaded.suites
        for rule in loaded.rules_of(suite)
    ]
    coverage = pa.table({"source_id": ["a", "b"], "state": ["read", state.value]})
    decided = decide(pa.Table.from_pylist(rules, schema=RULES.schema), FINDINGS.empty(), coverage)
    assert decided.verdict is Verdict.INCOMPLETE
