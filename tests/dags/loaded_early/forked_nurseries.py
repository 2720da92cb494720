"""Has the processes that tasks fork workers from forked from ``preloaded.py``: each would load the program anew."""

import os
import pickle
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus_audit.guard import nursery


class Forked:
    """A process that was forked elsewhere; it is asked as one of subprocess is."""

    def __init__(self, report: socket.socket) -> None:
        self._report = report
        self._number = _number(report)
        self._code: int | None = None

    def poll(self) -> int | None:
        """Return the exit code if it has ended."""
        if self._code is None and select.select([self._report], [], [], 0)[0]:
            self._code = _number(self._report)
            self._report.close()
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code; raises TimeoutExpired when there is none in time."""
        if self._code is None and not select.select([self._report], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("nursery", timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def kill(self) -> None:
        """End it, whatever it is doing."""
        if self.poll() is None:
            os.kill(self._number, signal.SIGKILL)


def fork_at(address: str) -> None:
    """Let this process, and those that it forks, ask there for every process that workers are forked from."""

    def start(environment: Mapping[str, str], inherited: Sequence[int]) -> Forked:
        asked = {
            "kind": "nursery",
            "arguments": (),
            "folder": str(Path.cwd()),
            "environment": dict(environment),
            "path": sys.path,
            "load": (),
        }
        server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        server.connect(f"\0{address}")
        with Path(os.devnull).open("r+b") as nothing:
            socket.send_fds(server, [pickle.dumps(asked)], [nothing.fileno(), nothing.fileno(), *inherited])
        return Forked(server)

    nursery.start_process = start


def _number(report: socket.socket) -> int:
    (number,) = struct.unpack("=q", report.recv(8))
    return int(number)
