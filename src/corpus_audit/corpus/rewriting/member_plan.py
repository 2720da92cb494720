"""What happens to the members of an archive, by their numbers: which go, and what changes within others."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import pyarrow as pa

from corpus_audit.corpus.entry import MemberBegins, RowMedia
from corpus_audit.corpus.formats.samples import Named
from corpus_audit.corpus.rewriting.changes import FileChanges, Masks

_NO_END = int(np.iinfo(np.int64).max)


@dataclass
class MemberPlan:
    """Members are numbered as they are read; a sample is neighbours whose names have something in common."""

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
        """Return the values to mask in a member, and what stands in place of each; none where one was not met again."""
        changes = self.changes.get(number)
        if changes is None or not all(changes.masks.values()):
            return []
        return [mask for row in sorted(changes.masks) for mask in changes.masks[row]]

    def _samples(self) -> Iterator[set[int]]:
        for _, members in groupby(range(len(self.samples)), key=self.samples.__getitem__):
            yield set(members)

    def decide(self, ends: tuple[int, int], rows: set[int], changes: FileChanges) -> None:
        """Note what happens to the last member, whose rows are numbered from *ends* on to before the other end.

        Of these, *rows* became records; values may be masked in others too.
        """
        number = len(self.samples) - 1
        found = changes.found_within(*ends)
        going = np.array(sorted(rows.intersection(changes.dropped_within(*ends).tolist())), np.int64)
        if rows:
            self.records[number] = len(rows)
            if len(going) == len(rows):
                copies = set(changes.copies_within(*ends).tolist())
                if not set(going.tolist()) <= copies:
                    self.dropped.add(number)
                    return
                self.copies.add(number)
                going = going[:0]  # It may stay, for its sample does, and is masked then.
        within = FileChanges(going, found).numbered_from(ends[0])
        if within:
            self.changes[number] = within


def plan_members(pieces: Iterable[Named], changes: FileChanges, sample_of: Callable[[str], str]) -> MemberPlan:
    """Return what the changes of an archive mean for its members, of which *pieces* were read.

    *sample_of* returns what the names of a sample's members have in common.
    """
    plan = MemberPlan()
    rows: set[int] = set()
    first_row = 0
    for name, piece in pieces:
        if isinstance(piece, MemberBegins):
            plan.decide((first_row, piece.first_row), rows, changes)
            plan.samples.append(sample_of(name))
            rows, first_row = set(), piece.first_row
        batch = piece.batch if isinstance(piece, RowMedia) else piece
        if isinstance(batch, pa.RecordBatch):
            rows.update(batch["row"].to_pylist())
    plan.decide((first_row, _NO_END), rows, changes)
    return plan
