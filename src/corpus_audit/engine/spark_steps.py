"""Steps as Spark jobs: each item is a task, which reads and writes files that all machines see under the same path.

Where SQL runs on Spark the folder for that is there already. The driver learns only what became of a task.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import Exchange, Piece
from corpus_audit.engine.spark import SparkEngine
from corpus_audit.engine.spark_job import run_job
from corpus_audit.engine.steps import Divided
from corpus_audit.errors import CorpusAuditError, SentError
from corpus_audit.store import ScratchFolder

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class SparkSteps:
    """Runs steps on the Spark *master*; *check* is called first in each task, and raises where it must not run."""

    master: str
    check: Callable[[], None]

    @property
    def threads(self) -> int:
        """One: the other cores have tasks of their own."""
        return 1

    def run(self, work: Callable[[_Item], _Result], items: Sequence[_Item]) -> Iterator[_Result]:
        """Yield what *work* returns of each item, in their order, when all are done.

        Raises the CorpusAuditError that a task raised, and EngineError when one failed as often as Spark allows.
        """
        ends: dict[int, _End[_Result]] = {}
        task = partial(_run_task, work, self.check)
        about = getattr(work, "func", work).__name__.strip("_")
        with ScratchFolder("corpus-audit-spark-steps-") as folder:
            job = run_job(self.master, folder, task, list(enumerate(items)), about)
            with closing(job):
                for end in job:
                    if end.error is not None:
                        raise end.error.rebuilt()
                    ends[end.number] = end
        for number in range(len(items)):
            yield from ends[number].result

    def divide(
        self, work: Callable[[_Item], Iterable[Sequence[Divided]]], items: Sequence[_Item], into: Sequence[Exchange]
    ) -> None:
        """Write all that *work* yields of each item into exchanges, in a piece for each task."""
        for target in into:
            target.close()
        for pieces in self.run(partial(_write_pieces, work, tuple(into)), items):
            for target, piece in zip(into, pieces, strict=True):
                target.add(piece)

    def stretches(self, engine: Engine, sql: str) -> Sequence[Iterable[pa.RecordBatch]]:
        """Return the files that Spark wrote the result of a query to."""
        if not isinstance(engine, SparkEngine):
            return [engine.stream(sql)]
        return [_Stretch(path) for path in engine.write(sql)]


@dataclass(frozen=True)
class _Stretch:
    """The rows of one file."""

    path: Path

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(self.path, pre_buffer=False) as file:
            yield from file.iter_batches()


@dataclass(frozen=True)
class _End(Generic[_Result]):
    """What became of a task: its result, or the error that the user is to read."""

    number: int
    result: tuple[_Result, ...] = ()
    error: SentError | None = None


def _run_task(
    work: Callable[[_Item], _Result], check: Callable[[], None], numbered: tuple[int, _Item]
) -> "_End[_Result]":
    """Run a task on a worker; an error for the user is a result, so that Spark does not try again."""
    number, item = numbered
    try:
        check()
        return _End(number, (work(item),))
    except CorpusAuditError as error:
        return _End(number, error=SentError.of(error))


def _write_pieces(
    work: Callable[[_Item], Iterable[Sequence[Divided]]], into: Sequence[Exchange], item: _Item
) -> list[Piece]:
    writers = [target.new_piece() for target in into]
    for divided in work(item):
        for writer, (rows, parts) in zip(writers, divided, strict=True):
            writer.write(rows, parts)
    return [writer.finish() for writer in writers]
