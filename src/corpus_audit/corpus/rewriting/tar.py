"""Tar archives without some of their samples: the other members keep their names, times and bytes."""

import tarfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.formats import read_tar_members
from corpus_audit.corpus.formats.samples import sample_of
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.rewriting.changes import FileChanges, Masking, Masks, Rewritten
from corpus_audit.corpus.rewriting.member_plan import MemberPlan, plan_members
from corpus_audit.corpus.rewriting.packed import writing
from corpus_audit.errors import RewriteError

_BATCH_BYTES = 8 * 2**20
_BLOCK = 1 << 16


def rewrite_tar(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    """Write an archive without the samples that a dropped row is of; a member with rows that stay is refused.

    A sample stays of which only some members are copies, such as labels. The archive is read twice: which rows a
    member holds is known once it is read.
    """
    plan = plan_members(read_tar_members(source, entry, _BATCH_BYTES), changes, sample_of)
    if any(len(within.dropped) for within in plan.changes.values()):
        message = f"{entry.file} holds a member of several records of which some stay: unpack it, and audit it again."
        raise RewriteError(message)
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


def _masked_members(source: FileInput, plan: MemberPlan, done: Rewritten) -> Mapping[int, bytes]:
    """Return the contents of masked members; one that cannot be masked is dropped with its sample."""
    contents: dict[int, bytes] = {}
    going = plan.going()
    masked = {
        number: plan.masks(number) for number, within in plan.changes.items() if within.masks and number not in going
    }
    if not masked:
        return contents
    with (
        source.stream() as stream,
        tarfile.open(fileobj=stream, mode="r|", bufsize=_BLOCK, ignore_zeros=True) as archive,
    ):
        files = (info for info in archive if not info.isdir())
        for number, info in enumerate(files):
            if number not in masked:
                continue
            content = archive.extractfile(info)
            written = _mask(content.read() if content else b"", masked[number])
            if written is None:
                plan.dropped.add(number)
                done.unmasked += number in plan.records
            else:
                contents[number] = written
                done.masked += 1
    return contents


def _mask(content: bytes, masks: Masks) -> bytes | None:
    masking = Masking(masks)
    try:
        text: Any = masking.apply(content.decode())
    except UnicodeDecodeError:
        return None
    return text.encode() if masking.is_complete else None
