"""Internal errors of a Croissant description: ids, references, sources of fields, joins."""

import re
from collections.abc import Iterator

from corpus_audit.manifest.adapters.croissant.fields import FieldSource, read_source
from corpus_audit.manifest.adapters.croissant.graph import Field, Graph, RecordSet, references
from corpus_audit.manifest.conversion.building import ClaimFragment
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.vocabulary import ClaimProblemCode

_SPACE = re.compile(r"\s")


def check_graph(graph: Graph, piece: ClaimFragment) -> None:
    """Report every part of a description that contradicts another or leads nowhere."""
    _check_ids(graph, piece)
    for distribution in graph.distributions:
        for target in references(distribution.node.get("containedIn")):
            if target.id not in graph.files:
                _report_dangling(piece, target.node)
    for record_set in graph.record_sets:
        for field in record_set.fields:
            _check_field(graph, record_set, field, piece)
        _check_join(graph, record_set, piece)


def _check_ids(graph: Graph, piece: ClaimFragment) -> None:
    seen: set[str] = set()
    nodes = [part.node for part in graph.distributions]
    nodes += [part.node for part in graph.record_sets]
    nodes += [field.node for record_set in graph.record_sets for field in record_set.fields]
    for node in nodes:
        written = node.get("@id")
        if written is None or written.text is None:
            continue
        if _SPACE.search(written.text):
            piece.report(ClaimProblemCode.INVALID, written.place, "files", "is an id with spaces: choose one without")
        if written.text in seen:
            piece.report(ClaimProblemCode.CONFLICT, written.place, "files", "is the id of two parts: choose another")
        seen.add(written.text)


def _check_field(graph: Graph, record_set: RecordSet, field: Field, piece: ClaimFragment) -> None:
    source = read_source(field.node, graph)
    if source is not None:
        if source.target.id not in graph.files and source.target.id not in graph.fields:
            _report_dangling(piece, source.target.node)
    elif not (_has_value(field.node) or record_set.node.get("data") or field.node.get("subField")):
        detail = "has no source and no value: say which file and column it comes from"
        piece.report(ClaimProblemCode.MISSING, field.node.place, "files.fields", detail)
    for target in references((field.node.get("references") or Node(None)).get("field")):
        if target.id not in graph.fields:
            _report_dangling(piece, target.node)


def _check_join(graph: Graph, record_set: RecordSet, piece: ClaimFragment) -> None:
    files = {source.target.id for field in record_set.fields for source in _file_sources(graph, field)}
    if len(files) > 1 and not any(field.node.get("references") for field in record_set.fields):
        detail = "takes fields from several files without 'references' that say how their rows belong together"
        piece.report(ClaimProblemCode.INVALID, record_set.node.place, "files.fields", detail)


def _file_sources(graph: Graph, field: Field) -> Iterator[FieldSource]:
    source = read_source(field.node, graph)
    if source is not None and source.target.id in graph.files:
        yield source


def _has_value(node: Node) -> bool:
    return any(node.get(key) is not None for key in ("value", "data"))


def _report_dangling(piece: ClaimFragment, node: Node) -> None:
    detail = "points to something that the description does not hold"
    piece.report(ClaimProblemCode.DANGLING, node.place, "files", detail)
