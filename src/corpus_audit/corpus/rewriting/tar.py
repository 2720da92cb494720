"""Tar archives without some of their samples: the other members keep their names, times and bytes."""

import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.entry import FileEntry, RowMedia, Seen
from corpus_audit.corpus.formats import read_tar_members
from corpus_audit.corpus.formats.samples import sample_of
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.rewriting.changes import FileChanges, Masking, Masks, Rewritten
from corpus_audit.corpus.rewriting.packed import writing
from corpus_audit.errors import RewriteError
from corpus_audit.vocabulary import Unit

_BATCH_BYTES = 8 * 2**20
_BLOCK = 1 << 16


@dataclass
class _Plan:
    """What happens to the members of an archive, by their numbers."""

    samples: list[str] = field(default_factory=list)
    records: dict[int, int] = field(default_factory=dict)
    """How many records those members hold that hold any."""
    dropped: set[int] = field(default_factory=set)
    copies: set[int] = field(default_factory=set)
    """Members that go only as copies: a sample goes for them where all that it holds is a copy."""
    masks: dict[int, list[tuple[str, str]]] = field(default_factory=dict)

    def going(self) -> set[int]:
        """Return the numbers of the members of all samples that go."""
        whole: set[int] = set()
        for sample in self._samples():
            held = self.records.keys() & sample
            if self.dropped & sample or (held and held <= self.copies):
                whole |= sample
        return whole

    def _samples(self) -> Iterator[set[int]]:
        for _, members in groupby(range(len(self.samples)), key=self.samples.__getitem__):
            yield set(members)


def rewrite_tar(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    """Write an archive without the samples that a dropped row is of; a member with rows that stay is refused.

    A sample stays of which only some members are copies, such as labels. The archive is read twice: which rows a
    member holds is known once it is read.
    """
    plan = _plan(source, entry, changes)
    done = Rewritten()
    contents = _masked_members(source, plan, done)
    going = plan.going()
    done.dropped = sum(plan.records.get(number, 0) for number in going) - done.unmasked
    done.copies_kept = sum(plan.records[number] for number in plan.copies - going)
    with (
        source.stream() as stream,
        tarfile.open(fileobj=stream, mode="r|", bufsize=_BLOCK, ignore_zeros=True) as archive,
        writing(target, entry.recognition.compression) as out,
        tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT, bufsize=_BLOCK) as written,
    ):
        number = 0
        for info in archive:
            archive.members.clear()  # type: ignore[attr-defined]  # it would remember every member
            written.members.clear()  # type: ignore[attr-defined]
            if info.isdir():
                written.addfile(info)
                continue
            if number not in going:
                _add(written, info, archive, contents.get(number))
            number += 1
    return done


def _add(written: tarfile.TarFile, info: tarfile.TarInfo, archive: tarfile.TarFile, masked: bytes | None) -> None:
    if masked is not None:
        info.size = len(masked)
        written.addfile(info, BytesIO(masked))
        return
    written.addfile(info, archive.extractfile(info) if info.isreg() else None)


def _plan(source: FileInput, entry: FileEntry, changes: FileChanges) -> _Plan:
    plan = _Plan()
    rows: set[int] = set()
    for name, piece in read_tar_members(source, entry, _BATCH_BYTES):
        if isinstance(piece, Seen) and piece.unit is Unit.MEMBER:
            _decide(plan, rows, changes, entry)
            plan.samples.append(sample_of(name))
            rows = set()
        batch = piece.batch if isinstance(piece, RowMedia) else piece
        if isinstance(batch, pa.RecordBatch):
            rows.update(batch["row"].to_pylist())
    _decide(plan, rows, changes, entry)
    return plan


def _decide(plan: _Plan, rows: set[int], changes: FileChanges, entry: FileEntry) -> None:
    """Note what happens to the last member, which holds *rows*."""
    number = len(plan.samples) - 1
    going = rows.intersection(changes.dropped_within(min(rows), max(rows) + 1).tolist()) if rows else set()
    if going and going != rows:
        message = f"{entry.file} holds a member of several records of which some stay: unpack it, and audit it again."
        raise RewriteError(message)
    if rows:
        plan.records[number] = len(rows)
    if going:
        as_copies = going <= set(changes.copies_within(min(rows), max(rows) + 1).tolist())
        (plan.copies if as_copies else plan.dropped).add(number)
    masks = [mask for row in sorted(rows) for mask in changes.masks.get(row, ())]
    if masks:
        plan.masks[number] = masks


def _masked_members(source: FileInput, plan: _Plan, done: Rewritten) -> Mapping[int, bytes]:
    """Return the contents of masked members; one that cannot be masked is dropped with its sample."""
    contents: dict[int, bytes] = {}
    if not plan.masks:
        return contents
    with (
        source.stream() as stream,
        tarfile.open(fileobj=stream, mode="r|", bufsize=_BLOCK, ignore_zeros=True) as archive,
    ):
        files = (info for info in archive if not info.isdir())
        for number, info in enumerate(files):
            if number not in plan.masks or number in plan.dropped:
                continue
            content = archive.extractfile(info)
            masked = _mask(content.read() if content else b"", plan.masks[number])
            if masked is None:
                plan.dropped.add(number)
                done.unmasked += 1
            else:
                contents[number] = masked
                done.masked += 1
    return contents


def _mask(content: bytes, masks: Masks) -> bytes | None:
    masking = Masking(masks)
    try:
        text: Any = masking.apply(content.decode())
    except UnicodeDecodeError:
        return None
    return text.encode() if masking.is_complete else None
