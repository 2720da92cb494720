"""A Python that has loaded the program once, from which tests fork processes: to load it anew takes seconds each time.

What runs is a process of its own, with its own arguments, folder, environment, output and exit code. A test that is
about how an interpreter starts, or what it loads, starts one itself. Programs that other programs start are forked too
where they find ``sitecustomize.py`` of ``dags/forked_programs`` and the address of this Python.
"""

import functools
import gc
import importlib
import multiprocessing
import os
import pickle
import pkgutil
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn

import corpus_audit
from corpus_audit.guard import forking, nursery
from corpus_audit.pipeline.measured_parts import warm_up

LARGEST_REQUEST = 1 << 17
"""In bytes: arguments and an environment, pickled."""
HANDLES = 3
"""Of a process: its output, its errors, and where its number and its exit code are written."""
INHERITED = 2
"""Handles that a process from which workers are forked has besides, as ``nursery.start_process`` says."""
NURSERY = "nursery"
"""The name that the system shows of a process that workers are forked from, and of the workers."""
_NUMBER = struct.Struct("=q")
"""Numbers are written one behind the other, perhaps before the first is read."""
_FORKING = multiprocessing.get_context("fork")
_START_ANEW = nursery.start_process
"""What starts a process that workers are forked from, in a process that was not forked from another one here."""


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
    at: str = "",
) -> Process:
    """Fork a process that calls a function of a module and ends with what that returns or exits with.

    It is forked from the Python that serves *at* an address, or from the one that all tests share.
    """
    request = Request(function, arguments, str(folder or Path.cwd()), dict(environment or os.environ), sys.path)
    output, errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - closed when they are read
    reading, writing = os.pipe()
    with _reach(at) as requests:
        socket.send_fds(requests, [pickle.dumps(request)], (output.fileno(), errors.fileno(), writing))
    os.close(writing)
    return Process(read_number(reading), arguments, reading, output, errors)


@contextmanager
def _reach(address: str) -> Iterator[socket.socket]:
    """Yield where a request is sent."""
    if not address:
        yield _server().requests
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
        server.connect(f"\0{address}")
        yield server


def read_number(report: int) -> int:
    """Return the next number of a process that was forked: its own, then its exit code."""
    (number,) = _NUMBER.unpack(os.read(report, _NUMBER.size))
    return int(number)


def run_command(
    *arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None, timeout: float = 300
) -> "subprocess.CompletedProcess[str]":
    """Run ``corpus-audit`` to its end and return what it printed, as ``subprocess.run`` does."""
    return run_function(command_line, *arguments, cwd=cwd, env=env, timeout=timeout)


