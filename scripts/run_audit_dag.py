"""Run the DAG ``audit_dataset`` on one manifest in the embedded Airflow and print the result.

Run it through scripts/with-airflow.sh. Airflow's own log goes to a file; the terminal shows the stages as they end.
Exits with 0 when the audit ran to its end, whatever its verdict, and with 1 when a task failed.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DAG_ID = "audit_dataset"
STAGE_LOGGER = "corpus_audit.pipeline"
VERDICT_EXIT_CODES = (0, 1, 3)
LAST_LINES = 15


def main() -> int:
    """Return the exit code of the run."""
    arguments = parse_arguments()
    params = {
        "manifest": str(arguments.manifest.resolve()),
        "root": str(arguments.root.resolve()) if arguments.root else None,
        "store": str(arguments.store.resolve()),
        "packs": arguments.pack or ["baseline"],
        "keywords": [str(path.resolve()) for path in arguments.keywords],
    }
    logical_date = datetime.now(UTC)
    log = Path(os.environ["AIRFLOW_HOME"], "logs", f"{DAG_ID}-{logical_date:%Y%m%dT%H%M%S}.jsonl")
    print(f"Airflow runs {DAG_ID} on {arguments.manifest} (log: {shown(log)})", flush=True)
    audit_id = run_dag(params, logical_date, log)
    if audit_id is None:
        print(f"\nThe audit did not run to its end:\n{reason(log)}\nThe whole log: {shown(log)}", file=sys.stderr)
        return 1
    print(flush=True)
    shown_summary = subprocess.run(["corpus-audit", "report", audit_id, "--store", str(arguments.store)], check=False)
    return 0 if shown_summary.returncode in VERDICT_EXIT_CODES else 1


def parse_arguments() -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(description=f"Run the DAG {DAG_ID} on a manifest.")
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--root", type=Path, help="folder that the manifest's paths are relative to")
    parser.add_argument("--store", type=Path, default=Path("audits"), help="folder that audits are kept in")
    parser.add_argument("--pack", action="append", help="policy pack; may be repeated (default: baseline)")
    parser.add_argument("--keywords", action="append", type=Path, default=[], help="file of words; may be repeated")
    return parser.parse_args()


def run_dag(params: dict[str, Any], logical_date: datetime, log: Path) -> str | None:
    """Run the DAG to its end, writing Airflow's log to *log*; return the audit's id, None when a task failed."""
    audit_id: str | None = None
    airflow = [sys.executable, str(Path(__file__).with_name("airflow_in_turn.py"))]
    command = [*airflow, "dags", "test", DAG_ID, logical_date.isoformat(), "--conf", json.dumps(params)]
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w", encoding="utf-8") as kept,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running,
    ):
        for line in running.stdout or ():
            kept.write(line)
            event = parse_event(line)
            if event.get("logger") == STAGE_LOGGER:
                print(f"  {event['event']}", flush=True)
                audit_id = event.get("audit_id", audit_id)
    return audit_id if running.returncode == 0 else None


def parse_event(line: str) -> dict[str, Any]:
    """Return a line of Airflow's JSON log, or nothing when a library printed the line."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def reason(log: Path) -> str:
    """Return what ended the run, or the end of the log when nothing there says it."""
    lines = log.read_text(encoding="utf-8").splitlines()
    return "\n".join(dict.fromkeys(errors(lines))) or "\n".join(lines[-LAST_LINES:])


def errors(lines: Iterable[str]) -> Iterator[str]:
    """Yield the type and message of every exception in Airflow's log, without what caused it."""
    for event in map(parse_event, lines):
        for error in event.get("exception", ())[:1]:
            yield f"{error['exc_type']}: {error['exc_value']}"


def shown(path: Path) -> Path:
    """Return a path as short as it can be shown."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    sys.exit(main())
