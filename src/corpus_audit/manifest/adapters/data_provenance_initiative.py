"""Summaries of the Data Provenance Initiative: one file describes every dataset of a collection."""

from collections.abc import Iterator

from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.building import Builder, ClaimFragment
from corpus_audit.manifest.conversion.mapping import Carried, FieldTable, FoundValue, Lost, Reading, carry, require
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.readings import (
    evidence_url,
    joined,
    labelled,
    language,
    model_name,
    name,
    unless,
    words,
)
from corpus_audit.manifest.conversion.result import SourceDocument
from corpus_audit.vocabulary import Answer, ClaimProblemCode

_NOTHING = ("", "unspecified", "none", "unknown", "n/a", "null")
_ALL_APPLY = " AND "
_NO_PLACE = "a manifest has no place for it"


def _licenses(node: Node) -> Reading:
    """Yield the licenses as one expression: the data and what it was made from come under all of them together.

    One that was looked for and not found keeps the whole from being resolved, unless there is no other.
    """
    names = [name.text for name in node.each("License") if name.text]
    if any(name.lower() not in _NOTHING for name in names):
        yield FoundValue(_ALL_APPLY.join(dict.fromkeys(names)), node.place)


def _license_addresses(node: Node) -> Reading:
    for address in node.each("License URL"):
        yield from evidence_url(address)


def _is_generated(node: Node) -> Reading:
    """Yield yes where models are named; an empty list says that none is known, which is not a no."""
    if any(isinstance(found, FoundValue) for found in unless(_NOTHING, words)(node)):
        yield FoundValue(Answer.YES, node.place)


SUMMARY = FieldTable(
    "Dataset summary",
    (
        Carried("Collection", "dataset.id", note="made into an identifier"),
        Carried("Collection", "dataset.title", words),
        Carried("Unique Dataset Identifier", "source.id", note="made into an identifier"),
        Carried("Dataset Name", "source.title", words),
        Carried("Languages", "dataset.languages[]", language, "of all datasets together"),
        Carried("Creators", "source.collector", joined(unless(_NOTHING, name))),
        Carried("Dataset URL", "source.origin.url", unless(_NOTHING, words)),
        Carried("Hugging Face URL", "source.origin.url", unless(_NOTHING, words), "when there is no other address"),
        Carried("GitHub URL", "source.origin.url", unless(_NOTHING, words), "when there is no other address"),
        Carried("Text Sources", "source.origin.description", joined(unless(_NOTHING, words))),
        Carried("Licenses", "source.license.expression", _licenses, "all of them, joined with AND"),
        Carried("Licenses", "source.license.evidence[]", _license_addresses, "those with an address"),
        Carried("Model Generated", "source.synthetic.generators[]", unless(_NOTHING, model_name)),
        Carried("Model Generated", "source.synthetic.generated", _is_generated, "yes, when a model is named"),
        Carried("Derived from Datasets", "source.derived_from[]", unless(_NOTHING, name)),
        Carried("Human Annotation", "source.processing[]", labelled("human annotation")),
        Lost("Inferred Metadata", "not a claim of the provider; its licenses are compared with the declared ones"),
        Lost("License Notes", "free text, for a person to read"),
        Lost("License Verified By", "the name of a person who is not concerned"),
        Lost("Collection URL", _NO_PLACE),
        Lost("Task Categories, Format, Text Metrics, Text Topics", _NO_PLACE),
        Lost("Paper Title, Bibtex, ArXiv URL, Papers with Code URL, Semantic Scholar Corpus ID", _NO_PLACE),
        Lost("Dataset Filter IDs", "they belong to the tools of the initiative"),
    ),
)
_REQUIRED = ("Unique Dataset Identifier", "Dataset Name", "Collection", "Licenses", "Creators", "Languages")
_SIGNS = frozenset({"Unique Dataset Identifier", "Licenses", "Text Sources", "Derived from Datasets"})
_INFERRED_LICENSES = ("HF Yaml License", "HF Config License", "GitHub License", "PwC License Name")
_VAGUE = (*_NOTHING, "various", "custom", "other")


def is_summary(document: SourceDocument) -> bool:
    """True if every member describes a dataset in the initiative's form."""
    entries = list(_summaries(document.root))
    return bool(entries) and all(
        isinstance(node.value, dict) and len(_SIGNS & node.value.keys()) > 1 for _, node in entries
    )


def build_from_summary(document: SourceDocument, builder: Builder) -> None:
    """Build a manifest with a source for each dataset of a collection."""
    summaries = list(_summaries(document.root))
    first = next((found for _, node in summaries if (found := node.get("Collection"))), document.root)
    dataset = builder.dataset(first.text or document.name, first.place)
    for key, node in summaries:
        named = node.get("Unique Dataset Identifier") or Node(key, node.place)
        source = builder.source(named.text or "unnamed", named.place)
        require(node, source, _REQUIRED)
        carry(SUMMARY, node, {"dataset": dataset, "source": source})
        _compare_licenses(node, source)


def _summaries(root: Node) -> Iterator[tuple[str, Node]]:
    """Yield the datasets of a file: a mapping of them by identifier, a list, or a single one."""
    if isinstance(root.value, list):
        yield from ((str(node.place[-1]), node) for node in root.each())
    elif isinstance(root.value, dict) and root.value.keys() & _SIGNS:
        yield "", root
    else:
        yield from root.members()


def _compare_licenses(node: Node, source: ClaimFragment) -> None:
    """Report each license found elsewhere that is not among the declared ones."""
    declared = {(found.text or "").lower() for found in node.each("Licenses/License")}
    for key in _INFERRED_LICENSES:
        for found in node.each(f"Inferred Metadata/{key}"):
            name_there = (found.text or "").lower()
            if name_there not in _VAGUE and name_there not in declared:
                detail = f"{key} names another license than the declared ones: find out which of them holds"
                source.report(ClaimProblemCode.CONFLICT, found.place, "license.expression", detail)


DATA_PROVENANCE_INITIATIVE = Adapter(
    name="data-provenance-initiative",
    title="Data Provenance Initiative summaries",
    url="https://github.com/Data-Provenance-Initiative/Data-Provenance-Collection",
    tables=(SUMMARY,),
    recognises=is_summary,
    build=build_from_summary,
)
