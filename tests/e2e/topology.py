"""The deployment of docker-compose.yml as plain processes: the same commands, with the same environment.

What Compose and the image say is read from their files, so that what is tested cannot drift away from what is deployed.
Other are only hosts, ports, paths, secrets and how many processes the api-server has. PostgreSQL is a real server.
"""

import contextlib
import os
import re
import runpy
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psycopg
import yaml

from compiled_before import compiled_before
from corpus_audit.export.bundle.keys import create_keys
from dags.embedded_airflow import LOADED_EARLY, WITHOUT_GRAMMARS
from e2e.postgresql import started_postgresql

REPOSITORY = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = ("api-server", "scheduler", "dag-processor", "triggerer")
AIRFLOW = ("apache-airflow", "apache-airflow-providers-fab")
HAS_AIRFLOW = all(any(distributions(name=name)) for name in AIRFLOW)
"""Whether it is installed, told without loading it."""
API_WORKERS = os.environ.get("CORPUS_AUDIT_TEST_API_WORKERS", "1")
"""How many processes answer for the api-server; the Compose file has two, each of which loads Airflow anew."""
STARTS_WITHIN = 300
STOPS_WITHIN = 20
SECONDS_A_LOOK = 2
"""How long is waited between two looks: to answer one keeps the api-server busy."""


class TopologyError(AssertionError):
    """A process did not do what it was started for; the message ends with what it logged last."""


def wait_until(is_so: Callable[[], Any], what: str, seconds: float = STARTS_WITHIN) -> Any:
    """Return the first answer that is not empty; raises TopologyError when none comes in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := is_so():
            return answer
        time.sleep(SECONDS_A_LOOK)
    message = f"Not so after {seconds:.0f} s: {what}"
    raise TopologyError(message)


def free_ports(count: int) -> list[int]:
    """Return ports that nothing listens on."""
    with contextlib.ExitStack() as opened:
        sockets = [opened.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def interpolate(text: str, variables: Mapping[str, str]) -> str:
    """Return a value of the Compose file with its variables put in, as Compose does it."""

    def value(found: re.Match[str]) -> str:
        if found["escaped"]:
            return "$"
        default = found["rest"].removeprefix(":-") if found["rest"].startswith(":-") else ""
        return variables.get(found["name"], default)

    return re.sub(r"(?P<escaped>\$\$)|\$\{(?P<name>\w+)(?P<rest>[^}]*)\}", value, text)


def image_environment() -> dict[str, str]:
    """Return the environment that the image gives its processes."""
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    (instruction,) = re.findall(r"^ENV (.*)$", dockerfile, re.MULTILINE)
    return dict(setting.split("=", 1) for setting in instruction.split())


class Ports(NamedTuple):
    """What Airflow's processes listen on."""

    api_server: int
    scheduler_health: int
    task_logs: int
    triggerer_logs: int


