"""CycloneDX 1.5 to 1.7 (JSON): components of type data, and the datasets that a model's card names."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.building import Builder, ClaimFragment
from corpus_audit.manifest.conversion.listing import Listing
from corpus_audit.manifest.conversion.mapping import Carried, FieldTable, FoundValue, Lost, Reading, carry, put_all
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.readings import joined, named_checksum, words
from corpus_audit.manifest.conversion.result import SourceDocument
from corpus_audit.manifest.values import is_url
from corpus_audit.vocabulary import Answer, ClaimProblemCode

_NO_PLACE = "a manifest has no place for it"
_FORMAT = "CycloneDX"
_DATASET = "dataset"
_WHERE_IT_IS = ("distribution", "source-distribution", "website", "documentation")
_CHECKSUM = named_checksum("alg", "content")


def _names(node: Node) -> Reading:
    """Yield the name of each organisation or contact."""
    for entry in node.each():
        inner = entry.get("organization") or entry.get("contact") or entry
        yield from words(inner.get("name") or (inner if inner.text else Node(None, inner.place)))


def _licenses(node: Node) -> Reading:
    """Yield the licenses: an expression as it is, ids and names otherwise."""
    for entry in node.each():
        inner = entry.get("license") or entry
        named = next((found for key in ("expression", "id", "name", "url") if (found := inner.get(key))), inner)
        yield from words(named)


def _license_addresses(node: Node) -> Reading:
    for found in node.each("license/url"):
        if found.text and is_url(found.text):
            yield FoundValue({"kind": "url", "url": found.text}, found.place)


def _address(node: Node) -> Reading:
    """Yield where the data can be had, by the kinds of reference that say so, the nearest first."""
    entries = list(node.each())
    for kind in _WHERE_IT_IS:
        for entry in entries:
            named, address = entry.get("type"), entry.get("url")
            if named is not None and named.text == kind and address is not None:
                yield from words(address)


def _has_sensitive_data(node: Node) -> Reading:
    """Yield yes where sensitive data is described; an empty list says nothing."""
    if any(entry.text for entry in node.each()):
        yield FoundValue(Answer.YES, node.place)


COMPONENT = FieldTable(
    "Component of type data",
    (
        Carried("name", "source.id", note="made into an identifier"),
        Carried("name", "source.title", words),
        Carried("publisher", "source.collector", words),
        Carried("manufacturer", "source.collector", joined(_names), "when there is no publisher"),
        Carried("supplier", "source.supplier", joined(_names)),
        Carried("supplier", "source.collector", joined(_names), "if no other is named"),
        Carried("licenses", "source.license.expression", joined(_licenses, "; "), "as written"),
        Carried("licenses", "source.license.evidence[]", _license_addresses, "their addresses"),
        Carried("externalReferences", "source.origin.url", _address, "when the data names none"),
        Carried("hashes", "file.sha256", note="SHA-256 of a component whose contents are one file beside it"),
        Lost("version, description", "a manifest has them for the whole only"),
        Lost("author, authors, copyright, purl, properties, pedigree, tags", _NO_PLACE),
    ),
)
ADDRESS = FieldTable("Contents", (Carried("contents/url", "source.origin.url", words),))
DATA = FieldTable(
    "Component data",
    (
        Carried("name", "source.title", words, "when the component has no name"),
        Carried("contents/url", "file.path", note="a file beside the description, also one of its last name"),
        Carried("description", "source.origin.description", words),
        Carried("governance/owners", "source.supplier", joined(_names), "when the component names no supplier"),
        Carried("sensitiveData", "source.personal_information.present", _has_sensitive_data, "yes, when described"),
        Carried("sensitiveData", "source.personal_information.entity_types[]", words, "in its own words"),
        Lost("classification", "a label of the owner, without a common meaning"),
        Lost("governance/custodians, stewards", _NO_PLACE),
        Lost("contents/attachment, properties; graphics", _NO_PLACE),
    ),
)
DOCUMENT = FieldTable(
    "Document",
    (
        Carried("metadata/component/name", "dataset.id", note="else the file's name; made into an identifier"),
        Carried("metadata/component/name", "dataset.title", words),
        Carried("metadata/component/version", "dataset.version", words),
        Carried("metadata/component/description", "dataset.description", words),
        Carried("metadata/supplier", "dataset.issuer", joined(_names)),
        Carried("metadata/manufacturer", "dataset.issuer", joined(_names), "when there is no supplier"),
        Lost("serialNumber, version, dependencies, vulnerabilities, components of other types", _NO_PLACE),
    ),
)


@dataclass(frozen=True)
class _Dataset:
    """One dataset: the component it is or belongs to (None: a model's card describes it), and its data."""

    component: Node | None
    data: Node


def is_cyclonedx(document: SourceDocument) -> bool:
    """True if it is a CycloneDX document."""
    named = document.root.get("bomFormat")
    return named is not None and named.text == _FORMAT


def build_from_cyclonedx(document: SourceDocument, builder: Builder) -> None:
    """Build a manifest with a source for each dataset that a document describes."""
    root = document.root
    named = root.whole("metadata/component/name") or root
    dataset = builder.dataset(named.text or document.name, named.place)
    carry(DOCUMENT, root, {"dataset": dataset})
    listing = Listing(document.folder)
    for described in _datasets(root):
        outer = described.component or described.data
        title = outer.get("name") or described.data.get("name") or outer
        source = builder.source(title.text or "dataset", title.place)
        carry(ADDRESS, described.data, {"source": source})
        if described.component is not None:
            carry(COMPONENT, described.component, {"source": source})
        carry(DATA, described.data, {"source": source})
        _put_file(described, source, listing)


def _datasets(root: Node) -> Iterator[_Dataset]:
    for component in _components(root):
        kind = component.get("type")
        if kind is not None and kind.text == "data":
            described = [data for data in component.each("data") if _is_dataset(data)]
            yield from (_Dataset(component, data) for data in described or [Node({}, component.place)])
        for data in component.each("modelCard/modelParameters/datasets"):
            if isinstance(data.value, dict) and data.get("ref") is None and _is_dataset(data):
                yield _Dataset(None, data)


def _is_dataset(data: Node) -> bool:
    kind = data.get("type")
    return kind is None or kind.text == _DATASET


def _components(root: Node) -> Iterator[Node]:
    """Yield every component, also those within components; documents are not nested deeply enough to matter."""
    pending = [*root.each("metadata/component"), *root.each("components")]
    while pending:
        component = pending.pop(0)
        yield component
        pending += component.each("components")


def _put_file(described: _Dataset, source: ClaimFragment, listing: Listing) -> None:
    located = described.data.whole("contents/url")
    path = listing.locate(located.text) if located is not None and located.text else None
    if located is None or path is None or not listing.has(path):
        place = described.data.place if located is None else located.place
        detail = "does not lie beside the description: put its files there and name them in a manifest"
        source.report(ClaimProblemCode.REMOTE, place, "files", detail)
        return
    file = source.builder.file(source)
    if described.component is not None:
        for checksums in described.component.each("hashes"):
            put_all(file, "sha256", _CHECKSUM(checksums))
    source.builder.place_file(source, file, path, located.place)


CYCLONEDX = Adapter(
    name="cyclonedx",
    title="CycloneDX 1.5 to 1.7 (JSON), dataset components",
    url="https://cyclonedx.org/docs/1.6/json/",
    tables=(DOCUMENT, ADDRESS, COMPONENT, DATA),
    recognises=is_cyclonedx,
    build=build_from_cyclonedx,
)
