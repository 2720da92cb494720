"""What a worker does: it runs tasks one after another, and answers in JSON.

Tasks come pickled, from a parent that is trusted. Answers are JSON: what parsed foreign bytes is not trusted, and must
not choose what its parent executes.
"""

import json
import logging
import os
import pickle
import resource
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from corpus_audit.errors import CorpusAuditError
from corpus_audit.guard import progress
from corpus_audit.guard.lifeline import end_with_parent
from corpus_audit.guard.limits import MIB, Limits
from corpus_audit.guard.page import WorkerPage

IDLE_SECONDS = 60
"""How long a worker, or the process that forks workers, waits for work before it gives its memory back."""

_HARD_FACTOR = 2
"""The system refuses memory beyond so many times the limit; the parent watches the limit itself."""


def work(lifeline: int, requests: int, answers: int, page: int) -> None:
    """Run tasks until the parent, which holds the other ends of these pipes, sends no more; it sees the page too."""
    end_with_parent(lifeline)
    progress_page = WorkerPage(page)
    os.close(page)
    _serve(Connection(requests, writable=False), Connection(answers, readable=False), progress_page)


def _serve(requests: Connection, answers: Connection, page: WorkerPage) -> None:
    lock = Lock()

    def send(message: Mapping[str, Any], *content: bytes) -> None:
        with lock:
            for part in (json.dumps(message).encode(), *content):
                answers.send_bytes(part)

    progress.listen(send, page)
    while requests.poll(IDLE_SECONDS):
        try:
            content = requests.recv_bytes()
        except EOFError:
            return
        send(_answer(content, send))


def _answer(content: bytes, send: Any) -> Mapping[str, Any]:
    try:
        path, log_level, limits, task = pickle.loads(content)  # noqa: S301 - from the parent
        sys.path[:] = path
        _forward_logs(log_level, send)
        _limit(limits)
        function, arguments = pickle.loads(task)  # noqa: S301
        return {"result": function(*arguments)}
    except CorpusAuditError as error:
        problems = [str(problem) for problem in getattr(error, "problems", ())]
        return {"error": type(error).__name__, "message": str(error), "problems": problems}
    except MemoryError:
        return {"memory": True}
    except OSError as error:
        return {"error": "OSError", "errno": error.errno, "file": _text(error.filename)}
    except Exception as error:  # noqa: BLE001 - told to the parent by its type
        return {"error": type(error).__name__, "place": _place(error)}


def _text(name: object) -> str | None:
    return name if isinstance(name, str) else None


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}"


def _limit(limits: Limits) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = hard if limits.memory_mib is None else limits.memory_mib * MIB * _HARD_FACTOR
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


class _Forwarding(logging.Handler):
    """Hands log records to the parent."""

    def __init__(self, send: Any) -> None:
        super().__init__()
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        self._send({"log": record.name, "level": record.levelno, "message": record.getMessage()})


def _forward_logs(level: int, send: Any) -> None:
    logger = logging.getLogger("corpus_audit")
    logger.setLevel(level)
    if not logger.handlers:
        logger.addHandler(_Forwarding(send))
