"""What snapshots of opt-outs hold: short texts that an audit keeps, so that it can be read again without the files."""

from pathlib import Path

import pyarrow as pa

from corpus_audit.corpus.paths import resolve_inside
from corpus_audit.errors import RefusedPathError
from corpus_audit.schemas import CLAIMED_OPT_OUTS

MAX_BYTES = 512 * 2**10
"""What is read of a snapshot; RFC 9309 asks crawlers to read at least 500 KiB of a robots.txt."""


def read_snapshots(root: Path, opt_outs: pa.Table) -> pa.Table:
    """Return *opt_outs* (schema CLAIMED_OPT_OUTS) with the content of their files; null where one cannot be read."""
    rows = [row if row["file"] is None else row | {"content": _read(root, row["file"])} for row in opt_outs.to_pylist()]
    return pa.Table.from_pylist(rows, schema=CLAIMED_OPT_OUTS.schema)


def _read(root: Path, file: str) -> str | None:
    try:
        with resolve_inside(root, file).open("rb") as stream:
            content = stream.read(MAX_BYTES)
    except (OSError, RefusedPathError):
        return None  # the file's own row says why
    return content.decode("utf-8-sig", errors="replace")
