"""A Python that has loaded the program once, from which tests fork processes: to load it anew takes seconds each time.

What runs is a process of its own, with its own arguments, folder, environment, output and exit code. A test that is
about how an interpreter starts, or what it loads, starts one itself.
"""

import functools
import gc
import importlib
import multiprocessing
import os
import pickle
import pkgutil
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

import corpus_audit

LARGEST_REQUEST = 1 << 17
"""In bytes: arguments and an environment, pickled."""
HANDLES = 3
"""Of a process: its output, its errors, and where its number and its exit code are written."""
_NUMBER = struct.Struct("=q")
"""Numbers are written one behind the other, perhaps before the first is read."""
_FORKING = multiprocessing.get_context("fork")


class Request(NamedTuple):
    """A function of a module, and what its process has of its own."""

    function: Callable[..., object]
    arguments: tuple[Any, ...]
    folder: str
    environment: Mapping[str, str]
    path: list[str]


@dataclass
class Process:
    """A process that was forked, in a process group of its own; it is asked as one of subprocess is."""

    pid: int
    args: object
    _report: int
    _output: IO[bytes]
    _errors: IO[bytes]
    returncode: int | None = field(default=None)

    def poll(self) -> int | None:
        """Return the exit code if the process has ended."""
        if self.returncode is None and select.select([self._report], [], [], 0)[0]:
            self.returncode = read_number(self._report)
            os.close(self._report)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code; raises TimeoutExpired when there is none in time."""
        if self.returncode is None and not select.select([self._report], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.args), timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def communicate(self, timeout: float | None = None) -> tuple[bytes, bytes]:
        """Wait, and return what it printed."""
        self.wait(timeout)
        printed = []
        for stream in (self._output, self._errors):
            stream.seek(0)
            printed.append(stream.read())
            stream.close()
        return printed[0], printed[1]


def start(
    function: Callable[..., object],
    *arguments: object,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Process:
    """Fork a process that calls a function of a module and ends with what that returns or exits with."""
    request = Request(function, arguments, str(folder or Path.cwd()), dict(environment or os.environ), sys.path)
    output, errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - closed when they are read
    reading, writing = os.pipe()
    socket.send_fds(_server(), [pickle.dumps(request)], (output.fileno(), errors.fileno(), writing))
    os.close(writing)
    return Process(read_number(reading), arguments, reading, output, errors)


def read_number(report: int) -> int:
    """Return the next number of a process that was forked: its own, then its exit code."""
    (number,) = _NUMBER.unpack(os.read(report, _NUMBER.size))
    return int(number)


def run_command(
    *arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None, timeout: float = 300
) -> "subprocess.CompletedProcess[str]":
    """Run ``corpus-audit`` to its end and return what it printed, as ``subprocess.run`` does."""
    process = start(_command_line, *map(str, arguments), folder=cwd, environment=env)
    try:
        output, errors = process.communicate(timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return subprocess.CompletedProcess([*map(str, arguments)], process.wait(), output.decode(), errors.decode())


def _command_line(*arguments: str) -> None:
    from corpus_audit.cli import main

    sys.argv = ["corpus-audit", *arguments]
    main()


@functools.cache
def _server() -> socket.socket:
    """Return where requests are sent; what answers them ends with this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    subprocess.Popen(
        [sys.executable, __file__, str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    theirs.close()
    return ours


def main() -> None:
    """Fork a process for each request."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # what stands between is reaped by the system
    while True:
        content, handles, _, _ = socket.recv_fds(requests, LARGEST_REQUEST, HANDLES)
        if not content:
            return
        if os.fork() == 0:
            requests.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _run(content, *handles)
            os._exit(0)
        for handle in handles:
            os.close(handle)


def _run(request: bytes, output: int, errors: int, report: int) -> None:
    """Fork once more for what is asked, and tell the number of that process and its exit code."""
    process = _FORKING.Process(target=_call, args=(request, output, errors, report))
    process.start()
    os.write(report, _NUMBER.pack(process.pid))
    process.join()
    os.write(report, _NUMBER.pack(process.exitcode))


def _call(content: bytes, output: int, errors: int, report: int) -> None:
    """Become what is asked for, in a process that ends as one of multiprocessing: it takes nothing apart first."""
    request = pickle.loads(content)
    os.close(report)
    os.setsid()
    os.dup2(output, sys.stdout.fileno())
    os.dup2(errors, sys.stderr.fileno())
    os.chdir(request.folder)
    os.environ.clear()
    os.environ.update(request.environment)
    sys.path[:] = request.path
    request.function(*request.arguments)


def _load() -> None:
    for module in pkgutil.walk_packages(corpus_audit.__path__, "corpus_audit."):
        if not module.name.endswith(("__main__", "migrations.env")):  # these run when they are loaded
            importlib.import_module(module.name)
    gc.freeze()  # a collection would write to what is shared


if __name__ == "__main__":
    main()
