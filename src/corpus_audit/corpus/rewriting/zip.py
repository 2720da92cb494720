"""Zip archives without some of their members, or some rows of members: the others keep their packed bytes."""

import struct
import tempfile
import zipfile
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import Any

from corpus_audit.corpus.compression import SIGNATURE_BYTES, Budget, recognise_compression
from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.formats import member_content, read_zip_members
from corpus_audit.corpus.inputs import FileInput, MemberInput
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.corpus.rewriting.changes import FileChanges, Rewritten
from corpus_audit.corpus.rewriting.member_plan import MemberPlan, plan_members
from corpus_audit.corpus.rewriting.packed import CHUNK

_BATCH_BYTES = 8 * 2**20
_LOCAL_HEADER = 30
_DESCRIBED_BEHIND = 0x08
_LARGEST = 0xFFFF_FFFF

Rewrite = Callable[[FileInput, FileEntry, FileChanges, Path], Rewritten]


def rewrite_zip(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path, rewrite: Rewrite) -> Rewritten:
    """Write an archive anew, with *rewrite* for members of which some rows go or are masked.

    A sample goes whole, and stays where only some of its members are copies. The archive is read twice: which rows a
    member holds is known once it is read.
    """
    plan = plan_members(read_zip_members(source, entry, _BATCH_BYTES), changes)
    with (
        tempfile.TemporaryDirectory(prefix=".members-", dir=target.parent) as scratch,
        source.seekable() as file,
        zipfile.ZipFile(file) as archive,
    ):
        members = _Members(archive, entry, plan, Path(scratch), rewrite)
        members.change()
        going = plan.going()
        with zipfile.ZipFile(target, "w") as written:
            written.comment = archive.comment
            members.write(file, written, going)
    members.done.dropped += sum(plan.records.get(number, 0) for number in going) - members.counted(going)
    members.done.copies_kept = sum(plan.records[number] for number in plan.copies - going)
    return members.done


class _Members:
    """The members of an archive, and those written anew as files in a folder, by their numbers."""

    def __init__(
        self, archive: zipfile.ZipFile, entry: FileEntry, plan: MemberPlan, scratch: Path, rewrite: Rewrite
    ) -> None:
        self._archive, self._entry, self._plan, self._scratch, self._rewrite = archive, entry, plan, scratch, rewrite
        self.done = Rewritten()
        self._changed: dict[int, Rewritten] = {}

    def change(self) -> None:
        """Write members anew of which some rows change; one of which nothing stays goes."""
        files = [info for info in self._archive.infolist() if not info.is_dir()]
        for number, changes in sorted(self._plan.changes.items()):
            if number in self._plan.dropped:
                continue
            done = self._changed[number] = self._change(files[number], changes, self._scratch / str(number))
            self.done.masked += done.masked
            self.done.unmasked += done.unmasked
            self.done.dropped += done.dropped
            if not (self._scratch / str(number)).exists():
                self._plan.dropped.add(number)

    def counted(self, going: set[int]) -> int:
        """Return how many records of members that go are counted already."""
        return sum(
            self._changed[number].dropped + self._changed[number].unmasked for number in going & set(self._changed)
        )

    def _change(self, info: zipfile.ZipInfo, changes: FileChanges, target: Path) -> Rewritten:
        unpacked = target.with_suffix(".member")
        with self._archive.open(info) as content, unpacked.open("wb") as out:
            while chunk := content.read(CHUNK):
                out.write(chunk)
        size = unpacked.stat().st_size
        with unpacked.open("rb") as held:
            packed = BufferedReader(held, SIGNATURE_BYTES)
            codec = recognise_compression(packed.peek(SIGNATURE_BYTES))
            member = MemberInput(packed, info.filename, Budget.of(size), codec)
            found = member_content(self._entry, member.stream(), info.filename, codec)
        recognition = replace(found.entry.recognition, compression=codec)
        entry = replace(found.entry, format=found.format, recognition=recognition, size_bytes=size)
        source = FileInput(LocalFile(unpacked, info.filename, size), size, codec)
        done = self._rewrite(source, entry, changes, target)
        unpacked.unlink()
        return done

    def write(self, file: Any, written: zipfile.ZipFile, going: set[int]) -> None:
        """Write all members that stay, in their order."""
        number = 0
        for info in self._archive.infolist():
            if info.is_dir():
                _copy(file, info, written)
                continue
            changed = self._scratch / str(number)
            if number not in going and changed.exists():
                _add(changed, info, written)
            elif number not in going:
                _copy(file, info, written)
            number += 1


def _add(changed: Path, info: zipfile.ZipInfo, written: zipfile.ZipFile) -> None:
    own = copy(info)
    own.file_size = changed.stat().st_size
    with changed.open("rb") as content, written.open(own, "w") as out:
        while chunk := content.read(CHUNK):
            out.write(chunk)


def _copy(file: Any, info: zipfile.ZipInfo, written: zipfile.ZipFile) -> None:
    """Copy a member's packed bytes, whatever they are packed or encrypted with."""
    out: Any = written.fp
    file.seek(info.header_offset)
    name, extra = struct.unpack_from("<HH", file.read(_LOCAL_HEADER), _LOCAL_HEADER - 4)
    file.seek(info.header_offset + _LOCAL_HEADER + name + extra)
    own = copy(info)
    out.seek(written.start_dir)
    own.header_offset = out.tell()
    out.write(own.FileHeader())
    left = info.compress_size
    while left and (chunk := file.read(min(CHUNK, left))):
        out.write(chunk)
        left -= len(chunk)
    if info.flag_bits & _DESCRIBED_BEHIND:
        is_large = max(info.file_size, info.compress_size) > _LARGEST
        form = "<4sLQQ" if is_large else "<4sLLL"
        out.write(struct.pack(form, b"PK\x07\x08", info.CRC, info.compress_size, info.file_size))
    written.start_dir = out.tell()
    written.filelist.append(own)
    written.NameToInfo[own.filename] = own
    written._didModify = True  # type: ignore[attr-defined]  # zipfile has no way to add what is packed
