"""Supplements: statements that stewards add to a manifest that is silent.

A supplement never speaks over the manifest. Where the manifest states the same field, the manifest counts, and a
difference is a problem for a person to settle. Each value keeps its origin: the supplement, not the manifest.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from pydantic import Field, JsonValue, ValidationError

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.conversion.node import pointer_of
from corpus_audit.manifest.conversion.result import ClaimOrigin, ClaimProblem
from corpus_audit.manifest.disclosures import Disclosure
from corpus_audit.manifest.loaded import LoadedManifest, Received, SupplementedField
from corpus_audit.manifest.model import Dataset, Source
from corpus_audit.manifest.parts import Entries, ManifestPart
from corpus_audit.manifest.problems import describe_errors
from corpus_audit.manifest.tree import Problem
from corpus_audit.manifest.values import Identifier, Text
from corpus_audit.vocabulary import WHOLE_DATASET, ClaimProblemCode, SupplementState

FORMAT = "corpus-audit-supplement"
"""The name of the format of supplements."""

StatementKey = tuple[str, str]
"""A source, or WHOLE_DATASET, and the name of a field."""

_PARTS: Mapping[str, type[ManifestPart]] = {"dataset": Dataset, "disclosure": Disclosure}
_DETAILS: Mapping[SupplementState, tuple[ClaimProblemCode, str]] = {
    SupplementState.CONTRADICTED: (
        ClaimProblemCode.CONFLICT,
        "is stated otherwise by the manifest, which counts: find out which statement holds, and take the other back",
    ),
    SupplementState.NO_SOURCE: (
        ClaimProblemCode.DANGLING,
        "is stated of a source that the manifest no longer has: take it back",
    ),
    SupplementState.INVALID: (
        ClaimProblemCode.INVALID,
        "does not fit what the manifest states beside it: state it again, or take it back",
    ),
}


class FieldStatement(ManifestPart):
    """What a steward states about one field."""

    source: Identifier | None = Field(None, description="Source that it is about; left out: the dataset as a whole.")
    field: Text = Field(description="Field of the source, or of the manifest: license.expression, dataset.issuer.")
    value: JsonValue = Field(None, description="Its value; null takes back what was stated before.")

    @property
    def key(self) -> StatementKey:
        """What it is about."""
        return self.source or WHOLE_DATASET, self.field


class Supplement(ManifestPart):
    """Statements made together, by whom, when, and why."""

    supplement_version: Literal["1"] = Field("1", description="Version of this format.")
    dataset: Identifier = Field(description="Dataset whose manifest lacks the statements.")
    author: Text = Field(description="Steward who states them.")
    stated_at: Text = Field(description="When they were stated (ISO 8601, UTC).")
    reason: Text = Field(description="What they rest on.")
    statements: Entries[FieldStatement] = Field(min_length=1, description="The statements.")


class ReceivedSupplement(NamedTuple):
    """A supplement and the document that holds it."""

    document: Received
    supplement: Supplement


class Stated(NamedTuple):
    """The last statement about a field, and where it was made."""

    received: ReceivedSupplement
    number: int
    statement: FieldStatement

    @property
    def supplement(self) -> Supplement:
        """The supplement that it was made in."""
        return self.received.supplement


def parse_supplement(name: str, content: bytes) -> ReceivedSupplement:
    """Return the supplement in a document; raises ManifestError when it is none."""
    try:
        return ReceivedSupplement(Received(name, FORMAT, content), Supplement.model_validate_json(content))
    except ValidationError:
        message = f"{name} is no supplement of this version: restore it from a backup."
        raise ManifestError(message) from None


def statements_in_force(received: Sequence[ReceivedSupplement]) -> dict[StatementKey, Stated]:
    """Return the last statement about each field, those that were taken back left out; *received* oldest first."""
    last: dict[StatementKey, Stated] = {}
    for one in received:
        for number, statement in enumerate(one.supplement.statements):
            last.pop(statement.key, None)
            if statement.value is not None:
                last[statement.key] = Stated(one, number, statement)
    return last


def stated_fields(part: ManifestPart) -> dict[str, Any]:
    """Return what a part of a manifest states, without its files, as plain values under a manifest's names."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"files"})


def stated_value(tree: Mapping[str, Any], name: str) -> Any:
    """Return the value of a field in plain fields; None where nothing is stated."""
    value: Any = tree
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return None if value == {} else value


