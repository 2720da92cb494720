"""Supplements of a store: kept by their digest, named by the ledger, taken in by the next audit of their dataset.

The command line and the review pages state through here; an audit that is there stays as it is.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus_audit import schemas
from corpus_audit.errors import DecisionError, ManifestError, Refusal, StoreError
from corpus_audit.manifest.fillable import SOURCE_FIELDS, WHOLE_FIELDS, FillableField, parse_value
from corpus_audit.manifest.model import Manifest, Source
from corpus_audit.manifest.parts import ManifestPart
from corpus_audit.manifest.supplements import (
    FieldStatement,
    ReceivedSupplement,
    Stated,
    StatementKey,
    Supplement,
    fill,
    parse_supplement,
    stated_fields,
    stated_value,
    statements_in_force,
)
from corpus_audit.schemas.marking import _
from corpus_audit.store import AuditFolder, as_json, read_json, sha256_of_bytes
from corpus_audit.store.identity import read_identity
from corpus_audit.store.named_file import keep_file, read_named
from corpus_audit.vocabulary import WHOLE_DATASET, DecisionAction, DecisionScope, Role, SupplementState

if TYPE_CHECKING:
    from corpus_audit.ledger import Entry, Ledger

FOLDER = "supplements"
_MAX_BYTES = 16 * 2**20

_NOTHING_WRITTEN = _("Nothing was written.")
_NONE = _("Nothing was stated: fill in at least one field.")
_NO_FIELD = _("{field} is no field that can be stated.")
_NO_SOURCE = _("There is no source {source} in this audit.")
_STATED = _("{field}: the manifest states it already. Correct it there.")
_WRONG = _("{field} {problem}.")
_NOT_STATED = _("{field}: no statement is there to take back.")


class Given(NamedTuple):
    """What a person wrote about a field of a source, or of WHOLE_DATASET; no texts take back what was stated."""

    source_id: str
    field: str
    texts: tuple[str, ...] = ()

    @property
    def key(self) -> StatementKey:
        """What it is about."""
        return self.source_id, self.field


class OpenField(NamedTuple):
    """A field that the manifest leaves open, with the statement that was made about it since, if there is one."""

    source_id: str
    field: FillableField
    stated: Stated | None = None
    is_in_audit: bool = False
    """Whether the audit at hand took the statement in."""

    @property
    def key(self) -> StatementKey:
        """What it is about."""
        return self.source_id, self.field.name


def read_supplements(store: Path, dataset_id: str) -> list[ReceivedSupplement]:
    """Return the supplements of a dataset, oldest first, as the ledger names them.

    Raises StoreError when one is missing or not as it was written: a statement is never left out in silence.
    """
    from corpus_audit.ledger import entries_about

    entries = (one for one in entries_about(store, dataset_id) if one.action == DecisionAction.SUPPLEMENT)
    return [_read(store, entry.evidence_sha256) for entry in entries]


def _read(store: Path, digest: str) -> ReceivedSupplement:
    content = read_named(store, f"{FOLDER}/{digest}.json", digest, "supplement")
    try:
        return parse_supplement(f"{FOLDER}/{digest[:16]}.json", content)
    except ManifestError as error:
        raise StoreError(str(error)) from None


@dataclass(frozen=True)
class OpenFields:
    """The fields that an audit's manifest leaves open, and what stewards stated about them since."""

    audit: AuditFolder

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest as the audit read it, with the supplements of then."""
        return Manifest.model_validate(read_json(self.audit.folder("ingest") / "manifest.json"))

    @cached_property
    def in_force(self) -> Mapping[StatementKey, Stated]:
        """The last statement about each field, by what the ledger holds now."""
        return statements_in_force(read_supplements(self.audit.store, self.dataset_id))

    @property
    def dataset_id(self) -> str:
        """The dataset of the audit."""
        return read_identity(self.audit).dataset_id

    @cached_property
    def taken_in(self) -> frozenset[StatementKey]:
        """What the audit took from supplements."""
        path = self.audit.table_path("ingest", schemas.CLAIM_SUPPLEMENTS)
        rows = self.audit.read("ingest", schemas.CLAIM_SUPPLEMENTS).to_pylist() if path.is_file() else []
        return frozenset((row["source_id"], row["field"]) for row in rows if row["state"] == SupplementState.USED)

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources of the audit, in the manifest's order."""
        return tuple(source.id for source in self.manifest.sources)

    def of(self, source_id: str, names: Collection[str] | None = None) -> Iterator[OpenField]:
        """Yield the open fields of a source, or of WHOLE_DATASET; *names* narrow them, a name to all below it."""
        tree = self._tree(source_id)
        for found in _fields(source_id).values():
            key = (source_id, found.name)
            is_open = stated_value(tree, found.name) is None or key in self.taken_in
            if is_open and (names is None or _is_among(found.name, names)):
                yield OpenField(source_id, found, self.in_force.get(key), key in self.taken_in)

    def check(self, given: Sequence[Given]) -> tuple[FieldStatement, ...]:
        """Return the statements in what a person wrote; raises DecisionError with everything that is wrong."""
        refusals: list[Refusal] = []
        statements: list[FieldStatement] = []
        parts: dict[tuple[str, str], ManifestPart] = {}
        for one in given:
            refusal, statement = self._checked(one, parts)
            refusals += [refusal] if refusal else []
            statements += [statement] if statement else []
        if refusals or not statements:
            raise DecisionError(*(refusals or [Refusal(_NONE)]))
        return tuple(statements)

    def _checked(
        self, given: Given, parts: dict[tuple[str, str], ManifestPart]
    ) -> tuple[Refusal | None, FieldStatement | None]:
        """Return a refusal, or a statement; *parts* are those of the manifest with the statements before."""
        if given.source_id != WHOLE_DATASET and given.source_id not in self._sources:
            return Refusal(_NO_SOURCE, {"source": repr(given.source_id)}, name_of(given.key)), None
        known = _fields(given.source_id).get(given.field)
        if known is None:
            return Refusal(_NO_FIELD, {"field": repr(given.field)}, name_of(given.key)), None
        place, name = self._place(given)
        if stated_value(self._tree(given.source_id), given.field) is not None and given.key not in self.taken_in:
            return _refusal(_STATED, given), None
        value = parse_value(known, given.texts)
        if value is None:
            return (
                (None, _statement(given, None)) if given.key in self.in_force else (_refusal(_NOT_STATED, given), None)
            )
        part = fill(parts.get(place) or self._part(place), name, value)
        if isinstance(part, list):
            return _refusal(_WRONG, given, part[0].message), None
        parts[place] = part
        return None, _statement(given, value)

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.manifest.sources}

    @cached_property
    def _whole(self) -> dict[str, Any]:
        return {name: stated_fields(getattr(self.manifest, name)) for name in ("dataset", "disclosure")}

    def _tree(self, source_id: str) -> dict[str, Any]:
        return self._whole if source_id == WHOLE_DATASET else stated_fields(self._sources[source_id])

    def _place(self, given: Given) -> tuple[tuple[str, str], str]:
        """Return which part of the manifest a field is in, and its name there."""
        if given.source_id != WHOLE_DATASET:
            return ("sources", given.source_id), given.field
        part, _dot, rest = given.field.partition(".")
        return (part, ""), rest

    def _part(self, place: tuple[str, str]) -> ManifestPart:
        kind, source_id = place
        part: ManifestPart = self._sources[source_id] if source_id else getattr(self.manifest, kind)
        return part


