"""The compiled proxies of quality against the same definitions written plainly."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_audit.measure.prose.plain_prose import read_plainly
from corpus_audit.measure.prose.prose_kernel import COUNTS, FREQUENT_RUNS, REPEATED_RUNS, Count
from corpus_audit.measure.prose.quality import SCHEMA, measure_quality
from corpus_audit.measure.prose.writing import describe_writing

pytestmark = pytest.mark.usefixtures("everything_compiled")

WORDS = (
    "the", "The", "that", "with", "have", "be", "of", "dog", "cat.", "cat", "mouse!", "why?", '"so"', "wait...",
    "wait…", "#", "#tag", "123", "4.5", "{x}", "javascript", "cookies", "privacy", "policy", "lorem", "Ipsum", "-", "*",
    "•", "é", "中文。", "it”",
)  # fmt: skip
texts = st.lists(st.sampled_from([*WORDS, "\n", "\n\n", "  ", "\t"]), min_size=1, max_size=120).map(" ".join)


SHARES = {
    "mean_word_length": (Count.CHARACTERS, Count.WORDS),
    "hash_sign_share": (Count.HASH_SIGNS, Count.WORDS),
    "ellipsis_share": (Count.ELLIPSES, Count.WORDS),
    "bullet_line_share": (Count.BULLET_LINES, Count.LINES),
    "ellipsis_line_share": (Count.ELLIPSIS_LINES, Count.LINES),
    "alphabetic_word_share": (Count.ALPHABETIC_WORDS, Count.WORDS),
    "repeated_line_share": (Count.REPEATED_LINES, Count.LINES),
    "repeated_line_character_share": (Count.REPEATED_LINE_CHARACTERS, Count.CHARACTERS),
    "repeated_paragraph_share": (Count.REPEATED_PARAGRAPHS, Count.PARAGRAPHS),
    "repeated_paragraph_character_share": (Count.REPEATED_PARAGRAPH_CHARACTERS, Count.CHARACTERS),
    **{f"frequent_{n}_gram_share": (Count.FREQUENT_RUN_CHARACTERS + n - 2, Count.CHARACTERS) for n in FREQUENT_RUNS},
    **{f"repeated_{n}_gram_share": (Count.REPEATED_RUN_CHARACTERS + n - 5, Count.CHARACTERS) for n in REPEATED_RUNS},
    "kept_line_share": (Count.KEPT_LINES, Count.LINES),
    "boilerplate_line_share": (Count.BOILERPLATE_LINES, Count.LINES),
}
WHOLE = {
    "words": Count.WORDS,
    "stop_words": Count.STOP_WORDS,
    "kept_sentences": Count.KEPT_SENTENCES,
    "curly_brackets": Count.BRACES,
    "lorem_ipsum": Count.LOREM_IPSUM,
}


def plainly(text: str) -> dict[str, float]:
    counts, content = np.zeros((1, COUNTS)), text.encode()
    read_plainly(np.frombuffer(content, np.uint8), np.array([0]), np.array([len(content)]), counts)
    (row,) = counts.tolist()
    shares = {name: row[part] / max(row[whole], 1) for name, (part, whole) in SHARES.items()}
    covered = {name: min(share, 1) for name, share in shares.items() if "gram" in name}
    return shares | covered | {name: row[column] for name, column in WHOLE.items()}


@settings(deadline=None, max_examples=200)
@given(texts)
def test_proxies_are_what_their_definitions_say(text):
    array = pa.array([text])
    (row,) = measure_quality(array, describe_writing(array)["script"].combine_chunks()).to_pylist()
    for name, value in plainly(text).items():
        assert row[name] == pytest.approx(value, abs=1e-6), name


@settings(deadline=None)
@given(st.lists(st.none() | st.text(max_size=300), max_size=5))
def test_every_text_gets_a_row(records):
    array = pa.array(records, pa.large_string())
    writing = describe_writing(array)
    quality = measure_quality(array, writing["script"].combine_chunks())
    assert quality.schema == SCHEMA
    assert quality.num_rows == writing.num_rows == len(records)
    for text, row in zip(records, quality.to_pylist(), strict=True):
        assert (row["words"] is None) == (not text)
        assert all(0 <= row[name] <= 1 for name in row if name.endswith("_gram_share") and row[name] is not None)
