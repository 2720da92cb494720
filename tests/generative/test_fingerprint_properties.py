"""The kernel agrees with the definition in plain Python, and its signatures with datasketch's, on any text."""

import unicodedata
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_audit.config import Parameters
from corpus_audit.measure.fingerprints import fingerprint as module
from corpus_audit.measure.fingerprints import kernel
from corpus_audit.measure.fingerprints.characters import (
    BLOCK,
    BLOCK_BITS,
    BREAK,
    CLASS_MASK,
    COMBINES,
    SINGLE,
    UNSTABLE,
    load_character_table,
)
from corpus_audit.measure.fingerprints.fingerprint import TOKENIZER, Fingerprints, fingerprint, shingle_hashes
from corpus_audit.measure.fingerprints.folding import STANDING_ALONE
from corpus_audit.measure.fingerprints.hash_filter import watch_for
from generative.reference_tokenizer import shingle, tokenize

# Characters that meet the tokenizer's rules far more often than random ones do.
NOTABLE = (
    "a Zé9_-.\n\x00ßŉİſΐﬁǅ中文字仮カﾊﾟ゛한글각각ไทยกำລາວមក်"
    "\u0301\u0327\u0345\u0338\u3099\u00ad\u200b\u200c\u200d\ufe0f\U000e0101<=\u212b\u2126كتابآ\u064e\u0651\u0653\u0640א\u05b8မ\u1039န豈\U0002f800"
    "😀👩🏽‍💻🇨🇳\u0958\u09be\u1e9e\uff21٣Ⅷ²"
)
characters = st.one_of(st.sampled_from(NOTABLE), st.characters(exclude_categories=("Cs", "Cn")))
texts = st.one_of(st.text(characters), st.text(st.sampled_from("ab 1"), min_size=40), st.text("a中é ", min_size=60))
columns = st.lists(st.one_of(st.none(), texts), max_size=6)

# The first example compiles the kernel.
untimed = settings(deadline=None)

pytestmark = [
    pytest.mark.usefixtures("everything_compiled"),
    pytest.mark.skipif(
        unicodedata.unidata_version != "14.0.0",
        reason="the table of tokenizer unicode-1 and this Python's unicodedata are of different Unicode versions",
    ),
]


@untimed
@given(columns, st.integers(1, 7))
def test_shingle_hashes_are_as_defined(column: list[str | None], size: int) -> None:
    offsets, hashes = shingle_hashes(pa.array(column, pa.string()), Parameters(shingle_size=size))
    for i, text in enumerate(column):
        assert hashes[offsets[i] : offsets[i + 1]].tolist() == shingle(text or "", size)


@untimed
@given(columns)
def test_counts_are_as_defined(column: list[str | None]) -> None:
    measured = fingerprint(pa.array(column, pa.large_string()), Parameters())
    assert measured.characters.tolist() == [len(text or "") for text in column]
    assert measured.tokens.tolist() == [len(tokenize(text or "")) for text in column]
    assert measured.shingles.tolist() == [len(shingle(text or "", 5)) for text in column]
    assert measured.has_shingles.tolist() == [bool(tokenize(text or "")) for text in column]


@untimed
@given(texts, st.integers(1, 300), st.integers(0, 2**32 - 1))
def test_signatures_are_those_of_datasketch(text: str, num_perm: int, seed: int) -> None:
    from datasketch import MinHash  # loads SciPy, in each process whose tests are collected

    parameters = Parameters(num_perm=num_perm, seed=seed)
    _, hashes = shingle_hashes(pa.array([text]), parameters)
    expected = MinHash(num_perm, seed=seed, scheme="affine32", hashfunc=lambda value: value)
    expected.update_batch([int(value) & 0xFFFFFFFF for value in hashes])
    (signature,) = fingerprint(pa.array([text]), parameters).signatures
    assert signature.dtype == expected.hashvalues.dtype
    assert signature.tolist() == expected.hashvalues.tolist()


def all_of(found: Fingerprints) -> list[Any]:
    """Return every column that was measured, those of the chosen shingles among them."""
    own = {name: value for name, value in vars(found).items() if name != "chosen"}
    order = np.lexsort((found.chosen.hashes, found.chosen.positions))  # those of long texts come last
    return [*own.values(), found.chosen.positions[order], found.chosen.hashes[order]]


@untimed
@given(columns, st.sampled_from([pa.string(), pa.large_string()]), st.data())
def test_slices_and_chunks_make_no_difference(column: list[str | None], kind: pa.DataType, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(column)))
    whole = fingerprint(pa.array(column, kind), Parameters())
    padded = pa.array(["before", *column, "after"], kind)
    parts = pa.chunked_array([padded.slice(1, cut), padded.slice(1 + cut, len(column) - cut)], kind)
    for one, other in zip(all_of(whole), all_of(fingerprint(parts, Parameters())), strict=True):
        assert np.array_equal(one, other)


