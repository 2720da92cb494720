"""The model that the installed py3langid carries, as the compiled classifier takes it."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_audit.config.kept_arrays import keep_arrays, read_arrays
from corpus_audit.measure.prose.language_kernel import FEATURES, MOST_BYTES, ROW, Floats, LanguageModel

_UNKNOWN_MODEL = "py3langid carries a model that this version does not know: install the one in constraints.txt"
_ROWS = 2**32 // FEATURES
_CLASSES, _FIRST_ROW = "classes", "first_row"


@cache
def load_model() -> tuple[LanguageModel, tuple[str, ...]]:
    """Return the model that the installed py3langid carries, and the language of each class.

    It is kept in the user's cache folder as it is here: to unpack it takes more than half a second.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    path = Path(MODEL_DIR / MODEL_FILE)
    name = f"languages/{hashlib.sha256(Path(__file__).read_bytes() + path.read_bytes()).hexdigest()}.arrays"
    arrays = read_arrays(name)
    if arrays is None:
        arrays = _unpack(path)
        keep_arrays(name, arrays)
    classes, first_row = (arrays.pop(name).tolist() for name in (_CLASSES, _FIRST_ROW))
    label = np.array([classes.index(language) for language in classes])
    model = LanguageModel(
        **arrays,
        first_row=first_row,
        label=label,
        further=np.flatnonzero(label != np.arange(label.size)),
        count_weight=np.log1p(np.arange(MOST_BYTES + 1, dtype=np.float32)),
    )
    return model, tuple(classes)


def _unpack(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of the model in a file, by the fields they are for, and its classes."""
    from py3langid.modelio import load_model as read

    weight, prior, classes, moves, row, feature = read(path)
    steps, step_size, least = _in_steps(np.asarray(weight, np.float32))
    return {
        "moves": _join_moves(np.asarray(moves), np.asarray(row, np.uint32), np.asarray(feature, np.int64) + 1),
        _FIRST_ROW: np.array(row[0], np.int64),
        "steps": steps,
        "step_size": step_size,
        "least": least,
        "prior": np.asarray(prior, np.float32),
        _CLASSES: np.array(classes),
    }


def _join_moves(moves: NDArray[Any], row: NDArray[np.uint32], feature: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return moves to rows and features for moves to states, as one number each."""
    if row.max() >= _ROWS or feature.max() >= FEATURES:
        raise ValueError(_UNKNOWN_MODEL)
    joined: NDArray[np.uint32] = (row * np.uint32(FEATURES) + feature.astype(np.uint32))[moves]
    return joined


def _in_steps(weight: Floats) -> tuple[NDArray[np.uint8], Floats, Floats]:
    """Return weights in steps above the least one of each class, a ROW a feature from 1, the steps' size, the least."""
    classes = weight.shape[1]
    if classes > ROW:
        raise ValueError(_UNKNOWN_MODEL)
    least = weight.min(axis=0)
    size = (weight.max(axis=0) - least) / np.float32(255)
    rows = np.zeros((weight.shape[0] + 1, ROW), np.uint8)
    rows[1:, :classes] = np.rint((weight - least) / size)
    return rows.reshape(-1), size, least
