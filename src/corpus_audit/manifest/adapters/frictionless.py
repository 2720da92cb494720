"""Frictionless data packages (datapackage.json), versions 1 and 2."""

import json
from collections.abc import Collection

from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.building import Builder, ClaimFragment
from corpus_audit.manifest.conversion.listing import REMOTE, Listing
from corpus_audit.manifest.conversion.mapping import Carried, FieldTable, FoundValue, Lost, Reading, carry, require
from corpus_audit.manifest.conversion.media_types import format_of_media_type
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.readings import byte_count, joined, words
from corpus_audit.manifest.conversion.record_fields import BY_THE_RULE, FIELD_TARGETS, RecordFields
from corpus_audit.manifest.conversion.result import SourceDocument
from corpus_audit.manifest.values import is_path, is_url
from corpus_audit.vocabulary import ClaimProblemCode

_NO_PLACE = "a manifest has no place for it"
_ISSUING_ROLES = ("publisher", "maintainer", "author")
_SHA256_DIGITS = 64
_MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "jsonl": "application/jsonl",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def _title(node: Node) -> Reading:
    """Yield the title of each contributor; no address of a person is taken."""
    for entry in node.each():
        yield from words(entry.get("title") or entry.get("organization") or Node(None, entry.place))


def _issuer(node: Node) -> Reading:
    """Yield the contributors with the first of the roles that answer for a package, else all."""
    entries = list(node.each())
    for role in _ISSUING_ROLES:
        chosen = [entry for entry in entries if role in _roles(entry)]
        if chosen:
            entries = chosen
            break
    for entry in entries:
        yield from _title(entry)


def _roles(entry: Node) -> list[str]:
    return [found.text or "" for key in ("role", "roles") for found in entry.each(key)]


def _license(node: Node) -> Reading:
    """Yield the name of each license, else its title or address."""
    for entry in node.each():
        named = next((found for key in ("name", "title", "path") if (found := entry.get(key))), entry)
        yield from words(named)


def _license_evidence(node: Node) -> Reading:
    """Yield where each license is written down: an address, or a file of the package."""
    for path in node.each("path"):
        if path.text and is_url(path.text):
            yield FoundValue({"kind": "url", "url": path.text}, path.place)
        elif path.text and is_path(path.text):
            yield FoundValue({"kind": "text", "file": path.text}, path.place)


def _source(node: Node) -> Reading:
    for entry in node.each():
        yield from words(next((found for key in ("title", "path") if (found := entry.get(key))), entry))


def _sha256(node: Node) -> Reading:
    """Yield a checksum that says it is sha256, or has its length; without a name, the standard means MD5."""
    for found in words(node):
        if isinstance(found, FoundValue):
            algorithm, _, digest = found.value.rpartition(":")
            if algorithm.lower() == "sha256" or (not algorithm and len(digest) == _SHA256_DIGITS):
                yield FoundValue(digest, found.place)


PACKAGE = FieldTable(
    "Data Package",
    (
        Carried("name", "dataset.id", note="made into an identifier"),
        Carried("name", "source.id", note="made into an identifier"),
        Carried("title", "dataset.title", words),
        Carried("name", "dataset.title", words, "when there is no title"),
        Carried("description", "dataset.description", words),
        Carried("version", "dataset.version", words),
        Carried("contributors", "dataset.issuer", joined(_issuer), "the publisher, else maintainer, author, any other"),
        Carried("contributors", "source.collector", joined(_title)),
        Carried("homepage", "source.origin.url", words),
        Carried("sources", "source.derived_from[]", _source),
        Carried("licenses", "source.license.expression", joined(_license, "; "), "as written"),
        Carried("licenses", "source.license.evidence[]", _license_evidence, "their addresses or files"),
        Lost("created", "when the description was made, not when the data was collected"),
        Lost("keywords, image, id, profile, $schema", _NO_PLACE),
    ),
)
RESOURCE = FieldTable(
    "Data Resource",
    (
        Carried("path", "file.path", note="files of the package, or addresses whose file lies beside it"),
        Carried("bytes", "file.size_bytes", byte_count, "when there is one file"),
        Carried("hash", "file.sha256", _sha256, "when it is sha256, and there is one file"),
        Carried("mediatype", "file.format", note="when its schema names fields; else 'format' says"),
        *(Carried("schema/fields", f"file.fields.{target}", note=BY_THE_RULE) for target in FIELD_TARGETS),
        Carried("licenses", "source.license.expression", note="makes the resource a source of its own"),
        Carried("sources", "source.derived_from[]", note="makes the resource a source of its own"),
        Lost("data", "rows within the description are not files"),
        Lost("name, title, description, encoding, dialect", _NO_PLACE),
    ),
)
_SIGNS = ("profile", "$schema", "name", "licenses", "sources", "contributors", "title")
_RESOURCE_SIGNS = frozenset({"path", "data", "url"})


