"""Print how long the audit of this environment takes and how much memory, by the command line and through Airflow.

Run it with the environment's own Python: .venv/bin/python benchmarks/audit.py. Stores are cold, in a temporary folder;
Airflow's database is prepared first and not counted. Memory is the sum of the resident sets of a run's processes,
sampled: pages that they share count once for each.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).parents[1]
SAMPLE_SECONDS = 0.05
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Cost:
    """What one command cost."""

    seconds: float
    peak_bytes: int


def main():
    """Measure both ways and print the figures."""
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as folder:
        work = Path(folder)
        os.environ["CORPUS_AUDIT_AIRFLOW_HOME"] = str(work / "airflow")
        manifest = work / "environment.json"
        run("corpus-audit", "manifest", "from-environment", "--output", manifest)
        run(REPOSITORY / "scripts" / "with-airflow.sh", "airflow", "db", "migrate")
        files, size = corpus_size(manifest)
        print(f"corpus: {files:,} files, {size / MEGABYTE:.0f} MB; {psutil.cpu_count()} processors")
        for name, command in commands(manifest, work).items():
            cost = run(*command)
            speed = size / MEGABYTE / cost.seconds
            print(f"{name:<12} {cost.seconds:6.1f} s {speed:7.1f} MB/s {cost.peak_bytes / MEGABYTE:7.0f} MB of memory")


def commands(manifest, work):
    """Return the commands to measure by name."""
    root = ["--root", sys.prefix]
    airflow = [REPOSITORY / "scripts" / "with-airflow.sh", "python", REPOSITORY / "scripts" / "run_audit_dag.py"]
    return {
        "command line": ["corpus-audit", "audit", manifest, *root, "--store", work / "command-line"],
        "Airflow": [*airflow, manifest, *root, "--store", work / "airflow-store"],
    }


def corpus_size(manifest):
    """Return the number of declared files and their bytes."""
    sources = json.loads(manifest.read_bytes())["sources"]
    sizes = [file.get("size_bytes") or 0 for source in sources for file in source["files"]]
    return len(sizes), sum(sizes)


def run(*command):
    """Run a command to its end and return its cost; stops the benchmark when the command is wrong."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    started = time.perf_counter()
    peak = 0
    with (
        tempfile.TemporaryFile("w+") as output,
        subprocess.Popen([*map(str, command)], stdout=output, stderr=output, env=environment) as process,
    ):
        while process.poll() is None:
            peak = max(peak, resident_bytes(process.pid))
            time.sleep(SAMPLE_SECONDS)
        seconds = time.perf_counter() - started
        # 1 and 3 are verdicts: the audit ran to its end.
        if process.returncode not in {0, 1, 3}:
            output.seek(0)
            sys.exit(f"{command[0]} ended with {process.returncode}:\n{output.read()}")
    return Cost(seconds, peak)


def resident_bytes(pid):
    """Return the resident bytes of a process and everything it started."""
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += process.memory_info().rss
    except psutil.NoSuchProcess:
        return total
    return total


if __name__ == "__main__":
    main()
