"""Whether a path is declared, among very many: as Python strings in a set a million paths take 150 MB."""

from functools import lru_cache, partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_FOLDERS_AT_ONCE = 64
"""Folders whose names are at hand: a walk goes through a folder and those below it by turns."""


class DeclaredPaths:
    """Paths, of which those of a few folders at a time are strings."""

    def __init__(self, paths: pa.ChunkedArray) -> None:
        folders = pc.replace_substring_regex(paths, "[^/]*$", "").combine_chunks().dictionary_encode()
        codes = folders.indices.to_numpy()
        order = np.argsort(codes, kind="stable")
        begins = np.searchsorted(codes[order], np.arange(len(folders.dictionary) + 1))
        numbers = {folder: number for number, folder in enumerate(folders.dictionary.to_pylist())}
        read = partial(_names_in, paths.combine_chunks(), order, begins, numbers)
        self._names_in = lru_cache(_FOLDERS_AT_ONCE)(read)

    def __contains__(self, path: str) -> bool:
        """True if a path is one of them."""
        folder, name = _split(path)
        return name in self._names_in(folder)


def _split(path: str) -> tuple[str, str]:
    at = path.rfind("/") + 1
    return path[:at], path[at:]


def _names_in(paths: pa.Array, order: Any, begins: Any, numbers: dict[str, int], folder: str) -> frozenset[str]:
    number = numbers.get(folder)
    if number is None:
        return frozenset()
    rows = order[begins[number] : begins[number + 1]]
    return frozenset(_split(path)[1] for path in paths.take(pa.array(rows)).to_pylist())
