"""Arrays that take long to make, kept in the user's cache folder."""

import io
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.lib.format import read_array, write_array
from numpy.typing import NDArray

from corpus_audit.config.user_cache import keep, read_kept


def read_arrays(name: str) -> dict[str, NDArray[Any]] | None:
    """Return the arrays that are kept under a name; None where there are none that can be read."""
    kept = read_kept(name)
    with suppress(ValueError):  # another version of NumPy may have written them
        if kept is not None:
            stream = io.BytesIO(kept)
            return {found: read_array(stream, allow_pickle=False) for found in read_array(stream).tolist()}
    return None


def keep_arrays(name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep arrays under a name: their names, and one behind the other as they are.

    Unpacking would take as long as making them, and sums that tell of damage are those of the file.
    """
    content = io.BytesIO()
    for array in (np.array(list(arrays)), *arrays.values()):
        write_array(content, array, allow_pickle=False)
    keep(name, content.getvalue())
