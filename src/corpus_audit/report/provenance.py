"""Where the bytes of all sources came from: what is largest in each column has a box, the others share one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from corpus_audit.report.rows import read_rows
from corpus_audit.report.sections import FlowBox, FlowColumn, FlowStream, Provenance
from corpus_audit.vocabulary import NOT_RECORDED, LicenseState

NODES_SHOWN = 9
THE_REST = "…"
_THE_DATASET = "dataset"
_PLACES = {column: place for place, column in enumerate(FlowColumn)}
_COLUMNS = (
    "source_id", "origin", "derived_from", "generator_models", "processor_models", "size_bytes", "license_state",
)  # fmt: skip

_Box = tuple[int, str]
"""One box: the place of its column, and what it stands for."""

_Streams = Mapping[tuple[_Box, _Box], int]
"""How many bytes go from which box to which."""


@dataclass(frozen=True)
class _Source:
    source_id: str
    origins: Sequence[str]
    models: Sequence[str]
    size_bytes: int
    is_open: bool


def build_provenance(table: pa.Table) -> Provenance:
    """Return what flows from origins through sources and models to the dataset (evidence table *sources*)."""
    sources = [_source(row) for row in read_rows(table.select(_COLUMNS))]
    names = _Names(sources)
    streams = _streams(sources, names)
    weight = {box: _through(box, streams) for box in dict.fromkeys(box for pair in streams for box in pair)}
    ordered = sorted(weight, key=lambda box: (box[0], box[1] == THE_REST, -weight[box], box[1]))
    place = {box: number for number, box in enumerate(ordered)}
    return Provenance(
        boxes=tuple(names.box(*box, weight[box]) for box in ordered),
        streams=tuple(
            FlowStream(start=place[start], end=place[end], size_bytes=size)
            for (start, end), size in sorted(streams.items())
        ),
    )


def _source(row: Mapping[str, Any]) -> _Source:
    named = [_host(row["origin"])] if row["origin"] != NOT_RECORDED else []
    return _Source(
        row["source_id"],
        list(dict.fromkeys([*named, *row["derived_from"]])) or [NOT_RECORDED],
        list(dict.fromkeys((*row["generator_models"], *row["processor_models"]))),
        row["size_bytes"],
        row["license_state"] != LicenseState.RESOLVED,
    )


def _host(origin: str) -> str:
    try:
        host = urlsplit(origin).hostname
    except ValueError:  # such as an address with half a bracket
        return origin
    return host.removeprefix("www.") if host else origin


class _Names:
    """Which names of a column have a box of their own."""

    def __init__(self, sources: Sequence[_Source]) -> None:
        self._ranked = {
            FlowColumn.ORIGIN: _rank((name, source.size_bytes) for source in sources for name in source.origins),
            FlowColumn.SOURCE: _rank((source.source_id, source.size_bytes) for source in sources),
            FlowColumn.MODEL: _rank((name, source.size_bytes) for source in sources for name in source.models),
        }
        self._shown = {
            column: set(names if len(names) <= NODES_SHOWN + 1 else names[:NODES_SHOWN])
            for column, names in self._ranked.items()
        }
        shown = self._shown[FlowColumn.SOURCE]
        self._open = {source.source_id for source in sources if source.is_open and source.source_id in shown}

    def place(self, column: FlowColumn, name: str) -> _Box:
        """Return the box for *name*: its own, or the shared one of all that are too small to show."""
        return _PLACES[column], name if name in self._shown[column] else THE_REST

    def box(self, place: int, name: str, size: int) -> FlowBox:
        """Return a box with what it stands for."""
        column = tuple(FlowColumn)[place]
        others = len(self._ranked[column]) - NODES_SHOWN if name == THE_REST else 0
        is_open = name == NOT_RECORDED or (column is FlowColumn.SOURCE and name in self._open)
        return FlowBox(column=column, name=name, others=others, size_bytes=size, is_open=is_open)


def _rank(sizes: Iterable[tuple[str, int]]) -> list[str]:
    weights: dict[str, int] = defaultdict(int)
    for name, size in sizes:
        weights[name] += size
    return sorted(weights, key=lambda name: (-weights[name], name))


def _streams(sources: Iterable[_Source], names: _Names) -> _Streams:
    """Return what flows, a source's bytes in equal parts over each of its origins and each of its models."""
    between: dict[tuple[_Box, _Box], int] = defaultdict(int)
    for source in sources:
        ways = list(product(source.origins, source.models or [""]))
        for way, (origin, model) in enumerate(ways):
            size = source.size_bytes * (way + 1) // len(ways) - source.size_bytes * way // len(ways)
            for pair in pairwise(_path(names, origin, source.source_id, model)):
                between[pair] += size
    return between


def _path(names: _Names, origin: str, source_id: str, model: str) -> Iterator[_Box]:
    yield names.place(FlowColumn.ORIGIN, origin)
    yield names.place(FlowColumn.SOURCE, source_id)
    if model:
        yield names.place(FlowColumn.MODEL, model)
    yield _PLACES[FlowColumn.DATASET], _THE_DATASET


def _through(box: _Box, between: _Streams) -> int:
    incoming = sum(size for (_start, end), size in between.items() if end == box)
    outgoing = sum(size for (start, _end), size in between.items() if start == box)
    return max(incoming, outgoing)
