"""SPDX 3.0 (JSON-LD): dataset packages, the licenses they are related to, and the files they contain."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.building import Builder, ClaimFragment
from corpus_audit.manifest.conversion.listing import Listing
from corpus_audit.manifest.conversion.mapping import Carried, FieldTable, FoundValue, Lost, carry, put_all
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.readings import answer, labelled, language, named_checksum, unless, words
from corpus_audit.manifest.conversion.result import SourceDocument
from corpus_audit.vocabulary import ClaimProblemCode

_NO_PLACE = "a manifest has no place for it"
_PACKAGE = "dataset_DatasetPackage"
_FILE = "software_File"
_EXPRESSIONS = ("simplelicensing_licenseExpression", "simplelicensing_licenseText", "name")
_LISTED = "https://spdx.org/licenses/"
_NO_LICENSE_KNOWN = ("noassertion", "noassertionlicense")
_NO_LICENSE = ("none", "nonelicense")
_CHECKSUM = named_checksum("algorithm", "hashValue")
_ANSWERS = unless(("noassertion", ""), answer)

ONLY_PACKAGE = FieldTable(
    "DatasetPackage, when there is one",
    (
        Carried("software_packageVersion", "dataset.version", words),
        Carried("description", "dataset.description", words),
        Carried("summary", "dataset.description", words, "when there is no description"),
    ),
)
PACKAGE = FieldTable(
    "DatasetPackage",
    (
        Carried("name", "dataset.id", note="of the document, else of the first package; made into an identifier"),
        Carried("name", "dataset.title", note="of the document, else of the first package"),
        Carried("name", "source.id", note="made into an identifier"),
        Carried("name", "source.title", words),
        Carried("originatedBy", "source.collector", note="the name of the agents it points to"),
        Carried("suppliedBy", "source.supplier", note="the name of the agent it points to"),
        Carried("suppliedBy", "dataset.issuer", note="the name of the agent it points to"),
        Carried("software_downloadLocation", "source.origin.url", words),
        Carried("software_sourceInfo", "source.origin.description", words),
        Carried("dataset_dataCollectionProcess", "source.collection.method", words),
        Carried("dataset_dataPreprocessing", "source.processing[]", labelled("preprocessing")),
        Carried("dataset_anonymizationMethodUsed", "source.processing[]", labelled("anonymisation")),
        Carried("dataset_hasSensitivePersonalInformation", "source.personal_information.present", _ANSWERS),
        Carried("inLanguage", "dataset.languages[]", language, "SPDX 3.1"),
        Lost(
            "dataset_intendedUse, intendedUse",
            "free text; intended uses are a closed list that the issuer has to choose from",
        ),
        Lost("builtTime, releaseTime, validUntilTime", "when the package was made, not when the data was collected"),
        Lost("dataset_datasetType, datasetSize, datasetNoise, datasetAvailability, datasetUpdateMechanism", _NO_PLACE),
        Lost("software_artifactSize", "files are measured; SPDX 3.1 writes it in place of datasetSize"),
        Lost("dataset_confidentialityLevel, dataset_knownBias, dataset_sensor", _NO_PLACE),
        Lost("software_primaryPurpose, software_copyrightText, externalRef, externalIdentifier", _NO_PLACE),
    ),
)
RELATED = FieldTable(
    "What a package is related to",
    (
        Carried("hasDeclaredLicense", "source.license.expression", note="the expression it leads to; several with AND"),
        Carried("hasConcludedLicense", "source.license.expression", note="compared with the declared one"),
        Carried("contains/name", "file.path", note="of a File beside the description"),
        Carried("contains/verifiedUsing", "file.sha256", note="its sha256"),
        Lost("other relationships", _NO_PLACE),
    ),
)


@dataclass(frozen=True)
class _Elements:
    """The elements of a document by id, and their relationships by origin and type."""

    by_id: Mapping[str, Node]
    related: Mapping[tuple[str, str], list[Node]]

    def names(self, references: Iterator[Node]) -> Iterator[FoundValue]:
        """Yield the names of what is pointed to."""
        for reference in references:
            element = self.by_id.get(_id_of(reference)) or reference
            named = element.get("name")
            if named is not None and named.text:
                yield FoundValue(named.text, named.place)


def is_spdx(document: SourceDocument) -> bool:
    """True if it is an SPDX 3 document with a dataset in it."""
    return any(_type_of(node) == _PACKAGE for node in _graph(document.root))


def build_from_spdx(document: SourceDocument, builder: Builder) -> None:
    """Build a manifest with a source for each dataset package."""
    elements = _read_elements(document.root)
    packages = [node for node in elements.by_id.values() if _type_of(node) == _PACKAGE]
    titled = [node for node in elements.by_id.values() if _type_of(node) == "SpdxDocument"] + packages
    named = next((found for node in titled if (found := node.get("name"))), document.root)
    dataset = builder.dataset(named.text or document.name, named.place)
    if named.text:
        dataset.put("title", named.text, named.place)
    if len(packages) == 1:
        carry(ONLY_PACKAGE, packages[0], {"dataset": dataset})
    listing = Listing(document.folder)
    for package in packages:
        title = package.get("name") or package
        source = builder.source(title.text or "dataset", title.place)
        carry(PACKAGE, package, {"dataset": dataset, "source": source})
        _put_agents(package, elements, dataset, source)
        _put_licenses(package, elements, source)
        _put_files(package, elements, source, listing)


def _graph(root: Node) -> Iterator[Node]:
    if root.get("@graph") is not None:
        yield from root.each("@graph")
    else:
        yield from root.each()


def _read_elements(root: Node) -> _Elements:
    by_id: dict[str, Node] = {}
    related: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for number, node in enumerate(_graph(root)):
        by_id.setdefault(_id_of(node) or f"_:{number}", node)
        kind = node.get("relationshipType")
        start = node.get("from")
        if kind is not None and start is not None:
            related[_id_of(start), kind.text or ""] += node.each("to")
    return _Elements(by_id, related)


def _id_of(node: Node) -> str:
    found = node.get("spdxId") or node.get("@id") or node
    return found.text or ""


def _type_of(node: Node) -> str:
    found = node.get("type") or node.get("@type")
    return ((found.text if found is not None else "") or "").rpartition("/")[2]


def _put_agents(package: Node, elements: _Elements, dataset: ClaimFragment, source: ClaimFragment) -> None:
    """Put the names of those who made and supplied a package; their addresses stay where they are."""
    makers = list(elements.names(package.each("originatedBy")))
    if makers:
        source.put("collector", ", ".join(dict.fromkeys(str(maker.value) for maker in makers)), makers[0].place)
    for supplier in elements.names(package.each("suppliedBy")):
        source.put("supplier", supplier.value, supplier.place)
        dataset.put("issuer", supplier.value, supplier.place)


def _put_licenses(package: Node, elements: _Elements, source: ClaimFragment) -> None:
    declared = list(_licenses(package, elements, "hasDeclaredLicense", source))
    concluded = list(_licenses(package, elements, "hasConcludedLicense", source))
    chosen = declared or concluded
    if chosen:
        source.put("license.expression", " AND ".join(str(item.value) for item in chosen), chosen[0].place)
    for item in concluded if declared else ():
        if item.value not in {known.value for known in declared}:
            detail = "is concluded, while another license is declared: find out which of them holds"
            source.report(ClaimProblemCode.CONFLICT, item.place, "license.expression", detail)


def _licenses(package: Node, elements: _Elements, relation: str, source: ClaimFragment) -> Iterator[FoundValue]:
    """Yield the licenses that a package is related to; that none is asserted says nothing."""
    for target in elements.related.get((_id_of(package), relation), ()):
        identifier = _id_of(target)
        element = elements.by_id.get(identifier, Node(None))
        named = next((found for key in _EXPRESSIONS if (found := element.get(key))), None)
        if named is not None and named.text:
            yield FoundValue(named.text, named.place)
        elif identifier.startswith(_LISTED):
            yield FoundValue(identifier.removeprefix(_LISTED), target.place)
        elif (last := identifier.rpartition("/")[2].lower()) in _NO_LICENSE:
            yield FoundValue("NONE", target.place)
        elif last not in _NO_LICENSE_KNOWN:
            detail = "points to something that the document does not hold"
            source.report(ClaimProblemCode.DANGLING, target.place, "license.expression", detail)


def _put_files(package: Node, elements: _Elements, source: ClaimFragment, listing: Listing) -> None:
    contained = elements.related.get((_id_of(package), "contains"), ())
    files = [elements.by_id.get(_id_of(target), target) for target in contained]
    for element in (node for node in files if _type_of(node) == _FILE):
        named = element.get("name")
        path = listing.locate(named.text) if named is not None and named.text else None
        if named is None or path is None:
            continue
        file = source.builder.file(source)
        for checksums in element.each("verifiedUsing"):
            put_all(file, "sha256", _CHECKSUM(checksums))
        source.builder.place_file(source, file, path, named.place)
    if not contained:
        detail = "names none of its files: put them beside the description and name them in a manifest"
        source.report(ClaimProblemCode.REMOTE, package.place, "files", detail)


SPDX = Adapter(
    name="spdx",
    title="SPDX 3.0, dataset packages",
    url="https://spdx.github.io/spdx-spec/v3.0.1/model/Dataset/Classes/DatasetPackage/",
    tables=(ONLY_PACKAGE, PACKAGE, RELATED),
    recognises=is_spdx,
    build=build_from_spdx,
)
