"""What little text is read with in plain Python finds, of any bytes, exactly what the compiled functions find."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.measure.detection import code_windows, digit_windows
from corpus_audit.measure.fingerprints.fingerprint import _empty_measures, make_recipe, view_texts
from corpus_audit.measure.fingerprints.hash_filter import NOTHING, watch_for
from corpus_audit.measure.fingerprints.kernel import (
    FingerprintConfig,
    TextBatch,
    collect_shingles,
    count_all_characters,
    fingerprint_texts,
)
from corpus_audit.measure.fingerprints.plain_fingerprint import collect_plainly, count_plainly, fingerprint_plainly
from corpus_audit.measure.prose.compressibility import compressed_sizes
from corpus_audit.measure.prose.plain_compression import compressed_sizes_plainly
from corpus_audit.measure.prose.plain_prose import read_plainly
from corpus_audit.measure.prose.prose_kernel import COUNTS, read_prose
from corpus_audit.measure.prose.word_kernel import MAX_WORDS, PADDING

PIECES = [
    *" \n\t\x00\x7f.,#{-*:@'a1Zéß…”。！•中한ก็\u0301\u0327\u064e\u00ad\u0958\u0345İﬁǅ😀𠀀ﾞカ",
    "\n\n", "\r\n \n", "...", "....", "the ", "to be ", "t-h中e", "lorem ipsum ", "javascript", "Cookie's ",
    "privacy policy ", "terms\nof ", "rights reserved", "x" * 70, "ab" * 9, "1.2.3.4", "23:59", "f00a:",
    "0a-1b-2c-3d-4e-5f", "ABCPE1234F", "M0123456789abcdef", "2026", "\u0301\u0327" * 140,
]  # fmt: skip
BROKEN = [
    b"\xe2\x80",
    b"\xe2",
    b"\x80\xa6",
    b"\xed\xa0\x80",
    b"\xff",
    b"\xc0\x80",
    b"\xf0\x90\xe4\xb8\xad",
    b"\xf4\x90\x80\x80",
]

pieces = st.sampled_from([*(piece.encode() for piece in PIECES), *BROKEN])
contents = st.one_of(st.lists(pieces, max_size=60).map(b"".join), st.binary(max_size=99), st.text().map(str.encode))
columns = st.lists(contents, min_size=1, max_size=4)

several = settings(deadline=None, max_examples=200)


def laid_out(column: Sequence[bytes], behind: bytes) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """Return the bytes of some texts with others behind them, where each begins, and where it ends."""
    bounds = np.cumsum([0, *map(len, column)])
    return np.frombuffer(b"".join(column) + behind, np.uint8), bounds[:-1], bounds[1:]


def counts_of(column: Sequence[bytes]) -> list[NDArray[np.float64]]:
    """Return what both functions count in texts."""
    given, found = laid_out(column, bytes(PADDING)), [np.zeros((len(column), COUNTS)) for _ in range(2)]
    read_prose(*given, found[0])
    read_plainly(*given, found[1])
    return found


@several
@given(columns)
def test_prose_is_counted_alike(column: list[bytes]) -> None:
    compiled, plain = counts_of(column)
    assert compiled.tolist() == plain.tolist()


def test_prose_is_counted_alike_to_the_last_word_that_is_read() -> None:
    # Both windows and long words may hold it.
    for last in (b"end...", b"y" * 70 + b"\xe2\x80", b"z" * 63):
        many = b"a\n" * (MAX_WORDS - 1) + last
        compiled, plain = counts_of([many + more for more in (b"", b" \xa6 #.", b"\n# {\nmore words...", b"\xa6")])
        assert compiled.tolist() == plain.tolist()


def measured(batch: TextBatch, recipe: FingerprintConfig) -> list[list[list[object]]]:
    """Return what both functions measure of texts; of one that is to be normalised first, nothing is meant."""
    found = []
    for measure in (fingerprint_texts, fingerprint_plainly):
        measures = _empty_measures(batch.offsets.size - 1, recipe.permutations.a.size)
        chosen = measure(batch, recipe, measures)
        measures.signatures[measures.needs_nfc] = 0
        found.append([array.tolist() for array in (*measures, *chosen)])
    for collect in (collect_shingles, collect_plainly):
        needs_nfc = np.zeros(batch.offsets.size - 1, np.bool_)
        found.append([array.tolist() for array in (*collect(batch, recipe, needs_nfc), needs_nfc)])
    for count in (count_all_characters, count_plainly):
        characters = np.zeros(batch.offsets.size - 1, np.int64)
        count(batch, characters)
        found.append([characters.tolist()])
    return found


@several
@given(
    st.lists(st.none() | contents, max_size=4), st.integers(1, 7), st.sampled_from([0, 1, 3, 20]),
    st.sampled_from([1, 33, 128]), st.booleans(), st.sampled_from([50, 1 << 26]), st.booleans(),
)  # fmt: skip
def test_fingerprints_are_made_alike(
    column: list[bytes | None], size: int, window: int, num_perm: int, is_normalised: bool, longest: int, is_any: bool
) -> None:
    batch = view_texts(pa.array([b"before", *column], pa.binary()).view(pa.string()).slice(1))
    recipe = make_recipe(Parameters(shingle_size=size, passage_window=window, num_perm=num_perm))
    _, known = collect_plainly(batch, recipe, np.zeros(len(column), np.bool_))
    watch = watch_for(np.unique(known)[::2]) if is_any else NOTHING
    found = measured(batch, recipe._replace(is_normalised=is_normalised, longest=longest, watch=watch))
    assert found[::2] == found[1::2]


def test_every_character_is_folded_alike() -> None:
    characters = map(chr, (*range(0xD800), *range(0xE000, 0x110000)))
    in_words = [f"a{character}b 1{character}\u0301{character}" for character in characters]
    texts = ["".join(in_words[at : at + 2048]) for at in range(0, len(in_words), 2048)]
    recipe = make_recipe(Parameters(num_perm=1))
    found = measured(view_texts(pa.array(texts)), recipe._replace(is_normalised=True))
    assert found[::2] == found[1::2]


@several
@given(columns)
def test_sizes_are_counted_alike(column: list[bytes]) -> None:
    given = laid_out(column, b"")
    assert compressed_sizes(*given).tolist() == compressed_sizes_plainly(*given).tolist()


@several
@given(columns, st.sampled_from([b"", b"12345", b" " * 99]), st.sampled_from([code_windows, digit_windows]))
def test_windows_lie_alike(column: list[bytes], behind: bytes, module: object) -> None:
    data, starts, ends = laid_out(column, behind)
    found = []
    for fill in (module._fill, module._fill_plainly):  # type: ignore[attr-defined]
        counts, bounds = np.zeros(len(column) + 1, np.int64), np.empty((2, data.size + len(column)), np.int64)
        fill(data, starts, ends, *bounds, counts)
        found.append([bounds[:, low:high].tolist() for low, high in pairwise(counts)])
    assert found[0] == found[1]
