"""Conclude: the verdict, from the rules' findings and the stewards' decisions.

What the ledger holds is read once and kept with the audit, so that the verdict can be followed, and the chain checked,
without the ledger. A decision that is added, or one that expires, is another input: the stage then runs anew.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.evidence import tables
from corpus_audit.pipeline.context import RunContext, digests_of
from corpus_audit.pipeline.figures import open_findings, rows
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import AuditFolder, sha256_of_json, write_json, write_table
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import DecisionAction, DecisionScope, Severity

if TYPE_CHECKING:
    from corpus_audit.ledger import Decided, Entry

_DECIDES_NOTHING = frozenset({DecisionAction.COMMENT, DecisionAction.REVEAL})


def conclude(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Derive the verdict of an evaluated audit, and keep the decisions that it took into account."""
    context = context or RunContext()
    with StageRun(CONCLUDE, context, audit) as run:
        findings, entries, decided = _decisions_on(audit, context)

        def work(folder: Path) -> None:
            from corpus_audit.policy.verdict import decide

            waived = {finding_id for finding_id, found in decided.items() if found.is_closed}
            off = read_identity(audit).parameters.detectors_off
            coverage = audit.read("gather", tables.COVERAGE)
            verdict = decide(audit.read("evaluate", schemas.RULES), findings, coverage, waived, off)
            write_table(
                folder / f"{schemas.DECISIONS.name}.parquet", schemas.DECISIONS, _table(schemas.DECISIONS, entries)
            )
            write_table(
                folder / f"{schemas.FINDING_STATUSES.name}.parquet", schemas.FINDING_STATUSES, _statuses_table(decided)
            )
            write_json(folder / "verdict.json", verdict.as_dict())

        run.once(audit, _inputs(audit, entries, decided), work)


def is_concluded(audit: AuditFolder, *, context: RunContext | None = None) -> bool:
    """True if an evaluated audit's verdict is the one that follows from today's decisions."""
    _findings, entries, decided = _decisions_on(audit, context or RunContext())
    marker = audit.marker("conclude")
    return marker is not None and dict(marker.inputs) == _inputs(audit, entries, decided)


def _inputs(audit: AuditFolder, entries: "Sequence[Entry]", decided: "dict[str, Decided]") -> dict[str, str]:
    taken = [entry.sha256 for entry in entries], sorted((name, found.status) for name, found in decided.items())
    return digests_of(audit, ["gather", "evaluate"]) | {"decisions": sha256_of_json(taken)}


def _decisions_on(audit: AuditFolder, context: RunContext) -> "tuple[pa.Table, list[Entry], dict[str, Decided]]":
    from corpus_audit.ledger import format_time, statuses

    findings = audit.read("evaluate", schemas.FINDINGS)
    entries = _decisions_about(audit)
    return findings, entries, statuses(findings, entries, format_time(context.clock()))


def noted_entries(store: Path) -> dict[int, str]:
    """Return the sha256 of every ledger entry, by its sequence, that an audit of the store was concluded with."""
    columns = ["sequence", "sha256"]
    noted: dict[int, str] = {}
    for path in (store / "audits").glob("*/conclude/decisions.parquet"):
        table = pq.read_table(path, columns=columns)
        noted.update(zip(table["sequence"].to_pylist(), table["sha256"].to_pylist(), strict=True))
    return noted


def _decisions_about(audit: AuditFolder) -> "list[Entry]":
    """Return what was decided about the audit's dataset; of whole audits, only about this one."""
    from corpus_audit.ledger import database_url, has_ledger, open_ledger

    store = audit.path.parent.parent
    if not has_ledger(database_url(store)):
        return []
    entries = open_ledger(store).entries(dataset_id=read_identity(audit).dataset_id)
    return [
        entry
        for entry in entries
        if entry.action not in _DECIDES_NOTHING
        and (entry.scope != DecisionScope.AUDIT or entry.audit_id == audit.audit_id)
    ]


def _table(table: schemas.Table, entries: "Sequence[Entry]") -> pa.Table:
    return pa.Table.from_pylist([entry.as_dict() for entry in entries], schema=table.schema)


def _statuses_table(decided: "dict[str, Decided]") -> pa.Table:
    rows = [
        {"finding_id": name, "status": found.status, "sequence": found.entry.sequence}
        for name, found in sorted(decided.items())
    ]
    return pa.Table.from_pylist(rows, schema=schemas.FINDING_STATUSES.schema)


CONCLUDE = Stage(
    "conclude",
    run=conclude,
    after=("evaluate",),
    reads={
        "gather": names_of(tables.COVERAGE),
        "evaluate": names_of(schemas.RULES, schemas.FINDINGS),
    },
    writes=(*names_of(schemas.DECISIONS, schemas.FINDING_STATUSES), "verdict.json"),
    figures={
        "decisions": rows(schemas.DECISIONS),
        **{str(severity): open_findings(severity) for severity in Severity},
    },
)
