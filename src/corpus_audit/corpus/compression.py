"""Streams that are decompressed as they are read, by the file's suffix."""

from pathlib import Path, PurePosixPath

import pyarrow as pa

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2"}
"""Compression by file suffix, as pyarrow names it."""


def open_stream(path: Path) -> pa.NativeFile:
    """Return a stream of the file's decompressed bytes."""
    return pa.input_stream(str(path), compression=COMPRESSIONS.get(path.suffix.lower()))


def suffix_without_compression(file: str) -> str:
    """Return the lower-case suffix that tells the format: '.jsonl' for 'a.jsonl.gz'."""
    name = PurePosixPath(file)
    if name.suffix.lower() in COMPRESSIONS:
        name = name.with_suffix("")
    return name.suffix.lower()
