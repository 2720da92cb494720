"""Declared paths are found as in a set of strings, and take less."""

import pyarrow as pa
import pytest

from corpus_audit.corpus.declared_paths import DeclaredPaths

FOLDERS = [f"folder/{number}" for number in range(200)]
DECLARED = [
    "top.txt",
    "a",
    "a/b.txt",
    "a/b",
    "a/é/ü.txt",
    "x//y",
    "/z",
    *(f"{folder}/{n}" for folder in FOLDERS for n in "21"),
]


@pytest.fixture(scope="module")
def declared() -> DeclaredPaths:
    return DeclaredPaths(pa.chunked_array([DECLARED[:5], [], DECLARED[5:]], pa.string()))


def test_what_is_declared_is_found_in_any_order(declared: DeclaredPaths) -> None:
    assert [path for path in (*DECLARED, *reversed(DECLARED)) if path not in declared] == []


@pytest.mark.parametrize(
    "path", ["", "top", "b.txt", "z", "y", "a/", "a/é/", "a/é/ü", "é/ü.txt", "folder/0", "a\udc80/b", "folder/0/3"]
)
def test_nothing_else_is(declared: DeclaredPaths, path: str) -> None:
    assert path not in declared


def test_nothing_is_declared_without_files() -> None:
    assert "a" not in DeclaredPaths(pa.chunked_array([], pa.string()))
