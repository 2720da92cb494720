"""The names of a Croissant description's parts, and the references between them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corpus_audit.manifest.conversion.jsonld import LinkedData
from corpus_audit.manifest.conversion.node import Node

_ARCHIVES = ("zip", "tar", "gzip", "x-7z", "x-rar", "zstd")
_SUFFIXES = (".zip", ".tar", ".tgz", ".tar.gz", ".7z", ".rar", ".tar.bz2", ".tar.xz", ".tar.zst")


@dataclass(frozen=True)
class Distribution:
    """A FileObject or FileSet: its id, and the node that describes it."""

    id: str
    kind: str
    node: Node


@dataclass(frozen=True)
class Field:
    """A field of a RecordSet, or a field within a field."""

    id: str
    record_set: str
    node: Node


@dataclass(frozen=True)
class RecordSet:
    """A RecordSet with its fields, those within fields too."""

    id: str
    node: Node
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Graph:
    """The parts of a description by their ids."""

    linked: LinkedData
    distributions: tuple[Distribution, ...]
    record_sets: tuple[RecordSet, ...]
    files: Mapping[str, Distribution] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)

    def around(self, inner: Distribution) -> list[Distribution]:
        """Return what a file lies in, and what that lies in, nearest first; a circle is walked once."""
        found: dict[str, Distribution] = {}
        pending = [inner]
        while pending:
            for target in references(pending.pop().node.get("containedIn")):
                outer = self.files.get(target.id)
                if outer is not None and outer.id not in found:
                    found[outer.id] = outer
                    pending.append(outer)
        return list(found.values())


@dataclass(frozen=True)
class FieldReference:
    """An id that a description points to, and the place where it does."""

    id: str
    node: Node


def read_graph(linked: LinkedData) -> Graph:
    """Return the parts of a description; what has no id is known by its name, as in version 0.8."""
    distributions = tuple(
        Distribution(_id_of(node), _kind_of(node, linked), node)
        for node in linked.root.each("distribution")
        if isinstance(node.value, dict)
    )
    record_sets = tuple(
        _read_record_set(node) for node in linked.root.each("recordSet") if isinstance(node.value, dict)
    )
    return Graph(
        linked,
        distributions,
        record_sets,
        files={part.id: part for part in reversed(distributions) if part.id},
        fields={part.id: part for records in reversed(record_sets) for part in reversed(records.fields) if part.id},
    )


def references(node: Node | None) -> Iterator[FieldReference]:
    """Yield the ids that a value points to: ``{"@id": …}`` since 1.0, ``"#{…}"`` or a bare name before."""
    for entry in node.each() if node is not None else ():
        found = entry.get("@id") or entry
        if found.text is not None:
            yield FieldReference(_bare(found.text), found)


def is_archive(distribution: Distribution) -> bool:
    """True if it is a file that contains files."""
    media = " ".join(entry.text or "" for entry in distribution.node.each("encodingFormat")).lower()
    located = distribution.node.get("contentUrl")
    name = (located.text or "" if located is not None else "").lower()
    return any(word in media for word in _ARCHIVES) or name.endswith(_SUFFIXES)


def _bare(reference: str) -> str:
    return reference[2:-1] if reference.startswith("#{") and reference.endswith("}") else reference


def _id_of(node: Node) -> str:
    found = node.get("@id") or node.get("name")
    return (found.text or "") if found is not None else ""


def _kind_of(node: Node, linked: LinkedData) -> str:
    types = linked.types_of(node)
    return "FileSet" if "FileSet" in types or (not types and node.get("includes")) else "FileObject"


def _read_record_set(node: Node) -> RecordSet:
    name = _id_of(node)
    return RecordSet(name, node, tuple(_read_fields(node, "field", name)))


def _read_fields(parent: Node, key: str, record_set: str) -> Iterator[Field]:
    for node in parent.each(key):
        if isinstance(node.value, dict):
            written = node.get("@id")
            own = node.get("name")
            name = written.text if written is not None else f"{record_set}/{own.text}" if own is not None else ""
            yield Field(name or "", record_set, node)
            yield from _read_fields(node, "subField", record_set)
