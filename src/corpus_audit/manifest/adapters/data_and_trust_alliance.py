"""Data Provenance Standards: the Data & Trust Alliance's 1.0.0 in both dialects, and its successor at OASIS.

The published schema is not valid JSON, and the alliance's own form writes other names than its text, such as
privacy-indicators and storage-prohibited, and lists where there should be one value. All of them are read.
"""

import re

from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.building import Builder, ClaimFragment
from corpus_audit.manifest.conversion.listing import REMOTE, Listing
from corpus_audit.manifest.conversion.mapping import (
    Carried,
    FieldTable,
    FoundValue,
    Lost,
    Reading,
    carry,
    put_all,
    require,
)
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.readings import date, evidence_url, joined, language, named_checksum, words
from corpus_audit.manifest.conversion.result import SourceDocument
from corpus_audit.manifest.values import is_url
from corpus_audit.vocabulary import Answer, ClaimProblemCode, SourceKind

_SPELLINGS = {
    "title": ("title", "name"),
    "name": ("name", "legal-name", "title"),
    "about": ("description", "about"),
    "explanation": ("description", "long-description"),
    "data-risk-reducing": ("privacy-enhancing", "privacy-indicators", "data-risk-reducing"),
    "storage-forbidden": ("storage-forbidden", "storage-prohibited"),
}
"""One name for what the dialects call differently, and the names they have for it."""

_NO_PLACE = "a manifest has no place for it"
_KINDS = (
    (re.compile(r"web-scrap|crawl"), SourceKind.WEB_CRAWL),
    (re.compile(r"synthetic"), SourceKind.SYNTHETIC),
    (re.compile(r"primary-user"), SourceKind.USER_DATA),
)
_CHECKSUM = named_checksum("algorithm", "value")
_SYNTHETIC = re.compile(r"synthetic|machine-generated-(ai|ml)")


def _organisations(node: Node) -> Reading:
    """Yield the name of each organisation; addresses are left out."""
    for entry in node.each():
        yield from words(entry.get("name") or entry)


def _coded(node: Node) -> Reading:
    """Yield each entry of a list of codes, with its explanation."""
    for entry in node.each():
        code, explanation = entry.get("code") or entry, entry.get("explanation")
        if code.text is not None:
            more = f": {explanation.text}" if explanation is not None and explanation.text else ""
            yield FoundValue(code.text + more, code.place)


def _codes(node: Node) -> list[FoundValue]:
    return [FoundValue(code.text.lower(), code.place) for e in node.each() if (code := e.get("code") or e).text]


def _kind(node: Node) -> Reading:
    """Yield how the data came to be, when all its methods agree on that."""
    kinds = {next((kind for sign, kind in _KINDS if sign.search(found.value)), None) for found in _codes(node)}
    if len(kinds) == 1 and None not in kinds:
        yield FoundValue(kinds.pop(), node.place)


def _is_synthetic(node: Node) -> Reading:
    for found in _codes(node):
        if _SYNTHETIC.search(found.value):
            yield FoundValue(Answer.YES, found.place)


def _classes(node: Node) -> Reading:
    """Yield each class of information that was found to be in the data."""
    for entry in node.each():
        evaluated = entry.get("evaluated")
        if evaluated is not None and str(evaluated.value).lower() == "true":
            for found in _codes(entry.get("regulation") or Node(None)):
                yield FoundValue(found.value.upper(), found.place)


def _has_classes(node: Node) -> Reading:
    """Yield yes when any class was found; a class that was not may be absent or not looked for."""
    for found in _classes(node):
        yield FoundValue(Answer.YES, found.place)


def _protections(node: Node) -> Reading:
    for entry in node.each():
        parts = [entry.get("tool-category"), entry.get("technology"), entry.get("tool-used"), entry.get("tool")]
        found = (item for part in parts if part is not None for item in _coded(part))
        named = [item.value for item in found if isinstance(item, FoundValue)]
        if named:
            yield FoundValue("privacy protected by " + ", ".join(dict.fromkeys(named)), entry.place)


