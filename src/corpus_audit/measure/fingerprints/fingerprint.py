"""Fingerprints of texts: counts, MinHash signatures and shingle hashes, straight from Arrow's buffers.

Tokens are runs of letters and digits; a character of a script written without spaces is a token by itself. Text is
normalised to NFC, then case folded in full (ß becomes ss). A shingle is ``shingle_size`` neighbouring tokens; a text
with fewer is one shingle, a text with none has no shingle and is a copy of nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.errors import CorpusAuditError
from corpus_audit.measure.fingerprints.characters import load_character_table
from corpus_audit.measure.fingerprints.folding import Bytes
from corpus_audit.measure.fingerprints.hash_filter import NOTHING, HashFilter
from corpus_audit.measure.fingerprints.kernel import (
    FingerprintConfig,
    TextBatch,
    TextMeasures,
    choose_passages,
    collect_shingles,
    count_all_characters,
    fingerprint_texts,
)
from corpus_audit.measure.fingerprints.long_texts import collect_long, measure_long
from corpus_audit.measure.fingerprints.minhash import NO_MINIMUM, draw_permutations
from corpus_audit.measure.fingerprints.normalising import to_nfc
from corpus_audit.measure.fingerprints.plain_fingerprint import collect_plainly, count_plainly, fingerprint_plainly
from corpus_audit.measure.little_text import PlainFirst

SCHEME = "affine32"
TOKENIZER = "unicode-2"
LONGEST = 1 << 26
"""Bytes of text whose distinct shingles are held at a time."""

_PIECE = 1 << 24
_LIST_BYTES = 1 << 23
"""How much text is hashed without compiling where that is done once, and the hashes are kept: two seconds at most."""

_count_characters = PlainFirst(count_all_characters, count_plainly)
_fingerprint_texts = PlainFirst(fingerprint_texts, fingerprint_plainly)
_collect_shingles = PlainFirst(collect_shingles, collect_plainly)
_collect_list = PlainFirst(collect_shingles, collect_plainly, _LIST_BYTES)

_Collected = tuple[NDArray[np.int64], NDArray[np.uint64]]
"""Where each text's hashes begin, and the hashes."""
_Collect = PlainFirst[[TextBatch, FingerprintConfig, NDArray[np.bool_]], _Collected]


@dataclass(frozen=True)
class ChosenShingles:
    """The shingles that texts choose for their passages (``passage_samples.py``): the text's position, and the hash."""

    positions: NDArray[np.int64]
    hashes: NDArray[np.uint64]


@dataclass(frozen=True)
class Fingerprints:
    """What the kernel measures of *n* texts; ``signatures`` means nothing where there are no shingles."""

    characters: NDArray[np.int64]
    tokens: NDArray[np.int64]
    shingles: NDArray[np.int64]
    watched: NDArray[np.int64]
    signatures: NDArray[np.uint32]
    chosen: ChosenShingles

    @property
    def has_shingles(self) -> NDArray[np.bool_]:
        """Which texts have a signature that can be compared."""
        return self.shingles > 0


def fingerprint(texts: pa.Array | pa.ChunkedArray, parameters: Parameters, watch: HashFilter = NOTHING) -> Fingerprints:
    """Return the fingerprints of a string or large_string array; a null is a text without tokens.

    ``watched`` counts the distinct shingles of each text that *watch* is for.
    Raises CorpusAuditError for a scheme or a tokenizer this version does not know.
    """
    recipe = make_recipe(parameters, watch)
    characters = np.zeros(len(texts), np.int64)
    measures = _empty_measures(len(texts), parameters.num_perm)
    chosen = []
    for rows, chunk in _chunks(texts):
        view = view_texts(chunk)
        _count_characters(view.size_bytes, view, characters[rows])
        found = _fingerprint_chunk(chunk, view, recipe, _rows_of(measures, rows))
        chosen.append(ChosenShingles(found.positions + rows.start, found.hashes))
    return Fingerprints(
        characters, measures.tokens, measures.shingles, measures.watched, measures.signatures, _joined(chosen)
    )


