"""Print how long the audit of this environment takes and how much memory, by the command line and through Airflow.

Run it with the environment's own Python: .venv/bin/python benchmarks/audit.py. Stores are cold, in a temporary folder;
Airflow's database is prepared first and not counted. Memory is that of all processes of a run together, sampled: pages
that they share count once (proportional set sizes).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).parents[1]
SAMPLE_SECONDS = 0.2
MEGABYTE = 1_000_000
VERDICTS = (0, 1, 3)
"""Exit codes of a command line whose audit ran to its end."""


@dataclass(frozen=True)
class Cost:
    """What one command cost."""

    seconds: float
    peak_bytes: int


def main() -> None:
    """Measure both ways and print the figures."""
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as folder:
        for line in measure(Path(folder)):
            print(line, flush=True)


def measure(work: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    os.environ["CORPUS_AUDIT_AIRFLOW_HOME"] = str(work / "airflow")
    with_airflow = REPOSITORY / "scripts" / "with-airflow.sh"
    manifest, store = work / "environment.json", work / "store"
    run("corpus-audit", "manifest", "from-environment", "--output", manifest)
    run(with_airflow, "airflow", "db", "migrate")
    inputs = (manifest, "--root", sys.prefix, "--store")
    costs = {
        "command line": run("corpus-audit", "audit", *inputs, store, finished=VERDICTS),
        "Airflow": run(with_airflow, "python", REPOSITORY / "scripts" / "run_audit_dag.py", *inputs, work / "second"),
    }
    corpus = audited_corpus(store)
    files, text = corpus["size_bytes"] / MEGABYTE, corpus["text_bytes"] / MEGABYTE
    yield f"{corpus['files']:,} files, {files:.0f} MB; {corpus['records']:,} records, {text:.0f} MB of text"
    yield f"{psutil.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    for name, cost in costs.items():
        speeds = f"{files / cost.seconds:6.1f} MB/s of files  {text / cost.seconds:6.1f} MB/s of text"
        yield f"{name:<12} {cost.seconds:6.1f} s  {speeds}  {cost.peak_bytes / MEGABYTE:6.0f} MB of memory"


def audited_corpus(store: Path) -> dict[str, int]:
    """Return the report's totals of the one audit in *store*."""
    [report] = store.glob("audits/*/report/report.json")
    totals: dict[str, int] = json.loads(report.read_bytes())["summary"]
    return totals


def run(*command: str | Path, finished: Container[int] = (0,)) -> Cost:
    """Run a command to its end and return its cost; stops the benchmark when the command is wrong."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    started = time.perf_counter()
    peak = 0
    with (
        tempfile.TemporaryFile("w+") as output,
        subprocess.Popen([*map(str, command)], stdout=output, stderr=output, env=environment) as process,
    ):
        while process.poll() is None:
            peak = max(peak, memory_bytes(process.pid))
            time.sleep(SAMPLE_SECONDS)
        seconds = time.perf_counter() - started
        if process.returncode not in finished:
            output.seek(0)
            sys.exit(f"{command[0]} ended with {process.returncode}:\n{output.read()}")
    return Cost(seconds, peak)


def memory_bytes(pid: int) -> int:
    """Return the memory of a process and everything it started, in bytes."""
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += process.memory_full_info().pss
    except psutil.NoSuchProcess:
        pass
    return total


if __name__ == "__main__":
    main()
