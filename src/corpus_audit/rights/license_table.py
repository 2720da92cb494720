"""Declared licenses as a table: each distinct spelling once, with what it resolves to and permits."""

from collections.abc import Iterable

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.rights.licenses import resolve_license
from corpus_audit.rights.obligations import terms_of


def license_table(declared: Iterable[str]) -> pa.Table:
    """Return one row (``schemas.LICENSES``) for each distinct declared license, sorted."""
    rows = [_row(text) for text in sorted(set(declared))]
    return pa.Table.from_pylist(rows, schema=schemas.LICENSES.schema)


def _row(declared: str) -> dict[str, object]:
    resolved = resolve_license(declared)
    terms = terms_of(resolved.expression)
    return {
        "license_declared": declared,
        "license_expression": resolved.expression,
        "license_state": resolved.state,
        "license_reason": resolved.reason,
        "license_family": " AND ".join(terms.families),
        "commercial_use": terms.commercial_use,
        "derivatives": terms.derivatives,
        "redistribution": terms.redistribution,
        "share_alike": terms.share_alike,
        "use_restrictions": sorted(terms.use_restrictions),
    }
