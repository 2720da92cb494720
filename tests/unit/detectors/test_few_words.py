"""Words are found in little text as they are in much, by the few of them that it may hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_audit.measure.detection import few_words
from corpus_audit.measure.detection.anchors import _gate_words
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.few_words import WordMatcher, fold, words_in
from corpus_audit.measure.detection.label_routes import label_routes
from corpus_audit.measure.detection.label_words import _forms, kept_word_database, word_database
from corpus_audit.measure.little_text import LITTLE_BYTES

ALL = tuple(route.word for route in label_routes(DETECTORS))
LABELS, GATES = ALL[::60], _gate_words(DETECTORS)[::3]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for kept in (word_database, kept_word_database):
        kept.cache_clear()
    yield tmp_path / "corpus-audit" / "patterns"
    for kept in (word_database, kept_word_database):
        kept.cache_clear()


def hits(matcher: WordMatcher, text: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    matcher(text, lambda number, _start, end, _flags, _context: found.append((number, end)))
    return sorted(found)


def test_all_forms_of_a_word_fold_to_the_same() -> None:
    assert [
        word for word in (*ALL, *_gate_words(DETECTORS)) if {fold(form) for form in _forms(word)} != {fold(word)}
    ] == []


def test_few_words_find_what_all_of_them_find(folder: Path) -> None:
    texts = [
        " ".join(
            form for word in (*LABELS, *GATES)[number::7] for form in (*_forms(word), f"my{word}", word.swapcase())
        )
        for number in range(7)
    ]
    pieces = [text.encode() for text in texts] + [b"\xff phone\xc3 PI\x80,tel", b"", b"nothing"]
    little = [hits(WordMatcher(LABELS, GATES), piece) for piece in pieces]
    assert not folder.exists()
    word_database(LABELS, GATES)
    kept_word_database.cache_clear()
    whole = WordMatcher(LABELS, GATES)
    assert little == [hits(whole, piece) for piece in pieces]
    assert sum(map(len, little)) > 2 * len(LABELS)


def test_much_text_has_all_words_compiled_and_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    matcher, text = WordMatcher(LABELS, GATES), LABELS[0].encode()
    first = hits(matcher, text)
    assert first
    assert not folder.exists()
    hits(matcher, b" " * LITTLE_BYTES)
    assert len(list(folder.iterdir())) == 1
    assert hits(matcher, text) == first
    kept_word_database.cache_clear()  # as in another process
    monkeypatch.setattr(few_words, "words_in", None)  # it would fail
    assert hits(WordMatcher(LABELS, GATES), text) == first


def test_only_what_a_text_may_hold_is_compiled() -> None:
    assert words_in(b"MY_PASSPORT_NUMBER is", ("passport number", "phone", "is", "isn", "umb")) == [0, 2, 4]
