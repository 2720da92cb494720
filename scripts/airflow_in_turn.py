"""Airflow's command in a process whose workers are loaded beside it: for ``airflow dags test``.

That runs every task in its own process, so that workers are there for all of them, and Airflow takes some seconds of
one core before the first task begins.
"""

import os
import sys

from corpus_audit.cli.workers import start_workers


def main() -> int | None:
    """Return what Airflow's command returns."""
    # Tasks run one after another, so that each may use every core.
    os.environ.setdefault("CORPUS_AUDIT_WORKERS", str(os.cpu_count() or 1))
    start_workers(address="", workers=None)
    from airflow.__main__ import main as airflow

    code: int | None = airflow()  # type: ignore[no-untyped-call]
    return code


if __name__ == "__main__":
    sys.exit(main())
