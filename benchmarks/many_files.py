"""What each stage costs where a dataset has very many small files and sources: time, and memory of its largest process.

    .venv/bin/python benchmarks/many_files.py --folder /tmp/many --files 100000 --sources 5000 [--shared 5000]

Each source is a folder of files of some thirty words, made by a seed; of so many sources the first file is the same
text. The manifest says size and sha256 of every file. Each stage runs in a process of its own, in the store below
the folder, so that its memory can be told; one that is done there already is not run again.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEED = 16
WORDS = 20_000
LENGTH = 30
LICENSES = ("MIT", "CC-BY-4.0", "CC-BY-NC-4.0")
MEGABYTE = 1_000_000
KILOBYTE = 1_024

STAGE = """
import sys
from pathlib import Path
from corpus_audit import guard
from corpus_audit.pipeline import RunContext, ingest, shard_sizes
from corpus_audit.pipeline.stage import Grain
from corpus_audit.pipeline.stages import STAGES
from corpus_audit.policy.packs import available_packs
from corpus_audit.store import Store

name, folder = sys.argv[1], Path(sys.argv[2])
store = folder / "store"
if name == "ingest":
    ingest(folder / "manifest.json", store, packs=available_packs(), context=RunContext())
else:
    [audit_id] = Store(store).audit_ids()
    audit = Store(store).open_audit(audit_id)
    stage = next(stage for stage in STAGES if stage.name == name)
    for shard in shard_sizes(audit) if stage.grain is Grain.SHARD else [()]:
        stage.run(audit, *([shard] if stage.grain is Grain.SHARD else []), context=RunContext())
guard.stop_idle()  # so that what the workers used is counted
"""


@dataclass(frozen=True)
class Cost:
    """What one process and its workers cost."""

    seconds: float
    processor_seconds: float
    peak_bytes: int


def main() -> None:
    """Make the corpus unless it is there, run the stages, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--sources", type=int, default=5_000)
    parser.add_argument("--shared", type=int, default=0, help="sources that hold one and the same text")
    parser.add_argument("--stages", nargs="*")
    given = parser.parse_args()
    make_corpus(given.folder, given.files, given.sources, given.shared)
    for line in measure(given.folder, given.stages):
        print(line, flush=True)


def make_corpus(folder: Path, files: int, sources: int, shared: int) -> None:
    """Write the files and the manifest."""
    if (folder / "manifest.json").exists():
        return
    dice = random.Random(SEED)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(3, 9))) for _ in range(WORDS)]
    common = " ".join(dice.choices(words, k=4 * LENGTH))
    each = files // sources
    described = []
    for number in range(sources):
        name = f"source-{number:05d}"
        place = folder / f"{number // 1000:03d}" / name
        place.mkdir(parents=True)
        listed = []
        for n in range(each):
            is_shared = n == 0 and number < shared
            text = (common if is_shared else " ".join(dice.choices(words, k=LENGTH))).encode()
            (place / f"{n}.txt").write_bytes(text)
            path = f"{number // 1000:03d}/{name}/{n}.txt"
            listed.append({"path": path, "size_bytes": len(text), "sha256": hashlib.sha256(text).hexdigest()})
        described.append(
            {
                "id": name,
                "license": LICENSES[number % len(LICENSES)],
                "folders": [f"{number // 1000:03d}/{name}"],
                "files": listed,
            }
        )
    manifest = {"manifest_version": "1", "dataset": {"id": "many"}, "sources": described}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def measure(folder: Path, wanted: list[str] | None) -> Iterator[str]:
    """Yield the lines of the table."""
    from corpus_audit.pipeline.stages import STAGES

    for stage in STAGES:
        if not wanted or stage.name in wanted:
            cost = run([sys.executable, "-c", STAGE, stage.name, str(folder)])
            written = sum(path.stat().st_size for path in folder.glob(f"store/audits/*/{stage.name}*/**/*"))
            yield (
                f"{stage.name:<14} {cost.seconds:7.1f} s  {cost.processor_seconds:7.1f} s of processor time  "
                f"{cost.peak_bytes / MEGABYTE:6.0f} MB  {written / MEGABYTE:8.1f} MB written"
            )


def run(command: list[str]) -> Cost:
    """Run a command to its end and return its cost; stops the benchmark when it fails."""
    started = time.perf_counter()
    pid = subprocess.Popen(command).pid
    _, status, used = os.wait4(pid, 0)
    if status:
        sys.exit(f"{command[3]} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss * KILOBYTE)


if __name__ == "__main__":
    main()
