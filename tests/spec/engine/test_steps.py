"""Steps on threads and on Spark: the same rows in the same order, and errors that the user can read."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import Exchange
from corpus_audit.engine.spark_steps import SparkSteps
from corpus_audit.engine.steps import Divided, Steps, ThreadSteps
from corpus_audit.errors import StoreError
from spec.engine.conftest import allow

PARTS = 3
SCHEMA = pa.schema([("number", pa.int64())])


def refuse() -> None:
    """Let none."""
    message = "not here"
    raise StoreError(message)


def steps_of(engine: Engine) -> Steps:
    return ThreadSteps(2) if not engine.spills_every_step else SparkSteps("local[2]", allow)


def send_by_rest(item: int) -> list[tuple[Divided]]:
    numbers = np.arange(10 * item, 10 * item + 10)
    return [((pa.table([numbers], schema=SCHEMA), numbers % PARTS),)]


def send_again(sent: Exchange, part: int) -> Iterator[tuple[Divided]]:
    for batch in sent.take(part).to_batches():
        yield ((pa.Table.from_batches([batch]), np.full(batch.num_rows, PARTS - 1 - part)),)


def total(sent: Exchange, part: int) -> int:
    return int(sent.take(part)["number"].to_numpy().sum())


def test_what_one_step_divides_the_next_one_reads(engine: Engine, tmp_path: Path) -> None:
    steps = steps_of(engine)
    sent, again = (Exchange(tmp_path / name, SCHEMA, PARTS) for name in ("sent", "again"))
    steps.divide(send_by_rest, range(4), [sent])
    steps.divide(partial(send_again, sent), range(PARTS), [again])
    expected = [[number for number in range(40) if number % PARTS == rest] for rest in range(PARTS)]
    assert [again.read(part)["number"].to_pylist() for part in range(PARTS)] == expected[::-1]
    assert sent.rows == again.rows == 40
    assert list(steps.run(partial(total, again), range(PARTS))) == [sum(numbers) for numbers in expected[::-1]]


def send_stretch(stretch: Iterator[pa.RecordBatch]) -> Iterator[tuple[Divided]]:
    for batch in stretch:
        yield ((pa.Table.from_batches([batch]), np.zeros(batch.num_rows, np.int64)),)


def test_an_ordered_result_keeps_its_order(engine: Engine, tmp_path: Path) -> None:
    engine.add_arrow("numbers", pa.table({"number": [3, 1, 2, 5, 4]}))
    sent = Exchange(tmp_path / "sent", SCHEMA, 1)
    steps = steps_of(engine)
    steps.divide(send_stretch, steps.stretches(engine, "SELECT number FROM numbers ORDER BY number"), [sent])
    assert sent.read(0)["number"].to_pylist() == [1, 2, 3, 4, 5]


@pytest.mark.slow
@pytest.mark.needs("default-jre-headless")
def test_what_a_task_refuses_the_user_reads() -> None:
    with pytest.raises(StoreError, match="not here"):
        list(SparkSteps("local[2]", refuse).run(send_by_rest, [0]))