STANDARD = FieldTable(
    "Data provenance metadata",
    (
        Carried("source/title", "dataset.id", note="made into an identifier"),
        Carried("source/title", "source.id", note="made into an identifier"),
        Carried("source/title", "dataset.title", words),
        Carried("source/about", "dataset.description", words),
        Carried("source/about/content", "dataset.description", words, "in the OASIS form"),
        Carried("source/data-version", "dataset.version", words, "in the OASIS form"),
        Carried("source/issuer", "dataset.issuer", joined(_organisations), "names only"),
        Carried("set/source-language", "dataset.languages[]", language, "in the OASIS form"),
        Carried("provenance/origin", "source.collector", joined(_organisations), "names only"),
        Carried("source/issuer", "source.collector", joined(_organisations), "when no other origin is named"),
        Carried("source/issuer", "source.supplier", joined(_organisations)),
        Carried("source/location", "source.origin.url", words),
        Carried("provenance/generation-method", "source.collection.method", joined(_coded)),
        Carried("provenance/generation-method", "source.kind", _kind, "crawled, synthetic or given by users"),
        Carried("provenance/generation-method", "source.synthetic.generated", _is_synthetic, "yes, by some codes"),
        Carried("provenance/generation-period/start", "source.collection.from", date),
        Carried("provenance/generation-period/end", "source.collection.until", date),
        Carried("provenance/source", "source.derived_from[]", words),
        Carried("use/license", "source.license.expression", joined(words, "; "), "as written"),
        Carried("use/license", "source.license.evidence[]", evidence_url, "when it is an address"),
        Carried("use/classification", "source.personal_information.present", _has_classes, "yes, when evaluated true"),
        Carried("use/classification", "source.personal_information.entity_types[]", _classes, "by code: PI, PHI, …"),
        Carried("use/consents", "source.personal_information.consent_reference", joined(words)),
        Carried("use/data-risk-reducing", "source.processing[]", _protections, "also privacy-enhancing, -indicators"),
        Carried("source/id/hashes", "file.sha256", note="in the OASIS form; of files beside the description"),
        Carried("source/id/hashes/path", "file.path", note="in the OASIS form"),
        Lost("source/version", "it is the version of the standard, not of the data"),
        Lost("source/id", "a manifest identifies a dataset by a name"),
        Lost("use/intended-purpose", "its codes do not say whether training is internal or commercial"),
        Lost("provenance/date, previous-date", "when the data was compiled, not when it was collected"),
        Lost("provenance/origin-geography", _NO_PLACE),
        Lost("provenance/format", "it is said of the whole; formats are recognised file by file"),
        Lost("provenance/sub-provenance", _NO_PLACE),
        Lost("use/processing-included, processing-excluded", _NO_PLACE),
        Lost("use/storage-allowed, storage-forbidden", _NO_PLACE),
        Lost("use/copyright, patent, trademark", "free text, for a person to read"),
        Lost("set", "it describes the description; only its source-language is about the data"),
    ),
)
_REQUIRED = {
    "source": ("title", "issuer", "about", "id"),
    "provenance": ("origin-geography", "date", "generation-method", "format"),
    "use": ("intended-purpose",),
}


def is_data_provenance(document: SourceDocument) -> bool:
    """True if it has the three groups of the standard."""
    value = document.root.value
    if not isinstance(value, dict) or not {"source", "provenance", "use"} <= value.keys():
        return False
    provenance = document.root.whole("provenance")
    return provenance is not None and any(provenance.only().get(name) for name in _REQUIRED["provenance"])


def build_from_data_provenance(document: SourceDocument, builder: Builder) -> None:
    """Build a manifest of one source from data provenance metadata."""
    root = Node(document.root.value, (), _SPELLINGS)
    named = root.whole("source/title") or root
    dataset = builder.dataset(named.text or document.name, named.place)
    source = builder.source(named.text or document.name, named.place)
    for group, names in _REQUIRED.items():
        require((root.get(group) or root).only(), dataset if group == "source" else source, names)
    carry(STANDARD, root, {"dataset": dataset, "source": source})
    _put_files(root, source, Listing(document.folder))


def _put_files(root: Node, source: ClaimFragment, listing: Listing) -> None:
    for entry in root.each("source/id/hashes"):
        located = entry.get("path")
        if located is None or located.text is None:
            continue
        file = source.builder.file(source)
        for checksums in entry.each("tree-hashes"):
            put_all(file, "sha256", _CHECKSUM(checksums))
        path = listing.locate(located.text)
        if path is None or (not is_url(located.text) and not listing.has(path)):
            file.report(ClaimProblemCode.REMOTE, located.place, "path", REMOTE)
        else:
            source.builder.place_file(source, file, path, located.place)


DATA_AND_TRUST_ALLIANCE = Adapter(
    name="data-provenance-standards",
    title="Data Provenance Standards 1.0.0 (Data & Trust Alliance) and OASIS Data Provenance Metadata 1.0",
    url="https://dataandtrustalliance.org/work/data-provenance-standards",
    tables=(STANDARD,),
    recognises=is_data_provenance,
    build=build_from_data_provenance,
)
