"""The program that workers are forked from: it loads and compiles once what they need, and opens no foreign bytes.

Starting a worker anew takes seconds; forking one takes milliseconds, and the memory of what was loaded is shared. This
process starts without secrets in its environment and reads no data, so each worker is as clean as a new process.
"""

import gc
import os
import pickle
import resource
import select
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from typing import Any

from corpus_audit.config.garbage import collect_seldom
from corpus_audit.config.privacy import PRIVATE
from corpus_audit.guard import worker
from corpus_audit.guard.lifeline import end_with_parent

LARGEST_REQUEST = 1 << 16
"""In bytes. A request is a module search path and what to preload, pickled; with handles, it asks for a worker."""

HANDLES = 5
"""Of a worker: lifeline, requests, answers, its page, and where the code that it ended with is written."""


def main() -> None:
    """Fork workers until the parent asks for no more; in a worker, run its tasks."""
    collect_seldom()
    lifeline, requests = map(int, sys.argv[1:])
    end_with_parent(lifeline)
    os.umask(PRIVATE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is asked too, and decides
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if handles := _Nursery(socket.socket(fileno=requests)).serve():
        os.close(lifeline)
        worker.work(*handles)


class _Nursery:
    """Answers requests one after another, and reports the ends of workers."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._is_open = True
        self._preloaded: set[bytes] = set()
        self._endings: dict[int, tuple[int, int]] = {}
        """The number of each living worker, and where its end is reported, by the handle that shows its end."""

    def serve(self) -> Sequence[int]:
        """Return the handles of a worker in each process that was forked for one, and none in this one at the end."""
        while self._is_open or self._endings:
            awaited: list[Any] = [*self._endings, *([self._requests] if self._is_open else [])]
            ready, _, _ = select.select(awaited, [], [], None if self._endings else worker.IDLE_SECONDS)
            if not ready:
                break
            for ended in ready:
                if isinstance(ended, int):
                    self._report_end(ended)
            if self._requests in ready and (handles := self._answer()):
                return handles
        return ()

    def _answer(self) -> Sequence[int]:
        content, handles, _, _ = socket.recv_fds(self._requests, LARGEST_REQUEST, HANDLES)
        if not content:
            self._is_open = False
            return ()
        path, preload = pickle.loads(content)  # noqa: S301 - from the parent
        sys.path[:] = path
        if preload is not None and preload not in self._preloaded:
            self._preload(preload)
        return self._fork(*handles) if handles else ()

    def _preload(self, content: bytes) -> None:
        self._preloaded.add(content)
        try:
            function: Callable[[], object] = pickle.loads(content)  # noqa: S301 - from the parent
            function()
        except Exception:  # noqa: BLE001 - the task loads the same, and its parent is told why it cannot
            return
        gc.collect()
        gc.freeze()  # workers share what is never collected

    def _fork(self, *handles: int) -> Sequence[int]:
        *theirs, ending = handles
        number = os.fork()
        if number == 0:
            self._requests.close()
            for handle, (_, other) in self._endings.items():
                os.close(handle)
                os.close(other)
            os.close(ending)
            return theirs
        for handle in theirs:
            os.close(handle)
        handle = os.pidfd_open(number)
        self._endings[handle] = number, ending
        socket.send_fds(self._requests, [str(number).encode()], [handle])
        return ()

    def _report_end(self, handle: int) -> None:
        number, ending = self._endings.pop(handle)
        _, status = os.waitpid(number, 0)
        try:
            os.write(ending, str(os.waitstatus_to_exitcode(status)).encode())
        except BrokenPipeError:  # the parent does not ask
            pass
        finally:
            os.close(ending)
            os.close(handle)


if __name__ == "__main__":
    main()
