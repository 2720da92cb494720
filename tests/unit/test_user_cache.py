"""What is kept between runs: templates and catalogues are the same from the cache as compiled, or compiled anew."""

import errno
import os
import pwd
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from corpus_audit.config import user_cache
from corpus_audit.config.user_cache import keep, read_kept
from corpus_audit.report import html, translator
from corpus_audit.vocabulary import Language


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(html, "_COMPILED", html._Compiled())
    translator.words_in.cache_clear()
    yield tmp_path / "corpus-audit"
    translator.words_in.cache_clear()


def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.setattr(html, "_COMPILED", html._Compiled())  # as in another process
    return html.make_environment(translator.words_in(Language.ENGLISH))


def refuse(*_: object) -> None:
    message = "it was to be kept"
    raise AssertionError(message)


def test_what_is_kept_is_read_again(folder: Path) -> None:
    keep("kind/name", b"content")
    assert read_kept("kind/name") == b"content"
    assert read_kept("kind/other") is None
    assert (folder / "kind" / "name").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [lambda whole: b"", lambda whole: whole[:-1], lambda whole: whole[:-1] + b"\0"])
def test_damaged_bytes_are_not_kept(folder: Path, damage: object) -> None:
    keep("name", b"content")
    path = folder / "name"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert read_kept("name") is None


def test_what_is_kept_under_another_name_is_not_taken_for_it(folder: Path) -> None:
    keep("one", b"content")
    (folder / "one").rename(folder / "two")
    assert read_kept("two") is None


def test_a_write_that_breaks_off_leaves_nothing(folder: Path) -> None:
    (folder / "name").mkdir(parents=True)  # which no file can replace
    keep("name", b"content")
    assert [path.name for path in folder.iterdir()] == ["name"]


def test_a_user_without_a_home_has_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    monkeypatch.chdir(tmp_path)
    keep("name", b"content")
    assert read_kept("name") is None
    assert list(tmp_path.iterdir()) == []


def test_templates_are_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch).get_template("report.html.j2")
    [kept] = (folder / "templates").iterdir()
    again = environment(monkeypatch)
    monkeypatch.setattr(again, "_compile", refuse)
    assert again.get_template("report.html.j2").name == "report.html.j2"
    kept.write_bytes(b"")
    anew = environment(monkeypatch)
    monkeypatch.setattr(anew, "_compile", refuse)
    with pytest.raises(AssertionError, match="was to be kept"):
        anew.get_template("report.html.j2")


def test_a_catalogue_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = translator.words_in(Language.CHINESE)("Sources")
    assert compiled != "Sources"
    assert len(list((folder / "catalogues").iterdir())) == 1
    translator.words_in.cache_clear()
    monkeypatch.setattr(translator, "_compile", refuse)
    assert translator.words_in(Language.CHINESE)("Sources") == compiled


def test_no_cache_costs_time_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert translator.words_in(Language.CHINESE)("Sources") != "Sources"
    assert environment(monkeypatch).get_template("report.html.j2")


def test_what_was_used_longest_ago_is_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep("kind/used", b"x" * 100)
    monkeypatch.setattr(user_cache.trim, "__defaults__", (3 * (folder / "kind" / "used").stat().st_size,))
    for age, name in enumerate(("used", "unused", "recent"), start=1):
        keep(f"kind/{name}", b"x" * 100)
        os.utime(folder / "kind" / name, (age, age))
    keep("other/name", b"x" * 1000)
    assert read_kept("kind/used") is not None
    keep("kind/new", b"x" * 100)
    assert {path.name for path in (folder / "kind").iterdir()} == {"used", "recent", "new"}
    assert read_kept("other/name") is not None, "the last one of a kind stays, however large"


def test_a_cache_that_may_only_be_read_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep("name", b"content")

    def refuse_times(*_: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(os, "utime", refuse_times)
    assert read_kept("name") == b"content"
