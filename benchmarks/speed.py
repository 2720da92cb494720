"""Print how fast text is measured on one core, whole and part by part, beside its peers and beside only reading it.

    .venv/bin/python benchmarks/speed.py --output speed.json
    .venv/bin/python benchmarks/speed.py --compare speed.json          # what another commit gave, in ratios

All figures of one run are processor time (user and system) on the same text, so other work on the machine matters
little; what does matter to it, the caches that cores share, matters to all rows alike: compare ratios, not speeds. The
text is made by a seed from prose of the installed packages. The peers are installed into an environment of their own in
the working folder, and left out when they cannot be had.
"""

import argparse
import json
import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.json as pajson
import pyarrow.parquet as pq
from speed_corpus import write_corpora
from speed_parts import measure_parts_of, measure_whole
from speed_peers import peer_speeds

LIMIT = "only reading it (Arrow, Parquet)"
"""The row that every other one is set in ratio to."""

TIMES = 5
"""Reading is so short that whatever else runs would decide the figure."""

Speeds = dict[str, float]


def main() -> None:
    """Measure, print the table, and keep or compare the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=60, help="size of the English text; of the Chinese a quarter")
    parser.add_argument("--work", type=Path, default=Path(".benchmarks"), help="working folder, kept between runs")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--output", type=Path, help="keep the figures in this JSON file")
    parser.add_argument("--compare", type=Path, help="set the figures beside those of this JSON file")
    options = parser.parse_args()
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    options.work.mkdir(exist_ok=True)
    speeds = measure(options)
    print("\n".join(table(speeds)))
    if options.output:
        options.output.write_text(json.dumps(about(options) | {"megabytes_a_second": speeds}, indent=1) + "\n")
    if options.compare:
        print("\n".join(comparison(json.loads(options.compare.read_bytes()), speeds)))


def measure(options: argparse.Namespace) -> Speeds:
    """Return megabytes of text a second of processor time, by what was done."""
    corpora = write_corpora(options.work, options.megabytes)
    english = corpora["English"]
    speeds = {LIMIT: of_processor(english.size_bytes, lambda: pq.read_table(english.parquet, use_threads=False))}
    speeds["only reading it (Arrow, JSON lines)"] = of_processor(
        english.size_bytes, lambda: pajson.read_json(english.lines, pajson.ReadOptions(use_threads=False))
    )
    for language, corpus in corpora.items():
        for path in (corpus.parquet, corpus.lines):
            speeds[f"whole measuring, {language}, {path.suffix[1:]}"] = measure_whole(path, corpus.size_bytes)
        speeds |= {f"{name}, {language}": speed for name, speed in measure_parts_of(corpus.parquet)}
    return speeds if options.without_peers else speeds | peer_speeds(english, options.work)


def of_processor(size_bytes: int, work: Callable[[], object]) -> float:
    """Return how many megabytes a second of processor time *work* goes through, the best of a few times."""
    seconds = []
    for _ in range(TIMES):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return size_bytes / min(seconds) / 1e6


def table(speeds: Mapping[str, float]) -> Iterator[str]:
    """Yield the table in Markdown; the ratio says how many times slower than only reading the text."""
    yield "| | MB/s a core | times reading |"
    yield "|---|---|---|"
    for name, speed in speeds.items():
        yield f"| {name} | {speed:,.{1 if speed >= 1 else 3}f} | {speeds[LIMIT] / speed:,.1f} |"


def comparison(before: Mapping[str, object], speeds: Mapping[str, float]) -> Iterator[str]:
    """Yield by how much each ratio changed since another run, whichever machine and hour that was."""
    earlier = before["megabytes_a_second"]
    assert isinstance(earlier, dict)
    yield f"\nagainst {before['commit']}: over 1 is faster, each in ratio to reading"
    for name in speeds:
        if name in earlier and name != LIMIT:
            change = speeds[name] / speeds[LIMIT] / (earlier[name] / earlier[LIMIT])
            yield f"{change:6.2f}  {name}"


def about(options: argparse.Namespace) -> dict[str, object]:
    """Return what the figures were made on."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], check=False, capture_output=True, text=True).stdout.strip()
    return {
        "commit": commit or "unknown",
        "megabytes": options.megabytes,
        "processor": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    main()
