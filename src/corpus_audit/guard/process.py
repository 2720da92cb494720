"""One worker process, as its parent sees it."""

import json
import logging
import os
import pickle
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from corpus_audit.errors import rebuilt_error
from corpus_audit.guard.death import Cause, Death, WorkerDiedError, WorkerError, death_of
from corpus_audit.guard.limits import Limits
from corpus_audit.guard.nursery import Nursery, NurseryEndedError, Preload
from corpus_audit.guard.page import WorkerPage, new_page
from corpus_audit.guard.watch import Watch

_TICK = 0.1
_LARGEST_ANSWER = 256 * 2**20
_LOGGER = logging.getLogger("corpus_audit")


class Worker:
    """A process that runs tasks under limits, one at a time; a task that ends it raises WorkerDiedError."""

    def __init__(self, nursery: Nursery, preload: Preload | None) -> None:
        """Fork it. Raises NurseryEndedError."""
        self.nursery = nursery
        self.preload = preload
        lifeline, self._lifeline = os.pipe()
        requests, writing = os.pipe()
        reading, answers = os.pipe()
        page = new_page()
        inherited = (lifeline, requests, answers, page)
        self._page = WorkerPage(page)
        self._requests = Connection(writing, readable=False)
        self._answers = Connection(reading, writable=False)
        self._is_busy = False
        self._has_answered = False
        self.was_used = False
        try:
            self._process = nursery.fork(preload, inherited)
        except NurseryEndedError:
            self._close()
            raise
        finally:
            for handle in inherited:
                os.close(handle)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def is_alive(self) -> bool:
        """True if it can take a task."""
        return self._process.is_alive()

    def run(
        self, function: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits, advance: Callable[[int], None]
    ) -> Generator[bytes, None, Any]:
        """Yield the pieces that a task hands over; return its result, as JSON holds it.

        Raises WorkerDiedError when the worker ended before; CorpusAuditError and OSError as the task raised them;
        WorkerError for any other exception.
        """
        path, level = [path for path in sys.path if path], _LOGGER.getEffectiveLevel()
        request = pickle.dumps((path, level, limits, pickle.dumps((function, arguments))))
        watch = Watch(self.pid, limits, self._page)  # before the worker has the task, and begins its first file
        self._is_busy = self.was_used = True
        self._has_answered = False
        try:
            with suppress(OSError):  # that it ended shows below
                self._requests.send_bytes(request)
            return (yield from self._await(watch, limits, advance))
        except BaseException:
            if self._is_busy and self.is_alive():
                self.stop()
            raise

    def _await(self, watch: Watch, limits: Limits, advance: Callable[[int], None]) -> Generator[bytes, None, Any]:
        while True:
            message = self._message(watch)
            if "advance" in message:
                advance(int(message["advance"]))
            elif "piece" in message:
                yield self._receive(watch, int(message["piece"]))
                watch.resume()
            elif "log" in message:
                _log(message)
            else:
                return self._result(message, limits, watch)

    def _result(self, message: Mapping[str, Any], limits: Limits, watch: Watch) -> Any:
        if "memory" in message:  # left busy: what it still holds is unknown
            amount = f"{limits.memory_mib:,} MiB of" if limits.memory_mib else "too much"
            raise WorkerDiedError(Death(Cause.MEMORY, f"reading it takes more than {amount} memory", watch.place))
        self._is_busy = False
        if "error" in message:
            raise _error(message)
        return message["result"]

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self.forget()

    def forget(self) -> None:
        """Close the pipes and the page; the process ends by itself once no process holds them."""
        self._process.forget()
        self._close()

    def _close(self) -> None:
        for shared in (self._requests, self._answers, self._page):
            shared.close()
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1

    def interrupt(self) -> None:
        """End the process while another thread waits for it: that thread then learns of it."""
        self._process.kill()

    def _message(self, watch: Watch) -> Mapping[str, Any]:
        try:
            message: Mapping[str, Any] = json.loads(self._receive(watch, _LARGEST_ANSWER))
        except ValueError:
            raise self._ended(watch) from None
        return message

    def _receive(self, watch: Watch, most_bytes: int) -> bytes:
        checked = time.monotonic()
        try:
            while not self._answers.poll(_TICK) or time.monotonic() - checked > _TICK:
                if found := watch.excess():
                    self.stop()
                    raise WorkerDiedError(found)
                checked = time.monotonic()
            answer = self._answers.recv_bytes(most_bytes)
        except (EOFError, OSError):
            raise self._ended(watch) from None
        self._has_answered = True
        return answer

    def _ended(self, watch: Watch) -> WorkerDiedError:
        self._process.kill()
        self._process.wait()
        place = watch.place
        code = self._process.return_code()
        self.forget()
        if code == 0 and not self._has_answered:
            return WorkerDiedError(Death(Cause.RETIRED, "the process ended before it read anything"))
        return WorkerDiedError(death_of(code, place))


def _error(message: Mapping[str, Any]) -> Exception:
    problems = map(str, message.get("problems", ()))
    if error := rebuilt_error(str(message["error"]), str(message.get("message", "")), problems):
        return error
    if message.get("errno"):
        number = int(message["errno"])
        return OSError(number, os.strerror(number), message.get("file"))
    return WorkerError(f"{message['error']} in {message.get('place', '')}")


def _log(message: Mapping[str, Any]) -> None:
    logger = logging.getLogger(str(message["log"]))
    logger.log(int(message["level"]), "%s", message["message"])
