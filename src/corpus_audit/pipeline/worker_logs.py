"""Log records of worker processes, passed to the loggers of the parent process."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import QueueHandler, QueueListener
from multiprocessing.context import SpawnContext
from typing import Any

LOGGER = "corpus_audit"

Forwarding = tuple[Callable[..., None] | None, tuple[Any, ...]]
"""What initialises a worker, and its arguments, as ProcessPoolExecutor takes them."""


@contextmanager
def forwarded_logs(spawn: SpawnContext) -> Iterator[Forwarding]:
    """Yield the settings that make workers log to this process; nothing if their logs are not wanted."""
    if not logging.getLogger(LOGGER).isEnabledFor(logging.INFO):
        yield None, ()
        return
    queue = spawn.Queue()
    listener = QueueListener(queue, _Here())
    listener.start()
    try:
        yield _log_to, (queue, logging.getLogger(LOGGER).getEffectiveLevel())
    finally:
        listener.stop()


class _Here(logging.Handler):
    """Handles a record as if it had been logged in this process."""

    def emit(self, record: logging.LogRecord) -> None:
        logging.getLogger(record.name).handle(record)


def _log_to(queue: Any, level: int) -> None:
    logger = logging.getLogger(LOGGER)
    logger.setLevel(level)
    logger.addHandler(QueueHandler(queue))
