"""The perceptual hash of a picture: 256 bits that barely change if it is scaled, compressed or slightly edited.

Zauner (2010), "Implementation and Benchmarking of Perceptual Image Hash Functions": the signs of low frequencies.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 16
_SHRUNK = 4 * SIDE
_FLAT = 3.0
"""Standard deviation, in 256 shades of grey, below which a picture shows too little to tell it from another."""


def hash_picture(grey: "Image") -> bytes | None:
    """Return the hash of a grey picture as 32 bytes, row by row; None for one that shows next to nothing."""
    import imagehash
    from PIL.Image import Resampling

    small = grey.resize((_SHRUNK, _SHRUNK), Resampling.LANCZOS, reducing_gap=2.0)
    if np.asarray(small).std() < _FLAT:
        return None
    return np.packbits(imagehash.phash(small, SIDE).hash).tobytes()