def shingle_hashes(
    texts: pa.Array | pa.ChunkedArray, parameters: Parameters
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return offsets (one more than texts) and 64-bit hashes: each text's distinct shingles, sorted.

    The low 32 bits of these hashes are what the signatures are made of.
    """
    return _hashes_of(texts, make_recipe(parameters), _collect_shingles)


def list_shingle_hashes(texts: pa.Array, parameters: Parameters) -> _Collected:
    """Return what ``shingle_hashes`` does, of texts that are hashed once for all audits to come."""
    return _hashes_of(texts, make_recipe(parameters), _collect_list)


def _hashes_of(texts: pa.Array | pa.ChunkedArray, recipe: FingerprintConfig, collect: _Collect) -> _Collected:
    counts, found = [np.zeros(1, np.int64)], [np.empty(0, np.uint64)]
    for _, chunk in _chunks(texts):
        offsets, hashes = _collect_chunk(chunk, recipe, collect)
        counts.append(np.diff(offsets))
        found.append(hashes)
    return np.cumsum(np.concatenate(counts)), np.concatenate(found) if len(found) != 2 else found[1]


def view_texts(chunk: pa.Array) -> TextBatch:
    """Return an Arrow string array's own memory in the form the kernel takes it."""
    width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
    _, offsets, data = chunk.buffers()
    bounds = np.zeros(1, np.int64)
    if len(chunk):
        bounds = np.frombuffer(offsets, width, len(chunk) + 1, chunk.offset * np.dtype(width).itemsize).astype(np.int64)
    content = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    is_valid = chunk.is_valid().to_numpy(zero_copy_only=False) if chunk.null_count else np.zeros(0, np.bool_)
    for array in (content, bounds, is_valid):
        # Arrow's memory may not be written to, and numba would compile a second time for memory that may.
        array.setflags(write=False)
    return TextBatch(content, bounds, is_valid)


def make_recipe(parameters: Parameters, watch: HashFilter = NOTHING) -> FingerprintConfig:
    """Return what the kernel computes under these parameters; raises CorpusAuditError for those it does not know."""
    if parameters.scheme != SCHEME:
        message = f"The signature scheme {parameters.scheme!r} is not known; this version computes {SCHEME!r}."
        raise CorpusAuditError(message)
    try:
        table = load_character_table(parameters.tokenizer)
    except FileNotFoundError as error:
        message = f"The tokenizer {parameters.tokenizer!r} is not known; this version has {TOKENIZER!r}."
        raise CorpusAuditError(message) from error
    permutations = draw_permutations(parameters.num_perm, parameters.seed)
    return FingerprintConfig(
        shingle_size=parameters.shingle_size,
        window=parameters.passage_window,
        table=table,
        permutations=permutations,
        watch=watch,
        is_normalised=False,
        longest=LONGEST,
    )


def _joined(chosen: Sequence[ChosenShingles]) -> ChosenShingles:
    return ChosenShingles(
        np.concatenate([np.zeros(0, np.int64), *(some.positions for some in chosen)]),
        np.concatenate([np.zeros(0, np.uint64), *(some.hashes for some in chosen)]),
    )


def _empty_measures(count: int, num_perm: int) -> TextMeasures:
    return TextMeasures(
        tokens=np.zeros(count, np.int64),
        shingles=np.zeros(count, np.int64),
        watched=np.zeros(count, np.int64),
        signatures=np.full((count, num_perm), NO_MINIMUM, np.uint32),
        needs_nfc=np.zeros(count, np.bool_),
    )


def _rows_of(measures: TextMeasures, rows: slice) -> TextMeasures:
    """Return views of some rows: writing to them writes to *measures*."""
    return TextMeasures(
        tokens=measures.tokens[rows],
        shingles=measures.shingles[rows],
        watched=measures.watched[rows],
        signatures=measures.signatures[rows],
        needs_nfc=measures.needs_nfc[rows],
    )


def _chunks(texts: pa.Array | pa.ChunkedArray) -> Iterator[tuple[slice, pa.Array]]:
    first = 0
    for chunk in texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]:
        yield slice(first, first + len(chunk)), chunk
        first += len(chunk)


