"""The files of a dataset, compared with the manifest's declaration."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.compression import LimitExceededError, suffix_without_compression
from corpus_audit.corpus.content import ALSO_DOCUMENTS, HAS_FIELDS, Content
from corpus_audit.corpus.declared_paths import DeclaredPaths
from corpus_audit.corpus.doubts import doubts_of
from corpus_audit.corpus.entry import Defect, make_file_id
from corpus_audit.corpus.files_seen import FilesSeen
from corpus_audit.corpus.formats import SUFFIXES
from corpus_audit.corpus.guarded_look import FileSeen, GuardedLook
from corpus_audit.corpus.held_file import HeldFile, held
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.left_out import Accounted, LeftOut, find_left_out, left_out_table, shown
from corpus_audit.corpus.locations import is_address
from corpus_audit.corpus.locations.base import Location, LocationError, StoredFile
from corpus_audit.corpus.panics import panics_as_errors
from corpus_audit.corpus.parts import Cutter, cutter_for
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.corpus.recognition import UNSEEN
from corpus_audit.corpus.row_samples import assign_input_roles, missing_fields, with_named_columns
from corpus_audit.engine.ahead import map_ahead
from corpus_audit.errors import RefusedPathError
from corpus_audit.guard import Limits
from corpus_audit.guard.progress import begin_file
from corpus_audit.schemas import FILES
from corpus_audit.vocabulary import DefectCode, FileFormat, FileState, LeftOutKind

_FIELDS = (*(name for name in FILES.schema.names if name.endswith(("_field", "_fields"))), "split")
"""What the manifest says of a file's fields and split, carried over as it stands."""

_CHUNK = 1 << 20

_TASKS_A_THREAD = 8
"""A thread gets the files in so many portions at least, so that all have work to the end."""

_MOST_FILES_A_TASK = 256

_REQUESTS = 16
"""How many files of a remote location one worker looks at side by side: most of the time is waiting."""

_UNLIMITED = Limits()


@dataclass(frozen=True)
class Resolution:
    """What ingest saw: files as they are, the parts to read of them (without shards yet), defects, what is left out."""

    files: pa.Table
    parts: pa.Table
    defects: pa.Table
    left_out: pa.Table


