"""Digests of whole contents."""

import hashlib
from itertools import pairwise

import numpy as np
import pyarrow as pa


def hash_contents(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return the sha256 of each value's bytes and its length in bytes; a null is as an empty one."""
    count = len(values)
    offsets = np.frombuffer(values.buffers()[1], np.int64, count + 1, values.offset * 8)
    view, sha256 = memoryview(values.buffers()[2] or b""), hashlib.sha256
    digests = b"".join([sha256(view[start:end]).digest() for start, end in pairwise(offsets.tolist())])
    hashes = pa.FixedSizeBinaryArray.from_buffers(pa.binary(32), count, [None, pa.py_buffer(digests)])
    return hashes, pa.array(np.diff(offsets))
