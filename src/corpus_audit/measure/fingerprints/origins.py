"""Places in a normalised text, and where they were in the text as it was given."""

import re

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.fingerprints.normalising import to_nfc

# In front of these normalisation may be done apart, and tokens begin and end: see ``folding.find_cut``.
_PIECES = re.compile(rb"(?=[\x00-/:-@\[-`{-\x7f\xe4-\xe9])")


def normalise_with_origins(text: bytes) -> tuple[str, NDArray[np.int64]]:
    """Return a text in NFC, and rows of where its pieces begin: in the normalised bytes, and in those given."""
    normalised: list[str] = []
    origins = [(0, 0)]
    for piece in _PIECES.split(text):
        changed = to_nfc(piece.decode("utf-8", "replace"))
        normalised.append(changed)
        origins.append((origins[-1][0] + len(changed.encode()), origins[-1][1] + len(piece)))
    return "".join(normalised), np.array(origins, np.int64)


def origin_of_starts(starts: NDArray[np.int64], origins: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where places in a normalised text were before: where their piece began, or after its ASCII character."""
    pieces = np.searchsorted(origins[:, 0], starts, side="right") - 1
    after_first = np.minimum(starts - origins[pieces, 0], 1)
    origin: NDArray[np.int64] = origins[pieces, 1] + after_first
    return origin


def origin_of_ends(ends: NDArray[np.int64], origins: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where pieces that end so in a normalised text ended before."""
    origin: NDArray[np.int64] = origins[np.searchsorted(origins[:, 0], ends), 1]
    return origin
