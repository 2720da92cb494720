"""Print how fast text is scanned on one core, beside Presidio's pattern recognizers, and what is found in source code.

Usage: python benchmarks/personal_information.py [FOLDER] [--megabytes 100] [--samples 20] [--without-presidio]

FOLDER is any folder of text; the default is the installed packages of this environment: source code, full of versions,
hashes, timestamps and test data, with few people in it but authors. Every hit of a type that has a checksum counts as a
false one there, though some are true (libraries test themselves with real-looking numbers): the figure is an upper
bound. Samples are masked: digits as 9, letters as a. Presidio is installed into a throw-away environment and reads the
first megabyte only.
"""

import argparse
import random
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.vocabulary import SpanKind

MEGABYTE = 1_000_000
MOST_OF_A_FILE = 4 * MEGABYTE
PRESIDIO = "presidio-analyzer>=2.2,<3"
PRESIDIO_PROGRAM = """
import sys, time, inspect, logging
logging.disable(logging.CRITICAL)
from presidio_analyzer import PatternRecognizer, predefined_recognizers
kinds = [kind for _, kind in inspect.getmembers(predefined_recognizers, inspect.isclass)]
patterned = [kind() for kind in kinds if issubclass(kind, PatternRecognizer) and kind is not PatternRecognizer]
text = open(sys.argv[1], encoding="utf-8", errors="replace").read()
pieces = [text[place : place + 20_000] for place in range(0, len(text), 20_000)]
start = time.process_time()
hits = sum(len(kind.analyze(piece, kind.supported_entities, None)) for kind in patterned for piece in pieces)
print(len(patterned), hits, time.process_time() - start)
"""


def read_texts(folder: Path, most_bytes: int) -> Iterator[str]:
    """Yield the UTF-8 files of a folder, in order, until there are enough bytes."""
    total = 0
    for path in sorted(folder.rglob("*")):
        if total >= most_bytes:
            return
        if not path.is_file() or path.is_symlink() or not 0 < path.stat().st_size <= MOST_OF_A_FILE:
            continue
        content = path.read_bytes()
        if b"\0" in content:
            continue
        try:
            yield content.decode()
        except UnicodeDecodeError:
            continue
        total += len(content)


def measure_speed(name: str, kinds: tuple[SpanKind, ...], texts: pa.Array, size_bytes: int) -> pa.Table:
    scanner = Scanner(b"benchmark", tuple(detector for detector in DETECTORS if detector.kind in kinds))
    scanner.scan(texts.slice(0, 10))
    start = time.process_time()
    found = scanner.scan(texts)
    seconds = time.process_time() - start
    print(f"{name:<36} {size_bytes / MEGABYTE / seconds:8.1f} MB/s {found.num_rows:8} spans")
    return found


def measure_presidio(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "venv" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", str(python.parents[1])], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PRESIDIO], check=True)
        sample = Path(folder) / "sample.txt"
        sample.write_bytes("\n".join(texts).encode()[:MEGABYTE])
        program = [str(python), "-c", PRESIDIO_PROGRAM, str(sample)]
        count, hits, seconds = subprocess.run(program, check=True, capture_output=True, text=True).stdout.split()
        name = f"Presidio, {count} pattern recognizers"
        print(f"{name:<36} {sample.stat().st_size / MEGABYTE / float(seconds):8.3f} MB/s {hits:>8} spans")


def print_hits(found: pa.Table, texts: list[str], size_bytes: int, samples: int) -> None:
    rows = [row for row in found.to_pylist() if row["entity_type"] != "EMAIL_ADDRESS"]
    print(f"\nPer megabyte of {size_bytes / MEGABYTE:.0f} MB, e-mail addresses left out:")
    for entity_type, count in Counter(row["entity_type"] for row in rows).most_common():
        print(f"  {entity_type:<20} {count / size_bytes * MEGABYTE:8.3f}")
    with_checksum = sum(row["validator"].startswith("checksum") for row in rows)
    print(f"  {'confirmed by checksum':<20} {with_checksum / size_bytes * MEGABYTE:8.3f}")
    print("\nSamples, masked:")
    for row in random.Random(1).sample(rows, min(samples, len(rows))):
        content = texts[row["index"]].encode()
        around = content[max(0, row["start_byte"] - 30) : row["end_byte"] + 12].decode(errors="replace")
        masked = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", " ".join(around.split())))
        print(f"  {row['entity_type']:<20} {row['validator']:<18} {masked}")


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast text is scanned, and what is found in source code.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(sysconfig.get_path("purelib")))
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--without-presidio", action="store_true")
    chosen = parser.parse_args()
    texts = list(read_texts(chosen.folder, chosen.megabytes * MEGABYTE))
    array = pa.array(texts, pa.large_string())
    size_bytes = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} texts, {size_bytes / MEGABYTE:.0f} MB; processor time of one core")
    personal = measure_speed("personal information", (SpanKind.PERSONAL_INFORMATION,), array, size_bytes)
    measure_speed(
        "personal information and secrets", (SpanKind.PERSONAL_INFORMATION, SpanKind.SECRET), array, size_bytes
    )
    measure_speed("everything, notices too", tuple(SpanKind), array, size_bytes)
    if not chosen.without_presidio:
        measure_presidio(texts)
    print_hits(personal, texts, size_bytes, chosen.samples)


if __name__ == "__main__":
    main()
