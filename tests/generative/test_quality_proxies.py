"""The compiled proxies of quality against the same definitions written plainly."""

import re
from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_audit.measure.prose.prose_kernel import FREQUENT_RUNS, REPEATED_RUNS
from corpus_audit.measure.prose.quality import SCHEMA, measure_quality
from corpus_audit.measure.prose.writing import describe_writing

STOP_WORDS = {"the", "be", "to", "of", "and", "that", "have", "with"}
BOILERPLATE = re.compile(r"\b(?:javascript|cookies?)\b|\bprivacy policy\b|\bterms of\b|\brights reserved\b")
WORDS = (
    "the", "The", "that", "with", "have", "be", "of", "dog", "cat.", "cat", "mouse!", "why?", '"so"', "wait...",
    "wait…", "#", "#tag", "123", "4.5", "{x}", "javascript", "cookies", "privacy", "policy", "lorem", "Ipsum", "-", "*",
    "•", "é", "中文。", "it”",
)  # fmt: skip
texts = st.lists(st.sampled_from([*WORDS, "\n", "\n\n", "  ", "\t"]), min_size=1, max_size=120).map(" ".join)


def letters_of(word: str) -> str:
    return "".join(sign for sign in word.lower() if "a" <= sign <= "z")


def spaced(text: str) -> list[str]:
    return [word for word in re.split(r"[\x00-\x20]+", text) if word]


def lines_of(text: str) -> list[list[str]]:
    return [words for line in text.split("\n") if (words := spaced(line))]


def paragraphs_of(text: str) -> list[list[str]]:
    paragraphs, current = [], []
    for line in [*text.split("\n"), ""]:
        if words := spaced(line):
            current += words
        elif current:
            paragraphs.append(current)
            current = []
    return paragraphs


def size(words: list[str]) -> int:
    return sum(map(len, words))


def repeated(items: list[list[str]]) -> tuple[int, int]:
    seen, again = set(), []
    for item in items:
        if tuple(item) in seen:
            again.append(item)
        seen.add(tuple(item))
    return len(again), sum(map(size, again))


def frequent_run(words: list[str], length: int) -> int:
    runs = Counter(tuple(words[place : place + length]) for place in range(len(words) - length + 1))
    most = max(runs.values(), default=0)
    return max((most * size(list(run)) for run, count in runs.items() if count == most), default=0) if most > 1 else 0


def repeated_runs(words: list[str], length: int) -> int:
    places = range(len(words) - length + 1)
    runs = Counter(tuple(words[place : place + length]) for place in places)
    covered = {i for p in places if runs[tuple(words[p : p + length])] > 1 for i in range(p, p + length)}
    return sum(len(words[i]) for i in covered)


def plainly(text: str) -> dict[str, float]:
    words, lines, paragraphs = spaced(text), lines_of(text), paragraphs_of(text)
    kept = [
        line
        for line in lines
        if re.search(r'[.!?"”。！？]$', line[-1]) and len(line) >= 5 and "javascript" not in map(letters_of, line)
    ]
    characters = size(words)
    pairs = list(zip(map(letters_of, words), map(letters_of, words[1:]), strict=False))
    return {
        "words": len(words),
        "mean_word_length": characters / max(len(words), 1),
        "hash_sign_share": text.count("#") / max(len(words), 1),
        "ellipsis_share": sum(word.count("...") + word.count("…") for word in words) / max(len(words), 1),
        "bullet_line_share": sum(line[0] in "-*•" for line in lines) / max(len(lines), 1),
        "ellipsis_line_share": sum(line[-1].endswith(("...", "…")) for line in lines) / max(len(lines), 1),
        "alphabetic_word_share": sum(any(s.isalpha() or ord(s) > 127 for s in w) for w in words) / max(len(words), 1),
        "stop_words": len(STOP_WORDS & set(map(letters_of, words))),
        "repeated_line_share": repeated(lines)[0] / max(len(lines), 1),
        "repeated_line_character_share": repeated(lines)[1] / max(characters, 1),
        "repeated_paragraph_share": repeated(paragraphs)[0] / max(len(paragraphs), 1),
        "repeated_paragraph_character_share": repeated(paragraphs)[1] / max(characters, 1),
        **{f"frequent_{n}_gram_share": min(frequent_run(words, n) / max(characters, 1), 1) for n in FREQUENT_RUNS},
        **{f"repeated_{n}_gram_share": repeated_runs(words, n) / max(characters, 1) for n in REPEATED_RUNS},
        "kept_line_share": len(kept) / max(len(lines), 1),
        "kept_sentences": sum(re.search(r'[.!?"”。！？]$', word) is not None for line in kept for word in line),
        "curly_brackets": text.count("{"),
        "lorem_ipsum": pairs.count(("lorem", "ipsum")),
        "boilerplate_line_share": sum(
            BOILERPLATE.search(" ".join(map(letters_of, line))) is not None for line in lines
        ) / max(len(lines), 1),
    }  # fmt: skip


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
