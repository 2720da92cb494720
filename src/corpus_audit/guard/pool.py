"""The workers of this process: started when they are needed, reused, ended when they are not."""

import os
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from typing import Any

from corpus_audit.guard.death import Cause, Death, StoppedError, WorkerDiedError
from corpus_audit.guard.environment import worker_environment
from corpus_audit.guard.limits import Limits
from corpus_audit.guard.nursery import Nursery, NurseryEndedError, Preload
from corpus_audit.guard.process import Worker

_UNLIMITED = Limits()
_MOST_IDLE = os.cpu_count() or 1


def _ignore(_done: int) -> None:
    """Ignore progress."""


class _Pool:
    """Idle and busy workers, and what they are forked from; a busy one belongs to the thread that waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._nurseries: dict[frozenset[tuple[str, str]], Nursery] = {}
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self.stops = 0

    def take(self, environment: Mapping[str, str], preload: Preload | None) -> Worker:
        """Return a worker with that environment: the one that was busy last, which has most loaded, or a new one."""
        with self._lock:
            worker = self._idle_worker(environment, preload)
        worker = worker or self._fork(environment, preload)
        with self._lock:
            self._busy.add(worker)
        return worker

    def _idle_worker(self, environment: Mapping[str, str], preload: Preload | None) -> Worker | None:
        nursery = self._nurseries.get(frozenset(environment.items()))
        for worker in reversed(self._idle):
            if worker.nursery is nursery and preload in (None, worker.preload):
                self._idle.remove(worker)
                if worker.is_alive():
                    return worker
                worker.forget()
                break
        return None

    def _fork(self, environment: Mapping[str, str], preload: Preload | None) -> Worker:
        for _ in range(2):
            nursery = self._nursery(environment)
            try:
                return Worker(nursery, preload)
            except NurseryEndedError:  # it may end, having been idle, while it is asked
                self._drop(nursery)
        raise WorkerDiedError(Death(Cause.CRASH, "the process that workers are forked from ended"))

    def _nursery(self, environment: Mapping[str, str]) -> Nursery:
        key = frozenset(environment.items())
        with self._lock:
            nursery = self._nurseries.get(key)
            if nursery is None or not nursery.is_alive():
                if nursery is not None:
                    nursery.forget()
                nursery = self._nurseries[key] = Nursery(environment)
        return nursery

    def _drop(self, ended: Nursery) -> None:
        """Fork the next worker from another: one that was killed looks alive until its last thread has ended."""
        with self._lock:
            self._nurseries = {key: nursery for key, nursery in self._nurseries.items() if nursery is not ended}
        ended.stop()

    def give_back(self, worker: Worker) -> None:
        """Keep a worker for the next task if it lives."""
        with self._lock:
            self._busy.discard(worker)
            if worker.is_alive():
                self._idle.append(worker)
        self.stop_idle(_MOST_IDLE)

    def prepare(self, environment: Mapping[str, str], preload: Preload, count: int) -> None:
        """Have so many workers idle at once; have something loaded for those that are forked later."""
        nursery = self._nursery(environment)
        with self._lock:
            count -= sum(worker.nursery is nursery for worker in self._idle)
        workers = [self._fork(environment, None) for _ in range(count)]
        with self._lock:
            self._idle += workers
        with suppress(NurseryEndedError):  # what is loaded early saves time, and is loaded anyway
            self._nursery(environment).preload(preload)

    def stop_idle(self, keep: int) -> None:
        """End the idle workers beyond *keep*; with the last worker, end what they are forked from too."""
        with self._lock:
            first = max(0, len(self._idle) - keep)
            stopped, self._idle = self._idle[:first], self._idle[first:]
            nurseries: list[Nursery] = []
            if not keep and not self._busy:
                nurseries = list(self._nurseries.values())
                self._nurseries.clear()
        for worker in stopped:
            worker.stop()
        for nursery in nurseries:
            nursery.stop()

    def stop_now(self) -> None:
        """End every worker; who waits for one learns that it ended."""
        with self._lock:
            self.stops += 1
            for worker in self._busy:
                worker.interrupt()
        self.stop_idle(0)

    def forget(self) -> None:
        """Leave the workers to the process that this one was forked from."""
        for worker in (*self._idle, *self._busy):
            worker.forget()
        for nursery in self._nurseries.values():
            nursery.forget()
        self.__init__()  # type: ignore[misc]


_POOL = _Pool()
os.register_at_fork(after_in_child=_POOL.forget)


def run(
    function: Callable[..., Any],
    *arguments: Any,
    limits: Limits = _UNLIMITED,
    address: str = "",
    preload: Preload | None = None,
    advance: Callable[[int], None] = _ignore,
) -> Any:
    """Return what *function* returns in a worker, as JSON holds it.

    The function and its arguments are pickled; *address* is where it reads data. What *preload* loads is there when the
    worker begins, and is loaded once for all workers. Raises what ``Worker.run`` raises, and StoppedError when all
    workers were ended on purpose.
    """
    task = _run(function, arguments, limits, address, preload, advance)
    while True:
        try:
            next(task)
        except StopIteration as end:
            return end.value


def run_again_if_killed(run_once: Callable[[], Any]) -> Any:
    """Return what *run_once* returns, called once more where a signal from outside ended its worker.

    Such a signal says something about what was being read only where it comes again.
    """
    try:
        return run_once()
    except WorkerDiedError as error:
        if error.death.cause is not Cause.KILLED:
            raise
    return run_once()


def stream(
    function: Callable[..., Any], *arguments: Any, limits: Limits = _UNLIMITED, address: str = ""
) -> Generator[bytes, None, Any]:
    """Yield what *function* hands over in a worker, piece by piece; otherwise like ``run``."""
    return _run(function, arguments, limits, address, None, _ignore)


def _run(
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    limits: Limits,
    address: str,
    preload: Preload | None,
    advance: Callable[[int], None],
) -> Generator[bytes, None, Any]:
    environment, stops = worker_environment(os.environ, address), _POOL.stops
    while True:
        worker = _POOL.take(environment, preload)
        was_used = worker.was_used
        try:
            return (yield from worker.run(function, arguments, limits, advance))
        except WorkerDiedError as error:
            if stops != _POOL.stops:
                raise StoppedError from None
            if not (was_used and error.death.cause is Cause.RETIRED):
                raise
        finally:
            _POOL.give_back(worker)


def at_once(workers: int) -> int:
    """Return how many of so many workers are started before there is work for them; a single one is forked then."""
    return workers if workers > 1 else 0


def prepare(preload: Preload, *, count: int, address: str = "") -> None:
    """Start workers until so many are idle, and have later ones begin with what *preload* loads; wait for neither."""
    _POOL.prepare(worker_environment(os.environ, address), preload, count)


def stop_idle(keep: int = 0) -> None:
    """End the workers that have nothing to do, beyond *keep*: each holds some hundred megabytes."""
    _POOL.stop_idle(keep)


def stop_now() -> None:
    """End every worker of this process at once."""
    _POOL.stop_now()
