"""What ingest wrote of some shards, read in proportion to these shards: there may be a hundred thousand.

The tables are sorted by source and file, as shards are, and written in groups of GROUP_ROWS rows; groups that hold
nothing of a shard are not read.
"""

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.store import AuditFolder, read_table

GROUP_ROWS = 1 << 14


def read_parts(audit: AuditFolder, shards: Collection[int]) -> pa.Table:
    """Return the parts (schema PARTS) of shards from the first to the last of some, in their order."""
    if not shards:
        return schemas.PARTS.empty()
    shard = pc.field("shard")
    where = (shard >= min(shards)) & (shard <= max(shards))
    return read_table(audit.table_path("ingest", schemas.PARTS), where=where).combine_chunks()


def read_files(audit: AuditFolder, parts: pa.Table) -> pa.Table:
    """Return the files (schema FILES) that *parts* are of, in their order."""
    if not parts.num_rows:
        return schemas.FILES.empty()
    files = read_table(audit.table_path("ingest", schemas.FILES), where=_from_first_to_last(parts)).combine_chunks()
    return files.filter(pc.is_in(files["file_id"], pc.unique(parts["file_id"])))


def _from_first_to_last(parts: pa.Table) -> pc.Expression:
    """Return what holds for files from the first to the last of *parts*, by source and file."""
    source, file = pc.field("source_id"), pc.field("file")
    ordered = parts.select(["source_id", "file"]).sort_by([("source_id", "ascending"), ("file", "ascending")])
    first, last = (ordered.slice(row, 1).to_pylist()[0] for row in (0, ordered.num_rows - 1))
    is_after = (source > first["source_id"]) | ((source == first["source_id"]) & (file >= first["file"]))
    is_before = (source < last["source_id"]) | ((source == last["source_id"]) & (file <= last["file"]))
    return is_after & is_before
