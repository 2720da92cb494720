"""The items that texts contain, with their byte offsets."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.measure.fingerprints.containment.items import ItemIndex
from corpus_audit.measure.fingerprints.containment.walk import (
    Memory,
    find_shingles,
    forget,
    judge_items,
    make_memory,
    place_items,
)
from corpus_audit.measure.fingerprints.fingerprint import make_recipe, view_texts
from corpus_audit.measure.fingerprints.kernel import FingerprintConfig
from corpus_audit.measure.fingerprints.origins import normalise_with_origins, origin_of_ends, origin_of_starts

STRETCHES_KEPT = 8
"""Stretches listed of each item in each text, the longest."""

CONTAINED = pa.schema(
    [
        pa.field("position", pa.int64()),
        pa.field("item", pa.int64()),
        pa.field("shared_shingles", pa.int64()),
        pa.field("start_bytes", pa.list_(pa.int64())),
        pa.field("end_bytes", pa.list_(pa.int64())),
        pa.field("stretches", pa.int64()),
        pa.field("longest_start", pa.int64()),
        pa.field("longest_end", pa.int64()),
        pa.field("shared_bytes", pa.int64()),
    ]
)
"""One row for a text (by its position) and an item (by its number) that it contains."""


def find_contained(texts: pa.Array, items: ItemIndex, parameters: Parameters) -> pa.Table:
    """Return what each of some texts (string or large_string) contains, in schema CONTAINED, sorted by its columns."""
    recipe = make_recipe(parameters)
    memory = make_memory(recipe, items.sets)
    rows = [row for position in range(len(texts)) for row in _search(texts, position, recipe, items, memory)]
    return pa.Table.from_pylist(rows, schema=CONTAINED)


def _search(
    texts: pa.Array, position: int, recipe: FingerprintConfig, items: ItemIndex, memory: Memory
) -> Iterator[dict[str, object]]:
    text = texts.slice(position, 1)
    contained, stretches, is_unstable = _search_bytes(text, recipe, items, memory)
    if is_unstable:
        normalised, origins = normalise_with_origins(text[0].as_buffer().to_pybytes())
        contained, stretches, _ = _search_bytes(pa.array([normalised], pa.large_string()), recipe, items, memory)
        stretches[:, 1] = origin_of_starts(stretches[:, 1], origins)
        stretches[:, 2] = origin_of_ends(stretches[:, 2], origins)
    order = np.argsort(contained[:, 0])
    for row in order:
        found = stretches[stretches[:, 0] == row, 1:]
        by_length = np.argsort(found[:, 0] - found[:, 1], kind="stable")
        kept = np.sort(by_length[:STRETCHES_KEPT])
        yield {
            "position": position,
            "item": int(contained[row, 0]),
            "shared_shingles": int(contained[row, 1]),
            "start_bytes": found[kept, 0].tolist(),
            "end_bytes": found[kept, 1].tolist(),
            "stretches": len(found),
            "longest_start": int(found[by_length[0], 0]),
            "longest_end": int(found[by_length[0], 1]),
            "shared_bytes": int((found[:, 1] - found[:, 0]).sum()),
        }


def _search_bytes(
    text: pa.Array, recipe: FingerprintConfig, items: ItemIndex, memory: Memory
) -> tuple[NDArray[np.int64], NDArray[np.int64], bool]:
    """Return what one text contains, the stretches that are so, and whether it must be normalised first."""
    view = view_texts(text)
    start, end = view.offsets[:2].tolist()
    found, is_unstable = find_shingles(view.bytes, start, end, recipe, items.sets, memory)
    contained = judge_items(found, items.sets, memory)
    stretches = place_items(contained, found, items.sets, memory, 2 * recipe.shingle_size)
    forget(found, memory)
    return contained, stretches, is_unstable
