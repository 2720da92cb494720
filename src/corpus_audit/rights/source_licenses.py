"""The license of a source with several stated licenses: the stricter one, until one is corrected.

A source is also bound by the sources that it derives from, as far as they are described.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_audit.rights.expressions import license_ids
from corpus_audit.rights.facts import LicensePermission
from corpus_audit.rights.licenses import CLASSIFIER_SEPARATOR, resolve_license
from corpus_audit.rights.purposes import permits_expression
from corpus_audit.rights.strictness import all_of, relate_terms, stricter_of, stricter_terms
from corpus_audit.vocabulary import NOASSERTION, InheritedWeight, LicenseState, LicenseStatementKind, Purpose

_SHOWN = 200


@dataclass(frozen=True)
class LicenseStatement:
    """One statement of a source's license: its text, and its place."""

    kind: LicenseStatementKind
    stated: str
    place: str


@dataclass(frozen=True)
class DescribedSource:
    """What is said of one source's license: as declared, elsewhere in its description, and by what it derives from."""

    source_id: str
    declared: LicenseStatement
    others: tuple[LicenseStatement, ...] = ()
    derived_from: tuple[str, ...] = ()

    @property
    def is_corrected(self) -> bool:
        """True if a correction set the declared license; then no other statement counts."""
        return self.declared.kind is LicenseStatementKind.CORRECTED


@dataclass(frozen=True)
class SourceLicenses:
    """The expression that counts for each source by its id, and the statements that are not the declared license.

    *contradictions* are rows of EVIDENCE_LICENSE_CONTRADICTIONS.
    """

    expressions: Mapping[str, str]
    contradictions: Sequence[Mapping[str, Any]]


def decide_licenses(sources: Iterable[DescribedSource]) -> SourceLicenses:
    """Return which license counts for each source, and what contradicts its declared license."""
    described = {source.source_id: source for source in sources}
    own = {source_id: _own_expression(source) for source_id, source in described.items()}
    expressions = _with_origins(described, own)
    rows = [
        {"source_id": source.source_id, **row, "deciding_expression": expressions[source.source_id]}
        for source in described.values()
        for row in (*_contradictions(source), *_stricter_origins(source, described, own, expressions))
    ]
    unique = {tuple(row[column] for column in ("source_id", "kind", "stated", "stated_place")): row for row in rows}
    return SourceLicenses(expressions, [unique[key] for key in sorted(unique)])


def _own_expression(source: DescribedSource) -> str:
    """Return the strictest of what a source's own description states."""
    resolved = resolve_license(source.declared.stated)
    expression = _strict_list(source) if resolved.state is LicenseState.AMBIGUOUS else resolved.expression
    for _, other in _other_statements(source):
        expression = stricter_of(expression, other) if expression != NOASSERTION else NOASSERTION
    return expression


def _strict_list(source: DescribedSource) -> str:
    """Return all licenses of a list that does not say whether all apply or any, where that forbids something."""
    parts = _parts(source.declared)
    joined = all_of(expression for _, expression in parts) if parts else NOASSERTION
    forbids = any(permits_expression(joined, purpose).permitted is LicensePermission.NO for purpose in Purpose)
    return joined if forbids else NOASSERTION


def _parts(declared: LicenseStatement) -> list[tuple[str, str]]:
    """Return the licenses of a list and their expressions; nothing when one of them does not resolve."""
    parts = [(part, resolve_license(part)) for part in declared.stated.split(CLASSIFIER_SEPARATOR)]
    if len(parts) < 2 or any(resolved.state is not LicenseState.RESOLVED for _, resolved in parts):
        return []
    return [(part, resolved.expression) for part, resolved in parts]


def _other_statements(source: DescribedSource) -> Iterator[tuple[LicenseStatement, str]]:
    """Yield the statements that resolve to another license than the declared one, with their expressions."""
    if source.is_corrected:
        return
    declared = resolve_license(source.declared.stated).expression
    stated = [(other, resolve_license(other.stated).expression) for other in source.others]
    is_repeated = {kind for kind in LicenseStatementKind if _repeats(kind, declared, stated)}
    for other, expression in stated:
        if expression == NOASSERTION or set(license_ids(expression)) <= set(license_ids(declared)):
            continue
        # A place that also names the declared license names others of parts; only a prohibition is held against it.
        if other.kind in is_repeated and not stricter_terms(declared, expression).purposes_lost:
            continue
        yield other, expression


def _repeats(kind: LicenseStatementKind, declared: str, stated: Iterable[tuple[LicenseStatement, str]]) -> bool:
    return any(other.kind is kind and expression == declared for other, expression in stated)


def _contradictions(source: DescribedSource) -> Iterator[dict[str, Any]]:
    declared = resolve_license(source.declared.stated).expression
    for other, expression in _other_statements(source):
        if declared != NOASSERTION:
            yield _row(source.declared, declared, other, expression)
    first, *rest = _parts(source.declared) or [("", "")]
    for part, expression in rest:
        listed = LicenseStatement(LicenseStatementKind.LIST, part, source.declared.place)
        beside = LicenseStatement(source.declared.kind, first[0], source.declared.place)
        if expression != first[1] and not source.is_corrected:
            yield _row(beside, first[1], listed, expression)


def _with_origins(described: Mapping[str, DescribedSource], own: Mapping[str, str]) -> dict[str, str]:
    """Return each source's expression once everything it derives from has been counted, directly or not."""
    expressions = dict(own)
    for _ in described:
        before = dict(expressions)
        for source in described.values():
            for origin in _origins(source, described):
                pair = expressions[source.source_id], expressions[origin]
                if NOASSERTION not in pair and _binds_derivatives(*pair):
                    expressions[source.source_id] = stricter_of(*pair)
        if before == expressions:
            break
    return expressions


def _stricter_origins(
    source: DescribedSource,
    described: Mapping[str, DescribedSource],
    own: Mapping[str, str],
    expressions: Mapping[str, str],
) -> Iterator[dict[str, Any]]:
    for origin in _origins(source, described):
        pair = own[source.source_id], expressions[origin]
        if NOASSERTION not in pair and _binds_derivatives(*pair):
            stated = described[origin].declared.stated
            other = LicenseStatement(LicenseStatementKind.ORIGIN, stated, origin)
            yield _row(source.declared, pair[0], other, pair[1])


def _origins(source: DescribedSource, described: Mapping[str, DescribedSource]) -> list[str]:
    if source.is_corrected:
        return []
    return [origin for origin in source.derived_from if origin in described and origin != source.source_id]


def _binds_derivatives(own: str, origin: str) -> bool:
    """True if the origin's terms forbid or leave open what the source's own license permits."""
    return stricter_terms(own, origin).weight in (InheritedWeight.FORBIDS, InheritedWeight.LEAVES_OPEN)


def _row(declared: LicenseStatement, expression: str, other: LicenseStatement, stated: str) -> dict[str, Any]:
    stricter = stricter_terms(expression, stated)
    return {
        "kind": str(other.kind),
        "declared": declared.stated[:_SHOWN],
        "declared_expression": expression,
        "declared_place": declared.place,
        "stated": other.stated[:_SHOWN],
        "stated_expression": stated,
        "stated_place": other.place,
        "terms_relation": str(relate_terms(expression, stated)),
        "weight": str(stricter.weight),
        "purposes_lost": list(stricter.purposes_lost),
    }
