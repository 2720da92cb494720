"""The peers of speed.py: each does on the same text what one part of measuring does."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
from dedup_kernel import sign_with_datasketch
from dedup_peers import install_peers, measure_text_dedup, rensa_speed
from personal_information import PRESIDIO, PRESIDIO_PROGRAM
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from speed_corpus import Corpus

from corpus_audit.config import Parameters

_PEER_BYTES = 4_000_000
_SLOW_PEER_BYTES = 400_000


def peer_speeds(corpus: Corpus, work: Path) -> dict[str, float]:
    """Return the MB/s of processor time of each peer that can be had."""
    texts = pq.read_table(corpus.parquet)["text"].slice(0, 2000).to_pylist()
    identify = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True).classify
    speeds = {
        "py3langid from Python (1,024 bytes), peer of language": _speed(lambda text: identify(text[:1024]), texts),
        "datasketch from Python, peer of fingerprints": _speed(sign_with_datasketch(Parameters()), texts),
    }
    python = install_peers(work / "peers")
    if python is None:
        return speeds
    rensa = rensa_speed(python, corpus.parquet, Parameters())
    presidio = _presidio_speed(python, texts, work)
    deduplicated = measure_text_dedup(python, [corpus.parquet], work / "speed-text-dedup", Parameters())
    found = {
        "rensa from Python, peer of fingerprints": rensa,
        "Presidio's pattern recognizers, peer of personal information": presidio,
        "text-dedup, deduplication alone": deduplicated and corpus.size_bytes / deduplicated[1] / 1e6,
    }
    return speeds | {name: speed for name, speed in found.items() if speed is not None}


def _speed(work: Callable[[str], object], texts: list[str]) -> float:
    size, started = 0, time.process_time()
    for text in texts:
        work(text)
        size += len(text.encode())
        if size > _PEER_BYTES:
            break
    return size / (time.process_time() - started) / 1e6


def _presidio_speed(python: Path, texts: list[str], work: Path) -> float | None:
    """Return the MB/s of Presidio's pattern recognizers, or None where it cannot be had."""
    install = [str(python), "-m", "pip", "install", "--quiet", PRESIDIO]
    if subprocess.run(install, check=False, capture_output=True).returncode != 0:
        return None
    sample = work / "speed-presidio.txt"
    sample.write_bytes("\n".join(texts).encode()[:_SLOW_PEER_BYTES])
    done = subprocess.run([str(python), "-c", PRESIDIO_PROGRAM, str(sample)], check=False, capture_output=True)
    return sample.stat().st_size / json.loads(done.stdout.split()[2]) / 1e6 if done.returncode == 0 else None
