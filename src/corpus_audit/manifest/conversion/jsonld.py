"""JSON-LD without a network: every key of a document under the one name used by adapters.

A document may call a term by its own name, by a prefix or by its whole IRI, as its ``@context`` says. A context that is
only an address is never opened: the names of Croissant and schema.org are then taken as they stand.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus_audit.manifest.conversion.node import Node

_NAMESPACES = {
    "http://schema.org/": "",
    "https://schema.org/": "",
    "http://mlcommons.org/croissant/RAI/": "rai:",
    "http://mlcommons.org/croissant/": "",
    "https://mlcommons.org/croissant/": "",
    "http://mlcommons.org/schema/": "",
    "http://purl.org/dc/terms/": "",
    "http://www.w3.org/ns/prov#": "prov:",
    "http://www.w3.org/ns/odrl/2/": "odrl:",
}
"""What names of a namespace begin with here: schema.org, Croissant and Dublin Core mean the same by the same name."""

_WELL_KNOWN_PREFIXES = {
    "sc": "https://schema.org/",
    "schema": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "ml": "http://mlcommons.org/schema/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
}
_CHAIN = 4
"""How many times a term may be explained by another one; a context that needs more goes round in circles."""


@dataclass
class LinkedData:
    """A JSON-LD document: its root, with nodes read by name, and the meaning of its terms."""

    root: Node
    terms: Mapping[str, str]
    _names: dict[str, str] = field(default_factory=dict)

    def name_of(self, term: str) -> str:
        """Return the one name of a term that the document wrote as a name, with a prefix, or as an IRI."""
        if term not in self._names:
            self._names[term] = _shorten(term, self.terms)
        return self._names[term]

    def types_of(self, node: Node) -> list[str]:
        """Return the types a node has, each by its one name."""
        return [self.name_of(entry.text) for entry in node.each("@type") if entry.text]


def read_json_ld(document: Any) -> LinkedData:
    """Return a document whose nodes are asked by name: 'license', 'recordSet', 'rai:dataCollection'."""
    terms = _terms(document.get("@context") if isinstance(document, dict) else None)
    spellings: dict[str, list[str]] = defaultdict(list)
    for key in sorted(_keys(document)):
        name = _shorten(key, terms)
        spellings[name].insert(0 if key == name else len(spellings[name]), key)
    return LinkedData(Node(document, (), dict(spellings)), terms)


def _shorten(term: str, terms: Mapping[str, str]) -> str:
    if term.startswith("@"):
        return term
    iri = _expand(term, terms)
    for namespace in sorted(_NAMESPACES, key=len, reverse=True):
        if iri.startswith(namespace):
            return _NAMESPACES[namespace] + iri.removeprefix(namespace)
    return iri


def _terms(context: Any) -> dict[str, str]:
    terms: dict[str, str] = {}
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, dict):
            for term, meaning in part.items():
                iri = meaning.get("@id") if isinstance(meaning, dict) else meaning
                if isinstance(iri, str):
                    terms[term] = iri
    return terms


def _expand(term: str, terms: Mapping[str, str]) -> str:
    for _ in range(_CHAIN):
        if term in terms and terms[term] != term:
            term = terms[term]
            continue
        prefix, colon, local = term.partition(":")
        namespace = terms.get(prefix, _WELL_KNOWN_PREFIXES.get(prefix))
        if not colon or local.startswith("//") or namespace is None:
            return term
        term = namespace + local
    return term


def _keys(document: Any) -> Iterator[str]:
    pending = [document]
    seen: set[str] = set()
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending += value
        elif isinstance(value, dict):
            new = value.keys() - seen
            seen |= new
            yield from new
            pending += [inner for key, inner in value.items() if key != "@context"]
