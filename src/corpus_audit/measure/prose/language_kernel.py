"""The compiled classifier of py3langid: its model, its scores, without a Python object a byte.

Its method is naive Bayes on byte n-grams (Lui and Baldwin, "Cross-domain Feature Selection for Language
Identification", 2011): an automaton finds them, their counts weigh by log(1 + count), and the scores are divided by
the square root of the length before they become probabilities.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, copy_first, inlined
from corpus_audit.measure.text_windows import Offsets
from corpus_audit.measure.vectors import add_scaled_row, prefetch_row

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

MOST_BYTES = 1024
"""The longest text that the kernel takes."""

WEIGHT_STEPS = 512
"""The precision of half-precision numbers from 2 to 4, the finest that the model holds."""

_ROW_SHIFT, _FEATURE_MASK = 32, 2**32 - 1
_LANES = 8
_AHEAD = 8
"""How many features before their weights are needed these are asked for."""

ROW = 144
"""Weights of a feature: one a class, and zeros up to a multiple of what a processor takes at once."""

_ROW_BYTES = 2 * ROW

_NO_ASCII = 0xCC
"""From this first byte on a character may be a combining one, which normalisation joins with the one before."""


class LanguageModel(NamedTuple):
    """py3langid's model. *label* is the first of the classes that share a class's language.

    *state* holds the row of its moves and, from 1, its feature, side by side: one visit to memory less for each byte.
    *weight* is in steps of 1 / WEIGHT_STEPS: its half-precision numbers are whole ones then, in as little memory.
    """

    moves: NDArray[np.uint32]
    state: NDArray[np.int64]
    weight: NDArray[np.int16]
    prior: Floats
    label: NDArray[np.int64]
    count_weight: Floats


@cache
def load_model() -> tuple[LanguageModel, tuple[str, ...]]:
    """Return the model that the installed py3langid carries, and the language of each class: half a second, once."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE
    from py3langid.modelio import load_model as read

    weight, prior, classes, moves, row, feature = read(MODEL_DIR / MODEL_FILE)
    model = LanguageModel(
        np.array(moves, np.uint32),
        np.asarray(row, np.int64) << _ROW_SHIFT | np.asarray(feature, np.int64) + 1,
        _whole_steps(np.asarray(weight, np.float32)),
        np.asarray(prior, np.float32),
        np.array([classes.index(language) for language in classes]),
        np.log1p(np.arange(MOST_BYTES + 1, dtype=np.float32)),
    )
    return model, tuple(classes)


def _whole_steps(weight: Floats) -> NDArray[np.int16]:
    """Return weights in whole steps, a ROW a feature from 1; raises ValueError for a model whose weights are finer."""
    steps = np.ascontiguousarray(weight * WEIGHT_STEPS)
    is_fine = np.any(steps != np.rint(steps)) or np.abs(steps).max() > np.iinfo(np.int16).max
    if is_fine or steps.shape[1] > ROW:
        message = "py3langid carries a model that this version does not know: install the one in constraints.txt"
        raise ValueError(message)
    rows = np.empty((steps.shape[0] + 1, ROW), np.int16)
    rows[:] = 0
    rows[1:, : steps.shape[1]] = steps
    return rows.reshape(-1)


@compiled
def cut_beginnings(data: Bytes, starts: Offsets, ends: Offsets, size_bytes: int) -> tuple[Offsets, NDArray[np.bool_]]:
    """Return where the first bytes of each text end, before a character that is not whole, and whether they are plain.

    Plain is what py3langid reads as it is: with a small letter of ASCII it is not in capitals, which are made small,
    and without a combining character it is normalised.
    """
    cuts, is_plain = np.empty(starts.size, np.int64), np.empty(starts.size, np.bool_)
    for text in range(starts.size):
        end = min(ends[text], starts[text] + size_bytes)
        while starts[text] < end < ends[text] and data[end] & 0xC0 == 0x80:
            end -= 1
        has_small = has_other = False
        for place in range(starts[text], end):
            has_small |= 97 <= data[place] <= 122
            has_other |= data[place] >= _NO_ASCII
        cuts[text], is_plain[text] = end, has_small and not has_other
    return cuts, is_plain


@compiled
def classify(
    data: Bytes, starts: Offsets, ends: Offsets, model: LanguageModel, best: Offsets, probability: Floats
) -> None:
    """Write the most probable class of each text of at most MOST_BYTES, and its probability."""
    counts = np.zeros(model.weight.size // ROW, np.int32)
    counts[0] = 1  # so that what is no feature is never a new one
    visited = np.empty((_LANES, MOST_BYTES), np.int64)
    scores, weight = np.empty(ROW, np.float32), model.weight
    for first in range(0, starts.size, _LANES):
        last = min(first + _LANES, starts.size)
        _walk(data, starts[first:last], ends[first:last], model, visited)
        for text in range(first, last):
            size = ends[text] - starts[text]
            found = visited[text - first]
            different = _count_features(found[:size], counts)
            scores[:] = np.float32(0)
            if different:
                copy_first(model.prior, scores, model.prior.size)
            for place in range(min(different, _AHEAD)):
                prefetch_row(weight, found[place] * ROW, _ROW_BYTES)
            for place in range(different):
                prefetch_row(weight, found[min(place + _AHEAD, different - 1)] * ROW, _ROW_BYTES)
                feature = found[place]
                weigh = model.count_weight[counts[feature]] / np.float32(WEIGHT_STEPS)
                counts[feature] = 0
                add_scaled_row(scores, weight, feature * ROW, weigh, ROW)
            best[text], probability[text] = _most_probable(scores[: model.prior.size], size, model.label)


@inlined
def _walk(data: Bytes, starts: Offsets, ends: Offsets, model: LanguageModel, visited: NDArray[np.int64]) -> None:
    """Write the feature that the automaton finds at each byte of some texts, or 0.

    The texts are walked side by side: each step waits for memory, and so they wait together.
    """
    states = np.full(_LANES, model.state[0])
    longest = 0
    for lane in range(starts.size):
        longest = max(longest, ends[lane] - starts[lane])
    for place in range(longest):
        for lane in range(starts.size):
            if starts[lane] + place < ends[lane]:
                row = states[lane] >> _ROW_SHIFT << 8
                state = model.state[model.moves[row + data[starts[lane] + place]]]
                states[lane] = state
                visited[lane, place] = state & _FEATURE_MASK


@inlined
def _count_features(visited: NDArray[np.int64], counts: NDArray[np.int32]) -> int:
    """Count the features visited, and put each of them once in front; return how many that are."""
    different = 0
    for place in range(visited.size):
        feature = visited[place]
        visited[different] = feature
        different += counts[feature] == 0
        counts[feature] += 1
    counts[0] = 1
    return different


@inlined
def _most_probable(scores: Floats, size_bytes: int, label: NDArray[np.int64]) -> tuple[int, np.float32]:
    scale = np.float32(1 / np.sqrt(size_bytes))
    highest, total = scores[0], np.float32(0)
    for number in range(scores.size):
        highest = max(highest, scores[number])
    for number in range(scores.size):
        scores[number] = np.exp((scores[number] - highest) * scale)
        total += scores[number]
    for number in range(scores.size):
        if label[number] != number:
            scores[label[number]] += scores[number]
            scores[number] = 0
    best = 0
    for number in range(scores.size):
        if scores[number] > scores[best]:
            best = number
    return best, scores[best] / total
