"""Steps of a dataflow: a function on independent items, and what it gives divided into partitions.

A function of a step may run twice, in another process: it is of a module, and so are its arguments' types.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.engine.ahead import map_ahead
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import Exchange

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

Divided = tuple[pa.Table, NDArray[np.int64]]
"""Rows, and the partition of each."""


class Steps(Protocol):
    """What runs the steps."""

    @property
    def threads(self) -> int:
        """How many threads a generator of *divide* may use for what it does."""
        ...

    def run(self, work: Callable[[_Item], _Result], items: Sequence[_Item]) -> Iterator[_Result]:
        """Yield what *work* returns of each item, in their order: small values, or what one partition gives."""
        ...

    def divide(
        self, work: Callable[[_Item], Iterable[Sequence[Divided]]], items: Sequence[_Item], into: Sequence[Exchange]
    ) -> None:
        """Write all that *work* yields of each item, in their order, into exchanges, which are closed then.

        Work yields the rows for each exchange, a stretch at a time.
        """
        ...

    def stretches(self, engine: Engine, sql: str) -> Sequence[Iterable[pa.RecordBatch]]:
        """Return the result of a query as items for *divide*, each gone through once; of an ordered one, in order."""
        ...


@dataclass(frozen=True)
class ThreadSteps:
    """Runs steps in this process, on so many threads; what a step divides is never far ahead of what is written."""

    workers: int = 1

    @property
    def threads(self) -> int:
        """All, as generators are gone through one after another."""
        return self.workers

    def run(self, work: Callable[[_Item], _Result], items: Sequence[_Item]) -> Iterator[_Result]:
        """Yield what *work* returns of each item, in their order."""
        return map_ahead(work, items, self.workers)

    def divide(
        self, work: Callable[[_Item], Iterable[Sequence[Divided]]], items: Sequence[_Item], into: Sequence[Exchange]
    ) -> None:
        """Write all that *work* yields of each item into exchanges.

        What a function gives as a list is made ahead; a generator is gone through as it is written.
        """
        for stretches in map_ahead(work, items, self.workers):
            for divided in stretches:
                for target, (rows, parts) in zip(into, divided, strict=True):
                    target.write(rows, parts)
        for target in into:
            target.close()

    def stretches(self, engine: Engine, sql: str) -> Sequence[Iterable[pa.RecordBatch]]:
        """Return the result of a query as one item."""
        return [engine.stream(sql)]
