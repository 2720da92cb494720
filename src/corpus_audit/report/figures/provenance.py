"""Provenance: from origins through sources and models to the dataset, by bytes."""

from corpus_audit.report import wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Caption, Flow, FlowNode, Link, ShapeTone
from corpus_audit.report.formatting import format_bytes
from corpus_audit.report.model import Report
from corpus_audit.report.sections import FlowBox, FlowColumn
from corpus_audit.report.translator import Translator
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import NOT_RECORDED

_PLACES = {column: place for place, column in enumerate(FlowColumn)}
_COLUMNS = (_("Origins"), _("Sources"), _("Models"), _("Dataset"))


def provenance_figure(report: Report, words: Translator, anchors: Anchors) -> Flow:
    """Return where the dataset's bytes came from; the largest of each column are named, the others are one box."""
    boxes = report.provenance.boxes
    total = report.summary.size_bytes or 1
    return Flow(
        Caption(
            key="provenance",
            title=words("Where the bytes came from"),
            description=words("Origins, sources and models as the manifest declares them; the width is bytes on disk."),
            headings=(words("From"), words("To"), words("Bytes")),
        ),
        columns=tuple(words(name) for name in _COLUMNS),
        nodes=tuple(_node(box, report, words, anchors) for box in boxes),
        links=tuple(
            Link(
                _key(boxes[stream.start]),
                _key(boxes[stream.end]),
                stream.size_bytes / total,
                format_bytes(stream.size_bytes),
            )
            for stream in report.provenance.streams
        ),
        legend=((ShapeTone.OPEN, words("origin or license not known")),),
    )


def _key(box: FlowBox) -> str:
    return f"{_PLACES[box.column]} {box.name}"


def _node(box: FlowBox, report: Report, words: Translator, anchors: Anchors) -> FlowNode:
    """Return a box with its name in words."""
    links = {FlowColumn.SOURCE: anchors.sources, FlowColumn.MODEL: anchors.models}.get(box.column, {})
    return FlowNode(
        key=_key(box),
        column=_PLACES[box.column],
        name=_label(box, report, words),
        value=format_bytes(box.size_bytes),
        tone=ShapeTone.OPEN if box.is_open else ShapeTone.PLAIN,
        link=links.get(box.name, "sources"),
    )


def _label(box: FlowBox, report: Report, words: Translator) -> str:
    if box.column is FlowColumn.DATASET:
        return report.audit.dataset.dataset_id
    if box.others:
        return words("{count} more").format(count=box.others)
    return words(wording.word(box.name)) if box.name == NOT_RECORDED else box.name
