"""Diff: the differences of two audits of one store in records and findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.errors import ParametersMismatchError
from corpus_audit.pipeline.context import RunContext, measured, open_engine
from corpus_audit.pipeline.verification import require_intact
from corpus_audit.store import AuditFolder, ScratchFolder, write_table
from corpus_audit.store.identity import read_identity

_FINDING = ["finding_id", "rule_id", "severity", "subject"]


@dataclass(frozen=True)
class Difference:
    """What a later audit has that an earlier one has not, and the other way round.

    *records* has source_id, change, records and size_bytes; *new_copies* source_id, kind, records and size_bytes;
    *opened* and *closed* have finding_id, rule_id, severity and subject.
    """

    records: pa.Table
    new_copies: pa.Table
    opened: pa.Table
    closed: pa.Table


def diff(
    before: AuditFolder, after: AuditFolder, *, records: Path | None = None, context: RunContext | None = None
) -> Difference:
    """Return how two audits differ; *records* is where table RECORD_CHANGES is written to, if anywhere.

    Raises StoreError when one of them has not finished, ParametersMismatchError when records were compared with each
    other in another way.
    """
    from corpus_audit.dedup.changes import AuditedRecords, changed_records, compare_records

    context = context or RunContext()
    for audit in (before, after):
        require_intact(audit, ("ingest", "measure", "deduplicate", "evaluate"))
    _check_parameters(before, after)
    findings = [audit.read("evaluate", schemas.FINDINGS) for audit in (before, after)]
    sides = [
        AuditedRecords(measured(audit, schemas.RECORDS), audit.table_path("deduplicate", schemas.CLUSTERS))
        for audit in (before, after)
    ]
    with (
        ScratchFolder("corpus-audit-diff-", _shared_folder(after, context)) as folder,
        open_engine(context, folder) as engine,
    ):
        changes = compare_records(engine, *sides)
        if records is not None:
            write_table(records, schemas.RECORD_CHANGES, changed_records(engine))
    return Difference(
        records=changes.totals,
        new_copies=changes.new_copies,
        opened=_without(findings[1], findings[0]),
        closed=_without(findings[0], findings[1]),
    )


def _shared_folder(audit: AuditFolder, context: RunContext) -> Path | None:
    """Return where the workers of the engine see what it writes: with one of this machine, wherever it likes."""
    return audit.path if context.settings.engine == "spark" else None


def _check_parameters(before: AuditFolder, after: AuditFolder) -> None:
    one, other = (read_identity(audit).parameters for audit in (before, after))
    different = [
        name for name in (*one.signature_settings(), "jaccard_threshold") if getattr(one, name) != getattr(other, name)
    ]
    if different:
        message = (
            f"The audits '{before.audit_id}' and '{after.audit_id}' looked for copies with other settings "
            f"({', '.join(different)}), so their copies cannot be set beside each other."
        )
        raise ParametersMismatchError(message)


def _without(findings: pa.Table, others: pa.Table) -> pa.Table:
    """Return the findings whose id the others have not, the heaviest first."""
    left = findings.select(_FINDING).join(others.select(["finding_id"]), "finding_id", join_type="left anti")
    return left.sort_by([("severity", "ascending"), ("rule_id", "ascending"), ("subject", "ascending")])


def sums(table: pa.Table, column: str) -> Sequence[tuple[str, int, int]]:
    """Return the records and bytes of all sources together, by change or kind, the most records first."""
    summed = table.group_by(column).aggregate([("records", "sum"), ("size_bytes", "sum")])
    rows = summed.sort_by([("records_sum", "descending"), (column, "ascending")]).to_pylist()
    return [(row[column], row["records_sum"], row["size_bytes_sum"]) for row in rows]
