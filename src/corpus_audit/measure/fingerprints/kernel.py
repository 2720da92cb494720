"""The loops over documents: UTF-8 in; counts and signatures, or distinct shingle hashes, out.

A document goes through in segments that fit the cache: fold (``folding.py``), hash and combine tokens
(``shingles.py``), keep the hashes not seen before, lower the minima (``minhash.py``). Documents too long for that are
left out here, and are the matter of ``long_texts.py``. Everything is compiled and releases the GIL. ``fingerprint.py``
is the way in; ``plain_fingerprint.py`` says the same in plain Python.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.fingerprints.characters import CharacterTable
from corpus_audit.measure.fingerprints.folding import (
    GROWTH,
    LONGEST_RUN,
    PADDING,
    Bytes,
    count_characters,
    find_cut,
    fold_segment,
)
from corpus_audit.measure.fingerprints.hash_filter import HashFilter, count_watched
from corpus_audit.measure.fingerprints.minhash import Minima, Permutations, lower_minima
from corpus_audit.measure.fingerprints.passage_samples import Choice, begin_text, choose_shingles, no_choice
from corpus_audit.measure.fingerprints.shingles import (
    Hashes,
    combine_tokens,
    enlarge_table,
    hash_tokens,
    insert_hashes,
    sort_hashes,
)

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

SEGMENT = 1 << 16
"""Bytes of text worked on at a time, so that folded bytes and hashes stay in the second-level cache."""
FIRST_SLOTS = 1 << 10


class TextBatch(NamedTuple):
    """Documents as Arrow holds them: UTF-8 bytes, where each begins and ends, and which are not null."""

    bytes: Bytes
    offsets: Integers
    is_valid: Flags

    @property
    def size_bytes(self) -> int:
        """How much memory the documents lie in."""
        return int(self.offsets[-1] - self.offsets[0])


class FingerprintConfig(NamedTuple):
    """What is computed from a text, which shingles are watched for, and whether all texts are in NFC already.

    Of every *window* neighbouring words one ends a chosen shingle; none where it is 0. Texts of more bytes than
    *longest* are left out.
    """

    shingle_size: int
    window: int
    table: CharacterTable
    permutations: Permutations
    watch: HashFilter
    is_normalised: bool
    longest: int


class TextMeasures(NamedTuple):
    """Where the results go, one row a text; rows flagged in *needs_nfc* must be measured again once normalised."""

    tokens: Integers
    shingles: Integers
    watched: Integers
    signatures: Minima
    needs_nfc: Flags


class Scratch(NamedTuple):
    """Working memory for one segment."""

    folded: Bytes
    tokens: Hashes
    shingles: Hashes
    marks: Bytes
    fresh: Hashes
    mixed: Minima


class Progress(NamedTuple):
    """How far a document is gone through: the place, its tokens so far, those carried into the next segment."""

    at: int
    tokens: int
    carried: int


@compiled
def fingerprint_texts(texts: TextBatch, recipe: FingerprintConfig, measures: TextMeasures) -> tuple[Integers, Hashes]:
    """Write every text's token count, distinct shingles, how many of those are watched for, and signature.

    Returns where the shingles begin that each text chooses for its passages, and their hashes.
    """
    scratch = make_scratch(recipe.shingle_size)
    slots = np.empty(FIRST_SLOTS, np.uint64)
    offsets, choice = np.zeros(measures.tokens.size + 1, np.int64), no_choice(recipe.window)
    for i in range(measures.tokens.size):
        offsets[i + 1] = choice.chosen
        start, end = text_bounds(texts, i)
        if end - start > recipe.longest:
            continue
        tokens, shingles, watched, is_unstable, used, choice = _measure_text(
            texts.bytes, start, end, recipe, scratch, slots, measures.signatures[i], choice
        )
        if used.size > slots.size:
            slots = used
        if is_unstable and not recipe.is_normalised:
            measures.needs_nfc[i] = True
            choice = begin_text(choice, offsets[i + 1])
            continue
        measures.tokens[i] = tokens
        measures.shingles[i] = shingles
        measures.watched[i] = watched
        offsets[i + 1] = choice.chosen
    return offsets, choice.hashes[: choice.chosen]


@compiled
def choose_passages(text: Bytes, recipe: FingerprintConfig) -> Hashes:
    """Return the shingles that one text of any length, which needs no normalising, chooses for its passages."""
    scratch = make_scratch(recipe.shingle_size)
    choice = no_choice(recipe.window)
    progress = Progress(0, 0, 0)
    while progress.at < text.size:
        progress, count, _, has_marks = next_shingles(text, text.size, progress, recipe, scratch)
        choice = choose_shingles(scratch.shingles, count, scratch.marks[recipe.shingle_size - 1 :], has_marks, choice)
    return choice.hashes[: choice.chosen]


@compiled
def collect_shingles(texts: TextBatch, recipe: FingerprintConfig, needs_nfc: Flags) -> tuple[Integers, Hashes]:
    """Return where each text's distinct shingle hashes begin, and the hashes, sorted within each text."""
    scratch = make_scratch(recipe.shingle_size)
    slots = np.empty(FIRST_SLOTS, np.uint64)
    no_minima = np.empty(0, np.uint32)
    choice = no_choice(0)
    offsets = np.zeros(needs_nfc.size + 1, np.int64)
    hashes = np.empty(FIRST_SLOTS, np.uint64)
    count = 0
    for i in range(needs_nfc.size):
        start, end = text_bounds(texts, i)
        if end - start <= recipe.longest:
            _, shingles, _, is_unstable, used, choice = _measure_text(
                texts.bytes, start, end, recipe, scratch, slots, no_minima, choice
            )
            if used.size > slots.size:
                slots = used
            if is_unstable and not recipe.is_normalised:
                needs_nfc[i] = True
            else:
                hashes = append_held(used, shingles, hashes, count)
                sort_hashes(hashes[count : count + shingles])
                count += shingles
        offsets[i + 1] = count
    return offsets, hashes[:count]


