"""How fast texts are fingerprinted on one core, beside the same signatures made by datasketch and rensa from Python."""

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from datasketch import MinHash

from corpus_audit.config import Parameters
from corpus_audit.measure.fingerprints.fingerprint import fingerprint

PEER_BYTES = 4_000_000
_WORD = re.compile(r"\w+")


def fingerprint_shards(shards: Sequence[Path], parameters: Parameters) -> tuple[float, float]:
    """Return MB/s of one core from Parquet to signatures, and of the kernel alone."""
    size = reading = working = 0.0
    fingerprint(pa.array(["compiled before the clock starts"]), parameters)
    for shard in shards:
        with pq.ParquetFile(shard) as file:
            started = time.thread_time()
            for batch in file.iter_batches(1000, columns=["text"], use_threads=False):
                reading += time.thread_time() - started
                started = time.thread_time()
                fingerprint(batch["text"], parameters)
                working += time.thread_time() - started
                size += batch["text"].nbytes
                started = time.thread_time()
    return size / (reading + working) / 1e6, size / working / 1e6


def compare_datasketch(shards: Sequence[Path], parameters: Parameters) -> str:
    """Return a line: MB/s of one core for datasketch fed from Python."""
    sample, sign = _sample(shards), sign_with_datasketch(parameters)
    size = sum(len(text.encode()) for text in sample)
    started = time.thread_time()
    for text in sample:
        sign(text)
    return f"datasketch from Python   {size / (time.thread_time() - started) / 1e6:7.1f} MB/s"


def sign_with_datasketch(parameters: Parameters) -> Callable[[str], None]:
    """Return what makes the signature of a text in Python, with the same shingles as far as \\w+ goes."""
    blank = MinHash(parameters.num_perm, seed=parameters.seed, scheme="affine32")
    width = parameters.shingle_size

    def sign(text: str) -> None:
        words = _WORD.findall(text.casefold())
        shingles = {" ".join(words[i : i + width]) for i in range(max(1, len(words) - width + 1))}
        blank.copy().update_batch([shingle.encode() for shingle in shingles])

    return sign


def _sample(shards: Sequence[Path]) -> list[str]:
    table = pq.read_table(shards[0], columns=["text"])
    sample: list[str] = []
    size = 0
    for text in table["text"].to_pylist():
        sample.append(text)
        size += len(text)
        if size >= PEER_BYTES:
            break
    return sample
