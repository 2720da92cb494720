"""License answers as tables, one row per distinct question: SQL joins them to sources and overlaps."""

from collections.abc import Iterable
from dataclasses import asdict
from itertools import product

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.rights.conflicts import compare_terms
from corpus_audit.rights.licenses import ResolvedLicense, resolve_license
from corpus_audit.rights.obligations import terms_of
from corpus_audit.rights.purposes import permits_expression
from corpus_audit.rights.terms import Terms, merge
from corpus_audit.vocabulary import Purpose

_STR = pa.string()
_STRINGS = pa.list_(pa.string())
_PURPOSE_ANSWERS = pa.schema(
    {"license_expression": _STR, "purpose": _STR, "permitted": _STR, "reasons": _STRINGS, "conditions": _STRINGS}
)
_COMPARISONS = pa.schema({"license_a": _STR, "license_b": _STR, "terms_conflict": _STR, "conflict_reason": _STR})


def license_table(declared: Iterable[str]) -> pa.Table:
    """Return one row (``schemas.LICENSES``) for each distinct declared license, sorted."""
    rows = [_row(text) for text in sorted(set(declared))]
    return pa.Table.from_pylist(rows, schema=schemas.LICENSES.schema)


def purpose_table(expressions: Iterable[str]) -> pa.Table:
    """Return what each distinct expression says about each purpose: permitted, reasons and conditions."""
    asked = product(sorted(set(expressions)), Purpose)
    rows = [{"license_expression": e, "purpose": p, **asdict(permits_expression(e, p))} for e, p in asked]
    return pa.Table.from_pylist(rows, schema=_PURPOSE_ANSWERS)


def comparison_table(pairs: Iterable[tuple[str, str]]) -> pa.Table:
    """Return how the terms relate for each distinct pair of expressions, in the order of the pair."""
    rows = [{"license_a": a, "license_b": b, **_comparison(a, b)} for a, b in sorted(set(pairs))]
    return pa.Table.from_pylist(rows, schema=_COMPARISONS)


def _comparison(a: str, b: str) -> dict[str, str]:
    conflict, reason = compare_terms(a, b)
    return {"terms_conflict": conflict, "conflict_reason": reason}


def source_license_row(declared: str, expression: str, parts: Iterable[str]) -> dict[str, object]:
    """Return the row of a declared license with the terms of what counts in its place.

    *expression* is what counts for the source, *parts* are the expressions of all its parts: more than one where
    each record states its own.
    """
    resolved = resolve_license(declared)
    return _row_of_terms(declared, resolved, expression, merge(map(terms_of, sorted(parts))))


def _row(declared: str) -> dict[str, object]:
    resolved = resolve_license(declared)
    return _row_of_terms(declared, resolved, resolved.expression, terms_of(resolved.expression))


def _row_of_terms(declared: str, resolved: ResolvedLicense, expression: str, terms: Terms) -> dict[str, object]:
    return {
        "license_declared": declared,
        "license_expression": expression,
        "license_state": resolved.state,
        "license_reason": resolved.reason,
        "license_family": " AND ".join(terms.families),
        "commercial_use": terms.commercial_use,
        "derivatives": terms.derivatives,
        "redistribution": terms.redistribution,
        "attribution": terms.attribution,
        "notice": terms.notice,
        "share_alike": terms.share_alike,
        "use_restrictions": sorted(terms.use_restrictions),
    }