@settings(max_examples=15, deadline=None)
@given(st.text(characters, max_size=300), st.integers(1, 5))
def test_segments_make_no_difference(text: str, size: int) -> None:
    """A text longer than a segment has the shingles it would have in one piece."""
    filler = "one two three, four\n" * (kernel.SEGMENT // 20)
    for long in (filler + text + filler, text.ljust(3) * (kernel.SEGMENT // 3 // max(len(text), 1))):
        _, hashes = shingle_hashes(pa.array([long]), Parameters(shingle_size=size))
        assert hashes.tolist() == shingle(long, size)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.text(characters, max_size=300), min_size=1, max_size=4), st.integers(1, 7), st.sampled_from([64, 999])
)
def test_texts_too_long_to_be_held_make_no_difference(column: list[str], size: int, longest: int) -> None:
    """What is gone through with files in between has the counts, signatures and shingles it would have without."""
    repeated = [text * (kernel.SEGMENT // 200) for text in column]
    texts = pa.array([*column, None, *repeated, "one two", ""])
    watch = watch_for(np.unique(shingle_hashes(texts.slice(0, 2), Parameters(shingle_size=size))[1]))
    expected = all_of(fingerprint(texts, Parameters(shingle_size=size), watch))
    expected += shingle_hashes(texts, Parameters(shingle_size=size))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONGEST", longest)
        found = all_of(fingerprint(texts, Parameters(shingle_size=size), watch))
        found += shingle_hashes(texts, Parameters(shingle_size=size))
    for one, other in zip(expected, found, strict=True):
        assert np.array_equal(one, other)


@untimed
@given(st.lists(st.binary(max_size=80), max_size=5))
def test_bytes_that_are_not_utf8_are_breaks(contents: list[bytes]) -> None:
    decoded = [content.decode("utf-8", "replace") for content in contents]
    column = pa.array(contents, pa.binary()).view(pa.string())
    offsets, hashes = shingle_hashes(column, Parameters())
    for i, text in enumerate(decoded):
        assert hashes[offsets[i] : offsets[i + 1]].tolist() == shingle(text, 5)


def test_every_character_is_classed_as_defined() -> None:
    assigned = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    column = [f"a{character}b 1{character}" for character in assigned]
    offsets, hashes = shingle_hashes(pa.array(column), Parameters(shingle_size=2))
    wrong = [
        f"U+{ord(character):04X}"
        for i, (character, text) in enumerate(zip(assigned, column, strict=True))
        if hashes[offsets[i] : offsets[i + 1]].tolist() != shingle(text, 2)
    ]
    assert wrong == []


def test_signatures_load_into_datasketch() -> None:
    from datasketch import LeanMinHash, MinHash, MinHashLSH

    column = pa.array(["one two three four five six seven", "one two three four five six eight", "中文字"])
    signatures = fingerprint(column, Parameters()).signatures
    first, second, third = (MinHash(128, seed=1, scheme="affine32", hashvalues=row) for row in signatures)
    assert first.jaccard(second) == (signatures[0] == signatures[1]).mean()
    assert LeanMinHash(first) == LeanMinHash(seed=1, scheme="affine32", hashvalues=signatures[0])
    index = MinHashLSH(threshold=0.5, num_perm=128)
    index.insert("first", first)
    index.insert("third", third)
    assert index.query(MinHash(128, seed=1, scheme="affine32", hashvalues=signatures[0])) == ["first"]


def test_no_character_that_stands_alone_is_inside_a_token() -> None:
    """find_cut cuts in front of them unseen."""
    table = load_character_table(TOKENIZER)
    codes = np.concatenate([np.arange(first, last + 1) for first, last in STANDING_ALONE.tolist()])
    entries = table.classes[table.blocks[codes >> BLOCK_BITS].astype(int) * BLOCK + (codes & (BLOCK - 1))]
    assert set((entries & CLASS_MASK).tolist()) <= {BREAK, SINGLE}
    assert not (entries & COMBINES).any()
    composing = [code for code in codes[(entries & UNSTABLE) != 0].tolist() if _joins_before(chr(code))]
    assert composing == []


def _joins_before(character: str) -> bool:
    """True if a letter of the Basic Multilingual Plane and this character make one in NFC."""
    return any(len(unicodedata.normalize("NFC", chr(code) + character)) == 1 for code in range(0x40, 0xD800))
