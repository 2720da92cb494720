"""Croissant (MLCommons) 0.8, 1.0 and 1.1, with its vocabularies for responsible AI (RAI) and provenance (PROV)."""

from corpus_audit.manifest.adapters.croissant.checks import check_graph
from corpus_audit.manifest.adapters.croissant.fields import fields_by_file
from corpus_audit.manifest.adapters.croissant.files import CroissantFiles
from corpus_audit.manifest.adapters.croissant.graph import read_graph
from corpus_audit.manifest.adapters.croissant.splits import splits_by_file
from corpus_audit.manifest.adapters.croissant.tables import DATASET, FILE_OBJECT, FILE_SET, RECORD_SET
from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.building import Builder
from corpus_audit.manifest.conversion.jsonld import read_json_ld
from corpus_audit.manifest.conversion.listing import Listing
from corpus_audit.manifest.conversion.mapping import carry, require
from corpus_audit.manifest.conversion.result import SourceDocument
from corpus_audit.vocabulary import ClaimProblemCode

_REQUIRED = ("conformsTo", "name", "description", "license", "url", "creator", "datePublished", "distribution")
_TYPE = "Dataset"
_OWN_FIELDS = ("distribution", "recordSet", "isLiveDataset", "citeAs")


def is_croissant(document: SourceDocument) -> bool:
    """True if it is JSON-LD about a dataset, in terms of Croissant or schema.org."""
    value = document.root.value
    if not isinstance(value, dict) or "@type" not in value or "@context" not in value:
        return False
    linked = read_json_ld(value)
    return _TYPE in linked.types_of(linked.root) or any(linked.root.get(key) for key in _OWN_FIELDS)


def build_from_croissant(document: SourceDocument, builder: Builder) -> None:
    """Build a manifest of one source from a Croissant description."""
    linked = read_json_ld(document.root.value)
    root = linked.root
    named = root.get("name") or root
    dataset = builder.dataset(named.text or document.name, named.place)
    source = builder.source(named.text or document.name, named.place)
    require(root, dataset, _REQUIRED)
    if _TYPE not in linked.types_of(root):
        place = (root.get("@type") or root).place
        dataset.report(ClaimProblemCode.INVALID, place, "", "is not the type Dataset of schema.org")
    carry(DATASET, root, {"dataset": dataset, "source": source})
    graph = read_graph(linked)
    check_graph(graph, source)
    CroissantFiles(graph, Listing(document.folder), fields_by_file(graph), splits_by_file(graph), source).build()


CROISSANT = Adapter(
    name="croissant",
    title="Croissant 0.8, 1.0 and 1.1",
    url="https://docs.mlcommons.org/croissant/",
    tables=(DATASET, FILE_OBJECT, FILE_SET, RECORD_SET),
    recognises=is_croissant,
    build=build_from_croissant,
)
