"""How files are divided into shards: by their order and size only, so the same files give the same plan."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import FileFormat, FileState

_READABLE = [
    FileState.VERIFIED,
    FileState.NO_CHECKSUM,
    FileState.SIZE_MISMATCH,
    FileState.CHECKSUM_MISMATCH,
]


def plan_shards(files: pa.Table, shard_bytes: int, max_shards: int) -> pa.Table:
    """Return *files* with the shard of each one that holds records; the others get null.

    A shard holds consecutive files of about *shard_bytes*, more when there would be over *max_shards* shards.
    """
    readable = pc.and_(
        pc.is_in(files["state"], pa.array(_READABLE)), pc.not_equal(files["format"], pa.scalar(FileFormat.BINARY))
    )
    sizes = np.where(_numpy(readable), _numpy(pc.fill_null(files["observed_size_bytes"], 0)), 0).astype(np.int64)
    room = max(shard_bytes, -(-int(sizes.sum()) // max_shards))
    # A file belongs to the shard in which its first byte falls.
    shards = (np.cumsum(sizes) - sizes) // room
    numbered = np.unique(shards[_numpy(readable)], return_inverse=True)[1]
    column = np.full(files.num_rows, -1, np.int32)
    column[_numpy(readable)] = numbered
    shard = pa.array(column, mask=column < 0)
    return files.set_column(files.schema.get_field_index("shard"), FILES.schema.field("shard"), shard)


def shard_numbers(files: pa.Table) -> list[int]:
    """Return the numbers of the shards in a plan, ascending."""
    return sorted(pc.unique(files["shard"].drop_null()).to_pylist())


def files_of_shard(files: pa.Table, shard: int) -> pa.Table:
    """Return the files of one shard, in their order."""
    return files.filter(pc.equal(files["shard"], shard))


def _numpy(column: pa.ChunkedArray) -> Any:
    return column.to_numpy(zero_copy_only=False)
