"""Pattern databases are the same from the cache as from their expressions, and a damaged one is compiled anew."""

from collections.abc import Iterator
from pathlib import Path

import hyperscan
import pytest

from corpus_audit.measure.detection import pattern_cache

EXPRESSIONS = ((3, "b+c", 0), (7, "[0-9]{2}", hyperscan.HS_FLAG_SINGLEMATCH))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    pattern_cache.compiled.cache_clear()
    yield tmp_path / "corpus-audit" / "patterns"
    pattern_cache.compiled.cache_clear()


def hits() -> list[tuple[int, int]]:
    pattern_cache.compiled.cache_clear()  # as in another process
    found: list[tuple[int, int]] = []
    database = pattern_cache.compiled(EXPRESSIONS)
    scratch = hyperscan.Scratch(database)
    database.scan(b"abbc 12 34", lambda number, _start, end, *_: found.append((number, end)), scratch=scratch)
    return found


def test_a_kept_database_finds_what_the_compiled_one_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = hits()
    assert first == [(3, 4), (7, 7)]
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(pattern_cache, "compile_patterns", None)  # it would fail
    assert hits() == first


def test_a_damaged_database_is_compiled_anew(folder: Path) -> None:
    first = hits()
    [kept] = folder.iterdir()
    whole = kept.read_bytes()
    for damaged in (b"", whole[:40], whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
        kept.write_bytes(damaged)
        assert hits() == first
        assert kept.read_bytes() == whole


def test_no_cache_costs_time_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert hits() == [(3, 4), (7, 7)]


def test_other_expressions_have_another_file(folder: Path) -> None:
    hits()
    pattern_cache.compiled((*EXPRESSIONS, (9, "x", 0)))
    assert len(list(folder.iterdir())) == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *folder.iterdir()))