def with_supplements(loaded: LoadedManifest, received: Sequence[ReceivedSupplement]) -> LoadedManifest:
    """Return a manifest with the statements that it lacks; *received* are those about its dataset, oldest first."""
    if not received:
        return loaded
    filling = _Filling(loaded)
    for stated in statements_in_force(received).values():
        filling.add(stated)
    return filling.finish([one.document for one in received])


def fill(part: ManifestPart, name: str, value: Any) -> ManifestPart | list[Problem]:
    """Return a part of a manifest with one more value, or what is wrong with that; files stay as they are."""
    tree = stated_fields(part)
    inner = tree
    *outer, last = name.split(".")
    for step in outer:
        inner = inner.setdefault(step, {})
    inner[last] = value
    files = {"files": part.files} if isinstance(part, Source) else {}
    try:
        return type(part).model_validate(tree | files)
    except ValidationError as error:
        return describe_errors(error, model=type(part))


@dataclass
class _Filling:
    """A manifest while supplements are taken in."""

    loaded: LoadedManifest
    problems: list[ClaimProblem] = field(default_factory=list)
    origins: list[ClaimOrigin] = field(default_factory=list)
    taken: list[SupplementedField] = field(default_factory=list)

    def __post_init__(self) -> None:
        manifest = self.loaded.manifest
        self._numbers = {source.id: number for number, source in enumerate(manifest.sources)}
        self._sources = list(manifest.sources)
        self._parts: dict[str, ManifestPart] = {name: getattr(manifest, name) for name in _PARTS}

    def add(self, stated: Stated) -> None:
        """Take in one statement, or say why it was not."""
        state = self._state(stated)
        source_id, name = stated.statement.key
        supplement = stated.supplement
        if state in _DETAILS:
            code, detail = _DETAILS[state]
            at = pointer_of(("statements", stated.number))
            told = f"source.{name}" if source_id != WHOLE_DATASET else name
            self.problems.append(ClaimProblem(code, at, told, detail, source_id, stated.received.document.name))
        self.taken.append(
            SupplementedField(
                document=stated.received.document.name,
                number=stated.number,
                source_id=source_id,
                field=name,
                stated=_as_text(stated.statement.value),
                author=supplement.author,
                stated_at=supplement.stated_at,
                reason=supplement.reason,
                state=state,
            )
        )

    def finish(self, documents: Sequence[Received]) -> LoadedManifest:
        """Return the manifest as it is now, with the documents behind it."""
        manifest = self.loaded.manifest.model_copy(update={**self._parts, "sources": tuple(self._sources)})
        origins = {origin.pointer: origin for origin in (*self.loaded.origins, *self.origins)}
        return replace(
            self.loaded,
            manifest=manifest,
            problems=(*self.loaded.problems, *self.problems),
            origins=tuple(origins[pointer] for pointer in sorted(origins)),
            included=(*self.loaded.included, *documents),
            supplements=tuple(self.taken),
        )

    def _state(self, stated: Stated) -> SupplementState:
        source_id, name = stated.statement.key
        if source_id != WHOLE_DATASET:
            number = self._numbers.get(source_id)
            if number is None:
                return SupplementState.NO_SOURCE
            return self._fill(self._sources[number], name, stated, ("sources", number))
        part, _, rest = name.partition(".")
        return self._fill(self._parts[part], rest, stated, (part,)) if part in _PARTS else SupplementState.INVALID

    def _fill(self, part: ManifestPart, name: str, stated: Stated, place: tuple[str | int, ...]) -> SupplementState:
        value = stated.statement.value
        known = stated_value(stated_fields(part), name)
        if known is not None:
            return SupplementState.STATED_SINCE if known == value else SupplementState.CONTRADICTED
        filled = fill(part, name, value)
        if isinstance(filled, list):
            return SupplementState.INVALID
        if isinstance(filled, Source):
            self._sources[int(place[1])] = filled
        else:
            self._parts[str(place[0])] = filled
        pointer = pointer_of((*place, *name.split(".")))
        at = pointer_of(("statements", stated.number, "value"))
        self.origins.append(ClaimOrigin(pointer, stated.received.document.name, at, reason=stated.supplement.reason))
        return SupplementState.USED


def _as_text(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
