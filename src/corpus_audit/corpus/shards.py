"""How parts of files are divided into shards: by order and size only, so the same files give the same plan."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.schemas import PARTS


def plan_shards(parts: pa.Table, shard_bytes: int, max_shards: int) -> pa.Table:
    """Return *parts* (schema PARTS) with the shard of each; parts of a file that share a shard become one.

    A shard holds consecutive parts of about *shard_bytes*, more when there would be over *max_shards* shards.
    """
    if not parts.num_rows:
        return parts
    sizes = _numpy(parts["size_bytes"])
    room = max(shard_bytes, -(-int(sizes.sum()) // max_shards))
    # A part belongs to the shard in which its first byte falls.
    shards = np.unique((np.cumsum(sizes) - sizes) // room, return_inverse=True)[1].astype(np.int32)
    return _merge(_with(parts, "shard", pa.array(shards)))


def shard_numbers(parts: pa.Table) -> list[int]:
    """Return the numbers of the shards in a plan, ascending."""
    return sorted(pc.unique(parts["shard"]).to_pylist())


def parts_of_shard(parts: pa.Table, shard: int) -> pa.Table:
    """Return the parts of one shard, in their order."""
    return parts.filter(pc.equal(parts["shard"], shard))


def _merge(parts: pa.Table) -> pa.Table:
    """Return one row for each run of neighbouring parts of the same file in the same shard."""
    files = pc.dictionary_encode(parts["file_id"].combine_chunks()).indices.to_numpy()
    shards = _numpy(parts["shard"])
    changes = (np.diff(files) != 0) | (np.diff(shards) != 0)
    begins = np.concatenate([[0], np.flatnonzero(changes) + 1])
    last = np.concatenate([begins[1:], [parts.num_rows]]) - 1
    merged = _with(parts.take(pa.array(begins)), "end", parts["end"].take(pa.array(last)))
    return _with(merged, "size_bytes", pa.array(np.add.reduceat(_numpy(parts["size_bytes"]), begins)))


def _with(parts: pa.Table, name: str, column: pa.Array | pa.ChunkedArray) -> pa.Table:
    return parts.set_column(parts.schema.get_field_index(name), PARTS.schema.field(name), column)


def _numpy(column: pa.ChunkedArray) -> Any:
    return column.to_numpy(zero_copy_only=False)
