"""The ledger itself: append, read and verify entries."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, insert, literal_column, select, true
from sqlalchemy.engine import URL

from corpus_audit.errors import LedgerError
from corpus_audit.ledger.chain import COLUMNS, Entry, LedgerCheck, check_chain, entry_digest, format_time
from corpus_audit.ledger.database import (
    database_url,
    lock_for_writing,
    open_engine,
    reading,
    reporting,
    writing,
)
from corpus_audit.ledger.decision import Decision, check_decision
from corpus_audit.ledger.table import HEAD, LEDGER
from corpus_audit.store import Clock, utc_now
from corpus_audit.vocabulary import DecisionAction

_FETCHED_AT_ONCE = 1000
_CLOCKS_DIFFER = timedelta(minutes=5)


class Reads(Enum):
    """Whether notes of who read what are among the entries that are asked for."""

    WITHOUT = auto()
    WITH = auto()
    ONLY = auto()


# Written out, as the index of decisions asks for it.
_READ: ColumnElement[str] = literal_column(f"'{DecisionAction.READ}'")
_CHOSEN: Mapping[Reads, ColumnElement[bool]] = {
    Reads.WITHOUT: LEDGER.c.action != _READ,
    Reads.WITH: true(),
    Reads.ONLY: LEDGER.c.action == _READ,
}


@dataclass(frozen=True)
class Ledger:
    """An opened ledger. Every method is one transaction, and raises LedgerError when the database fails."""

    url: URL
    engine: Engine
    clock: Clock = utc_now

    def append(self, decisions: Sequence[Decision]) -> list[Entry]:
        """Return the entries that *decisions* became, all of them or none.

        Raises DecisionError when any of them may not be taken.
        """
        with reporting(self.url), writing(self.engine).begin() as connection:
            # The time is read under the lock, so that times never run against the chain.
            lock_for_writing(connection)
            sequence, sha256 = _head(connection)
            now = self.clock()
            for decision in decisions:
                check_decision(decision, now)
            entries = list(_chained(decisions, sequence, sha256, _no_earlier(connection, format_time(now))))
            self._write(connection, entries)
        return entries

    def entries(self, *, reads: Reads = Reads.WITHOUT, **equal: str) -> list[Entry]:
        """Return the entries with the given column values, oldest first: ``entries(audit_id="…")``."""
        with reporting(self.url), reading(self.engine).connect() as connection:
            return list(_read(connection, _selected(equal, reads)))

    def page(self, limit: int, skip: int = 0, *, reads: Reads = Reads.WITHOUT, **equal: str) -> list[Entry]:
        """Return at most *limit* entries with the given column values, newest first, from *skip* on."""
        newest = _selected(equal, reads).order_by(None).order_by(LEDGER.c.sequence.desc()).limit(limit).offset(skip)
        with reporting(self.url), reading(self.engine).connect() as connection:
            return list(_read(connection, newest))

    def count(self, *, reads: Reads = Reads.WITHOUT, **equal: str) -> int:
        """Return how many entries have columns that equal what is given."""
        asked = select(func.count()).select_from(LEDGER).where(*_conditions(equal, reads))
        with reporting(self.url), reading(self.engine).connect() as connection:
            return connection.execute(asked).scalar_one()

    def datasets_since(self, sequence: int) -> list[str]:
        """Return the datasets that were decided about after a sequence number."""
        asked = select(LEDGER.c.dataset_id).where(LEDGER.c.sequence > sequence, _CHOSEN[Reads.WITHOUT]).distinct()
        with reporting(self.url), reading(self.engine).connect() as connection:
            return list(connection.execute(asked).scalars())

    def lacking(self, noted: Mapping[int, str]) -> list[int]:
        """Return which of the entries that were *noted*, sha256 by sequence, are not here or are others, sorted."""
        asked = select(LEDGER.c.sequence, LEDGER.c.sha256).where(LEDGER.c.sequence >= min(noted, default=0))
        with reporting(self.url), reading(self.engine).connect() as connection:
            here = {(row.sequence, row.sha256) for row in connection.execute(asked)}
        return sorted(sequence for sequence, sha256 in noted.items() if (sequence, sha256) not in here)

    def head(self) -> tuple[int, str]:
        """Return the last entry's sequence and sha256; 0 and zeros when there is none."""
        with reporting(self.url), reading(self.engine).connect() as connection:
            return _head(connection)

    def verify(self, noted: Mapping[int, str] | None = None) -> LedgerCheck:
        """Return what is wrong with the ledger; *noted* are sha256 of entries that were written down elsewhere."""
        with reporting(self.url), reading(self.engine).connect() as connection:
            return check_chain(_read(connection, _selected({}, Reads.WITH)), _head(connection), dict(noted or {}))

    @staticmethod
    def _write(connection: Connection, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        # A trigger moves the head: a role that may only insert and read can write here.
        for entry in entries:
            connection.execute(insert(LEDGER), entry.as_dict())


def open_ledger(store: Path, *, clock: Clock = utc_now, environ: Mapping[str, str] = os.environ) -> Ledger:
    """Return the ledger of a store, its tables made or brought up to date; raises LedgerError."""
    url = database_url(store, environ)
    return Ledger(url, open_engine(url), clock)


def provisional_entries(decisions: Sequence[Decision], moment: datetime) -> list[Entry]:
    """Return what decisions would become if they were written at a moment; nothing is written."""
    return list(_chained(decisions, 0, "", format_time(moment)))


def _chained(decisions: Sequence[Decision], sequence: int, sha256: str, decided_at: str) -> Iterator[Entry]:
    for decision in decisions:
        sequence += 1
        unsealed = Entry(
            sequence=sequence,
            decided_at=decided_at,
            author=decision.author.strip(),
            role=str(decision.role),
            action=str(decision.action),
            scope=str(decision.scope),
            dataset_id=decision.dataset_id,
            audit_id=decision.audit_id,
            finding_id=decision.finding_id,
            source_id=decision.source_id,
            evidence_sha256=decision.evidence_sha256,
            reason=decision.reason.strip(),
            expires_at=format_time(decision.expires_at) if decision.expires_at else "",
            evidence_link=decision.evidence_link,
            previous_sha256=sha256,
            sha256="",
        )
        sha256 = entry_digest(unsealed.as_dict())
        yield replace(unsealed, sha256=sha256)


def _no_earlier(connection: Connection, now: str) -> str:
    """Return the time of a new entry: time never goes back, and clocks of two machines may differ by seconds."""
    last = connection.execute(select(func.max(LEDGER.c.decided_at))).scalar() or now
    behind = datetime.fromisoformat(last) - datetime.fromisoformat(now)
    if behind > _CLOCKS_DIFFER:
        message = f"This machine's clock is behind the last entry of the ledger ({last}): set it, then decide again."
        raise LedgerError(message)
    return max(last, now)


def _selected(equal: Mapping[str, str], reads: Reads) -> Select[Any]:
    return select(*(LEDGER.c[name] for name in COLUMNS)).where(*_conditions(equal, reads)).order_by(LEDGER.c.sequence)


def _conditions(equal: Mapping[str, str], reads: Reads) -> list[ColumnElement[bool]]:
    return [_CHOSEN[reads], *(LEDGER.c[name] == value for name, value in equal.items())]


def _read(connection: Connection, selected: Select[Any]) -> Iterator[Entry]:
    rows = connection.execution_options(yield_per=_FETCHED_AT_ONCE).execute(selected)
    return (Entry(*row) for row in rows)


def _head(connection: Connection) -> tuple[int, str]:
    row = connection.execute(select(HEAD.c.sequence, HEAD.c.sha256)).one()
    return row.sequence, row.sha256
