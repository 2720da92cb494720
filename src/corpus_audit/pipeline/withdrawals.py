"""Withdrawals of consent: read from a list, put into the ledger, and carried through the datasets of a store.

The ledger keeps one entry for each person and dataset that holds them, and one for the store where none does. What
follows is derived: the verdict of every audit whose data names the person fails at its next conclusion, and its
exclusions name their records and the copies of them.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus_audit import schemas
from corpus_audit.errors import CorpusAuditError, StoreError
from corpus_audit.export.exclusions.policy import ExclusionPolicy
from corpus_audit.ledger import Decision, Entry, Ledger
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.current import bring_up_to_date
from corpus_audit.pipeline.exclusions import write_exclusions
from corpus_audit.pipeline.people_withdrawn import subject_column, withdrawals, withdrawals_in
from corpus_audit.pipeline.report import summarise
from corpus_audit.pipeline.tracing.audits import TracedAudit, audits_of, shards_of
from corpus_audit.pipeline.tracing.people import files_of
from corpus_audit.vocabulary import WHOLE_STORE, DecisionAction, DecisionScope, ExclusionReason, Role, Verdict

COLUMNS = ("subject_id", "withdrawn_on")
_LONGEST_ID = 200
_SHOWN = 20
_POLICY = ExclusionPolicy(
    name="withdrawals",
    description="Leaves out the records of people who withdrew their consent, and the copies of them.",
    reasons=(ExclusionReason.CONSENT_WITHDRAWN,),
)


@dataclass(frozen=True)
class Withdrawal:
    """One person who withdrew their consent, by the id that the data gives them, and on which day."""

    subject_id: str
    withdrawn_on: date


@dataclass(frozen=True)
class MarkedDataset:
    """The latest audit of a dataset that names people who withdrew: its verdict now, and what is to be left out.

    *exclusions* is the file that lists it; None, with *problem*, where the audit could not be brought up to date.
    """

    traced: TracedAudit
    people: int
    verdict: Verdict | None
    records: int
    exclusions: Path | None
    problem: str = ""


@dataclass(frozen=True)
class Marked:
    """What became of a list of withdrawals: the new entries, who is in no dataset, and the datasets that name others.

    *not_looked_through* are audits in which no one could be looked for.
    """

    entries: tuple[Entry, ...]
    nowhere: tuple[str, ...]
    datasets: tuple[MarkedDataset, ...]
    not_looked_through: tuple[str, ...]


def read_withdrawals(path: Path, today: date) -> list[Withdrawal]:
    """Return the withdrawals of a CSV with the columns subject_id and withdrawn_on (ISO 8601), each person once.

    Raises CorpusAuditError with the problems and their lines; the day may not lie behind *today*.
    """
    problems: list[str] = []
    found: dict[str, Withdrawal] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not set(COLUMNS) <= set(rows.fieldnames or ()):
                message = f"{path.name} is no list of withdrawals: its first line must name {' and '.join(COLUMNS)}."
                raise CorpusAuditError(message)
            for row in rows:
                parsed = _parse(row, today)
                if isinstance(parsed, str):
                    problems.append(f"line {rows.line_num}: {parsed}")
                else:
                    found.setdefault(parsed.subject_id, parsed)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path} cannot be read as a CSV in UTF-8."
        raise CorpusAuditError(message) from error
    if problems:
        more = f" And {len(problems) - _SHOWN} more." * (len(problems) > _SHOWN)
        message = f"{path.name} is no list of withdrawals, nothing was marked. {'; '.join(problems[:_SHOWN])}.{more}"
        raise CorpusAuditError(message)
    return list(found.values())


def _parse(row: Mapping[str, str | None], today: date) -> Withdrawal | str:
    """Return a row's withdrawal, or what is wrong with it."""
    subject_id, day = ((row[name] or "").strip() for name in COLUMNS)
    if not subject_id or len(subject_id) > _LONGEST_ID or not subject_id.isprintable():
        return f"subject_id must be an id of 1 to {_LONGEST_ID} characters"
    try:
        withdrawn_on = date.fromisoformat(day)
    except ValueError:
        return "withdrawn_on must be a day such as 2026-03-31"
    return "withdrawn_on lies in the future" if withdrawn_on > today else Withdrawal(subject_id, withdrawn_on)


