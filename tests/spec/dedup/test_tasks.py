"""Tasks that run twice, as Spark may run them, out of what a pickle holds: the same result, and the same index."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from corpus_audit.engine.steps import ThreadSteps
from spec.dedup.conftest import Corpus

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class TwiceSteps(ThreadSteps):
    """Runs every task twice, from a pickle, and takes the second result."""

    def run(self, work: Callable[[_Item], _Result], items: Sequence[_Item]) -> Iterator[_Result]:
        """Yield what the second try of each item returns."""
        for item in items:
            sent = pickle.dumps((work, _as_rows(item)))
            for _ in range(2):
                again, held = pickle.loads(sent)
                result = again(held)
            yield result


def _as_rows(item: object) -> object:
    """Return an item whose stretches are gone through: a file stands for each on Spark."""
    return [list(stretch) for stretch in item] if isinstance(item, list) else item


def test_tasks_that_run_twice_change_nothing(corpus: Corpus) -> None:
    chance = np.random.default_rng(5)
    words = [f"word{number}" for number in range(400)]
    for number in range(60):
        text = " ".join(chance.choice(words, 60))
        corpus.add(f"s{number % 3}", f"{number:02}", text)
        corpus.add(f"s{number % 2}", f"{number:02}-exact", text)
        corpus.add("near", f"{number:02}-near", f"{text} more")
    once = corpus.deduplicate(shards=3, partitions=4)
    index = corpus.index()
    assert once.pairs
    assert corpus.deduplicate(shards=3, partitions=4, steps=TwiceSteps()) == once
    assert corpus.index() == index
