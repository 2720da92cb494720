"""Refuse measuring that became costlier: count the instructions of its compiled parts, in ratio to reading the text.

    .venv/bin/python benchmarks/instructions.py             # exit code 1 where a part costs a quarter more than stored
    .venv/bin/python benchmarks/instructions.py --store     # after a change that is worth its cost

Seconds depend on the machine and on what else it does; instructions do not. callgrind counts them (Debian package
``valgrind``) while a part runs, and lets the rest of the process pass; code is compiled for one fixed processor. The
scanner is not counted: hyperscan compiles its patterns for the processor that valgrind shows it, which takes minutes.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from speed_hits import logs_and_mail

STORED = Path(__file__).with_suffix(".json")
MOST_LOSS = 1.25
PROCESSOR = "x86-64-v3"
TEXT_BYTES = 200_000
TIMES_READ = 10
READING = "reading"

Ratios = dict[str, float]


def main() -> None:
    """Count, print the ratios beside the stored ones, and end with 1 where one is lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", action="store_true", help="keep the ratios as those to hold to")
    parser.add_argument("--kernels", type=Path, help="a folder that keeps what is compiled for a later run")
    parser.add_argument("--counted", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.counted:
        do_parts(options.counted)
        return
    if shutil.which("valgrind") is None:
        sys.exit("valgrind is not installed: apt-get install valgrind")
    ratios = count_ratios(options.kernels)
    stored = json.loads(STORED.read_bytes()) if STORED.exists() else {}
    for name, ratio in ratios.items():
        print(f"{ratio:8.2f} times reading, stored {stored.get(name, 0):8.2f}  {name}")
    if options.store:
        STORED.write_text(json.dumps(ratios, indent=1) + "\n")
    elif lost := lost_parts(ratios, stored):
        sys.exit(f"costs a quarter more than stored: {', '.join(lost)}")


def lost_parts(ratios: Ratios, stored: Ratios) -> list[str]:
    """Return the parts that cost a quarter more than stored, or of which nothing is stored."""
    return [name for name, ratio in ratios.items() if ratio > MOST_LOSS * stored.get(name, 0)]


def count_ratios(kernels: Path | None = None) -> Ratios:
    """Return how many instructions each part takes for one of reading the same text.

    What *kernels* keeps compiled is not compiled again.
    """
    with tempfile.TemporaryDirectory(prefix="corpus-audit-instructions-") as work:
        kept = kernels or Path(work, "kernels")
        path, written = Path(work, "texts.parquet"), Path(work, "callgrind")
        pq.write_table(pa.table({"text": list(logs_and_mail(TEXT_BYTES))}), path, compression="zstd")
        itself = [sys.executable, __file__, "--counted", str(path)]
        subprocess.run(itself, check=True, env=environment(Path(work), kept))  # compiles
        tool = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={written}"]
        subprocess.run(
            [*tool, *itself], check=True, env=environment(Path(work), kept, is_counted="1"), capture_output=True
        )
        counts = dict(read_count(dump.read_text()) for dump in sorted(Path(work).glob("callgrind.*")))
    reading = counts.pop(READING) / TIMES_READ
    return {name: round(count / reading, 2) for name, count in sorted(counts.items())}


def read_count(dump: str) -> tuple[str, int]:
    """Return the name of a part and its instructions out of what callgrind wrote."""
    name, count = re.search(r"^desc: Trigger: dump (\w+)$", dump, re.M), re.search(r"^totals: ([0-9]+)$", dump, re.M)
    if name is None or count is None:
        sys.exit("callgrind wrote what this version does not know")
    return name[1], int(count[1])


def environment(work: Path, kernels: Path, is_counted: str = "") -> dict[str, str]:
    """Return the environment in which the same code is compiled on every machine, and kept."""
    fixed = {"NUMBA_CPU_NAME": PROCESSOR, "NUMBA_CPU_FEATURES": "", "XDG_CACHE_HOME": str(work)}
    once = {"NUMBA_CACHE_DIR": str(kernels), "PYTHONHASHSEED": "0", "COUNTED": is_counted}
    return os.environ | fixed | once


def do_parts(path: Path) -> None:
    """Do each part once on a few texts, so that nothing is left to load, and then on all of them, counted."""
    pa.set_cpu_count(1)
    column = pq.read_table(path, use_threads=False)["text"].combine_chunks().cast(pa.large_string())
    for _, part in parts(path, column.slice(0, 2)):
        part()
    for name, part in parts(path, column):
        control("-i", "on")
        part()
        control("-i", "off")
        control("-d", name)


def control(*arguments: str) -> None:
    """Tell callgrind, if it watches this process."""
    if os.environ["COUNTED"]:
        outside = {name: value for name, value in os.environ.items() if not name.startswith("LD_")}
        command = ["callgrind_control", *arguments, str(os.getpid())]
        subprocess.run(command, check=True, capture_output=True, env=outside)


def parts(path: Path, texts: pa.Array) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield reading and the compiled parts of measuring *texts*."""
    from corpus_audit.config import Parameters
    from corpus_audit.measure.fingerprints.fingerprint import fingerprint
    from corpus_audit.measure.prose.language import identify_languages
    from corpus_audit.measure.prose.quality import measure_quality
    from corpus_audit.measure.prose.writing import describe_writing

    scripts = pa.array(["latin"] * len(texts))
    yield READING, lambda: [pq.read_table(path, use_threads=False) for _ in range(TIMES_READ)]
    yield "fingerprints", lambda: fingerprint(texts, Parameters())
    yield "writing", lambda: describe_writing(texts)
    yield "quality", lambda: measure_quality(texts, scripts)
    yield "language", lambda: identify_languages(texts)


if __name__ == "__main__":
    main()
