"""The compiled classifier of py3langid: its model, its scores, without a Python object a byte.

Its method is naive Bayes on byte n-grams (Lui and Baldwin, "Cross-domain Feature Selection for Language
Identification", 2011): an automaton finds them, their counts weigh by log(1 + count), and the scores are divided by
the square root of the length before they become probabilities.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.text_windows import Offsets

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

MOST_BYTES = 1024
"""The longest text that the kernel takes."""

_NO_ASCII = 0xCC
"""From this first byte on a character may be a combining one, which normalisation joins with the one before."""


class Model(NamedTuple):
    """py3langid's model. *label* is the first of the classes that share a class's language."""

    moves: NDArray[np.uint32]
    row: NDArray[np.int32]
    feature: NDArray[np.int32]
    weight: Floats
    prior: Floats
    label: NDArray[np.int64]
    count_weight: Floats


@cache
def load_model() -> tuple[Model, tuple[str, ...]]:
    """Return the model that the installed py3langid carries, and the language of each class: half a second, once."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE
    from py3langid.modelio import load_model as read

    weight, prior, classes, moves, row, feature = read(MODEL_DIR / MODEL_FILE)
    model = Model(
        np.asarray(moves, np.uint32),
        np.asarray(row, np.int32) << 8,
        np.asarray(feature, np.int32),
        np.ascontiguousarray(weight, np.float32),
        np.asarray(prior, np.float32),
        np.array([classes.index(language) for language in classes]),
        np.log1p(np.arange(MOST_BYTES + 1, dtype=np.float32)),
    )
    return model, tuple(classes)


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
def classify(data: Bytes, starts: Offsets, ends: Offsets, model: Model, best: Offsets, probability: Floats) -> None:
    """Write the most probable class of each text of at most MOST_BYTES, and its probability."""
    counts = np.zeros(model.weight.shape[0], np.int32)
    found = np.empty(MOST_BYTES, np.int32)
    scores = np.empty(model.prior.size, np.float32)
    for text in range(starts.size):
        different = _count_features(data[starts[text] : ends[text]], model, counts, found)
        if different == 0:
            scores[:] = 0
        else:
            scores[:] = model.prior
        for place in range(different):
            weigh = model.count_weight[counts[found[place]]]
            counts[found[place]] = 0
            weights = model.weight[found[place]]
            for number in range(scores.size):
                scores[number] += weigh * weights[number]
        best[text], probability[text] = _most_probable(scores, ends[text] - starts[text], model.label)


@inlined
def _count_features(text: Bytes, model: Model, counts: NDArray[np.int32], found: NDArray[np.int32]) -> int:
    state, different = np.uint32(0), 0
    for place in range(text.size):
        state = model.moves[model.row[state] + text[place]]
        feature = model.feature[state]
        if feature >= 0:
            if counts[feature] == 0:
                found[different] = feature
                different += 1
            counts[feature] += 1
    return different


@inlined
def _most_probable(scores: Floats, size_bytes: int, label: NDArray[np.int64]) -> tuple[int, np.float32]:
    scale = np.float32(1 / np.sqrt(size_bytes))
    highest, total = scores.max(), np.float32(0)
    for number in range(scores.size):
        scores[number] = np.exp((scores[number] - highest) * scale)
        total += scores[number]
    for number in range(scores.size):
        if label[number] != number:
            scores[label[number]] += scores[number]
            scores[number] = 0
    best = int(scores.argmax())
    return best, scores[best] / total
