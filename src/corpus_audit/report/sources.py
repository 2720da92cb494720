"""The sections on sources: each beside what was observed, their licenses by bytes, and their claims counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report.comparisons import ASPECTS, claim_status, compare_source
from corpus_audit.report.listing import falling, in_order, list_rows, make_rows, naturally, rising, total, where
from corpus_audit.report.rows import read_rows
from corpus_audit.report.sections import (
    ClaimCount,
    ClaimStatus,
    Licenses,
    LicenseShare,
    LicenseTerms,
    ListedRows,
    Section,
    SourceFigures,
    SourceRow,
)
from corpus_audit.vocabulary import NOASSERTION, NOT_RECORDED, LicenseState, Severity

_AT_ONCE = 1_000
_GROUPED = ("license_expression", "license_state", "license_family")


def build_sources(
    table: pa.Table, findings: Mapping[str | None, Counter[Severity]], statements: Mapping[str, int]
) -> ListedRows[SourceRow]:
    """Return the sources; *findings* are counts by source, *statements* those that stewards added to its manifest."""

    def make(row: Mapping[str, Any]) -> SourceRow:
        source_id = row["source_id"]
        counts = findings.get(source_id, Counter())
        return SourceRow(
            **{name: row[name] for name in SourceRow.model_fields if name in row},
            terms=_part(LicenseTerms, row),
            figures=_part(SourceFigures, row),
            comparisons=compare_source(row),
            findings_by_severity={severity: counts[severity] for severity in Severity},
            statements_added=statements.get(source_id, 0),
        )

    return list_rows(SourceRow, table, "sources.parquet", naturally("source_id"), make=make)


def _part(model: type[Section], row: Mapping[str, Any]) -> Any:
    return model.model_validate({name: row[name] for name in model.model_fields})


def count_claims(table: pa.Table) -> tuple[ClaimCount, ...]:
    """Return for each kind of claim how many of all sources record it, and how it compares with the data."""
    recorded, statuses = Counter[str](), Counter[tuple[str, ClaimStatus]]()
    for batch in table.to_batches(max_chunksize=_AT_ONCE):
        for row in read_rows(pa.Table.from_batches([batch])):
            for aspect in ASPECTS:
                recorded[aspect.name] += aspect.declared(row) != NOT_RECORDED
                statuses[aspect.name, claim_status(aspect, row)] += 1
    return tuple(
        ClaimCount(
            aspect=aspect.name,
            recorded=recorded[aspect.name],
            by_status={status: statuses[aspect.name, status] for status in ClaimStatus},
        )
        for aspect in ASPECTS
    )


def build_licenses(table: pa.Table) -> Licenses:
    """Return the licenses of all sources by bytes, those that do not resolve by the reason."""
    is_resolved = pc.equal(table["license_state"], LicenseState.RESOLVED)
    named = {
        "license_expression": pc.if_else(is_resolved, table["license_expression"], NOASSERTION),
        "license_state": table["license_state"],
        "license_family": pc.if_else(is_resolved, table["license_family"], ""),
        "size_bytes": table["size_bytes"],
    }
    counts = pa.table(named).group_by(list(_GROUPED)).aggregate([([], "count_all"), ("size_bytes", "sum")])
    shares = _with_share(counts.rename_columns([*_GROUPED, "sources", "size_bytes"]))
    order = falling("size_bytes"), rising("license_expression"), rising("license_state")
    resolved = where(shares, "license_state", LicenseState.RESOLVED)
    unresolved = where(shares, "license_state", *_others(LicenseState.RESOLVED))
    return Licenses(
        sources_resolved=total(resolved, "sources"),
        resolved=resolved.num_rows,
        resolved_bytes=total(resolved, "size_bytes"),
        unresolved=make_rows(LicenseShare, in_order(unresolved, *order)),
        shares=list_rows(LicenseShare, shares, "sources.parquet", *order),
    )


def _others(state: LicenseState) -> Sequence[LicenseState]:
    return [other for other in LicenseState if other is not state]


def _with_share(counts: pa.Table) -> pa.Table:
    whole = total(counts, "size_bytes") or 1
    return counts.append_column("share", pc.divide(pc.cast(counts["size_bytes"], pa.float64()), float(whole)))
