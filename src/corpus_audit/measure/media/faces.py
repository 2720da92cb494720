"""Presence of faces in a picture, without identification: only the fact that there is a face is kept.

The detector is the Haar cascade that OpenCV itself carries (Viola and Jones 2001). It misses faces from the side and
small ones, and now and then sees one where there is none; networks are better, but none is packaged for Python with its
weights and without a second OpenCV.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGEST_SIDE = 400
_SMALLEST_FACE = 32
_SCALE, _NEIGHBOURS = 1.15, 5


def count_faces(grey: "Image") -> int:
    """Return the number of faces in a grey picture."""
    import cv2

    pixels = np.asarray(grey)
    scale = _LONGEST_SIDE / max(pixels.shape)
    if scale < 1:
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if min(pixels.shape) < _SMALLEST_FACE:
        return 0
    return len(_detector().detectMultiScale(pixels, _SCALE, _NEIGHBOURS, minSize=(_SMALLEST_FACE, _SMALLEST_FACE)))


@cache
def _detector() -> Any:
    import cv2
    from cv2.data import haarcascades

    # One process measures one shard: threads of its own would only take cores from the others.
    cv2.setNumThreads(1)
    return cv2.CascadeClassifier(f"{haarcascades}haarcascade_frontalface_alt2.xml")
