"""Conclude: the verdict, from the rules' findings and the stewards' decisions.

What the ledger holds is read once and kept with the audit, so that the verdict can be followed, and the chain checked,
without the ledger. A decision that is added, or one that expires, is another input: the stage then runs anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.errors import StoreError
from corpus_audit.evidence import tables
from corpus_audit.pipeline.context import RunContext, digests_of
from corpus_audit.pipeline.figures import open_findings, rows
from corpus_audit.pipeline.people_withdrawn import withdrawals_in
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import AuditFolder, ScratchFolder, Store, sha256_of_json, write_json, write_table
from corpus_audit.store.contents import folder_digests
from corpus_audit.store.identity import read_identity, versions
from corpus_audit.vocabulary import DecisionAction, Severity, Verdict

_NAMED = 5
"""Entries of the ledger that a message names."""

if TYPE_CHECKING:
    from corpus_audit.ledger import Decided, Entry
    from corpus_audit.policy.verdict import VerdictDocument


def conclude(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Derive the verdict of an evaluated audit, and keep the decisions that it took into account.

    Raises StoreError when the ledger lost or changed an entry that the audit was concluded with before.
    """
    context = context or RunContext()
    with StageRun(CONCLUDE, context, audit) as run:
        _require_kept(audit)
        known = _decisions_on(audit, context)
        run.once(audit, known.inputs(audit), lambda folder: known.write(audit, folder))


@dataclass(frozen=True)
class _Decisions:
    """The findings of an audit, what the ledger holds about its dataset, and how each decided finding stands."""

    findings: pa.Table
    entries: "Sequence[Entry]"
    decided: "Mapping[str, Decided]"
    withdrawn: "Sequence[Entry]"
    """An entry for each person in the data who withdrew their consent."""

    def inputs(self, audit: AuditFolder) -> dict[str, str]:
        """Return what a conclusion from these decisions is made of, as its marker names it."""
        statuses = sorted((name, found.status) for name, found in self.decided.items())
        taken = [entry.sha256 for entry in self._taken()], statuses
        return digests_of(audit, ["gather", "evaluate"]) | {"decisions": sha256_of_json(taken)}

    def write(self, audit: AuditFolder, folder: Path) -> None:
        """Write the verdict that follows, and the decisions that it took into account."""
        known = {schemas.DECISIONS: self._entry_rows(), schemas.FINDING_STATUSES: self._status_rows()}
        for table, values in known.items():
            write_table(folder / f"{table.name}.parquet", table, pa.Table.from_pylist(values, schema=table.schema))
        write_json(folder / "verdict.json", self.verdict(audit).as_dict())

    def verdict(self, audit: AuditFolder) -> "VerdictDocument":
        """Return the verdict that follows."""
        from corpus_audit.policy.verdict import decide

        waived = {finding_id for finding_id, found in self.decided.items() if found.is_closed}
        parameters = read_identity(audit).parameters
        coverage = audit.read("gather", tables.COVERAGE)
        rules = audit.read("evaluate", schemas.RULES)
        off, withdrawn = parameters.detectors_off, len(self.withdrawn)
        is_sample = parameters.is_sample
        return decide(rules, self.findings, coverage, waived, off, withdrawn, is_sample=is_sample)

    def _taken(self) -> "list[Entry]":
        """Return every entry that was taken into account, oldest first."""
        return sorted([*self.entries, *self.withdrawn], key=lambda entry: entry.sequence)

    def _entry_rows(self) -> list[dict[str, Any]]:
        return [entry.as_dict() for entry in self._taken()]

    def _status_rows(self) -> list[dict[str, Any]]:
        return [
            {"finding_id": name, "status": found.status, "sequence": found.entry.sequence}
            for name, found in sorted(self.decided.items())
        ]


def is_concluded(audit: AuditFolder, *, context: RunContext | None = None) -> bool:
    """True if an evaluated audit's verdict is the one that follows from today's decisions."""
    marker = audit.marker("conclude")
    return marker is not None and dict(marker.inputs) == _decisions_on(audit, context or RunContext()).inputs(audit)


