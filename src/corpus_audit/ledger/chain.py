"""Hash chaining of ledger entries, and verification of a chain."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from corpus_audit.store import sha256_of_json

GENESIS = "0" * 64
"""What stands for the entry before the first."""


def format_time(moment: datetime) -> str:
    """Return a moment as the ledger keeps it: ISO 8601 in UTC to the second, so that texts sort as times do."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


@dataclass(frozen=True)
class Entry:
    """One entry of the ledger, its columns as schema DECISIONS describes them."""

    sequence: int
    decided_at: str
    author: str
    role: str
    action: str
    scope: str
    dataset_id: str
    audit_id: str
    finding_id: str
    source_id: str
    evidence_sha256: str
    reason: str
    expires_at: str
    evidence_link: str
    previous_sha256: str
    sha256: str

    def holds_at(self, moment: str) -> bool:
        """True if this entry has not expired at a moment (ISO 8601, UTC)."""
        return not self.expires_at or self.expires_at >= moment

    def as_dict(self) -> dict[str, str | int]:
        """Return the columns by name, in their order."""
        return asdict(self)


COLUMNS = tuple(column.name for column in fields(Entry))


@dataclass(frozen=True)
class LedgerCheck:
    """What a check of the ledger saw: how many entries, the last one's sha256, and everything that is wrong."""

    entries: int
    head: str
    problems: tuple[str, ...]


def entry_digest(columns: dict[str, str | int]) -> str:
    """Return the sha256 that an entry of these columns has."""
    return sha256_of_json({name: columns[name] for name in COLUMNS if name != "sha256"})


def altered(entries: Iterable[Entry]) -> list[int]:
    """Return the sequences of entries whose content does not give their sha256."""
    return [entry.sequence for entry in entries if entry_digest(entry.as_dict()) != entry.sha256]


def check_chain(entries: Iterable[Entry], head: tuple[int, str], noted: dict[int, str]) -> LedgerCheck:
    """Return what is wrong with *entries* in the order of their sequence.

    *head* is the sequence and sha256 that the database keeps of the last entry; *noted* are the sha256 of entries,
    by sequence, that audits and checkpoints name: a chain that was forged as a whole still disagrees with them.
    """
    last, count, since = (0, GENESIS), 0, ""
    problems: list[str] = []
    for entry in entries:
        problems += _entry_problems(entry, last)
        if entry.decided_at < since:
            problems.append(f"Entry {entry.sequence} is earlier than the entry before it: time went back.")
        since = entry.decided_at
        if noted.get(entry.sequence, entry.sha256) != entry.sha256:
            problems.append(f"Entry {entry.sequence} is not the one that an audit or a checkpoint names.")
        last, count = (entry.sequence, entry.sha256), count + 1
    problems += (
        f"Entry {n} is missing, though an audit or a checkpoint names it." for n in sorted(noted) if n > last[0]
    )
    if last != head:
        problems.append(
            f"The ledger ends with entry {last[0]}, though {head[0]} was written last: its end was altered."
        )
    return LedgerCheck(count, last[1], tuple(problems))


def _entry_problems(entry: Entry, last: tuple[int, str]) -> Iterator[str]:
    sequence, digest = last
    if entry.sequence > sequence + 1:
        missing = ", ".join(str(number) for number in range(sequence + 1, entry.sequence))
        yield f"Removed before entry {entry.sequence}: {missing}."
    elif entry.previous_sha256 != digest:
        yield f"Entry {entry.sequence} does not follow the entry before it: one of them was inserted or replaced."
    if altered([entry]):
        yield f"Entry {entry.sequence} was changed: its content no longer gives its sha256."
