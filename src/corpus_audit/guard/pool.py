"""The workers of this process: started when they are needed, reused, ended when they are not."""

import os
import threading
from collections.abc import Callable
from typing import Any

from corpus_audit.guard.death import StoppedError, WorkerDiedError
from corpus_audit.guard.environment import worker_environment
from corpus_audit.guard.limits import Limits
from corpus_audit.guard.process import Worker

_UNLIMITED = Limits()
_MOST_IDLE = os.cpu_count() or 1


def _ignore(_done: int) -> None:
    """Ignore progress."""


class _Pool:
    """Idle and busy workers; one that runs a task belongs to the thread that waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[Worker, dict[str, str]]] = []
        self._busy: set[Worker] = set()
        self.stops = 0

    def take(self, environment: dict[str, str]) -> Worker:
        """Return a worker with that environment: the one that was busy last, which has most loaded, or a new one."""
        with self._lock:
            for worker, has in reversed(self._idle):
                if has == environment:
                    self._idle.remove((worker, has))
                    if worker.is_alive():
                        self._busy.add(worker)
                        return worker
                    worker.forget()
                    break
        worker = Worker(environment)
        with self._lock:
            self._busy.add(worker)
        return worker

    def give_back(self, worker: Worker, environment: dict[str, str]) -> None:
        """Keep a worker for the next task if it lives."""
        with self._lock:
            self._busy.discard(worker)
            if worker.is_alive():
                self._idle.append((worker, environment))
        self.stop_idle(_MOST_IDLE)

    def stop_idle(self, keep: int) -> None:
        """End the idle workers beyond *keep*."""
        with self._lock:
            first = max(0, len(self._idle) - keep)
            stopped, self._idle = self._idle[:first], self._idle[first:]
        for worker, _ in stopped:
            worker.stop()

    def stop_now(self) -> None:
        """End every worker; who waits for one learns that it ended."""
        self.stop_idle(0)
        with self._lock:
            self.stops += 1
            for worker in self._busy:
                worker.interrupt()

    def forget(self) -> None:
        """Leave the workers to the process that this one was forked from."""
        for worker in (*(worker for worker, _ in self._idle), *self._busy):
            worker.forget()
        self.__init__()  # type: ignore[misc]


_POOL = _Pool()
os.register_at_fork(after_in_child=_POOL.forget)


def run(
    function: Callable[..., Any],
    *arguments: Any,
    limits: Limits = _UNLIMITED,
    address: str = "",
    advance: Callable[[int], None] = _ignore,
) -> Any:
    """Return what *function* returns in a worker, as JSON holds it.

    The function and its arguments are pickled; *address* is where it reads data. Raises what ``Worker.run`` raises, and
    StoppedError when all workers were ended on purpose.
    """
    environment = worker_environment(os.environ, address)
    stops, worker = _POOL.stops, _POOL.take(environment)
    try:
        return worker.run(function, arguments, limits, advance)
    except WorkerDiedError:
        if stops != _POOL.stops:
            raise StoppedError from None
        raise
    finally:
        _POOL.give_back(worker, environment)


def stop_idle(keep: int = 0) -> None:
    """End the workers that have nothing to do, beyond *keep*: each holds some hundred megabytes."""
    _POOL.stop_idle(keep)


def stop_now() -> None:
    """End every worker of this process at once."""
    _POOL.stop_now()
