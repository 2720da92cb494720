"""text-dedup and rensa, installed into a throw-away environment and run on the same text."""

import json
import os
import resource
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from pathlib import Path

from corpus_audit.config import Parameters

TEXT_DEDUP = "text-dedup==0.4.0"
RENSA = "rensa"

_RENSA_SCRIPT = """
import json, re, sys, time
import pyarrow.parquet as pq
from rensa import RMinHash
path, num_perm, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
size = 0
texts = pq.read_table(path, columns=["text"])["text"].to_pylist()
started = time.thread_time()
for text in texts:
    words = re.findall(r"\\w+", text.casefold())
    signature = RMinHash(num_perm=num_perm, seed=1)
    signature.update(list({" ".join(words[i : i + width]) for i in range(max(1, len(words) - width + 1))}))
    signature.digest()
    size += len(text.encode())
    if size > 8_000_000:
        break
print(json.dumps(size / (time.thread_time() - started) / 1e6))
"""


def install_peers(folder: Path) -> Path | None:
    """Return the Python of a fresh environment with the peers in it, or None when they cannot be had."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", TEXT_DEDUP, RENSA]
        done = subprocess.run(install, check=False, capture_output=True, text=True)
        if done.returncode != 0:
            print("the peers cannot be installed:", *done.stderr.strip().splitlines()[-3:], sep="\n", file=sys.stderr)
            return None
    return python


def rensa_speed(python: Path, shard: Path, parameters: Parameters) -> float | None:
    """Return rensa's MB/s on one core, fed from Python as it is meant to be; None when it does not run."""
    command = [str(python), "-c", _RENSA_SCRIPT, str(shard), str(parameters.num_perm), str(parameters.shingle_size)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        print("rensa did not run:", *done.stderr.strip().splitlines()[-1:], file=sys.stderr)
        return None
    return float(json.loads(done.stdout))


def measure_text_dedup(
    python: Path, shards: Sequence[Path], folder: Path, parameters: Parameters
) -> tuple[float, float] | None:
    """Return the wall and processor seconds of text-dedup's MinHash on all cores, from Parquet to deduplicated output.

    None when it does not run.
    """
    given = folder / "input"
    given.mkdir(parents=True)
    for shard in shards:
        (given / shard.name).symlink_to(shard.resolve())
    files = str(given.resolve() / "*.parquet")
    options = {
        "--path": "parquet", "--data_files": files, "--split": "train", "--cache_dir": str(folder / "cache"),
        "--output": str(folder / "output"), "--column": "text", "--ngram": str(parameters.shingle_size),
        "--num_perm": str(parameters.num_perm), "--threshold": str(parameters.jaccard_threshold),
        "--batch_size": "10000",
    }  # fmt: skip
    command = [str(python), "-m", "text_dedup.minhash", *(word for option in options.items() for word in option)]
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "hub")}
    started, used = time.perf_counter(), _processor_seconds()
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - started, _processor_seconds() - used
    if done.returncode != 0:
        print("text-dedup did not run:", *done.stderr.strip().splitlines()[-3:], sep="\n", file=sys.stderr)
        return None
    return seconds


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
