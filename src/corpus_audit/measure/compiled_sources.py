"""What compiled functions are made of: the files whose code and constants they take in, and one hash of these."""

import hashlib
from functools import cache
from pathlib import Path

SOURCES = (
    "../dedup/leaders.py",
    "../dedup/ordering.py",
    "../dedup/pairing.py",
    "../dedup/verify.py",
    "compiling.py",
    "detection/detector.py",
    "detection/text_kernel.py",
    "fingerprints/characters.py",
    "fingerprints/folding.py",
    "fingerprints/hash_filter.py",
    "fingerprints/kernel.py",
    "fingerprints/long_texts.py",
    "fingerprints/minhash.py",
    "fingerprints/passage_samples.py",
    "fingerprints/shingles.py",
    "fingerprints/token_places.py",
    "linked_later.py",
    "vectors.py",
    "prose/compressibility.py",
    "prose/known_words.py",
    "prose/language_kernel.py",
    "prose/line_kernel.py",
    "prose/prose_kernel.py",
    "prose/repetition.py",
    "prose/word_kernel.py",
    "prose/writing.py",
)
"""The files, from here, whose code and constants compiled functions take in."""


@cache
def hash_sources(folder: Path = Path(__file__).parent) -> bytes:
    """Return one hash over the SOURCES below a folder, by default over those that run here."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.digest()
