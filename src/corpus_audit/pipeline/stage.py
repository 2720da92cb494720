"""The declaration of a stage: its order, what it reads, writes and counts, and the function that runs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from corpus_audit.schemas import Table
from corpus_audit.store import AuditFolder

Count = Callable[[AuditFolder, str], int]
"""Counts something in a stage's folder of this name."""


class Grain(StrEnum):
    """How often a stage runs in one audit."""

    ONE = "one"
    SHARD = "shard"


@dataclass(frozen=True)
class Stage:
    """One stage of an audit.

    *run* takes the audit's folder, the shard's number where the grain is a shard, and ``context``. The first stage has
    no audit yet: it takes a manifest and a store and returns the audit's folder.
    """

    name: str
    run: Callable[..., Any]
    after: tuple[str, ...] = ()
    """The stages that must be finished first."""
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each earlier stage, the names of the tables and files that this one reads."""
    writes: tuple[str, ...] = ()
    """The names of the tables and files that it writes."""
    figures: Mapping[str, Count] = field(default_factory=dict)
    """What is counted of its work, by name, for logs, lineage and metrics."""
    grain: Grain = Grain.ONE
    units: Callable[[AuditFolder], int] | None = None
    """Counts what the stage works through in all its runs, in the units that it reports as progress."""

    @property
    def summary(self) -> str:
        """What the stage does, in one sentence: the first line of the documentation of what runs it."""
        return (self.run.__doc__ or "").strip().splitlines()[0]

    def folder(self, shard: int | None = None) -> str:
        """Return the name of the folder that a run of the stage writes, within its audit."""
        return self.name if shard is None else f"{self.name}-{shard:05d}"


def names_of(*tables: Table) -> tuple[str, ...]:
    """Return the names of tables."""
    return tuple(table.name for table in tables)
