"""Paths from a manifest never leave the root."""

import os
from pathlib import Path

import pytest

from corpus_audit.corpus.paths import resolve_inside
from corpus_audit.errors import RefusedPathError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    inside = tmp_path / "root"
    (inside / "folder").mkdir(parents=True)
    (inside / "folder" / "a.txt").write_text("a")
    (tmp_path / "outside.txt").write_text("secret")
    return inside


def test_a_file_inside_is_found(root: Path) -> None:
    assert resolve_inside(root, "folder/a.txt") == (root / "folder" / "a.txt").resolve()


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../outside.txt", "folder/../../outside.txt", "~/x", "file:///x", "a\0b"]
)
def test_paths_of_a_wrong_shape_are_refused(root: Path, path: str) -> None:
    with pytest.raises(RefusedPathError):
        resolve_inside(root, path)


def test_a_link_out_of_the_root_is_refused(root: Path) -> None:
    (root / "link.txt").symlink_to("../outside.txt")
    with pytest.raises(RefusedPathError):
        resolve_inside(root, "link.txt")


def test_a_folder_that_links_out_of_the_root_is_refused(root: Path) -> None:
    (root / "away").symlink_to(root.parent)
    with pytest.raises(RefusedPathError):
        resolve_inside(root, "away/outside.txt")


def test_a_link_within_the_root_is_followed(root: Path) -> None:
    (root / "link.txt").symlink_to("folder/a.txt")
    assert resolve_inside(root, "link.txt").read_text() == "a"


def test_a_pipe_is_not_a_file(root: Path) -> None:
    os.mkfifo(root / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        resolve_inside(root, "pipe")


def test_a_missing_file_says_so(root: Path) -> None:
    with pytest.raises(FileNotFoundError):
        resolve_inside(root, "folder/b.txt")
