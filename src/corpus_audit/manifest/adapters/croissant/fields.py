"""Columns that a Croissant description's RecordSets declare as text, license or language."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from corpus_audit.corpus.field_roles import Path
from corpus_audit.manifest.adapters.croissant.graph import FieldReference, Graph, references
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.record_fields import RecordFields
from corpus_audit.manifest.tree import Place

_JSON_STEP = re.compile(r"\.([^.\[\]]+)|\[(\*|\d+)\]|\['([^']*)'\]|\[\"([^\"]*)\"\]")


@dataclass(frozen=True)
class FieldSource:
    """Where a field's values come from: a file or another field, and the column or path in it."""

    target: FieldReference
    column: Path
    place: Place


def read_source(node: Node, graph: Graph) -> FieldSource | None:
    """Return where a field comes from, None when it says nothing."""
    source = node.get("source")
    if source is None:
        return None
    inner = next((found for key in ("fileObject", "fileSet", "field") if (found := source.get(key))), None)
    target = next(references(inner or source), None)
    if target is None:
        return None
    extract = source.get("extract") or source
    column, place = _column(extract)
    if inner is None and target.id not in graph.fields and target.id not in graph.files:
        target, column, place = _split_reference(target, graph) or (target, column, place)
    return FieldSource(target, column, place)


def fields_by_file(graph: Graph) -> Mapping[str, RecordFields]:
    """Return the meaning of columns for each file or set of files, by its id."""
    found: dict[str, RecordFields] = defaultdict(RecordFields)
    for record_set in graph.record_sets:
        for part in record_set.fields:
            source = read_source(part.node, graph)
            if source is not None and source.column and source.target.id in graph.files:
                found[source.target.id].add(source.column, source.place, _is_text(part.node, graph))
    return found


def _is_text(node: Node, graph: Graph) -> bool:
    kinds = [graph.linked.name_of(entry.text) for entry in node.each("dataType") if entry.text]
    return kinds == ["Text"] and node.get("references") is None


def _column(extract: Node) -> tuple[Path, Place]:
    for key in ("column", "csvColumn"):
        found = extract.get(key)
        if found is not None and found.text is not None:
            return (found.text,), found.place
    path = extract.get("jsonPath")
    if path is not None and path.text is not None:
        return path_of_json_path(path.text), path.place
    return (), ()


def path_of_json_path(path: str) -> Path:
    """Return a JSONPath within a record as the steps to a column."""
    steps = ["".join(groups) for groups in _JSON_STEP.findall(path)]
    while steps and steps[0] == "*":  # every record of a list
        steps = steps[1:]
    return tuple(steps)


def _split_reference(target: FieldReference, graph: Graph) -> tuple[FieldReference, Path, Place] | None:
    """Return the file and column of a reference as version 0.8 writes it: 'file/column'."""
    name, _, column = target.id.partition("/")
    return (
        (FieldReference(name, target.node), (column,) if column else (), target.node.place)
        if name in graph.files
        else None
    )
