"""Records with words from an operator's own lists: for content that a rule prohibits.

The lists are the operator's, and so is their use: a hit is a proxy for a person to review, never a judgement. All
words of all lists are searched at once (Aho-Corasick), ignoring case.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import ahocorasick
import pyarrow as pa

from corpus_audit.errors import CorpusAuditError
from corpus_audit.measure.text_windows import TextWindow, cut_pieces, utf8_bytes
from corpus_audit.schemas import KEYWORD_HITS

MOST_LINES = 10
"""How many of a list's lines a hit names; it counts all of them."""


@dataclass(frozen=True)
class KeywordList:
    """One list: its name, its words by the number of their line, and the sha256 of its file."""

    name: str
    words: Mapping[int, str]
    sha256: str


class _Word(NamedTuple):
    """What the automaton knows of one word: its size, which ends must not touch a letter, and where it is listed."""

    size: int
    stands_alone_before: bool
    stands_alone_after: bool
    places: list[tuple[int, int]]


def read_keyword_list(path: Path) -> KeywordList:
    """Return the list in a UTF-8 file of one word or phrase a line; lines that start with # are left out.

    Its name is the file's without the ending. Raises CorpusAuditError when the file cannot be read or holds no word.
    """
    try:
        content = path.read_bytes()
        lines = content.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"The keyword list {path} cannot be read as UTF-8 text ({type(error).__name__}). Check the path."
        raise CorpusAuditError(message) from error
    words = {number: word for number, line in enumerate(lines, start=1) if (word := _word_of(line))}
    if not words:
        message = f"The keyword list {path} is empty. Give it one word or phrase a line."
        raise CorpusAuditError(message)
    return KeywordList(path.stem, words, hashlib.sha256(content).hexdigest())


def read_keyword_lists(paths: Iterable[Path]) -> tuple[KeywordList, ...]:
    """Return the lists in files, sorted by their names; raises CorpusAuditError, also when two have one name."""
    lists = sorted((read_keyword_list(path) for path in paths), key=lambda found: found.name)
    names = [found.name for found in lists]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        message = f"Several keyword lists are called {', '.join(repeated)}. Give each file a name of its own."
        raise CorpusAuditError(message)
    return tuple(lists)


def _word_of(line: str) -> str:
    return "" if line.startswith("#") else " ".join(line.lower().split())


class KeywordScanner:
    """Searches texts for the words of some lists."""

    def __init__(self, lists: Sequence[KeywordList]) -> None:
        self._lists = lists
        self._automaton = ahocorasick.Automaton()
        for word, places in _places_by_word(lists).items():
            self._automaton.add_word(word, _Word(len(word), _is_ascii_word(word[0]), _is_ascii_word(word[-1]), places))
        self._automaton.make_automaton()

    @property
    def has_words(self) -> bool:
        """True if there is anything to search for."""
        return bool(self._lists)

    def scan(self, batch: pa.RecordBatch) -> pa.Table:
        """Return a row (schema KEYWORD_HITS) for each record of a batch of RECORD_TEXTS and each list with a hit."""
        found: dict[tuple[int, int], set[int]] = {}
        if self._lists:
            data = utf8_bytes(batch["text"])
            for piece in cut_pieces(batch["text"]):
                for number, line in self._places(_piece_text(data, piece)):
                    found.setdefault((piece.position, number), set()).add(line)
        positions = pa.array([position for position, _ in sorted(found)], pa.int64())
        lines = [sorted(found[key]) for key in sorted(found)]
        columns = {
            "record_id": batch["record_id"].take(positions),
            "source_id": batch["source_id"].take(positions),
            "keyword_list": pa.array([self._lists[number].name for _, number in sorted(found)], pa.string()),
            "words": pa.array(map(len, lines), pa.int64()),
            "lines": pa.array([those[:MOST_LINES] for those in lines], pa.list_(pa.int64())),
        }
        return pa.table(columns).select(KEYWORD_HITS.schema.names).cast(KEYWORD_HITS.schema)

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield list and line of every word in a lower-case text."""
        for last, word in self._automaton.iter(text):
            if _stands_alone(text, last, word):
                yield from word.places


def _piece_text(data: memoryview, piece: TextWindow) -> str:
    """Return a piece in lower case. Where it was cut stands a letter: what touches the cut is whole in another."""
    text = bytes(data[piece.first : piece.last]).decode(errors="ignore").lower()
    return "_" * (piece.first > piece.start) + text + "_" * (piece.last < piece.end)


def _places_by_word(lists: Sequence[KeywordList]) -> dict[str, list[tuple[int, int]]]:
    places: dict[str, list[tuple[int, int]]] = {}
    for number, listed in enumerate(lists):
        for line, word in listed.words.items():
            places.setdefault(word, []).append((number, line))
    return places


def _stands_alone(text: str, last: int, word: _Word) -> bool:
    """True if a match is not part of a longer word; only checked for ASCII letters or digits."""
    first = last - word.size
    if word.stands_alone_before and first >= 0 and _is_ascii_word(text[first]):
        return False
    return not (word.stands_alone_after and last + 1 < len(text) and _is_ascii_word(text[last + 1]))


def _is_ascii_word(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign == "_")