def run_function(
    function: Callable[..., object],
    *arguments: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 300,
) -> "subprocess.CompletedProcess[str]":
    """Run a function of a module, which takes texts, in a process to its end; return what it printed."""
    texts = [*map(str, arguments)]
    process = start(function, *texts, folder=cwd, environment=env)
    try:
        output, errors = process.communicate(timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return subprocess.CompletedProcess(texts, process.wait(), output.decode(), errors.decode())


def command_line(*arguments: str) -> None:
    """Be the program ``corpus-audit``."""
    from corpus_audit.cli import main

    sys.argv = ["corpus-audit", *arguments]
    main()


def program(path: str, *arguments: str) -> None:
    """Be a program whose file is Python."""
    sys.argv = [path, *arguments]
    try:
        runpy.run_path(path, run_name="__main__")
    finally:
        # An interpreter ends pools of processes so, and multiprocessing only once it has waited for them.
        threading._shutdown()  # type: ignore[attr-defined]


def address() -> str:
    """Return where programs ask to be forked."""
    return _server().address


class _Server(NamedTuple):
    """Where this process sends requests, and the address where other programs do."""

    requests: socket.socket
    address: str


@functools.cache
def _server() -> _Server:
    """Return where requests are sent; what answers them ends with this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listening.bind("")  # the system chooses a name that is no file
    listening.listen()
    handles = [theirs.fileno(), listening.fileno()]
    subprocess.Popen(
        [sys.executable, __file__, *map(str, handles)],
        pass_fds=handles,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    theirs.close()
    with listening:
        return _Server(ours, listening.getsockname()[1:].decode())


def main() -> None:
    """Fork a process for each request."""
    requests, listening = (socket.socket(fileno=int(handle)) for handle in sys.argv[1:])
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # what stands between is reaped by the system
    while True:
        if requests in select.select([requests, listening], [], [])[0]:
            content, handles, _, _ = socket.recv_fds(requests, LARGEST_REQUEST, HANDLES)
            if not content:
                return
        else:
            content, handles = _asked_by_program(listening.accept()[0])
        _fork(content, handles, requests, listening)


def serve(name: str, *modules: str) -> None:
    """Load modules, then fork a process for each request that comes to a name, where ``start`` is told it."""
    for module in modules:
        importlib.import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
        listening.bind(f"\0{name}")
        listening.listen()
        while True:
            with listening.accept()[0] as asking:
                content, handles, _, _ = socket.recv_fds(asking, LARGEST_REQUEST, HANDLES)
            if content:  # somebody may only have looked whether this serves
                _fork(content, handles, listening)


def _fork(content: bytes, handles: list[int], *kept: socket.socket) -> None:
    """Fork a process for a request, without the sockets that are only kept here."""
    if os.fork() == 0:
        for each in kept:
            each.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _run(content, *handles)
        os._exit(0)
    for handle in handles:
        os.close(handle)


def _asked_by_program(asking: socket.socket) -> tuple[bytes, list[int]]:
    """Return the request of a program, and its handles; what it names to be loaded is loaded for those that follow."""
    content, (output, errors, *inherited), _, _ = socket.recv_fds(asking, LARGEST_REQUEST, HANDLES - 1 + INHERITED)
    asked = pickle.loads(content)
    for module in asked.pop("load"):
        importlib.import_module(module)
    function = _FUNCTIONS[asked.pop("kind")]
    return pickle.dumps(Request(function, **asked)), [output, errors, asking.detach(), *inherited]


def _run(request: bytes, output: int, errors: int, report: int, *inherited: int) -> None:
    """Fork once more for what is asked, and tell the number of that process and its exit code."""
    process = _FORKING.Process(target=_call, args=(request, output, errors, report, *inherited))
    process.start()
    for handle in inherited:
        os.close(handle)
    os.write(report, _NUMBER.pack(process.pid))
    process.join()
    os.write(report, _NUMBER.pack(process.exitcode))


def _call(content: bytes, output: int, errors: int, report: int, *inherited: int) -> None:
    """Become what is asked for, in a process that ends as one of multiprocessing: it takes nothing apart first."""
    request = pickle.loads(content)
    os.close(report)
    os.setsid()
    os.dup2(output, sys.stdout.fileno())
    os.dup2(errors, sys.stderr.fileno())
    os.chdir(request.folder)
    sys.path[:] = request.path
    if not inherited:
        nursery.start_process = _start_by(_WaitingNursery(), _START_ANEW)
    os.environ.clear()
    os.environ.update(request.environment)
    request.function(*request.arguments, *inherited)


class _WaitingNursery:
    """A child that has loaded the program and knows nothing of what its parent was asked, in wait for its first work.

    It does what ``corpus_audit.guard.forking`` does, and is asked as a process of subprocess is.
    """

    def __init__(self) -> None:
        self._asking, asked = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.pid = os.fork()
        if self.pid == 0:
            self._asking.close()
            _fork_workers(asked)
        asked.close()
        self._ending = os.pidfd_open(self.pid)
        self._code: int | None = None

    def begin(self, environment: Mapping[str, str], inherited: Sequence[int]) -> None:
        """Let it fork workers; raises OSError when it has ended."""
        socket.send_fds(self._asking, [pickle.dumps(dict(environment))], inherited)
        self._asking.close()

    def poll(self) -> int | None:
        """Return the exit code if it has ended."""
        if self._code is None and select.select([self._ending], [], [], 0)[0]:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code; raises TimeoutExpired when there is none in time."""
        if self._code is None and not select.select([self._ending], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(NURSERY, timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def kill(self) -> None:
        """End it, whatever it is doing."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._ending, signal.SIGKILL)


def _start_by(waiting: _WaitingNursery, start_anew: Callable[..., Any]) -> Callable[..., Any]:
    """Return what starts a process that workers are forked from: the one that waits, and others anew."""
    left = [waiting]

    def start(environment: Mapping[str, str], inherited: Sequence[int]) -> Any:
        if not left:
            return start_anew(environment, inherited)
        left[0].begin(environment, inherited)
        return left.pop()

    return start


def _fork_workers(asked: socket.socket) -> NoReturn:
    content, handles, _, _ = socket.recv_fds(asked, LARGEST_REQUEST, 2)
    if not content:
        os._exit(0)  # the parent needed none
    os.environ.clear()
    os.environ.update(pickle.loads(content))
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    try:
        _be_nursery(*handles)
    finally:
        os._exit(0)


def _be_nursery(*handles: int) -> None:
    """Be the process that workers are forked from."""
    Path("/proc/self/comm").write_text(NURSERY)
    sys.argv[1:] = map(str, handles)
    forking.main()


_FUNCTIONS: dict[str, Callable[..., object]] = {"program": program, "nursery": _be_nursery}
"""What other programs ask for."""


def _load() -> None:
    for module in pkgutil.walk_packages(corpus_audit.__path__, "corpus_audit."):
        if not module.name.endswith(("__main__", "migrations.env")):  # these run when they are loaded
            importlib.import_module(module.name)
    warm_up()
    gc.collect()
    gc.freeze()  # a collection would write to what is shared


if __name__ == "__main__":
    main()
