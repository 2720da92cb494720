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
from corpus_audit.corpus.formats.samples import stem_of
from corpus_audit.corpus.inputs import FileInput, MemberInput
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.corpus.rewriting.changes import FileChanges, Masks, Rewritten, mask_text
from corpus_audit.corpus.rewriting.member_plan import MemberPlan, plan_members
from corpus_audit.corpus.rewriting.packed import CHUNK

_BATCH_BYTES = 8 * 2**20
_LOCAL_HEADER = 30
_DESCRIBED_BEHIND = 0x08
_NAMED_IN_UTF_8 = 0x800
_LARGEST = 0xFFFF_FFFF
_LONGEST_COMMENT = 0xFFFF

Rewrite = Callable[[FileInput, FileEntry, FileChanges, Path], Rewritten]


def rewrite_zip(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path, rewrite: Rewrite) -> Rewritten:
    """Write an archive anew, with *rewrite* for members of which some rows go or are masked.

    A sample goes whole, and stays where only some of its members are copies. Comments were scanned with records, and
    are masked by all values. The archive is read twice: which rows a member holds is known once it is read.
    """
    plan = plan_members(read_zip_members(source, entry, _BATCH_BYTES), changes, stem_of)
    masks = list(dict.fromkeys(mask for of_row in changes.found.values() for mask in of_row))
    with (
        tempfile.TemporaryDirectory(prefix=".members-", dir=target.parent) as scratch,
        source.seekable() as file,
        zipfile.ZipFile(file) as archive,
    ):
        members = _Members(archive, entry, plan, Path(scratch), rewrite, masks)
        members.change()
        going = plan.going()
        with zipfile.ZipFile(target, "w") as written:
            written.comment = _mask_comment(archive.comment, masks)
            members.write(file, written, going)
        return members.done(going)


class _Members:
    """The members of an archive, and those written anew as files in a folder, by their numbers."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        entry: FileEntry,
        plan: MemberPlan,
        scratch: Path,
        rewrite: Rewrite,
        masks: Masks,
    ) -> None:
        self._archive, self._entry, self._plan, self._scratch, self._rewrite = archive, entry, plan, scratch, rewrite
        self._masks = masks
        self._changed: dict[int, Rewritten] = {}

    def change(self) -> None:
        """Write members anew of which some rows change; one of which nothing stays goes."""
        files = [info for info in self._archive.infolist() if not info.is_dir()]
        going = self._plan.going()
        for number, changes in sorted(self._plan.changes.items()):
            if number in going:
                continue
            self._changed[number] = self._change(files[number], changes, self._scratch / str(number))
            if not (self._scratch / str(number)).exists():
                self._plan.dropped.add(number)

    def done(self, going: set[int]) -> Rewritten:
        """Return what became of all records; those of members that go, as their samples do, count once."""
        records, changed = self._plan.records, self._changed
        staying = [done for number, done in changed.items() if number not in going]
        unmasked = {number: done.unmasked for number, done in changed.items()}
        return Rewritten(
            dropped=sum(done.dropped for done in staying)
            + sum(max(0, records.get(number, 0) - unmasked.get(number, 0)) for number in going),
            masked=sum(done.masked for done in staying),
            unmasked=sum(unmasked.values()),
            copies_kept=sum(records[number] for number in self._plan.copies - going),
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
                _copy(file, self._own(info), written)
                continue
            changed = self._scratch / str(number)
            if number not in going and changed.exists():
                _add(changed, self._own(info), written)
            elif number not in going:
                _copy(file, self._own(info), written)
            number += 1

    def _own(self, info: zipfile.ZipInfo) -> zipfile.ZipInfo:
        """Return a member's entry of the directory, to be written again."""
        own = copy(info)
        own.comment = _mask_comment(info.comment, self._masks)
        if not info.flag_bits & _NAMED_IN_UTF_8:
            own.__class__ = _NamedAsBefore
        return own


class _NamedAsBefore(zipfile.ZipInfo):
    """A member whose name keeps its bytes, in whatever encoding: zipfile reads them as cp437, and would write UTF-8."""

    __slots__ = ()

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - what zipfile asks for
        return self.orig_filename.encode("cp437"), self.flag_bits


def _mask_comment(comment: bytes, masks: Masks) -> bytes:
    if not comment:
        return comment
    masked = mask_text(comment.decode(errors="surrogateescape"), masks).encode(errors="surrogateescape")
    return masked[:_LONGEST_COMMENT]


def _add(changed: Path, own: zipfile.ZipInfo, written: zipfile.ZipFile) -> None:
    own.file_size = changed.stat().st_size
    written.NameToInfo.pop(own.filename, None)  # it warns of a name that was there before, and tells it
    with changed.open("rb") as content, written.open(own, "w") as out:
        while chunk := content.read(CHUNK):
            out.write(chunk)


def _copy(file: Any, own: zipfile.ZipInfo, written: zipfile.ZipFile) -> None:
    """Copy a member's packed bytes, whatever they are packed or encrypted with."""
    out: Any = written.fp
    at = own.header_offset
    file.seek(at)
    name, extra = struct.unpack_from("<HH", file.read(_LOCAL_HEADER), _LOCAL_HEADER - 4)
    file.seek(at + _LOCAL_HEADER + name + extra)
    out.seek(written.start_dir)
    own.header_offset = out.tell()
    out.write(own.FileHeader())
    left = own.compress_size
    while left and (chunk := file.read(min(CHUNK, left))):
        out.write(chunk)
        left -= len(chunk)
    if own.flag_bits & _DESCRIBED_BEHIND:
        is_large = max(own.file_size, own.compress_size) > _LARGEST
        form = "<4sLQQ" if is_large else "<4sLLL"
        out.write(struct.pack(form, b"PK\x07\x08", own.CRC, own.compress_size, own.file_size))
    written.start_dir = out.tell()
    written.filelist.append(own)
    written.NameToInfo[own.filename] = own
    written._didModify = True  # type: ignore[attr-defined]  # zipfile has no way to add what is packed