def require_derived(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Raise StoreError when the stored conclusion is of today's decisions and is not what follows from them.

    The verdict is the one result that is derived again before it is believed: its marker could be written with it.
    """
    known, marker = _decisions_on(audit, context or RunContext()), audit.marker("conclude")
    if marker is None or dict(marker.inputs) != known.inputs(audit) or dict(marker.versions) != versions():
        return
    with ScratchFolder("corpus-audit-conclude-") as folder:
        known.write(audit, folder)
        if folder_digests(folder) != dict(marker.outputs):
            message = (
                f"{audit.folder('conclude')} was changed: its verdict does not follow from the findings and decisions. "
                "Find out why; delete its marker, and the next report concludes again."
            )
            raise StoreError(message)


def verdict_with(audit: AuditFolder, entries: "Sequence[Entry]", *, context: RunContext | None = None) -> Verdict:
    """Return the verdict that would follow if the ledger held *entries* too; nothing is written."""
    return _decisions_on(audit, context or RunContext(), entries).verdict(audit).verdict


def _decisions_on(audit: AuditFolder, context: RunContext, more: "Sequence[Entry]" = ()) -> _Decisions:
    from corpus_audit.ledger import format_time, statuses

    findings = audit.read("evaluate", schemas.FINDINGS)
    entries = [*_decisions_about(audit), *more]
    decided = statuses(findings, entries, format_time(context.clock()))
    return _Decisions(findings, entries, decided, withdrawals_in(audit))


def _require_kept(audit: AuditFolder) -> None:
    """Raise StoreError when the ledger lacks an entry that the audit was concluded with: it would vouch for more."""
    from corpus_audit.ledger import lacking_entries

    lacking = lacking_entries(audit.store, _noted(audit))
    if lacking:
        message = (
            f"The ledger does not hold {_entries_named(lacking)} that the audit '{audit.audit_id}' was concluded with, "
            "or holds another in its place: no verdict is derived from it. Name the ledger of this store in "
            "CORPUS_AUDIT_DATABASE_URL, or put its backup back; 'corpus-audit ledger verify' checks it."
        )
        raise StoreError(message)


def _entries_named(sequences: Sequence[int]) -> str:
    named = ", ".join(map(str, sequences[:_NAMED])) + ", …" * (len(sequences) > _NAMED)
    return f"entry {named}" if len(sequences) == 1 else f"{len(sequences)} entries ({named})"


def noted_entries(store: Path) -> dict[int, str]:
    """Return the sha256 of every ledger entry, by its sequence, that an audit of the store was concluded with."""
    noted: dict[int, str] = {}
    for audit_id in Store(store).audit_ids():
        noted |= _noted(Store(store).open_audit(audit_id))
    return noted


def _noted(audit: AuditFolder) -> dict[int, str]:
    """Return the sha256 of every ledger entry, by its sequence, that an audit was concluded with."""
    path = audit.table_path("conclude", schemas.DECISIONS)
    if not path.is_file():
        return {}
    table = pq.read_table(path, columns=["sequence", "sha256"])
    return dict(zip(table["sequence"].to_pylist(), table["sha256"].to_pylist(), strict=True))


def _decisions_about(audit: AuditFolder) -> "list[Entry]":
    """Return what was decided about the audit's dataset and counts for its verdict.

    Raises StoreError when the content of an entry was changed.
    """
    from corpus_audit.ledger import altered, entries_about
    from corpus_audit.ledger.approval import NO_PART_OF_A_VERDICT

    entries = entries_about(audit.store, read_identity(audit).dataset_id)
    if changed := altered(entries):
        message = (
            f"The ledger was changed: {_entries_named(changed)} no longer gives its sha256. No verdict is derived."
        )
        raise StoreError(message)
    no_part = NO_PART_OF_A_VERDICT | {DecisionAction.WITHDRAW_CONSENT}  # of the people, not of the dataset
    return [entry for entry in entries if entry.action not in no_part]


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
