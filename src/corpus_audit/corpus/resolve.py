"""Which files there are, and whether they are what the manifest declares."""

import fnmatch
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.compression import suffix_without_compression
from corpus_audit.corpus.entry import Defect, defect_table, make_file_id
from corpus_audit.corpus.formats import SUFFIXES
from corpus_audit.corpus.parts import Cutter, Part, cutter_for
from corpus_audit.corpus.paths import resolve_inside
from corpus_audit.corpus.recognise import DEFAULT_TEXT_FIELD, HAS_FIELDS, recognise_format
from corpus_audit.errors import RefusedPathError
from corpus_audit.schemas import FILES, PARTS, Table
from corpus_audit.vocabulary import DefectCode, FileFormat, FileState

_FIELDS = tuple(name for name in FILES.schema.names if name.endswith(("_field", "_fields")))
"""What the manifest says of a file's fields, carried over as it stands."""

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Resolution:
    """The files as they are (schema FILES), the parts to read of them (schema PARTS, without shards yet), defects."""

    files: pa.Table
    parts: pa.Table
    defects: pa.Table


@dataclass(frozen=True)
class _Seen:
    """One declared file, as it was found."""

    row: dict[str, Any]
    parts: Sequence[Part] = ()
    defects: Sequence[Defect] = ()


def resolve_files(
    root: Path,
    claimed_files: pa.Table,
    claimed_folders: pa.Table,
    *,
    part_bytes: int,
    threads: int,
    advance: Callable[[int], None],
) -> Resolution:
    """Return every declared file beside what is on disk, and every undeclared one in the sources' folders.

    Files that can be cut are cut into parts of about *part_bytes*. *advance* is called with the number of bytes that
    were just hashed.
    """
    claims = claimed_files.to_pylist()
    with ThreadPoolExecutor(threads) as pool:  # hashing releases the GIL
        seen = list(pool.map(lambda claim: _resolve(root, claim, part_bytes, advance), claims))
    declared = {claim["file"] for claim in claims}
    found = [_undeclared_row(*item) for item in _undeclared(root, claimed_folders.to_pylist(), declared)]
    defects = sorted((d for file in seen for d in file.defects), key=lambda d: (d.source_id, d.file, d.code, d.place))
    return Resolution(
        _sorted(FILES, [file.row for file in seen] + found),
        _sorted(PARTS, [row for file in seen for row in _part_rows(file)]),
        defect_table(defects),
    )


def _sorted(table: Table, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=table.schema).sort_by([(name, "ascending") for name in table.key])


def _part_rows(seen: _Seen) -> Iterator[dict[str, Any]]:
    file = {name: seen.row[name] for name in ("source_id", "file", "file_id")}
    for part in seen.parts:
        yield file | asdict(part)


def _resolve(root: Path, claim: Mapping[str, Any], part_bytes: int, advance: Callable[[int], None]) -> _Seen:
    row = {
        "file_id": make_file_id(claim["source_id"], claim["file"]),
        "declared_size_bytes": claim["size_bytes"],
        "declared_sha256": claim["sha256"],
        "format": claim["format"] or FileFormat.BINARY,
        "state": FileState.MISSING,
        **{name: claim[name] for name in ("source_id", "file", *_FIELDS)},
    }
    try:
        path = resolve_inside(root, claim["file"])
        size = row["observed_size_bytes"] = path.stat().st_size
        file_format = FileFormat(claim["format"] or _recognise(path, claim))
        cutter = cutter_for(claim["file"], file_format, part_bytes)
        row["format"], row["observed_sha256"] = file_format, _hash(path, size, cutter)
        parts = cutter.parts(path, size) if file_format is not FileFormat.BINARY else ()
        has_changed = path.stat().st_size != size
    except FileNotFoundError:
        return _Seen(row)
    except RefusedPathError as error:
        return _Seen({**row, "state": FileState.REFUSED}, (), [_defect(row, DefectCode.PATH_REFUSED, str(error))])
    except (OSError, EOFError) as error:
        detail = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "cannot be read"
        return _Seen({**row, "state": FileState.UNREADABLE}, (), [_defect(row, DefectCode.FILE_UNREADABLE, detail)])
    advance(size)
    if file_format in HAS_FIELDS:
        row["text_fields"] = row["text_fields"] or [DEFAULT_TEXT_FIELD]
    changed = [_defect(row, DefectCode.FILE_CHANGED, "the size changed while the file was checked")]
    return _Seen({**row, "state": _compare(row)}, parts, changed if has_changed else ())


def _hash(path: Path, size: int, cutter: Cutter) -> str:
    """Return the sha256 of a file's first *size* bytes: one that grows would have no end."""
    digest = hashlib.sha256()
    content = bytearray(_CHUNK)
    view = memoryview(content)
    with path.open("rb", buffering=0) as stream:
        while size and (length := stream.readinto(view[: min(size, _CHUNK)])):
            digest.update(view[:length])
            cutter.feed(content, length)
            size -= length
    return digest.hexdigest()


def _recognise(path: Path, claim: Mapping[str, Any]) -> FileFormat:
    """Return an undeclared format; a declared text field says that the rows of a table are records."""
    by_suffix = SUFFIXES.get(suffix_without_compression(claim["file"]))
    return by_suffix if by_suffix and claim["text_fields"] else recognise_format(path, claim["file"])


def _compare(row: Mapping[str, Any]) -> FileState:
    if row["declared_size_bytes"] not in (None, row["observed_size_bytes"]):
        return FileState.SIZE_MISMATCH
    if row["declared_sha256"] is None:
        return FileState.NO_CHECKSUM
    return FileState.VERIFIED if row["declared_sha256"] == row["observed_sha256"] else FileState.CHECKSUM_MISMATCH


def _defect(row: Mapping[str, Any], code: DefectCode, detail: str) -> Defect:
    return Defect(row["source_id"], row["file"], code, "", detail)


def _undeclared(
    root: Path, folders: Iterable[Mapping[str, Any]], declared: set[str]
) -> Iterator[tuple[str, str, int | None]]:
    """Yield (source, file, size) of each file that lies in a source's folder and no source declares."""
    seen: set[str] = set()
    for folder in folders:
        ignored = _matcher(folder["ignore"])
        for file, size in _walk(root, folder["folder"]):
            if file not in declared and file not in seen and not ignored(file):
                seen.add(file)
                yield folder["source_id"], file, size


def _walk(root: Path, folder: str) -> Iterator[tuple[str, int | None]]:
    try:
        start = resolve_inside(root, folder) if folder not in ("", ".") else root
    except (OSError, RefusedPathError):
        return  # its declared files are reported one by one
    for parent, names, files in os.walk(start):
        names.sort()
        for name in sorted(files):
            path = Path(parent, name)
            yield (Path(folder) / path.relative_to(start)).as_posix(), path.lstat().st_size


def _matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return a test for glob patterns in which '**/' also matches no folder at all."""
    every = [form for pattern in patterns for form in (pattern, pattern.removeprefix("**/"))]
    if not every:
        return lambda _file: False
    compiled = re.compile("|".join(fnmatch.translate(form) for form in every))
    return lambda file: compiled.match(file) is not None


def _undeclared_row(source_id: str, file: str, size: int | None) -> dict[str, Any]:
    return {
        "file_id": make_file_id(source_id, file),
        "source_id": source_id,
        "file": file,
        "format": SUFFIXES.get(suffix_without_compression(file), FileFormat.BINARY),
        "observed_size_bytes": size,
        "state": FileState.UNDECLARED,
    }
