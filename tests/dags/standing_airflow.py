"""A whole Airflow on this machine: scheduler with its executor, dag processor and API server, each a process.

Its database is PostgreSQL: with SQLite one of so many processes finds it locked now and then.
"""

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]
import psycopg

from dags.embedded_airflow import REPOSITORY, EmbeddedAirflow
from dags.migrated import migrate_postgresql
from e2e.postgresql import started_postgresql
from integration.object_store import is_free

PROCESSES = (("api-server",), ("dag-processor",), ("scheduler", "--skip-serve-logs"))
TRIGGERER = ("triggerer", "--skip-serve-logs")
"""Waits for what deferred tasks wait for; only some tests have such tasks, and start it."""
AT_WORK = """
SELECT 1 FROM task_instance WHERE state IN ('scheduled', 'queued', 'running')
UNION ALL SELECT 1 FROM pg_stat_activity WHERE xact_start IS NOT NULL AND pid <> pg_backend_pid()
"""
"""Finds a task at work, or a connection that may hold a lock."""
SECONDS = 400
"""How long is waited for anything: a machine with two busy cores is slow."""


@dataclass(frozen=True)
class StandingAirflow:
    """An Airflow that runs what is scheduled; *settings* are the variables that all of its processes have."""

    embedded: EmbeddedAirflow
    settings: dict[str, str]
    database: str
    stack: contextlib.ExitStack
    numbers: dict[str, int] = field(default_factory=dict)
    """Of its processes, by their names."""

    def start(self, process: tuple[str, ...]) -> None:
        """Start one of the processes."""
        self.numbers[process[0]] = self.stack.enter_context(running(self.embedded, self.settings, process))

    @contextlib.contextmanager
    def held(self, process: str) -> Iterator[None]:
        """Let one of the processes stand still, from a moment when no task is at work and no table is locked."""
        held = psutil.Process(self.numbers[process])

        def stands() -> bool:
            held.suspend()
            if self.query(AT_WORK):
                held.resume()
            return bool(held.status() == psutil.STATUS_STOPPED)

        self.wait_until(stands)
        try:
            yield
        finally:
            held.resume()

    def trigger(self, dag_id: str, run_id: str, conf: Mapping[str, object] | None = None) -> None:
        """Start a run of a DAG by the API: a command would load Airflow first."""
        asked = {"dag_run_id": run_id, "logical_date": None, "conf": conf or {}}
        with self.client() as client:
            started = client.post(f"/api/v2/dags/{dag_id}/dagRuns", json=asked)
        assert started.status_code == 200, started.text

    def client(self) -> httpx.Client:
        """Return a client of its API, with the rights of an administrator; the caller closes it."""
        address = f"http://127.0.0.1:{self.settings['AIRFLOW__API__PORT']}"
        token = httpx.get(f"{address}/auth/token", timeout=60).raise_for_status().json()["access_token"]
        return httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def answers(self) -> bool:
        """Tell whether its API answers; DAGs may be known before."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.settings['AIRFLOW__API__PORT']}/api/v2/version").is_success
        except httpx.TransportError:
            return False

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return rows of Airflow's database."""
        with psycopg.connect(self.database) as database:
            found = database.execute(sql, values or None)
            return found.fetchall() if found.description else []

    def wait_for(self, sql: str, *values: object, seconds: float = SECONDS) -> list[tuple[Any, ...]]:
        """Return rows of Airflow's database as soon as there are any."""
        rows: list[tuple[Any, ...]] = self.wait_until(lambda: self.query(sql, *values), seconds)
        return rows

    def wait_until(self, look: Callable[[], Any], seconds: float = SECONDS) -> Any:
        """Return what *look* returns as soon as that is something."""
        until = time.monotonic() + seconds
        while not (found := look()):
            assert time.monotonic() < until, f"nothing after {seconds:.0f} seconds\n{self.last_words()}"
            time.sleep(0.5)
        return found

    def printed(self, process: str) -> str:
        """Return all that one of the processes has printed."""
        return (self.embedded.home / f"{process}.out").read_text(errors="replace")

    def last_words(self) -> str:
        """Return the end of what each process printed."""
        return "\n".join(
            f"{path.name}: {path.read_text(errors='replace')[-3000:]}"
            for path in sorted(self.embedded.home.glob("*.out"))
        )


@contextlib.contextmanager
def standing_airflow(embedded: EmbeddedAirflow, settings: dict[str, str]) -> Iterator[StandingAirflow]:
    """Run the processes, and end them and their children afterwards."""
    port = free_port()
    stack = contextlib.ExitStack()
    database = stack.enter_context(started_postgresql())
    settings = settings | {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database.replace("postgresql://", "postgresql+psycopg://"),
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": "a secret of this test only, long enough for what signs with it, and longer still",
        "AIRFLOW__API_AUTH__JWT_SECRET": "another secret of this test only, long enough for what signs with it, longer",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__PARALLELISM": "2",
        # A task whose scheduler was killed is not waited for as long as in earnest.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
        # No test changes a DAG file; one that could not be read in time is read again while a test still waits.
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "120",
    }
    with stack:
        standing = StandingAirflow(embedded, settings, database, stack)
        migrate_postgresql(embedded, database)
        for process in PROCESSES:
            standing.start(process)
        standing.wait_until(standing.answers)
        yield standing


def kill_tree(number: int) -> None:
    """Kill a process and all that it started."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(number)
        for each in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()


@contextlib.contextmanager
def running(embedded: EmbeddedAirflow, settings: dict[str, str], process: tuple[str, ...]) -> Iterator[int]:
    """Run one process of Airflow, yield its number, and end it with all it started: tasks have groups of their own."""
    command = [REPOSITORY / "scripts" / "with-airflow.sh", "env", *pairs(settings), "airflow", *process]
    with (
        (embedded.home / f"{process[0]}.out").open("wb") as output,
        subprocess.Popen(
            command, stdout=output, stderr=output, env=embedded.environment, start_new_session=True
        ) as started,
    ):
        try:
            yield started.pid
        finally:
            kill_tree(started.pid)


def free_port() -> int:
    """Return a free port, below those that systems hand out to clients."""
    return next(port for port in range(22_000 + os.getpid() % 900 * 10, 32_000) if is_free(port))


def pairs(settings: dict[str, str]) -> list[str]:
    """Return settings as the program env takes them."""
    return [f"{name}={value}" for name, value in settings.items()]


def smtp_connection(port: int) -> str:
    """Return the Airflow connection to a mail server of this machine."""
    extra = {"from_email": "audits@example.org", "disable_ssl": True, "disable_tls": True}
    return json.dumps({"conn_type": "smtp", "host": "127.0.0.1", "port": port, "extra": extra})