def state(
    ledger: "Ledger", audit: AuditFolder, given: Sequence[Given], *, reason: str, author: str, role: Role = Role.STEWARD
) -> "Entry":
    """Return the ledger's entry of statements about fields that an audit's manifest leaves open.

    The next audit of the dataset takes them in. Raises DecisionError with everything that is wrong; then nothing is
    written.
    """
    from corpus_audit.ledger import Decision, format_time
    from corpus_audit.ledger.decision import check_decision

    now = ledger.clock()
    decision = Decision(
        action=DecisionAction.SUPPLEMENT,
        scope=DecisionScope.DATASET,
        dataset_id=read_identity(audit).dataset_id,
        audit_id=audit.audit_id,
        reason=reason,
        author=author,
        role=role,
        source_id=_only({one.source_id for one in given} - {WHOLE_DATASET}),
    )
    statements = _both(lambda: OpenFields(audit).check(given), lambda: check_decision(decision, now))
    supplement = Supplement(
        dataset=decision.dataset_id,
        author=author.strip(),
        stated_at=format_time(now),
        reason=reason.strip(),
        statements=statements,
    )
    digest = _write(audit.store, supplement)
    (entry,) = ledger.append([Decision(**vars(decision) | {"evidence_sha256": digest})])
    return entry


def _both(check: Callable[[], tuple[FieldStatement, ...]], other: Callable[[], None]) -> tuple[FieldStatement, ...]:
    """Return what one check returns; raises DecisionError with the refusals of both."""
    refusals: list[Refusal] = []
    statements: tuple[FieldStatement, ...] = ()
    try:
        statements = check()
    except DecisionError as error:
        refusals += error.refusals
    try:
        other()
    except DecisionError as error:
        refusals += error.refusals
    if refusals:
        raise DecisionError(*refusals, Refusal(_NOTHING_WRITTEN))
    return statements


def _write(store: Path, supplement: Supplement) -> str:
    content = as_json(supplement.model_dump(mode="json"))
    if len(content) > _MAX_BYTES:
        raise DecisionError(_("These statements are too long: put them into a document and name that."))
    digest = sha256_of_bytes(content)
    keep_file(store, f"{FOLDER}/{digest}.json", content)
    return digest


def name_of(key: StatementKey) -> str:
    """Return the name that a form gives to a field of a source."""
    return "|".join(key)


def _fields(source_id: str) -> Mapping[str, FillableField]:
    return WHOLE_FIELDS if source_id == WHOLE_DATASET else SOURCE_FIELDS


def _is_among(name: str, names: Collection[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in names)


def _refusal(template: str, given: Given, problem: str = "") -> Refusal:
    return Refusal(template, {"field": given.field, "problem": problem}, name_of(given.key))


def _statement(given: Given, value: Any) -> FieldStatement:
    return FieldStatement(
        source=None if given.source_id == WHOLE_DATASET else given.source_id, field=given.field, value=value
    )


def _only(values: Iterable[str]) -> str:
    """Return the only value, '' where there are none or several."""
    found = list(values)
    return found[0] if len(found) == 1 else ""
