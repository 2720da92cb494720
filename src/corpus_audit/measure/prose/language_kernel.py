"""The compiled classifier of py3langid: its scores, without a Python object a byte.

Its method is naive Bayes on byte n-grams (Lui and Baldwin, "Cross-domain Feature Selection for Language
Identification", 2011): an automaton finds them, their counts weigh by log(1 + count), and the scores are divided by
the square root of the length before they become probabilities.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.text_windows import Offsets
from corpus_audit.measure.vectors import WINDOW, greatest_of, prefetch_row, rows_adder, window_between

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

MOST_BYTES = 1024
"""The longest text that the kernel takes."""

_LANES = 16
ROW = 144
"""Weights of a feature: one a class, and zeros up to a multiple of what a processor takes at once."""
_PART = 80
"""A row is added in two parts, whose sums fit into the registers: so many weights, and the others."""

FEATURES = 104_857
"""What a move to a row and a feature has room for, as one number: a row's number times FEATURES, and the feature's."""

_SPOTS = 2 * MOST_BYTES
_NO_SCORE = np.float32(-np.inf)
_LEAST_SHARE = np.float32(-18)
"""Below this logarithm a class's share of the probability is nothing that a float32 beside the others would show."""

_NO_ASCII = 0xCC
"""From this first byte on a character may be a combining one, which normalisation joins with the one before."""

_add_first_part, _add_second_part = rows_adder(ROW, 0, _PART), rows_adder(ROW, _PART, ROW - _PART)
_greatest = greatest_of(ROW)
_small_window = window_between((ord("a"), ord("z")))
_other_window = window_between((_NO_ASCII, 0xFF))


class LanguageModel(NamedTuple):
    """py3langid's model. *label* is the first of the classes that share a class's language, *further* are the others.

    *moves* hold, for each row and byte, the next row and the feature found (from 1; 0 for none) as one number: one
    visit to memory for each byte. Most weights of a class are its least one, the weight of what was never seen in its
    language. *steps* are how far each weight lies above, a ROW a feature, in steps of which a class has 255: a quarter
    of the memory.
    """

    moves: NDArray[np.uint32]
    first_row: int
    steps: NDArray[np.uint8]
    step_size: Floats
    least: Floats
    prior: Floats
    label: NDArray[np.int64]
    further: NDArray[np.int64]
    count_weight: Floats


@compiled
def cut_beginnings(data: Bytes, starts: Offsets, ends: Offsets, size_bytes: int) -> tuple[Offsets, NDArray[np.bool_]]:
    """Return where the first bytes of each text end, before a character that is not whole, and whether they are plain.

    Plain is what py3langid reads as it is: with a small letter of ASCII it is not in capitals, which are made small,
    and without a combining character it is normalised.
    """
    cuts, is_plain = np.empty(starts.size, np.int64), np.empty(starts.size, np.bool_)
    for text in range(starts.size):
        place, end = starts[text], min(ends[text], starts[text] + size_bytes)
        while starts[text] < end < ends[text] and data[end] & 0xC0 == 0x80:
            end -= 1
        small = other = np.uint64(0)
        while place + WINDOW <= data.size and place < end:
            read = ~np.uint64(0) >> np.uint64(WINDOW - min(end - place, WINDOW))
            small |= _small_window(data, place) & read
            other |= _other_window(data, place) & read
            place += WINDOW
        for rest in range(place, end):
            small |= np.uint64(97 <= data[rest] <= 122)
            other |= np.uint64(data[rest] >= _NO_ASCII)
        cuts[text], is_plain[text] = end, small != 0 and other == 0
    return cuts, is_plain


