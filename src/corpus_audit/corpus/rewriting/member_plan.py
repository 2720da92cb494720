"""What happens to the members of an archive, by their numbers: which go, and what changes within others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import pyarrow as pa

from corpus_audit.corpus.entry import MemberBegins, RowMedia
from corpus_audit.corpus.formats.samples import Named, sample_of
from corpus_audit.corpus.rewriting.changes import FileChanges, Masks


@dataclass
class MemberPlan:
    """Members are numbered as they are read; a sample is what neighbours with one name are."""

    samples: list[str] = field(default_factory=list)
    records: dict[int, int] = field(default_factory=dict)
    """How many records those members hold that hold any."""
    dropped: set[int] = field(default_factory=set)
    copies: set[int] = field(default_factory=set)
    """Members that go only as copies: a sample goes for them where all that it holds is a copy."""
    changes: dict[int, FileChanges] = field(default_factory=dict)
    """What changes within members of which something stays: their rows, from 0."""

    def going(self) -> set[int]:
        """Return the numbers of the members of all samples that go."""
        whole: set[int] = set()
        for sample in self._samples():
            held = self.records.keys() & sample
            if self.dropped & sample or (held and held <= self.copies):
                whole |= sample
        return whole

    def masks(self, number: int) -> Masks:
        """Return the values to mask in a member, and what stands in place of each."""
        changes = self.changes.get(number)
        return [] if changes is None else [mask for row in sorted(changes.masks) for mask in changes.masks[row]]

    def _samples(self) -> Iterator[set[int]]:
        for _, members in groupby(range(len(self.samples)), key=self.samples.__getitem__):
            yield set(members)

    def decide(self, first_row: int, rows: set[int], changes: FileChanges) -> None:
        """Note what happens to the last member, which holds *rows*, numbered within the archive."""
        if not rows:
            return
        number, ends = len(self.samples) - 1, (min(rows), max(rows) + 1)
        self.records[number] = len(rows)
        going = np.array(sorted(rows.intersection(changes.dropped_within(*ends).tolist())), np.int64)
        copies = changes.copies_within(*ends)
        if len(going) == len(rows):
            (self.copies if set(going) <= set(copies.tolist()) else self.dropped).add(number)
        within = FileChanges(
            going if len(going) < len(rows) else np.array([], np.int64),
            {row: changes.masks[row] for row in sorted(rows) if row in changes.masks},
        ).numbered_from(first_row)
        if within:
            self.changes[number] = within


def plan_members(pieces: Iterable[Named], changes: FileChanges) -> MemberPlan:
    """Return what the changes of an archive mean for its members, of which *pieces* were read."""
    plan = MemberPlan()
    rows: set[int] = set()
    first_row = 0
    for name, piece in pieces:
        if isinstance(piece, MemberBegins):
            plan.decide(first_row, rows, changes)
            plan.samples.append(sample_of(name))
            rows, first_row = set(), piece.first_row
        batch = piece.batch if isinstance(piece, RowMedia) else piece
        if isinstance(batch, pa.RecordBatch):
            rows.update(batch["row"].to_pylist())
    plan.decide(first_row, rows, changes)
    return plan
