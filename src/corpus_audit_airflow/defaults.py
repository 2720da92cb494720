"""What the DAGs of this folder share: who owns a task, when it is tried again, how it tells what failed."""

import functools
import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from corpus_audit_airflow.connections import use_connection
from corpus_audit_airflow.telemetry import name_dag_run

# A stage is deterministic: only what time may cure (a disk, memory, another process's lock) is worth a second try.
RETRY_WHAT_TIME_MAY_CURE = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception=[OSError, MemoryError, "corpus_audit.errors.StoreError", "corpus_audit.errors.EngineError"])
    ],
    default=RetryAction.FAIL,
)

DEFAULT_ARGS = {
    "owner": "data-governance",
    "retries": 2,
    "retry_delay": timedelta(seconds=20),
    "retry_policy": RETRY_WHAT_TIME_MAY_CURE,
}


def stage_task(*, connection: str | None = None, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Return a decorator that makes a function a task with its docstring as the task's documentation.

    *connection* is the Airflow connection whose credentials it has, by default the run's parameter of that name.
    Where the input is wrong it fails at once. An error shows its own message, masked, and nothing else: what caused it
    may quote the input, and the input may be personal.
    """

    def decorate(work: Callable[..., Any]) -> Any:
        @functools.wraps(work)
        def body(*args: Any, **kwargs: Any) -> Any:
            from corpus_audit.errors import CorpusAuditError, EngineError, StoreError

            try:
                use_connection(connection or get_current_context()["params"].get("connection"))
                name_dag_run()
                return work(*args, **kwargs)
            except CorpusAuditError as error:
                from corpus_audit.measure.masking import error_lines

                is_tried_again = isinstance(error, (EngineError, StoreError))
                kind = type(error) if is_tried_again else AirflowFailException
                raise kind("\n  ".join(error_lines(error))) from None

        # A mapped task does not take its documentation from the docstring by itself.
        return task(body, doc_md=inspect.getdoc(work), **options)  # type: ignore[call-overload]

    return decorate


def named(work: Callable[..., Any], name: str, documented: Callable[..., Any]) -> Callable[..., Any]:
    """Return *work* under a stage's name, with the documentation of the stage's own function."""
    work.__name__ = work.__qualname__ = name
    work.__doc__ = inspect.getdoc(documented)
    return work
