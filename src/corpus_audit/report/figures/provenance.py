"""Provenance: from origins through sources and models to the dataset, by bytes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise, product
from urllib.parse import urlsplit

from corpus_audit.report import wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Caption, Flow, FlowNode, Link, ShapeTone
from corpus_audit.report.formatting import format_bytes
from corpus_audit.report.model import Report
from corpus_audit.report.sections import SourceRow
from corpus_audit.report.translator import Translator
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import NOT_RECORDED, LicenseState

NODES_SHOWN = 9
_ORIGINS, _SOURCES, _MODELS, _DATASET = range(4)
_COLUMNS = (_("Origins"), _("Sources"), _("Models"), _("Dataset"))
_THE_REST = "…"
_THE_DATASET = "dataset"


_Box = tuple[int, str]
"""One box of the figure: its column, and what it stands for."""

_Streams = Mapping[tuple[_Box, _Box], int]
"""How many bytes go from which box to which."""


def provenance_figure(report: Report, words: Translator, anchors: Anchors) -> Flow:
    """Return where the dataset's bytes came from; the largest of each column are named, the others are one box."""
    names = _Names(report)
    streams = _streams(report.sources, names)
    total = sum(source.figures.size_bytes for source in report.sources) or 1
    boxes = dict.fromkeys(box for pair in streams for box in pair)
    weight = {box: _through(box, streams) for box in boxes}
    ordered = sorted(boxes, key=lambda box: (box[0], box[1] == _THE_REST, -weight[box], box[1]))
    return Flow(
        Caption(
            key="provenance",
            title=words("Where the bytes came from"),
            description=words("Origins, sources and models as the manifest declares them; the width is bytes on disk."),
            headings=(words("From"), words("To"), words("Bytes")),
        ),
        columns=tuple(words(name) for name in _COLUMNS),
        nodes=tuple(names.node(box, weight[box], words, anchors) for box in ordered),
        links=tuple(
            Link(_key(start), _key(end), size / total, format_bytes(size))
            for (start, end), size in sorted(streams.items())
        ),
        legend=((ShapeTone.OPEN, words("origin or license not known")),),
    )


def _streams(sources: Iterable[SourceRow], names: "_Names") -> _Streams:
    """Return what flows, a source's bytes in equal parts over each of its origins and each of its models."""
    between: dict[tuple[_Box, _Box], int] = defaultdict(int)
    for source in sources:
        origins, models = names.origins[source.source_id], names.models[source.source_id]
        ways = list(product(origins, models or [""]))
        for way, (origin, model) in enumerate(ways):
            size = source.figures.size_bytes * (way + 1) // len(ways) - source.figures.size_bytes * way // len(ways)
            path = [names.box(_ORIGINS, origin), names.box(_SOURCES, source.source_id)]
            path += [names.box(_MODELS, model)] if model else []
            for pair in pairwise([*path, (_DATASET, _THE_DATASET)]):
                between[pair] += size
    return between


class _Names:
    """What each source comes from and goes through, and which names of a column are shown."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.origins = {source.source_id: _origins(source) for source in report.sources}
        self.models = {source.source_id: _models(source) for source in report.sources}
        sizes = {source.source_id: source.figures.size_bytes for source in report.sources}
        self._open = {s.source_id for s in report.sources if s.terms.license_state != LicenseState.RESOLVED}
        self._columns = {
            _ORIGINS: self._rank(self.origins, sizes),
            _SOURCES: self._rank({source_id: [source_id] for source_id in sizes}, sizes),
            _MODELS: self._rank(self.models, sizes),
        }

    @staticmethod
    def _rank(names: Mapping[str, list[str]], sizes: Mapping[str, int]) -> list[str]:
        weights: dict[str, int] = defaultdict(int)
        for source_id, found in names.items():
            for name in found:
                weights[name] += sizes[source_id]
        return sorted(weights, key=lambda name: (-weights[name], name))

    def box(self, column: int, name: str) -> _Box:
        """Return the box for *name*: its own, or the shared one of all that are too small to show."""
        ranked = self._columns[column]
        is_shown = len(ranked) <= NODES_SHOWN + 1 or name in ranked[:NODES_SHOWN]
        return column, name if is_shown else _THE_REST

    def node(self, box: _Box, size: int, words: Translator, anchors: Anchors) -> FlowNode:
        """Return a box with its name in words."""
        column, name = box
        links = {_SOURCES: anchors.sources, _MODELS: anchors.models}.get(column, {})
        is_open = name == NOT_RECORDED or (column == _SOURCES and name in self._open)
        return FlowNode(
            key=_key(box),
            column=column,
            name=self._label(column, name, words),
            value=format_bytes(size),
            tone=ShapeTone.OPEN if is_open else ShapeTone.PLAIN,
            link=links.get(name, "sources"),
        )

    def _label(self, column: int, name: str, words: Translator) -> str:
        if column == _DATASET:
            return self._report.audit.dataset.dataset_id
        if name == _THE_REST:
            left = len(self._columns[column]) - NODES_SHOWN
            return words("{count} more").format(count=left)
        return words(wording.word(name)) if name == NOT_RECORDED else name


def _key(box: _Box) -> str:
    return f"{box[0]} {box[1]}"


def _through(box: _Box, between: _Streams) -> int:
    incoming = sum(size for (_start, end), size in between.items() if end == box)
    outgoing = sum(size for (start, _end), size in between.items() if start == box)
    return max(incoming, outgoing)


def _origins(source: SourceRow) -> list[str]:
    """Return the hosts or words a source is said to be from, and what it derives from."""
    declared = next(claim.declared for claim in source.comparisons if claim.aspect == "origin")
    origin = str(declared) if isinstance(declared, str) else NOT_RECORDED
    named = [_host(origin)] if origin != NOT_RECORDED else []
    return list(dict.fromkeys([*named, *source.derived_from])) or [NOT_RECORDED]


def _host(origin: str) -> str:
    try:
        host = urlsplit(origin).hostname
    except ValueError:  # such as an address with half a bracket
        return origin
    return host.removeprefix("www.") if host else origin


def _models(source: SourceRow) -> list[str]:
    return list(dict.fromkeys((*source.generator_models, *source.processor_models)))
