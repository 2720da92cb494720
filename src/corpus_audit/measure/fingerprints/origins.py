"""Places in a normalised text, and where they were in the text as it was given."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.fingerprints.folding import list_cuts
from corpus_audit.measure.fingerprints.normalising import to_nfc


def normalise_with_origins(text: bytes) -> tuple[str, NDArray[np.int64]]:
    """Return a text in NFC, and rows of where its pieces begin: in the normalised bytes, and in those given.

    Pieces lie between places where tokens begin and end, in front of which normalisation may be done apart.
    """
    cuts = list_cuts(np.frombuffer(text or b" ", np.uint8)).tolist()
    normalised: list[str] = []
    origins = [(0, 0)]
    for start, end in pairwise([0, *cuts, len(text)]):
        changed = to_nfc(text[start:end].decode("utf-8", "replace"))
        normalised.append(changed)
        origins.append((origins[-1][0] + len(changed.encode()), end))
    return "".join(normalised), np.array(origins, np.int64)


def origin_of_starts(starts: NDArray[np.int64], origins: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where places in a normalised text were before: where their piece began, or after its ASCII character."""
    pieces = np.searchsorted(origins[:, 0], starts, side="right") - 1
    is_after_first = starts - origins[pieces, 0] == 1
    origin: NDArray[np.int64] = origins[pieces, 1] + is_after_first
    return origin


def origin_of_ends(ends: NDArray[np.int64], origins: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where pieces that end so in a normalised text ended before."""
    origin: NDArray[np.int64] = origins[np.searchsorted(origins[:, 0], ends), 1]
    return origin
