"""One Spark job over independent pieces of work, in Python on the workers; what each reports arrives while others run.

A worker needs this package of the driver's version, in a Python of the driver's minor version.
"""

import gc
import sys
import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from corpus_audit.engine.spark_session import connect
from corpus_audit.errors import EngineError

if TYPE_CHECKING:
    from pyspark import SparkContext

_SECONDS = 0.2
"""Time between two looks at what tasks reported."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def run_job(
    master: str, folder: Path, work: Callable[[_Item], _Result], items: Sequence[_Item], description: str
) -> Generator[_Result, None, None]:
    """Yield what *work* returns of each item, in the order in which they end: a small value, once for each.

    Each item is a task of its own, begun in the order of *items*. Spark runs a task again where its executor was lost
    or *work* raised, so *work* must be such that a second run does no harm. What is left of the job is cancelled when
    the caller stops listening. Raises EngineError when a task failed as often as Spark allows.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    context = connect(master, folder).sparkContext
    reported = _reports(context)
    group = f"corpus-audit-{uuid.uuid4().hex}"

    def run() -> None:
        context.setJobGroup(group, description, interruptOnCancel=True)
        context.parallelize(items, max(len(items), 1)).foreach(lambda item: reported.add([without_words(work, item)]))

    with ThreadPoolExecutor(1, "spark-job") as thread:
        job = thread.submit(run)
        try:
            yield from _while_running(job, reported)
        except (Py4JJavaError, PySparkException) as error:
            raise EngineError(_reason(str(error))) from None  # its message may quote what the task worked on
        finally:
            if not job.done():
                context.cancelJobGroup(group)


def without_words(work: Callable[[_Item], _Result], item: _Item) -> _Result:
    """Return what *work* returns. Raises RuntimeError that only names what it raised: Spark logs all of an error."""
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001 - its message may quote the data
        kind = type(error).__name__
    finally:
        _Loaded.pass_over()
    raise RuntimeError(kind)


class _Loaded:
    """What a worker's Python has loaded: Spark looks through all of it for garbage after each task, for 0.1 s."""

    modules = 0

    @classmethod
    def pass_over(cls) -> None:
        """Let no later search for garbage look at what is there, where more was loaded since this was last called."""
        if len(sys.modules) > cls.modules:
            cls.modules = len(sys.modules)
            gc.collect()
            gc.freeze()


def _while_running(job: "Future[None]", reported: Any) -> Iterator[Any]:
    seen = 0
    while True:
        is_done = bool(wait([job], _SECONDS).done)
        found = reported.value[seen:]
        seen += len(found)
        yield from found
        if is_done:
            job.result()
            return


def _reports(context: "SparkContext") -> Any:
    """Return what tasks add their results to; Spark counts each task once, however often it ran."""
    from pyspark import AccumulatorParam

    class Lists(AccumulatorParam[list[Any]]):  # type: ignore[misc]
        def zero(self, value: list[Any]) -> list[Any]:  # noqa: ARG002 - Spark's signature
            return []

        def addInPlace(self, value1: list[Any], value2: list[Any]) -> list[Any]:  # noqa: N802 - Spark's name
            value1.extend(value2)
            return value1

    return context.accumulator([], Lists())


def _reason(message: str) -> str:
    if "No module named 'corpus_audit'" in message:
        return (
            "Spark's workers do not have this package: send it to them as an archive (docs/scale.md), or measure here "
            "(CORPUS_AUDIT_MEASURE_ON=processes)."
        )
    if "PYTHON_VERSION_MISMATCH" in message:
        return (
            "Spark's workers run another version of Python than this program: set spark.pyspark.python to the same one."
        )
    return (
        "A task failed on Spark as often as Spark tries: see the logs of its workers, then run the same command again."
    )
