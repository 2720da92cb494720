"""Quality proxies of a text: the published heuristics of Gopher and C4, as figures and as rejects.

Gopher: Rae et al., "Scaling Language Models" (2021), section A.1.1 and table A1. C4: Raffel et al., "Exploring the
Limits of Transfer Learning" (JMLR 2020), section 2.2, without its list of bad words (keywords.py takes the operator's
own). They were made for English prose on the web. A proxy says how a text looks, never that it is true or good; source
code fails most of them. Where words are not set apart by spaces they mean nothing, and what they reject is null.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.measure.columns import described, spread
from corpus_audit.measure.little_text import PlainFirst
from corpus_audit.measure.prose.plain_prose import read_plainly
from corpus_audit.measure.prose.prose_kernel import COUNTS, FREQUENT_RUNS, REPEATED_RUNS, Count, read_prose
from corpus_audit.measure.prose.word_kernel import PADDING
from corpus_audit.measure.prose.writing import SPACELESS
from corpus_audit.measure.text_windows import Offsets, cut_pieces, utf8_bytes

Shares = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class QualityRule:
    """A bound on one proxy; a text outside it is rejected."""

    name: str
    column: str
    least: float = -np.inf
    most: float = np.inf


GOPHER_RULES = (
    QualityRule("too-few-words", "words", least=50),
    QualityRule("too-many-words", "words", most=100_000),
    QualityRule("words-too-short", "mean_word_length", least=3),
    QualityRule("words-too-long", "mean_word_length", most=10),
    QualityRule("hash-signs", "hash_sign_share", most=0.1),
    QualityRule("ellipses", "ellipsis_share", most=0.1),
    QualityRule("bullet-lines", "bullet_line_share", most=0.9),
    QualityRule("ellipsis-lines", "ellipsis_line_share", most=0.3),
    QualityRule("words-without-letters", "alphabetic_word_share", least=0.8),
    QualityRule("stop-words", "stop_words", least=2),
    QualityRule("repeated-lines", "repeated_line_share", most=0.30),
    QualityRule("repeated-paragraphs", "repeated_paragraph_share", most=0.30),
    QualityRule("repeated-line-characters", "repeated_line_character_share", most=0.20),
    QualityRule("repeated-paragraph-characters", "repeated_paragraph_character_share", most=0.20),
    *(
        QualityRule(f"frequent-{n}-gram", f"frequent_{n}_gram_share", most=m)
        for n, m in zip((2, 3, 4), (0.20, 0.18, 0.16), strict=True)
    ),
    *(
        QualityRule(f"repeated-{n}-grams", f"repeated_{n}_gram_share", most=most)
        for n, most in zip(REPEATED_RUNS, (0.15, 0.14, 0.13, 0.12, 0.11, 0.10), strict=True)
    ),
)
C4_RULES = (
    QualityRule("too-few-sentences", "kept_sentences", least=3),
    QualityRule("curly-bracket", "curly_brackets", most=0),
    QualityRule("lorem-ipsum", "lorem_ipsum", most=0),
)

_WHOLE = ("words", "stop_words", "kept_sentences", "curly_brackets", "lorem_ipsum")
_MEANINGS = {
    "words": "Number of words between spaces; counting stops at 100,001.",
    "mean_word_length": "Mean length of a word in characters.",
    "hash_sign_share": "Hash signs a word.",
    "ellipsis_share": "Ellipses a word.",
    "bullet_line_share": "Share of lines that begin with a bullet.",
    "ellipsis_line_share": "Share of lines that end in an ellipsis.",
    "alphabetic_word_share": "Share of words with a letter.",
    "stop_words": "How many of: the, be, to, of, and, that, have, with.",
    "repeated_line_share": "Share of lines seen before in the text.",
    "repeated_line_character_share": "Share of characters in such lines.",
    "repeated_paragraph_share": "Share of paragraphs seen before in the text.",
    "repeated_paragraph_character_share": "Share of characters in such paragraphs.",
    **{f"frequent_{n}_gram_share": f"Share of characters in the most frequent {n}-gram." for n in FREQUENT_RUNS},
    **{f"repeated_{n}_gram_share": f"Share of characters in repeated {n}-grams." for n in REPEATED_RUNS},
    "kept_line_share": "Share of lines that C4 keeps: five words or more, with a final stop, not about JavaScript.",
    "kept_sentences": "Number of sentences in those lines.",
    "curly_brackets": "Number of opening curly brackets.",
    "lorem_ipsum": "Number of times the text says lorem ipsum.",
    "boilerplate_line_share": "Share of lines about cookies, JavaScript, terms, privacy policies or rights reserved.",
}
SCHEMA = described(
    *((name, pa.int64() if name in _WHOLE else pa.float64(), meaning) for name, meaning in _MEANINGS.items()),
    ("gopher_rejects", pa.list_(pa.string()), "Rules of Gopher that reject the text; null where words have no spaces."),
    ("c4_rejects", pa.list_(pa.string()), "Rules of C4 that reject the text; null where words have no spaces."),
)

_read = PlainFirst(read_prose, read_plainly)


def measure_quality(texts: pa.Array, scripts: pa.Array) -> pa.Table:
    """Return the proxies of each text in the columns of SCHEMA; null for a text that is null or empty.

    *texts* is a string or large_string array, *scripts* the column ``script`` of ``describe_writing`` for them.
    """
    pieces = cut_pieces(texts)
    whole = pieces.low == pieces.start
    position, start, end = pieces.position[whole], pieces.start[whole], pieces.end[whole]
    shares = _shares(_read_counts(np.frombuffer(utf8_bytes(texts), np.uint8), start, end))
    spaceless = pc.is_in(scripts.take(pa.array(position)), pa.array(sorted(SPACELESS)))
    spaced = ~spaceless.to_numpy(zero_copy_only=False)
    columns = {
        name: pa.array(values.astype(np.int64) if name in _WHOLE else values.round(6))
        for name, values in shares.items()
    }
    columns["gopher_rejects"] = _rejects(GOPHER_RULES, shares, spaced)
    columns["c4_rejects"] = _rejects(C4_RULES, shares, spaced)
    return spread(pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA), position, len(texts))


def _read_counts(data: NDArray[np.uint8], start: Offsets, end: Offsets) -> NDArray[np.float64]:
    """Return the counts of ``read_prose``; texts without enough bytes behind them are read from a copy."""
    counts = np.zeros((start.size, COUNTS))
    inside = int(np.searchsorted(end, data.size - PADDING, side="right"))
    sizes = end - start
    _read(int(sizes[:inside].sum()), data, start[:inside], end[:inside], counts[:inside])
    if inside < start.size:
        first = start[inside]
        copy = np.concatenate([data[first:], np.zeros(PADDING, np.uint8)])
        copy.setflags(write=data.flags.writeable)  # another kind of array would be another compiled kernel
        _read(int(sizes[inside:].sum()), copy, start[inside:] - first, end[inside:] - first, counts[inside:])
    return counts


def _shares(counts: NDArray[np.float64]) -> Shares:
    def share(part: int, whole: int) -> NDArray[np.float64]:
        return counts[:, part] / np.maximum(counts[:, whole], 1)

    runs = {f"frequent_{n}_gram_share": Count.FREQUENT_RUN_CHARACTERS + i for i, n in enumerate(FREQUENT_RUNS)}
    runs |= {f"repeated_{n}_gram_share": Count.REPEATED_RUN_CHARACTERS + i for i, n in enumerate(REPEATED_RUNS)}
    return {
        "words": counts[:, Count.WORDS],
        "mean_word_length": share(Count.CHARACTERS, Count.WORDS),
        "hash_sign_share": share(Count.HASH_SIGNS, Count.WORDS),
        "ellipsis_share": share(Count.ELLIPSES, Count.WORDS),
        "bullet_line_share": share(Count.BULLET_LINES, Count.LINES),
        "ellipsis_line_share": share(Count.ELLIPSIS_LINES, Count.LINES),
        "alphabetic_word_share": share(Count.ALPHABETIC_WORDS, Count.WORDS),
        "stop_words": counts[:, Count.STOP_WORDS],
        "repeated_line_share": share(Count.REPEATED_LINES, Count.LINES),
        "repeated_line_character_share": share(Count.REPEATED_LINE_CHARACTERS, Count.CHARACTERS),
        "repeated_paragraph_share": share(Count.REPEATED_PARAGRAPHS, Count.PARAGRAPHS),
        "repeated_paragraph_character_share": share(Count.REPEATED_PARAGRAPH_CHARACTERS, Count.CHARACTERS),
        # Occurrences of a run may overlap, and then cover more than there is.
        **{name: np.minimum(share(part, Count.CHARACTERS), 1) for name, part in runs.items()},
        "kept_line_share": share(Count.KEPT_LINES, Count.LINES),
        "kept_sentences": counts[:, Count.KEPT_SENTENCES],
        "curly_brackets": counts[:, Count.BRACES],
        "lorem_ipsum": counts[:, Count.LOREM_IPSUM],
        "boilerplate_line_share": share(Count.BOILERPLATE_LINES, Count.LINES),
    }


def _rejects(rules: tuple[QualityRule, ...], shares: Shares, applies: NDArray[np.bool_]) -> pa.ListArray:
    """Return the names of the rules that reject each text, null where the rules do not apply."""
    broken = np.array([(shares[r.column] < r.least) | (shares[r.column] > r.most) for r in rules]).T & applies[:, None]
    _, names = np.nonzero(broken)
    offsets = np.concatenate([[0], np.cumsum(broken.sum(axis=1))]).astype(np.int32)
    values = pa.array([rule.name for rule in rules]).take(pa.array(names))
    return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(~applies))
