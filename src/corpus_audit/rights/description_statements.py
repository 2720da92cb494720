"""Every license statement of a description about a source, for comparison with each other."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.adapters.huggingface_card import HUGGINGFACE_CARD
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.result import ClaimOrigin, ClaimProblem
from corpus_audit.manifest.documents import read_document
from corpus_audit.manifest.loaded import LoadedManifest
from corpus_audit.manifest.model import Source
from corpus_audit.rights.card_text import read_card_text
from corpus_audit.schemas import LICENSE_STATEMENTS
from corpus_audit.vocabulary import ClaimProblemCode, LicenseStatementKind

_CORRECTION = re.compile(r"/include/\d+/corrections/\d+/")
_LICENSE_FIELDS = ("license.expression", "source.license.expression")
_LONGEST = 2_000


@dataclass(frozen=True)
class _Statement:
    kind: LicenseStatementKind
    stated: str
    document: str
    pointer: str


def read_license_statements(loaded: LoadedManifest) -> pa.Table:
    """Return what a manifest and the descriptions it came from state of each source's license (LICENSE_STATEMENTS).

    The declared license is number 0; the others are what its evidence leads to, other fields that its description
    contradicts it by, and the text of a dataset card.
    """
    description = _Description(loaded)
    rows = [
        {"source_id": source.id, "number": number, **vars(statement)}
        for index, source in enumerate(loaded.manifest.sources)
        for number, statement in enumerate(description.statements(index, source))
    ]
    return pa.Table.from_pylist(rows, schema=LICENSE_STATEMENTS.schema).sort_by(
        [(column, "ascending") for column in LICENSE_STATEMENTS.key]
    )


class _Description:
    """A loaded manifest, with where each of its fields came from."""

    def __init__(self, loaded: LoadedManifest) -> None:
        self._loaded = loaded
        self._origins = {origin.pointer: origin for origin in loaded.origins}
        self._documents = {document.name: document for document in loaded.documents}
        self._problems = _license_problems(loaded)
        self._cards = _cards_by_source(loaded)
        self._nodes: dict[str, Node | None] = {}
        self._card_statements: dict[str, tuple[_Statement, ...]] = {}

    def statements(self, index: int, source: Source) -> Iterator[_Statement]:
        """Yield every statement about a source's license, the declared one first."""
        base = f"/sources/{index}/license"
        origin = self._origin(f"{base}/expression")
        is_corrected = _CORRECTION.match(origin.received_pointer) is not None
        kind = LicenseStatementKind.CORRECTED if is_corrected else LicenseStatementKind.DECLARED
        yield _Statement(kind, source.license.expression, origin.document, origin.received_pointer)
        for number, evidence in enumerate(source.license.evidence):
            if evidence.url is not None:
                at = self._origin(f"{base}/evidence/{number}/url")
                yield _Statement(LicenseStatementKind.ADDRESS, evidence.url, at.document, at.received_pointer)
        for problem in self._problems.get(source.id, ()):
            stated = self._stated_at(problem)
            if stated is not None:
                yield _Statement(LicenseStatementKind.FIELD, stated[:_LONGEST], problem.document, problem.pointer)
        for name in self._cards.get(index, ()):
            if name not in self._card_statements:
                self._card_statements[name] = self._read_card(name)
            yield from self._card_statements[name]

    def _origin(self, pointer: str) -> ClaimOrigin:
        """Return the origin of a field, or of the field that contains it; else the manifest."""
        around = pointer
        while around.count("/") > 2:
            if around in self._origins:
                return self._origins[around]
            around = around.rpartition("/")[0]
        return ClaimOrigin(pointer, self._loaded.name, pointer)

    def _stated_at(self, problem: ClaimProblem) -> str | None:
        """Return the words that a problem is about."""
        if problem.document not in self._nodes:
            self._nodes[problem.document] = self._parse(problem.document)
        node = self._nodes[problem.document]
        for step in problem.pointer.split("/")[1:]:
            node = _step(node, step.replace("~1", "/").replace("~0", "~"))
        return node.text if node is not None else None

    def _parse(self, name: str) -> Node | None:
        document = self._documents.get(name)
        if document is None:
            return None
        try:
            return read_document(document.content.decode("utf-8-sig", errors="replace"), name)[0].root
        except ManifestError:
            return None

    def _read_card(self, name: str) -> tuple[_Statement, ...]:
        text = self._documents[name].content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
        found = read_card_text(text)
        return tuple(_Statement(LicenseStatementKind.CARD, item.stated, name, f"line {item.line}") for item in found)


def _step(node: Node | None, step: str) -> Node | None:
    if node is not None and isinstance(node.value, list):
        return Node(node.value[int(step)]) if step.isdigit() and int(step) < len(node.value) else None
    return node.get(step) if node is not None else None


def _license_problems(loaded: LoadedManifest) -> Mapping[str, list[ClaimProblem]]:
    """Return by source where its description states another license than the declared one."""
    found: dict[str, list[ClaimProblem]] = defaultdict(list)
    for problem in loaded.problems:
        if problem.code is ClaimProblemCode.CONFLICT and problem.field in _LICENSE_FIELDS:
            found[problem.source_id].append(problem)
    return found


def _cards_by_source(loaded: LoadedManifest) -> Mapping[int, list[str]]:
    """Return by the position of each source the names of the dataset cards that describe it."""
    cards = {document.name for document in loaded.documents if document.format == HUGGINGFACE_CARD.name}
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for origin in loaded.origins if cards else ():
        match = re.match(r"/sources/(\d+)/", origin.pointer)
        for document in (origin.document, origin.corrected_document) if match else ():
            if match and document in cards:
                found[int(match[1])][str(document)] = None
    return {index: list(names) for index, names in found.items()}
