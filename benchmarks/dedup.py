"""Print how fast, how complete and how frugal deduplication is on real text of this machine, beside its peers.

    .venv/bin/python benchmarks/dedup.py                       # everything but the largest sizes
    .venv/bin/python benchmarks/dedup.py --only scaling --gigabytes 1 2 5 10 --bucket 1000000

The corpus is every text and source file found under common folders (or under --root), kept between runs in the
working folder. The peers are installed into an environment of their own there, and left out when they cannot be had.
Speeds of one core are in processor time, so that other work on the machine does not count; whole runs are in wall time.
"""

import argparse
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from dedup_corpus import default_roots, text_bytes, write_chinese, write_corpus
from dedup_kernel import compare_datasketch, fingerprint_shards
from dedup_peers import install_peers, measure_text_dedup, rensa_speed
from dedup_pipeline import count_rows, parquet_batches, run
from dedup_scaling import fill_bucket, grow
from dedup_truth import compare

from corpus_audit.config import Parameters

PARTS = ("kernel", "whole", "truth", "scaling")


def main() -> None:
    """Run the parts asked for and print their lines as they come."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS, action="append", help="run this part; may be repeated")
    parser.add_argument("--root", type=Path, action="append", help="take text from this folder; may be repeated")
    parser.add_argument("--megabytes", type=int, default=600, help="size of the corpus")
    parser.add_argument("--peer-shards", type=int, default=3, help="shards of 64 MB that the slow peer is given")
    parser.add_argument("--documents", type=int, default=20_000, help="documents compared by brute force")
    parser.add_argument("--gigabytes", type=float, nargs="+", default=[0.25, 0.5, 1.0], help="sizes for scaling")
    parser.add_argument("--bucket", type=int, default=100_000, help="records of the single large bucket")
    parser.add_argument("--work", type=Path, default=Path(".benchmarks"), help="working folder, kept between runs")
    options = parser.parse_args()
    options.work.mkdir(exist_ok=True)
    shards = sorted(options.work.glob("corpus-*.parquet"))
    if not shards:
        shards = write_corpus(options.root or default_roots(), options.work, options.megabytes)
    print(f"{len(shards)} shards, {text_bytes(shards) / 1e6:,.0f} MB of text")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    parts = {"kernel": kernel, "whole": whole, "truth": truth, "scaling": scaling}
    for name in options.only or PARTS:
        print(f"\n{name}", flush=True)
        for line in parts[name](shards, options):
            print(" ", line, flush=True)


def kernel(shards: Sequence[Path], options: argparse.Namespace) -> Iterator[str]:
    """Fingerprinting on one core."""
    corpora = {"the corpus, mostly ASCII": shards}
    chinese = write_chinese(shards, options.work, megabytes=30)
    if chinese is None:
        yield "too little Chinese text on this machine to measure it"
    else:
        corpora["Chinese"] = [chinese]
    for name, files in corpora.items():
        whole, alone = fingerprint_shards(files, Parameters())
        yield f"{name:24} {whole:7.1f} MB/s from Parquet, {alone:7.1f} MB/s without the reading"
    yield compare_datasketch(shards, Parameters())
    python = install_peers(options.work / "peers")
    if python is not None:
        rensa = rensa_speed(python, shards[0], Parameters())
        yield "rensa did not run" if rensa is None else f"rensa from Python        {rensa:7.1f} MB/s"


def whole(shards: Sequence[Path], options: argparse.Namespace) -> Iterator[str]:
    """The whole way from Parquet to verified clusters, on all cores."""
    parameters = Parameters()
    timed = run(lambda: parquet_batches(shards), options.work / "whole", parameters, os.cpu_count() or 1)
    speed = text_bytes(shards) / timed.seconds / 1e6
    yield f"all shards: {timed.measure_seconds:.1f} s to measure, {timed.dedup_seconds:.1f} s to find copies"
    yield (
        f"{speed:7.1f} MB/s; {count_rows(timed.pairs):,} verified pairs out of {timed.candidates:,} candidates, "
        f"{count_rows(timed.clusters):,} records in clusters"
    )
    python = install_peers(options.work / "peers")
    few = shards[: options.peer_shards]
    ours = run(lambda: parquet_batches(few), options.work / "few", parameters, os.cpu_count() or 1)
    size = text_bytes(few) / 1e6
    yield f"{size / ours.seconds:7.1f} MB/s on the first {len(few)}; {size / ours.processor_seconds:.1f} a processor"
    shutil.rmtree(options.work / "text-dedup", ignore_errors=True)
    theirs = python and measure_text_dedup(python, few, options.work / "text-dedup", parameters)
    if theirs:
        wall, processor = theirs
        yield f"{size / wall:7.1f} MB/s for text-dedup 0.4 on the same, {size / processor:.1f} a processor"
        yield f"  {wall / ours.seconds:.0f} times as fast; {processor / ours.processor_seconds:.0f} times a processor"


def truth(shards: Sequence[Path], options: argparse.Namespace) -> Iterator[str]:
    """Recall and precision against brute force."""
    return compare(shards, options.work / "truth", options.documents, Parameters())


def scaling(shards: Sequence[Path], options: argparse.Namespace) -> Iterator[str]:
    """Growth of time and memory."""
    yield from grow(shards, options.gigabytes)
    yield from fill_bucket(shards, options.bucket)


if __name__ == "__main__":
    main()
