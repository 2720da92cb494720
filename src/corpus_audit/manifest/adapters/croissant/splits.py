"""Splits of a Croissant description: the names that a RecordSet of type Split lists, found in the paths of files."""

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus_audit.manifest.adapters.croissant.fields import read_source
from corpus_audit.manifest.adapters.croissant.graph import Graph, RecordSet, references
from corpus_audit.manifest.conversion.mapping import FoundValue
from corpus_audit.manifest.conversion.node import Node

_SPLIT = "Split"
_IN_PATHS = r"(?<![^\W_]){}(?![^\W_])"


def splits_by_file(graph: Graph) -> Mapping[str, Sequence[FoundValue]]:
    """Return the names of splits for each file or set of files whose paths tell them, by its id."""
    names = {
        field.id: list(_names(records))
        for records in graph.record_sets
        if _is_split(records, graph)
        for field in records.fields
    }
    found: dict[str, Sequence[FoundValue]] = {}
    for records in graph.record_sets:
        for field in records.fields:
            target = field.node.get("references")
            named = next((names[to.id] for to in references(_inner(target)) if to.id in names), None)
            source = read_source(field.node, graph) if named else None
            if named and source is not None and source.target.id in graph.files:
                found.setdefault(source.target.id, named)
    return found


def split_in_path(path: str, names: Sequence[FoundValue]) -> FoundValue | None:
    """Return the longest of some names that stands in a path between other characters than letters and digits."""
    # A description's own regular expressions are not run: one can take longer than any audit.
    inside = [name for name in names if re.search(_IN_PATHS.format(re.escape(str(name.value))), path)]
    return max(inside, key=lambda name: len(str(name.value)), default=None)


def _is_split(records: RecordSet, graph: Graph) -> bool:
    return any(
        graph.linked.name_of(entry.text).endswith(_SPLIT) for entry in records.node.each("dataType") if entry.text
    )


def _names(records: RecordSet) -> Iterator[FoundValue]:
    """Yield the names of splits that a RecordSet lists: what its entries hold under its key, or under a name."""
    keys = {to.id for to in references(records.node.get("key"))}
    for entry in records.node.each("data"):
        for key, value in entry.members():
            if value.text and (key in keys or (not keys and key.endswith("name"))):
                yield FoundValue(value.text, value.place)


def _inner(target: Node | None) -> Node | None:
    return (target.get("field") or target) if target is not None else None
