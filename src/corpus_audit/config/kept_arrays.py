"""Arrays that take long to make, kept in the user's cache folder."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_audit.config.user_cache import keep, read_kept


def read_arrays(name: str) -> dict[str, NDArray[Any]] | None:
    """Return the arrays that are kept under a name; None where there are none that can be read."""
    kept = read_kept(name)
    with suppress(ValueError, OSError, EOFError, zipfile.BadZipFile):  # another version of NumPy may have written them
        if kept is not None:
            with np.load(io.BytesIO(kept), allow_pickle=False) as arrays:
                return dict(arrays)
    return None


def keep_arrays(name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep arrays under a name, as they are: unpacking would take as long as making them."""
    content = io.BytesIO()
    np.savez(content, **arrays)  # type: ignore[arg-type, unused-ignore]
    keep(name, content.getvalue())
