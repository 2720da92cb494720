"""Records that a worker reads and hands over as Arrow: their texts come into this process, their parsers do not."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from corpus_audit import guard
from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.records import RECORD_TEXTS
from corpus_audit.errors import GuardError
from corpus_audit.guard import Limits, WorkerDiedError
from corpus_audit.vocabulary import DefectCode

Read = Callable[..., Iterator[pa.RecordBatch | Defect]]
"""Reads records (schema RECORD_TEXTS); a function of a module."""

_BATCH, _DEFECT = b"B", b"D"


def read_guarded(
    read: Read, *arguments: Any, columns: Sequence[str], limits: Limits, address: str
) -> Iterator[pa.RecordBatch | Defect]:
    """Yield what *read* yields in a worker that reads at *address* under *limits*: of batches, the *columns*.

    Raises GuardError when the worker ends.
    """
    schema = pa.schema([RECORD_TEXTS.field(name) for name in columns])
    try:
        for piece in guard.stream(_hand_over, read, columns, arguments, limits=limits, address=address):
            yield _unpacked(piece[:1], memoryview(piece)[1:], schema)
    except WorkerDiedError as error:
        message = f"The data could not be read once more: {error.death.detail}. See that its files are as they were."
        raise GuardError(message) from None


def _hand_over(read: Read, columns: Sequence[str], arguments: Sequence[Any]) -> None:
    for piece in read(*arguments):
        if isinstance(piece, Defect):
            guard.hand_over(_DEFECT + json.dumps(asdict(piece)).encode())
        else:
            guard.hand_over(_BATCH + _packed(piece.select(columns)))


def _packed(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def _unpacked(kind: bytes, content: memoryview, schema: pa.Schema) -> pa.RecordBatch | Defect:
    if kind == _DEFECT:
        defect = json.loads(bytes(content))
        return Defect(**{**defect, "code": DefectCode(defect["code"])})
    try:
        batch = pa.ipc.open_stream(content).read_next_batch()
        batch.validate(full=True)  # what parsed foreign bytes is not trusted with offsets either
    except pa.ArrowException as error:
        raise GuardError(_NO_RECORDS) from error
    if batch.schema != schema:
        raise GuardError(_NO_RECORDS)
    return batch


_NO_RECORDS = "A process that reads the data answered with what are no records. Run the same command again."
