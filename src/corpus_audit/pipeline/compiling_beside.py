"""Compile on a second core, beside the first audit of all, what that audit needs later than what it begins with."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from corpus_audit.config import Parameters
from corpus_audit.config.user_cache import keep, read_kept
from corpus_audit.guard.environment import worker_environment
from corpus_audit.measure.compiled_sources import hash_sources


@contextmanager
def compiling_beside() -> Iterator[None]:
    """Have another process compile, if nothing that it compiles is known to be kept; end it where it is not done."""
    if len(os.sched_getaffinity(0)) < 2 or read_kept(_name()) is not None:
        yield
        return
    process = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-P", "-m", __name__],
        env=worker_environment(os.environ) | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def compile_kernels() -> None:
    """Compile what is needed late first: what measuring begins with, its own processes compile meanwhile."""
    import pyarrow as pa

    from corpus_audit.dedup import candidates, verified
    from corpus_audit.measure.prose.language import identify_languages
    from corpus_audit.measure.prose.quality import measure_quality
    from corpus_audit.measure.prose.writing import describe_writing

    texts = pa.array(["Some words."], pa.large_string())
    measure_quality(texts, pa.array(["latin"]))
    identify_languages(texts)
    describe_writing(texts)
    candidates.compile_ahead(Parameters())
    verified.compile_ahead(Parameters())
    keep(_name(), b"")


def _name() -> str:
    made_of = (hash_sources().hex(), version("numba"), sys.version)
    return f"compiled/{hashlib.sha256(repr(made_of).encode()).hexdigest()}"


if __name__ == "__main__":
    compile_kernels()