@compiled
def classify(
    data: Bytes, starts: Offsets, ends: Offsets, model: LanguageModel, best: Offsets, probability: Floats
) -> None:
    """Write the most probable class of each text of at most MOST_BYTES, and its probability."""
    visited = np.empty((MOST_BYTES, _LANES), np.uint32)
    features, counts = np.empty(MOST_BYTES + 2, np.uint32), np.zeros(MOST_BYTES + 2, np.int32)
    spots, sums, scores = np.empty(_SPOTS, np.uint16), np.empty(ROW, np.float32), np.full(ROW, _NO_SCORE)
    weights = np.empty(MOST_BYTES + 2, np.float32)
    for first in range(0, starts.size, _LANES):
        last = min(first + _LANES, starts.size)
        _walk(data, starts[first:last], ends[first:last], model, visited)
        for text in range(first, last):
            size = ends[text] - starts[text]
            different = _count_features(visited[:size], np.uint64(text - first), features, counts, spots)
            weight = _add_weights(features[: different + 1], counts, weights, model, sums)
            for number in range(model.prior.size):
                scores[number] = model.prior[number] + weight * model.least[number]
                scores[number] += model.step_size[number] * sums[number]
                scores[number] *= different > 1
            best[text], probability[text] = _most_probable(scores, size, model)


@inlined
def _walk(data: Bytes, starts: Offsets, ends: Offsets, model: LanguageModel, visited: NDArray[np.uint32]) -> None:
    """Write the feature that the automaton finds at each byte of some texts, or 0.

    The texts are walked side by side: each step waits for memory, and so they wait together.
    """
    moves, rows, longest = model.moves, np.full(_LANES, np.uint64(model.first_row)), 0
    for lane in range(starts.size):
        longest = max(longest, ends[lane] - starts[lane])
    for place in range(np.uint64(longest)):
        for lane in range(np.uint64(starts.size)):
            at = np.uint64(starts[lane]) + place
            if at < np.uint64(ends[lane]):
                move = moves[rows[lane] << np.uint64(8) | np.uint64(data[at])]
                rows[lane] = move // np.uint32(FEATURES)
                visited[place, lane] = move % np.uint32(FEATURES)


@inlined
def _count_features(
    visited: NDArray[np.uint32],
    lane: np.uint64,
    features: NDArray[np.uint32],
    counts: NDArray[np.int32],
    spots: NDArray[np.uint16],
) -> int:
    """Write each feature of a lane once, the first of them 0 for nothing found, and how often it is there.

    Returns the number of the last one; their numbers are from 1. A small table finds those that were there before,
    without a branch that depends on it.
    """
    spots[:] = 0
    features[1], spots[0], different = 0, 1, np.uint64(1)
    for place in range(np.uint64(visited.shape[0])):
        feature = visited[place, lane]
        features[0] = feature  # so that what is in no spot ends the search as well
        spot = feature & np.uint32(_SPOTS - 1)
        while features[spots[spot]] != feature:
            spot = (spot + np.uint32(1)) & np.uint32(_SPOTS - 1)
        is_new = spots[spot] == 0
        different += np.uint64(is_new)
        number = different if is_new else np.uint64(spots[spot])
        spots[spot], features[number] = number, feature
        counts[number] += 1
    return int(different)


@inlined
def _add_weights(
    features: NDArray[np.uint32], counts: NDArray[np.int32], weights: Floats, model: LanguageModel, sums: Floats
) -> np.float32:
    """Add the steps of all features to *sums* by their counts, which become zero; return what the counts weigh."""
    total = np.float32(0)
    sums[:] = np.float32(0)
    counts[1] = 0
    for number in range(np.uint64(2), np.uint64(features.size)):
        prefetch_row(model.steps, np.int64(features[number]) * ROW, ROW)
        weight = model.count_weight[counts[number]]
        counts[number], weights[number] = 0, weight
        total += weight
    _add_first_part(sums, model.steps, features[2:], weights[2:], features.size - 2)
    _add_second_part(sums, model.steps, features[2:], weights[2:], features.size - 2)
    return total


@inlined
def _most_probable(scores: Floats, size_bytes: int, model: LanguageModel) -> tuple[int, np.float32]:
    scale = np.float32(1 / np.sqrt(size_bytes))
    classes = np.uint64(model.prior.size)
    highest, total = _greatest(scores), np.float32(0)
    for number in range(classes):
        scores[number] = (scores[number] - highest) * scale
    for number in range(classes):
        share = scores[number]
        scores[number] = np.exp(share) if share > _LEAST_SHARE else np.float32(0)
        total += scores[number]
    for number in model.further:
        scores[model.label[number]] += scores[number]
        scores[number] = 0
    best, most = 0, scores[0]
    for number in range(classes):
        if scores[number] > most:
            best, most = int(np.int64(number)), scores[number]
    return best, most / total