def mark_withdrawals(
    store: Path, ledger: Ledger, marked: Sequence[Withdrawal], author: str, folder: Path, context: RunContext
) -> Marked:
    """Put withdrawals into the ledger, conclude the latest audit of each dataset anew, and list what is to be left out.

    A list *AUDIT.parquet* is written into *folder* for each such audit. What is in the ledger already is not put there
    again. Raises DecisionError, before anything is written, for an author who may not decide.
    """
    audits = audits_of(store)
    naming = _audits_naming(audits, [one.subject_id for one in marked])
    known = {(entry.finding_id, entry.dataset_id) for entry in withdrawals(store)}
    decisions = [
        decision
        for one in marked
        for decision in _decisions(one, naming.get(one.subject_id, ()), author)
        if (decision.finding_id, decision.dataset_id) not in known
    ]
    entries = ledger.append(decisions)
    folder.mkdir(parents=True, exist_ok=True)
    return Marked(
        tuple(entries),
        tuple(sorted(one.subject_id for one in marked if not naming.get(one.subject_id))),
        tuple(_carried_out(audits, folder, context)),
        tuple(traced.audit_id for traced in audits if not traced.is_measured),
    )


def _audits_naming(audits: Sequence[TracedAudit], subject_ids: Sequence[str]) -> dict[str, list[TracedAudit]]:
    """Return for each person the audits whose data names them, the latest first."""
    found: dict[str, dict[str, TracedAudit]] = {}
    for shard in shards_of(audits):
        for subject_id in set(subject_column(shard.path(f"{schemas.RECORDS.name}.parquet"), subject_ids)[1]):
            found.setdefault(subject_id, {}).update({traced.audit_id: traced for traced, _ in shard.folders})
    for traced in audits:
        if traced.is_measured:
            for subject_id in subject_ids:
                if files_of(traced.audit, [subject_id]):
                    found.setdefault(subject_id, {})[traced.audit_id] = traced
    places = {traced.audit_id: place for place, traced in enumerate(audits)}
    return {one: sorted(by_id.values(), key=lambda traced: places[traced.audit_id]) for one, by_id in found.items()}


def _decisions(withdrawal: Withdrawal, naming: Sequence[TracedAudit], author: str) -> Iterator[Decision]:
    latest = {traced.dataset_id: traced.audit_id for traced in reversed(naming)} or {WHOLE_STORE: ""}
    for dataset_id, audit_id in sorted(latest.items()):
        yield Decision(
            action=DecisionAction.WITHDRAW_CONSENT,
            scope=DecisionScope.PERSON,
            dataset_id=dataset_id,
            audit_id=audit_id,
            reason=f"Withdrawn on {withdrawal.withdrawn_on.isoformat()}.",
            author=author,
            role=Role.STEWARD,
            finding_id=withdrawal.subject_id,
        )


def _carried_out(audits: Sequence[TracedAudit], folder: Path, context: RunContext) -> Iterator[MarkedDataset]:
    """Conclude the latest audit of each dataset that names people who withdrew, and list what is to be left out."""
    for traced in _latest(audits):
        people = len(withdrawals_in(traced.audit))
        if not people:
            continue
        try:
            path = folder / f"{traced.audit_id}.parquet"
            excluded = write_exclusions(traced.audit, path, _POLICY, context=context)
            bring_up_to_date(traced.audit, context=context)
            yield MarkedDataset(traced, people, summarise(traced.audit).verdict, excluded.records, path)
        except StoreError as error:
            yield MarkedDataset(traced, people, None, 0, None, str(error))


def _latest(audits: Sequence[TracedAudit]) -> list[TracedAudit]:
    """Return the latest audit of each dataset that can be looked through."""
    latest: dict[str, TracedAudit] = {}
    for traced in audits:
        if traced.is_measured:
            latest.setdefault(traced.dataset_id, traced)
    return list(latest.values())