@compiled
def count_all_characters(texts: TextBatch, characters: Integers) -> None:
    """Write how many code points each text holds; none for a null."""
    for i in range(characters.size):
        start, end = text_bounds(texts, i)
        characters[i] = count_characters(texts.bytes, start, end)


@inlined
def text_bounds(texts: TextBatch, i: int) -> tuple[int, int]:
    """Return where a text begins and ends; a null is an empty text."""
    if texts.is_valid.size and not texts.is_valid[i]:
        return 0, 0
    return texts.offsets[i], texts.offsets[i + 1]


@compiled
def make_scratch(shingle_size: int) -> Scratch:
    """Return working memory for the longest segment; memory that is not touched is not taken."""
    folded_bytes = GROWTH * (SEGMENT + LONGEST_RUN + 4) + PADDING
    # A token is at least one folded byte and the zero after it; the tokens before a segment are carried into it.
    tokens = folded_bytes // 2 + shingle_size
    return Scratch(
        np.empty(folded_bytes, np.uint8),
        np.empty(tokens, np.uint64),
        np.empty(tokens, np.uint64),
        np.empty(tokens, np.uint8),
        np.empty(tokens, np.uint64),
        np.empty(tokens, np.uint32),
    )


@inlined
def _cleared(slots: Hashes, shingles: int) -> Hashes:
    """Return an empty table for so many shingles, out of the memory of *slots* if that is enough."""
    wanted = FIRST_SLOTS
    while wanted < 2 * shingles:
        wanted *= 2
    empty = slots[:wanted] if wanted <= slots.size else np.empty(wanted, np.uint64)
    for slot in range(wanted):
        empty[slot] = 0
    return empty


@compiled
def _measure_text(
    text: Bytes,
    start: int,
    end: int,
    recipe: FingerprintConfig,
    scratch: Scratch,
    slots: Hashes,
    minima: Minima,
    choice: Choice,
) -> tuple[int, int, int, bool, Hashes, Choice]:
    """Go through one document, and lower *minima* by its shingles, with the memory of *slots*.

    Returns its tokens, its distinct shingles, how many of those are watched for, whether NFC might change the text, the
    table that holds the shingles, and the choice with those it chooses.
    """
    shingles, watched, is_unstable = 0, 0, False
    choice = begin_text(choice, choice.chosen)
    progress, table = Progress(start, 0, 0), slots[:0]
    while progress.at < end:
        progress, count, needs_nfc, has_marks = next_shingles(text, end, progress, recipe, scratch)
        is_unstable |= needs_nfc
        if not table.size:
            # As many in each segment as in the first: a table that is too small is enlarged.
            table = _cleared(slots, count * ((end - start) // (progress.at - start)))
        if choice.step:
            marks = scratch.marks[recipe.shingle_size - 1 :]
            choice = choose_shingles(scratch.shingles, count, marks, has_marks, choice)
        if 2 * (shingles + count) > table.size:
            table = enlarge_table(table, 0, shingles + count)
        added = insert_hashes(scratch.shingles, count, 0, table, scratch.fresh)
        lower_minima(scratch.fresh, added, recipe.permutations, scratch.mixed, minima)
        watched += count_watched(scratch.fresh, added, recipe.watch)
        shingles += added
    return progress.tokens, shingles, watched, is_unstable, table, choice


@inlined
def next_shingles(
    text: Bytes, end: int, progress: Progress, recipe: FingerprintConfig, scratch: Scratch
) -> tuple[Progress, int, bool, bool]:
    """Write the shingles that end in the next segment to *scratch*, and marks of its tokens if any is marked.

    Returns how far the document is gone through now, how many shingles those are, whether NFC might change them, and
    whether any is marked; a text that is one shorter shingle has no marks.
    """
    at, tokens, held = progress
    cut = end if end - at <= SEGMENT else find_cut(text, at + SEGMENT, end)
    length, needs_nfc = fold_segment(text, at, cut, recipe.table, scratch.folded)
    before = held
    held, has_marks = hash_tokens(scratch.folded, length, scratch.tokens, held, scratch.marks)
    has_marks &= held >= recipe.shingle_size
    tokens += held - before
    is_short = cut == end and tokens == held and tokens > 0
    if held < recipe.shingle_size and not is_short:
        return Progress(cut, tokens, held), 0, needs_nfc, has_marks
    count = combine_tokens(scratch.tokens, held, recipe.shingle_size, scratch.shingles)
    # The last tokens of a segment begin shingles that end in the next.
    kept = min(recipe.shingle_size - 1, held)
    for i in range(kept):
        scratch.tokens[i] = scratch.tokens[held - kept + i]
    return Progress(cut, tokens, kept), count, needs_nfc, has_marks


@inlined
def append_held(slots: Hashes, distinct: int, hashes: Hashes, count: int) -> Hashes:
    """Append a table's hashes in the order of their slots; return the array, a larger one when it was full."""
    if count + distinct + 1 > hashes.size:
        larger = np.empty(2 * (count + distinct + 1), np.uint64)
        for i in range(count):
            larger[i] = hashes[i]
        hashes = larger
    for value in slots:
        hashes[count] = value
        count += value != 0
    return hashes