def is_data_package(document: SourceDocument) -> bool:
    """True if it is a mapping with resources that have a path or data."""
    resources = document.root.get("resources")
    if resources is None or not isinstance(resources.value, list) or not any(document.root.get(k) for k in _SIGNS):
        return False
    return all(isinstance(item, dict) and item.keys() & _RESOURCE_SIGNS for item in resources.value)


def build_from_data_package(document: SourceDocument, builder: Builder) -> None:
    """Build a manifest with a source for all resources under the package's terms, and one for each with its own."""
    root = document.root
    named = root.get("name") or root.get("title") or root
    dataset = builder.dataset(named.text or document.name, named.place)
    require(root, dataset, ("licenses",))
    shared: ClaimFragment | None = None
    own: dict[str, ClaimFragment] = {}
    listing = Listing(document.folder)
    for resource in root.each("resources"):
        terms = {key: resource.value.get(key) for key in ("licenses", "sources") if resource.value.get(key)}
        if not terms:
            shared = shared or _new_source(builder, dataset, root, named, document.name)
            _put_resource(resource, shared, listing)
            continue
        key = json.dumps(terms, sort_keys=True)
        if key not in own:
            own[key] = builder.source((resource.get("name") or named).text or document.name, resource.place)
            carry(_rows_of(terms, among=True), resource, {"source": own[key]})
            carry(_rows_of(terms, among=False), root, {"dataset": dataset, "source": own[key]})
        _put_resource(resource, own[key], listing)


def _rows_of(terms: Collection[str], among: bool) -> FieldTable:
    """Return the package's fields that a resource states for itself, or those that it takes over."""
    return FieldTable(PACKAGE.object, tuple(row for row in PACKAGE.rows if (row.field in terms) == among))


def _new_source(builder: Builder, dataset: ClaimFragment, root: Node, named: Node, name: str) -> ClaimFragment:
    source = builder.source(named.text or name, named.place)
    carry(PACKAGE, root, {"dataset": dataset, "source": source})
    return source


def _put_resource(resource: Node, source: ClaimFragment, listing: Listing) -> None:
    paths = list(resource.each("path")) or list(resource.each("url"))
    for located in paths:
        file = source.builder.file(source)
        if len(paths) == 1:
            carry(RESOURCE, resource, {"file": file, "source": source})
        path = listing.locate(located.text or "")
        if path is None:
            file.report(ClaimProblemCode.REMOTE, located.place, "path", REMOTE)
        elif source.builder.place_file(source, file, path, located.place):
            _put_fields(resource, file)


def _put_fields(resource: Node, file: ClaimFragment) -> None:
    fields = RecordFields()
    for described in resource.each("schema/fields"):
        named, kind = described.get("name"), described.get("type")
        if named is not None and named.text:
            fields.add((named.text,), named.place, kind is None or kind.text in ("string", "any"))
    if not fields.is_known:
        return
    fields.put(file)
    for key in ("mediatype", "format"):
        for found in resource.each(key):
            known = format_of_media_type(_MEDIA_TYPES.get((found.text or "").lower(), found.text or ""))
            if known is not None:
                file.put("format", known, found.place)


FRICTIONLESS = Adapter(
    name="frictionless",
    title="Frictionless data packages",
    url="https://datapackage.org/",
    tables=(PACKAGE, RESOURCE),
    recognises=is_data_package,
    build=build_from_data_package,
)
