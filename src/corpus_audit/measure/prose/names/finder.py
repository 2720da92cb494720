"""Name finders, and the spans kept from their results."""

import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

import pyarrow as pa

from corpus_audit.measure.detection.detector import mask_all_but_first
from corpus_audit.schemas import NAME_SPANS

_KEYED_HASH_BYTES = 16


class FoundName(NamedTuple):
    """One name in one text, from and to which character, and how sure that is (0 to 1)."""

    entity_type: str
    start: int
    end: int
    score: float


class NameFinder(Protocol):
    """One way to find names in texts of one language."""

    method: str
    language: str

    def find(self, texts: Sequence[str]) -> Iterator[list[FoundName]]:
        """Yield the names in each text, in order of their place."""


def find_name_spans(
    finder: NameFinder,
    records: pa.Table,
    texts: Sequence[str],
    key: bytes,
    tell: Callable[[int, int], None] = lambda _done, _steps: None,
) -> pa.Table:
    """Return the spans (schema NAME_SPANS) of the names in the texts of *records* (record_id, source_id).

    *tell* is called with the texts that are done, and their number.
    """
    owners = zip(records["record_id"].to_pylist(), records["source_id"].to_pylist(), strict=True)
    names = _told(finder.find(texts), len(texts), tell)
    rows = [
        {"record_id": record_id, "source_id": source_id, "method": finder.method, **span}
        for (record_id, source_id), text, found in zip(owners, texts, names, strict=True)
        for span in _spans(text, found, key)
    ]
    return pa.Table.from_pylist(rows, schema=NAME_SPANS.schema)


def _told(found: Iterable[list[FoundName]], number: int, tell: Callable[[int, int], None]) -> Iterator[list[FoundName]]:
    for done, names in enumerate(found, 1):
        yield names
        tell(done, number)


def _spans(text: str, found: Iterable[FoundName], key: bytes) -> Iterator[dict[str, object]]:
    for name in found:
        value = text[name.start : name.end]
        start = len(text[: name.start].encode())
        normalised = " ".join(value.casefold().split()).encode()
        yield {
            "entity_type": name.entity_type,
            "start_byte": start,
            "end_byte": start + len(value.encode()),
            "score": name.score,
            "masked": mask_all_but_first(value.encode()),
            "keyed_hash": hmac.digest(key, normalised, "sha256")[:_KEYED_HASH_BYTES],
        }