@dataclass
class Topology:
    """Airflow's processes with everything they need under *folder*."""

    folder: Path
    postgresql: str
    ports: Ports
    variables: Mapping[str, str]
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the api-server is."""
        return f"http://localhost:{self.ports.api_server}"

    @property
    def store(self) -> Path:
        """The volume of audits."""
        return self.folder / "audits"

    @property
    def data(self) -> Path:
        """The folder of manifests and data."""
        return self.folder / "data"

    @property
    def logs(self) -> Path:
        """What each process printed; beside it Airflow's logs of tasks."""
        return self.folder / "airflow" / "logs"

    @property
    def public_key(self) -> Path:
        """The key that bundles are verified with."""
        return self.folder / "steward.key.pub"

    @cached_property
    def _here(self) -> list[tuple[str, str]]:
        """Where things are in the containers, and here."""
        host = re.sub(r".*\?host=", "", self.postgresql)
        return [
            (r"@postgres/(\w+)", rf"@/\1?host={host}"),
            (r"\bapi-server:", "localhost:"),
            (r"\b8080\b", str(self.ports.api_server)),
            (r"/srv/corpus-audit\b", str(REPOSITORY)),
            (r"/srv/airflow\b", str(self.folder / "airflow")),
            (r"/srv/audits\b", str(self.store)),
            (r"/run/secrets/signing_key\b", str(self.folder / "steward.key")),
        ]

    def here(self, text: str) -> str:
        """Return a value of the Compose file or the image as it is on this machine."""
        text = interpolate(text, self.variables)
        for there, here in self._here:
            text = re.sub(there, here, text)
        return text

    def environment(self, service: str) -> dict[str, str]:
        """Return the whole environment of a service, nothing of this process' own in it but where programs are."""
        given = image_environment() | COMPOSE["services"][service]["environment"]
        own = {
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PATH": f"{Path(sys.prefix) / 'bin'}:{os.environ['PATH']}",
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(self.ports.scheduler_health),
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(self.ports.task_logs),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(self.ports.triggerer_logs),
            # What only development installs is not in the image; what tasks load is loaded before they are forked;
            # and no test changes a DAG file.
            "PYTHONPATH": f"{WITHOUT_GRAMMARS}{os.pathsep}{LOADED_EARLY}",
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "120",
        }
        return {name: self.here(str(value)) for name, value in given.items()} | own | compiled_before()

    def run(self, service: str, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end in the environment of a service."""
        return subprocess.run(
            command, env=self.environment(service), cwd=self.folder, capture_output=True, text=True, check=False
        )

    def initialise(self) -> None:
        """Do what the service ``init`` does, with its own script."""
        service = COMPOSE["services"]["init"]
        done = self.run("init", *service["entrypoint"], *map(self.here, service["command"]))
        (self.logs / "init.log").write_text(done.stdout + done.stderr, encoding="utf-8")
        if done.returncode != 0:
            raise TopologyError(done.stdout[-3000:] + done.stderr[-3000:])

    def start(self, service: str) -> None:
        """Start a service with the command that Compose gives the image's entry point."""
        command = ["airflow", *map(self.here, COMPOSE["services"][service]["command"])]
        if service == "api-server":
            command += ["--workers", API_WORKERS]  # of an option that is given twice the last one counts
        with (self.logs / f"{service}.log").open("wb") as log:
            # A group of its own: whatever it starts is stopped with it.
            self.running[service] = subprocess.Popen(
                command,
                env=self.environment(service),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def is_healthy(self) -> bool:
        """Does Airflow say of every process that it is well? Raises TopologyError when one has ended."""
        for service, process in self.running.items():
            if process.poll() is not None:
                raise TopologyError(f"{service} ended with {process.returncode}:\n{self.last_lines(service)}")
        try:
            answer = httpx.get(f"{self.url}/api/v2/monitor/health", timeout=10).json()
        except (httpx.HTTPError, ValueError):
            return False
        return all(answer[part]["status"] == "healthy" for part in ("scheduler", "dag_processor", "triggerer"))

    def last_lines(self, service: str) -> str:
        """Return the end of what a service printed."""
        return (self.logs / f"{service}.log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def stop(self) -> None:
        """Stop every process and whatever it started."""
        for process in self.running.values():
            _signal_group(process, signal.SIGTERM)
        until = time.monotonic() + STOPS_WITHIN
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
            _signal_group(process, signal.SIGKILL)
            process.wait()


def _signal_group(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _variables(stewards: str) -> dict[str, str]:
    """Return the variables of .env: secrets as scripts/make_secrets.py makes them, and what a person adds."""
    written = runpy.run_path(str(REPOSITORY / "scripts" / "make_secrets.py"))["text"]()
    made = dict(line.split("=", 1) for line in written.splitlines() if not line.startswith("#"))
    return made | {"AIRFLOW_URL": "http://localhost:8080", "CORPUS_AUDIT_STEWARDS": stewards}


@contextlib.contextmanager
def started_topology(folder: Path, stewards: str) -> Iterator[Topology]:
    """Yield the running deployment, made anew under *folder*; nothing of it runs afterwards."""
    with started_postgresql() as postgresql:
        topology = Topology(folder, postgresql, Ports(*free_ports(4)), _variables(stewards))
        try:
            for needed in (topology.store, topology.data, topology.logs):
                needed.mkdir(parents=True)
            create_keys(folder / "steward.key")
            make_databases(topology.postgresql, topology.variables)
            topology.initialise()
            for service in SERVICES:
                topology.start(service)
            wait_until(topology.is_healthy, "Airflow is healthy")
            yield topology
        finally:
            topology.stop()


def make_databases(postgresql: str, variables: Mapping[str, str]) -> None:
    """Make the roles and databases of the Compose file on a server, as its superuser."""
    script = interpolate(COMPOSE["configs"]["databases"]["content"], variables)
    with psycopg.connect(postgresql, autocommit=True) as connection:
        for statement in script.split(";\n"):
            connection.execute(statement)
