"""How many words of an operator's own list stand in a text: for content that a rule prohibits.

The list is the operator's, and so is its use: a hit is a proxy that somebody has to read, never a judgement. All words
are looked for at once, and case is ignored for ASCII letters.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import hyperscan
import numpy as np
import pyarrow as pa

from corpus_audit.errors import CorpusAuditError
from corpus_audit.measure.pieces import cut_pieces, utf8_bytes


class KeywordScanner:
    """Looks for one list of words; belongs to one thread at a time."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted({word.strip() for word in words} - {""}))
        if not self.words:
            message = "The keyword list is empty. Give it one word or phrase a line."
            raise CorpusAuditError(message)
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        expressions = [_expression(word) for word in self.words]
        database.compile(
            expressions=expressions,
            ids=list(range(len(expressions))),
            elements=len(expressions),
            flags=hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH,
        )
        # The stub knows only str and bytes; every buffer works, and none is copied.
        self._match: Callable[..., None] = database.scan

    @classmethod
    def from_file(cls, path: Path) -> "KeywordScanner":
        """Return a scanner for a UTF-8 file of one word or phrase a line; lines that start with # are left out.

        Raises CorpusAuditError when the file cannot be read or holds no word.
        """
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            message = f"The keyword list {path} cannot be read as UTF-8 text ({type(error).__name__}). Check the path."
            raise CorpusAuditError(message) from error
        return cls(line for line in lines if not line.startswith("#"))

    def count(self, texts: pa.Array) -> pa.Int64Array:
        """Return how many different words of the list stand in each text: 0 for one that is null or empty."""
        data = utf8_bytes(texts)
        found: dict[int, set[int]] = {}
        seen: set[int] = set()
        for piece in cut_pieces(texts):
            self._match(data[piece.first : piece.last], lambda word, *_: seen.add(word))
            if seen:
                found.setdefault(piece.position, set()).update(seen)
                seen.clear()
        counts = np.zeros(len(texts), np.int64)
        for position, words in found.items():
            counts[position] = len(words)
        return pa.array(counts)


def _expression(word: str) -> bytes:
    """Return an expression for a word that is no part of a longer one where it is spelled in ASCII letters."""
    escaped = re.escape(word)
    before = r"\b" if re.match(r"[A-Za-z0-9_]", word) else ""
    after = r"\b" if re.search(r"[A-Za-z0-9_]\Z", word) else ""
    return f"{before}{escaped}{after}".encode()
