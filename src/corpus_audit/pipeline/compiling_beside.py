"""Compile on a second core, beside the first audit of all, what that audit needs, and then what others need.

An audit of little text compiles little (``little_text.py``), so it mostly ends while the rest is compiled. What is not
done then, the first audit compiles that needs it.
"""

import hashlib
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_audit.config import Parameters
from corpus_audit.config.user_cache import keep, read_kept
from corpus_audit.guard.environment import worker_environment
from corpus_audit.guard.lifeline import end_with_parent
from corpus_audit.measure import compiled_sources
from corpus_audit.pipeline.progress import NullObserver, Observer

if TYPE_CHECKING:
    import pyarrow as pa

_PATIENCE = 10
"""By how much others go first while functions are compiled that little text is audited without."""


_FIRST_AUDIT = (
    "The first audit on this machine compiles code, for a minute or so if there is much text; later ones start at once."
)

log = logging.getLogger("corpus_audit.compiling")


@contextmanager
def compiling_beside(observer: Observer | None = None) -> Iterator[None]:
    """Have another process compile, unless an audit or such a process has been done before; end it after the audit.

    The log and the *observer* are told why this audit takes longer than later ones.
    """
    if _is_known():
        yield
        return
    log.info(_FIRST_AUDIT)
    (observer or NullObserver()).note(_FIRST_AUDIT)
    if len(os.sched_getaffinity(0)) < 2:
        yield
    else:
        with _other_process():
            yield
    _note()


@contextmanager
def _other_process() -> Iterator[None]:
    lifeline, held = os.pipe()
    process = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-P", "-m", __name__, str(lifeline)],
        env=worker_environment(os.environ) | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[lifeline],
    )
    os.close(lifeline)
    try:
        yield
    finally:
        os.close(held)
        process.wait()


def compile_kernels() -> None:
    """Compile what an audit of little text waits for, in the order of its stages, and then all that others need."""
    compile_for_little_text()
    os.nice(_PATIENCE)
    compile_for_more_text()
    _note()


def compile_for_little_text() -> None:
    """Compile what is not done in plain Python for little text (``little_text.py``)."""
    import numpy as np
    import pyarrow as pa

    from corpus_audit.dedup import clusters, verified
    from corpus_audit.dedup.bands import choose_bands, hash_bands
    from corpus_audit.dedup.lookup import RecordLookup
    from corpus_audit.dedup.repeats import is_repeated
    from corpus_audit.measure.prose.language import identify_languages
    from corpus_audit.measure.prose.writing import describe_writing

    parameters = Parameters()
    # Measuring begins with the writing, and compiles what that takes meanwhile.
    identify_languages(_some_texts())
    describe_writing(_some_texts())
    is_repeated(np.zeros(1, np.int64))
    bands = choose_bands(parameters.num_perm, parameters.jaccard_threshold)
    hash_bands(np.zeros((1, parameters.num_perm), np.uint32), bands.count, bands.rows)
    RecordLookup(pa.array(["a record"]))
    verified.compile_ahead(parameters, are_many=False)
    clusters.compile_ahead()


def compile_for_more_text() -> None:
    """Compile what reads texts that are not little, and deduplicates more of them than a few."""
    import pyarrow as pa

    from corpus_audit.dedup import candidates, verified
    from corpus_audit.measure.detection.code_windows import find_code_windows
    from corpus_audit.measure.detection.digit_windows import find_digit_windows
    from corpus_audit.measure.fingerprints.fingerprint import fingerprint
    from corpus_audit.measure.little_text import no_text_is_little
    from corpus_audit.measure.prose.compressibility import compressed_shares
    from corpus_audit.measure.prose.quality import measure_quality
    from corpus_audit.measure.text_windows import cut_pieces, utf8_bytes

    texts = _some_texts()
    pieces = cut_pieces(texts)
    with no_text_is_little():
        measure_quality(texts, pa.array(["latin"]))
        fingerprint(texts, Parameters())
        compressed_shares(texts)
        for find_windows in (find_code_windows, find_digit_windows):
            find_windows(utf8_bytes(texts), pieces.first, pieces.last)
        candidates.compile_ahead(Parameters())
        verified.compile_ahead(Parameters())


def _some_texts() -> "pa.Array":
    import pyarrow as pa

    return pa.array(["Some words."], pa.large_string())


def _is_known() -> bool:
    return (_folder() / _name()).exists() or read_kept(f"compiled/{_name()}") is not None


def _note() -> None:
    """Note that functions were compiled, where they are kept."""
    try:
        _folder().mkdir(exist_ok=True)
        (_folder() / _name()).touch()
    except OSError:  # then they are kept in the user's cache folder
        keep(f"compiled/{_name()}", b"")


def _folder() -> Path:
    return Path(os.environ.get("NUMBA_CACHE_DIR") or Path(compiled_sources.__file__).parent / "__pycache__")


@cache
def _name() -> str:
    made_of = (compiled_sources.hash_sources().hex(), version("numba"), sys.version)
    return f"compiled-{hashlib.sha256(repr(made_of).encode()).hexdigest()}"


if __name__ == "__main__":
    end_with_parent(int(sys.argv[1]))
    compile_kernels()