def resolve_files(
    location: Location,
    claimed_files: pa.Table,
    claimed_folders: pa.Table,
    *,
    part_bytes: int,
    threads: int,
    advance: Callable[[int], None],
    limits: Limits = _UNLIMITED,
    is_accounted: Accounted = lambda _path: False,
) -> Resolution:
    """Return every declared file beside what is on disk, and what else lies in the sources' folders.

    Files that can be cut are cut into parts of about *part_bytes*. Each of so many *threads* waits for a worker, which
    looks at many files of a remote location at a time; a file that exceeds *limits* or ends its worker is unreadable.
    *advance* is called with the number of bytes that were just hashed. What *is_accounted* is true for is
    not left out, though no source declares it.
    """
    requests = _REQUESTS if is_address(location.address) else 1
    size = max(requests, min(_MOST_FILES_A_TASK, -(-claimed_files.num_rows // (threads * _TASKS_A_THREAD))), 1)
    look = GuardedLook(partial(_look_at, location, part_bytes, requests), _ended_worker, limits, location.address)
    portions = (claimed_files.slice(first, size).to_pylist() for first in range(0, claimed_files.num_rows, size))
    seen = FilesSeen()
    for some in map_ahead(look.at, portions, threads, threads * _TASKS_A_THREAD):
        advance(sum(file.row.get("observed_size_bytes", 0) for file in some))
        seen.add(some)
    left_out = _left_out(location, claimed_files, claimed_folders, is_accounted)
    seen.add(_BESIDE[entry.kind](entry) for entry in left_out if entry.kind in _BESIDE)
    return Resolution(
        seen.take_files(),
        seen.take_parts(),
        seen.take_defects(),
        left_out_table(left_out, _declared_files(claimed_files, left_out)),
    )


def _left_out(
    location: Location, claimed_files: pa.Table, claimed_folders: pa.Table, is_accounted: Accounted
) -> tuple[LeftOut, ...]:
    if not claimed_folders.num_rows:
        return ()
    declared = DeclaredPaths(claimed_files["file"])
    return find_left_out(location, claimed_folders.to_pylist(), lambda path: path in declared or is_accounted(path))


def _look_at(location: Location, part_bytes: int, requests: int, claims: Sequence[Mapping[str, Any]]) -> list[FileSeen]:
    look = partial(_resolve, location, part_bytes)
    if requests == 1:
        return [look(claim) for claim in claims]
    with ThreadPoolExecutor(requests) as pool:
        return list(pool.map(look, claims))


def _declared_files(claimed_files: pa.Table, left_out: Iterable[LeftOut]) -> Mapping[str, Set[str]]:
    """Return the declared files of the sources that ignore others by patterns, by source."""
    ignoring = pa.array(sorted({entry.source_id for entry in left_out if entry.pattern}), pa.string())
    theirs = claimed_files.filter(pc.is_in(claimed_files["source_id"], ignoring))
    declared: dict[str, set[str]] = defaultdict(set)
    for source_id, file in zip(*(theirs[name].to_pylist() for name in ("source_id", "file")), strict=True):
        declared[source_id].add(file)
    return declared


def _claimed_row(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "file_id": make_file_id(claim["source_id"], claim["file"]),
        "declared_size_bytes": claim["size_bytes"],
        "declared_sha256": claim["sha256"],
        "format": claim["format"] or FileFormat.BINARY,
        "state": FileState.MISSING,
        **{name: claim[name] for name in ("source_id", "file", *_FIELDS)},
    }


def _ended_worker(claim: Mapping[str, Any], code: DefectCode, detail: str) -> FileSeen:
    row = _claimed_row(claim) | {"state": FileState.UNREADABLE}
    return FileSeen(row, (), [_defect(row, code, detail)])


def _resolve(location: Location, part_bytes: int, claim: Mapping[str, Any]) -> FileSeen:
    row = _claimed_row(claim)
    try:
        file = location.find(claim["file"])
        row["observed_size_bytes"] = file.size_bytes
        begin_file(row["file_id"], file.size_bytes)
        file = held(file)
        found, fields = _with_fields(file, claim, _recognise(file, claim))
        file_format = found.format
        row |= {"format": file_format, **found.recognition.as_row(), **fields}
        cutter = cutter_for(file_format, found.recognition, part_bytes)
        row["observed_sha256"] = _hash(file, cutter)
        parts = cutter.parts(file) if file_format is not FileFormat.BINARY else ()
        has_changed = location.find(claim["file"]).size_bytes != file.size_bytes
    except FileNotFoundError:
        return FileSeen(row)
    except RefusedPathError as error:
        return FileSeen({**row, "state": FileState.REFUSED}, (), [_defect(row, DefectCode.PATH_REFUSED, str(error))])
    except MemoryError:
        raise  # the worker is given up, and with it the file
    except Exception as error:  # noqa: BLE001 - parsers of foreign bytes raise what they like
        return FileSeen({**row, "state": FileState.UNREADABLE}, (), [_unreadable(row, error)])
    defects = list(_doubts(row, found, claim["format"]))
    if has_changed:
        defects.append(_defect(row, DefectCode.FILE_CHANGED, "the size changed while the file was checked"))
    return FileSeen({**row, "state": _compare(row)}, parts, defects)


def _unreadable(row: Mapping[str, Any], error: Exception) -> Defect:
    """Return why a file cannot be looked at, in words that hold none of it."""
    if isinstance(error, LimitExceededError):
        return _defect(row, DefectCode.LIMIT_EXCEEDED, str(error))
    if isinstance(error, OSError) and error.errno:
        return _defect(row, DefectCode.FILE_UNREADABLE, os.strerror(error.errno))
    detail = str(error) if isinstance(error, LocationError) else "its first bytes cannot be read: it is damaged"
    return _defect(row, DefectCode.FILE_UNREADABLE, detail)


def _doubts(row: Mapping[str, Any], found: Content, declared: str | None) -> Iterator[Defect]:
    """Yield what the first bytes of a file show that its name or its manifest does not say."""
    named = SUFFIXES.get(suffix_without_compression(row["file"]))
    for code, detail in doubts_of(found, row["file"], found.recognition.compression, declared, named):
        yield _defect(row, code, detail)


def _hash(file: StoredFile, cutter: Cutter) -> str:
    """Return the sha256 of the bytes that a file had when it was found: one that grows would have no end."""
    if isinstance(file, HeldFile):
        cutter.feed(file.content, len(file.content))
        return hashlib.sha256(file.content).hexdigest()
    digest = hashlib.sha256()
    content = bytearray(_CHUNK)
    with file.stream(0, file.size_bytes) as stream:
        while length := stream.readinto(content):
            digest.update(memoryview(content)[:length])
            cutter.feed(content, length)
    return digest.hexdigest()


def _recognise(file: StoredFile, claim: Mapping[str, Any]) -> Content:
    """Return what a file's first bytes show; raises a PanicError where a parser panics.

    One that is declared as binary is not looked at. Another declared format, or a declared text field and the format
    that the suffix stands for, say that rows are records.
    """
    if claim["format"] == FileFormat.BINARY:
        return Content(FileFormat.BINARY, UNSEEN)
    by_suffix = SUFFIXES.get(suffix_without_compression(claim["file"])) if claim["text_fields"] else None
    with panics_as_errors():
        return recognise_file(file, FileFormat(claim["format"]) if claim["format"] else by_suffix)


def _with_fields(file: StoredFile, claim: Mapping[str, Any], found: Content) -> tuple[Content, Mapping[str, Any]]:
    """Return what a file is read as, and what the rule about columns adds to the fields that its manifest names."""
    if found.format not in HAS_FIELDS or found.is_empty:
        return found, {}
    source = FileInput(file, file.size_bytes, found.recognition.compression)
    found = with_named_columns(source, found, claim)
    roles = assign_input_roles(source, found)
    is_document = found.format in ALSO_DOCUMENTS and not roles.text
    if is_document and claim["format"] not in HAS_FIELDS and not claim["text_fields"]:
        one_text = FileFormat(claim["format"] or FileFormat.TEXT)
        return replace(found, format=one_text, recognition=replace(found.recognition, dialect=None)), {}
    return found, missing_fields(roles, claim)


def _compare(row: Mapping[str, Any]) -> FileState:
    if row["declared_size_bytes"] not in (None, row["observed_size_bytes"]):
        return FileState.SIZE_MISMATCH
    if row["declared_sha256"] is None:
        return FileState.NO_CHECKSUM
    return FileState.VERIFIED if row["declared_sha256"] == row["observed_sha256"] else FileState.CHECKSUM_MISMATCH


def _defect(row: Mapping[str, Any], code: DefectCode, detail: str) -> Defect:
    return Defect(row["source_id"], row["file"], code, "", detail)


def _undeclared_file(entry: LeftOut) -> FileSeen:
    """Return an undeclared file; bytes of its name that are no UTF-8, which no table can hold, are written out."""
    named = shown(entry.path)
    row = _undeclared_row(entry.source_id, named, entry.size_bytes)
    if named == entry.path:
        return FileSeen(row)
    detail = "its name is not UTF-8, and no manifest can name it: rename it, then declare it"
    return FileSeen(row, (), [_defect(row, DefectCode.FILE_UNREADABLE, detail)])


def _closed_folder(entry: LeftOut) -> FileSeen:
    place = {"source_id": entry.source_id, "file": shown(entry.path)}
    return FileSeen({}, (), [_defect(place, DefectCode.FILE_UNREADABLE, entry.detail)])


_BESIDE: Mapping[LeftOutKind, Callable[[LeftOut], FileSeen]] = {
    LeftOutKind.UNDECLARED: _undeclared_file,
    LeftOutKind.FOLDER: _closed_folder,
}


def _undeclared_row(source_id: str, file: str, size: int | None) -> dict[str, Any]:
    return {
        "file_id": make_file_id(source_id, file),
        "source_id": source_id,
        "file": file,
        "format": SUFFIXES.get(suffix_without_compression(file), FileFormat.BINARY),
        "observed_size_bytes": size,
        "state": FileState.UNDECLARED,
    }