def _fingerprint_chunk(
    chunk: pa.Array, view: TextBatch, recipe: FingerprintConfig, measures: TextMeasures
) -> ChosenShingles:
    chosen = _fingerprint_all(view, recipe, measures)
    again = np.flatnonzero(measures.needs_nfc)
    if not again.size:
        return chosen
    normalised = view_texts(_normalise(chunk.take(pa.array(again))))
    second = _empty_measures(again.size, measures.signatures.shape[1])
    of_second = _fingerprint_all(normalised, recipe._replace(is_normalised=True), second)
    measures.tokens[again] = second.tokens
    measures.shingles[again] = second.shingles
    measures.watched[again] = second.watched
    measures.signatures[again] = second.signatures
    return _joined([chosen, ChosenShingles(again[of_second.positions], of_second.hashes)])


def _fingerprint_all(view: TextBatch, recipe: FingerprintConfig, measures: TextMeasures) -> ChosenShingles:
    offsets, hashes = _fingerprint_texts(view.size_bytes, view, recipe, measures)
    chosen = [ChosenShingles(np.repeat(np.arange(offsets.size - 1), np.diff(offsets)), hashes)]
    for row, text in _long_texts(view, recipe):
        totals = measure_long(text, recipe, measures.signatures[row])
        if totals is None:
            measures.needs_nfc[row] = True
            continue
        measures.tokens[row], measures.shingles[row], measures.watched[row] = totals
        if recipe.window:
            of_long = choose_passages(text, recipe)
            chosen.append(ChosenShingles(np.full(of_long.size, row), of_long))
    return _joined(chosen)


def _long_texts(view: TextBatch, recipe: FingerprintConfig) -> Iterator[tuple[int, Bytes]]:
    """Yield row and bytes of each text that the kernel leaves out."""
    for row in np.flatnonzero(np.diff(view.offsets) > recipe.longest):
        if not view.is_valid.size or view.is_valid[row]:
            yield int(row), view.bytes[view.offsets[row] : view.offsets[row + 1]]


def _collect_chunk(chunk: pa.Array, recipe: FingerprintConfig, collect: _Collect) -> _Collected:
    needs_nfc = np.zeros(len(chunk), np.bool_)
    found = _collect_all(view_texts(chunk), recipe, needs_nfc, collect)
    again = np.flatnonzero(needs_nfc)
    if not again.size:
        return found
    normalised = view_texts(_normalise(chunk.take(pa.array(again))))
    recipe = recipe._replace(is_normalised=True)
    offsets, hashes = _collect_all(normalised, recipe, np.zeros(again.size, np.bool_), collect)
    return _put_in(found, {row: hashes[offsets[i] : offsets[i + 1]] for i, row in enumerate(again.tolist())})


def _collect_all(
    view: TextBatch, recipe: FingerprintConfig, needs_nfc: NDArray[np.bool_], collect: _Collect
) -> _Collected:
    found = collect(view.size_bytes, view, recipe, needs_nfc)
    of_long = {row: collect_long(text, recipe) for row, text in _long_texts(view, recipe)}
    needs_nfc[[row for row, hashes in of_long.items() if hashes is None]] = True
    return _put_in(found, {row: hashes for row, hashes in of_long.items() if hashes is not None})


def _put_in(collected: _Collected, found: Mapping[int, NDArray[np.uint64]]) -> _Collected:
    """Return what was collected with the hashes of some rows, ascending, that had none yet."""
    if not found:
        return collected
    offsets, hashes = collected
    counts, pieces, done = np.diff(offsets), [], 0
    for row, of_row in found.items():
        pieces += [hashes[done : offsets[row]], of_row]
        done, counts[row] = offsets[row], of_row.size
    return np.concatenate([[0], np.cumsum(counts)]), np.concatenate([*pieces, hashes[done:]])


def _normalise(chunk: pa.Array) -> pa.Array:
    """Return the texts in NFC; bytes that are not UTF-8 become U+FFFD, which is a break just as they are."""
    contents = chunk.cast(pa.large_binary())
    normalised = [_normalise_text(memoryview(text.as_buffer())) if text.is_valid else None for text in contents]
    return pa.array(normalised, pa.large_binary()).view(pa.large_string())


def _normalise_text(text: memoryview) -> bytes:
    """Return one text in NFC, a piece at a time: an ASCII character never composes with what stands before it."""
    pieces, start = [], 0
    while start < len(text):
        end = min(start + _PIECE, len(text))
        while end < len(text) and text[end] >= 0x80:
            end += 1
        pieces.append(to_nfc(bytes(text[start:end]).decode("utf-8", "replace")).encode())
        start = end
    return b"".join(pieces)
