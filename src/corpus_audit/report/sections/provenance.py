"""Where the bytes of a dataset came from, as its manifest declares it."""

from enum import StrEnum

from corpus_audit.report.sections.base import Section


class FlowColumn(StrEnum):
    """What bytes come from and go through, in that order."""

    ORIGIN = "origin"
    SOURCE = "source"
    MODEL = "model"
    DATASET = "dataset"


class FlowBox(Section):
    """An origin, a source, a model, or the *others* of them that have no box of their own."""

    column: FlowColumn
    name: str
    others: int
    size_bytes: int
    is_open: bool


class FlowStream(Section):
    """How many bytes go from one box to another, by their places among the boxes."""

    start: int
    end: int
    size_bytes: int


class Provenance(Section):
    """What flows from origins through sources and models to the dataset, a column after another, largest first."""

    boxes: tuple[FlowBox, ...]
    streams: tuple[FlowStream, ...]
