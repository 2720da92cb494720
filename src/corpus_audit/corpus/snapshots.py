"""Short files that support claims: opt-out snapshots, which an audit keeps, and license texts."""

import pyarrow as pa

from corpus_audit.corpus.locations.base import Location
from corpus_audit.errors import RefusedPathError
from corpus_audit.schemas import CLAIMED_OPT_OUTS

MAX_BYTES = 512 * 2**10
"""What is read of a snapshot; RFC 9309 asks crawlers to read at least 500 KiB of a robots.txt."""


def read_snapshots(location: Location, opt_outs: pa.Table) -> pa.Table:
    """Return *opt_outs* (schema CLAIMED_OPT_OUTS) with the content of their files; null where one cannot be read."""
    rows = [
        row if row["file"] is None else row | {"content": _text(location, row["file"])} for row in opt_outs.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=CLAIMED_OPT_OUTS.schema)


def read_short_file(location: Location, file: str) -> bytes | None:
    """Return the first MAX_BYTES of a file; None when it cannot be read, as the file's own row says."""
    try:
        found = location.find(file)
        with found.stream(0, min(found.size_bytes, MAX_BYTES)) as stream:
            content: bytes = stream.read()
    except (OSError, RefusedPathError):
        return None
    return content


def _text(location: Location, file: str) -> str | None:
    content = read_short_file(location, file)
    return None if content is None else content.decode("utf-8-sig", errors="replace")
