"""A first manifest for undescribed data: visible facts are filled in, the rest stays not-recorded."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path

from corpus_audit.corpus.field_roles import AssignedRoles
from corpus_audit.errors import ManifestError
from corpus_audit.manifest.conversion.result import ClaimProblem
from corpus_audit.manifest.file_fields import TABLES
from corpus_audit.manifest.formats import format_of_data, is_json
from corpus_audit.manifest.identifiers import make_identifier
from corpus_audit.manifest.ignored import CACHES, IGNORED, IGNORED_AT_ROOT, WRITTEN_BESIDE, saved_documents
from corpus_audit.manifest.model import DataFile, Dataset, FileFields, License, Manifest, Source
from corpus_audit.manifest.parts import EvidenceKind, LicenseEvidence
from corpus_audit.manifest.row_fields import fields_of_roles, look_at_file
from corpus_audit.manifest.splits import split_folders, with_splits
from corpus_audit.manifest.values import is_path, is_text
from corpus_audit.store import sha256_of_file
from corpus_audit.vocabulary import NOT_RECORDED, PER_RECORD, FileFormat

_LICENSE_FILE = re.compile(r"(licen[cs]e|copying|unlicense)([.-].*)?", re.IGNORECASE)


@dataclass
class Draft:
    """A drafted manifest, and how it came about.

    *roles* tell for each table, by its path, what its columns were taken for. *description* names the document that
    claims were taken from, None where there is none.
    """

    manifest: Manifest
    roles: Mapping[str, AssignedRoles] = field(default_factory=dict)
    description: str | None = None
    problems: Sequence[ClaimProblem] = ()


@dataclass(frozen=True)
class _Part:
    """Files that become one source: the folders that hold only these ('.' for the root), and the files' paths."""

    name: str
    folders: Sequence[str]
    files: Sequence[str]


def draft_manifest(path: Path) -> Manifest:
    """Return a draft from a folder (a source for each sub-folder) or from one data file.

    Paths are relative to the folder, or to the file's folder. Hidden files and links are left out. Raises
    ManifestError when there is nothing to describe, or it cannot be read.
    """
    return draft_from_files(path).manifest


def draft_from_files(path: Path, described: Collection[str] = ()) -> Draft:
    """Return the draft of :func:`draft_manifest` with the roles of all columns.

    Sub-folders that are *described* elsewhere are left out.
    """
    root = path if path.is_dir() else path.parent
    describer = FileDescriber(root)
    try:
        sources = tuple(_sources(describer, _parts(path, described)))
    except OSError as error:
        raise unreadable(error) from None
    if not described and not any(source.files for source in sources):
        message = f"{path} holds no files: give a folder with data, or a data file."
        raise ManifestError(message)
    name = path.resolve().name if path.is_dir() else path.stem
    dataset = Dataset(id=make_identifier(name), title=title_of(name))
    return Draft(Manifest(manifest_version="1", dataset=dataset, sources=sources), describer.roles)


def unreadable(error: OSError) -> ManifestError:
    """Return the error for a folder or file that cannot be looked at."""
    message = f"{error.filename} cannot be read ({error.strerror}): give a folder with data, or a data file."
    return ManifestError(message)


def title_of(name: str) -> str:
    """Return a folder's or file's name as a title, where a manifest can hold it."""
    return name if is_text(name) else NOT_RECORDED


def _parts(path: Path, described: Collection[str]) -> list[_Part]:
    """Return the sources-to-be of a folder or file; none of anything else, such as a pipe that never ends."""
    if path.is_dir():
        return _parts_of_folder(path, described)
    return [_Part(path.stem, (), [path.name])] if path.is_file() else []


def _parts_of_folder(root: Path, described: Collection[str]) -> list[_Part]:
    """Return each sub-folder, and the files that lie beside them; folders called after splits are one source."""
    entries = [entry for entry in visible(root) if entry.name not in described]
    folders = (
        _Part(e.name, (e.name,), sorted(files_below(root, e))) for e in entries if e.is_dir() and is_path(e.name)
    )
    parts = [part for part in folders if part.files]
    splits = split_folders(part.name for part in parts)
    files = [file for part in parts if part.name in splits for file in part.files]
    parts = [part for part in parts if part.name not in splits]
    beside = [e.name for e in entries if e.is_file() and e.name not in WRITTEN_BESIDE]
    if beside or files:
        parts.append(_Part(root.resolve().name, splits if parts or described else (".",), [*beside, *files]))
    return parts


def files_below(root: Path, folder: Path) -> Iterator[str]:
    """Yield the paths of a folder's files relative to *root*."""
    pending = [folder]
    while pending:
        for entry in visible(pending.pop()):
            if entry.is_dir():
                pending.append(entry)
            elif entry.is_file():
                yield entry.relative_to(root).as_posix()


def visible(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder, sorted, without hidden entries, caches and links."""
    for entry in sorted(folder.iterdir()):
        if not (entry.name.startswith(".") or entry.name == CACHES or entry.is_symlink()):
            yield entry


def _sources(describer: "FileDescriber", parts: Iterable[_Part]) -> Iterator[Source]:
    taken: set[str] = set()
    for part in parts:
        source_id = make_identifier(part.name, taken)
        taken.add(source_id)
        about = sorted(saved_documents(part.files))
        files = with_splits([describer.describe(path) for path in part.files if is_path(path) and path not in about])
        yield Source(
            id=source_id,
            title=part.name if part.name != source_id and is_text(part.name) else NOT_RECORDED,
            folders=tuple(part.folders),
            ignore=(*_ignored(part.folders), *(map(escape, about) if part.folders else ())),
            files=files,
            license=_license(files),
        )


def _license(files: Sequence[DataFile]) -> License:
    """Return what a draft can say of a source's license: per record where every table has a field that states it."""
    tables = [file.fields for file in files if file.fields.text]
    is_per_record = bool(tables) and all(fields.license for fields in tables)
    expression = PER_RECORD if is_per_record else NOT_RECORDED
    return License(expression=expression, evidence=tuple(license_evidence(files)))


def _ignored(folders: Sequence[str]) -> tuple[str, ...]:
    if not folders:
        return ()
    return IGNORED_AT_ROOT if "." in folders else IGNORED


class FileDescriber:
    """Describes the files of a folder, and notes what their columns were taken for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.roles: dict[str, AssignedRoles] = {}

    def describe(self, file: str) -> DataFile:
        """Return a file with its size and checksum, how it is read, and its fields."""
        path = self._root / file
        file_format, fields = self._format_and_fields(path, file)
        return DataFile(
            path=file,
            size_bytes=path.stat().st_size,
            sha256=sha256_of_file(path),
            format=file_format,
            fields=fields,
        )

    def complete(self, file: DataFile) -> DataFile:
        """Return a described file with what can be seen of it and is not stated; one that is not there as it is."""
        if not (self._root / file.path).is_file():
            return file
        seen = self.describe(file.path)
        missing = {name for name in ("size_bytes", "sha256", "format") if getattr(file, name) is None}
        found = {name: getattr(seen, name) for name in missing}
        return file.model_copy(
            update=found | ({} if file.fields.text else {"fields": _joined(file.fields, seen.fields)})
        )

    def _format_and_fields(self, path: Path, file: str) -> tuple[FileFormat | None, FileFields]:
        """Return how a file is read; JSON is rows where a list has a text, else it is one text."""
        named = FileFormat.JSON if is_json(file) else format_of_data(file)
        look = look_at_file(path, named)
        if look is None:
            return None, FileFields()
        if look.is_empty:
            return named, FileFields()
        file_format, roles = look.format, look.roles
        if file_format not in TABLES or roles is None:
            return file_format, FileFields()
        fields = fields_of_roles(roles)
        if file_format is FileFormat.JSON and not fields.text:
            return FileFormat.TEXT, FileFields()
        self.roles[file] = roles
        return file_format, fields


def _joined(stated: FileFields, seen: FileFields) -> FileFields:
    """Return stated fields, with those that were seen where none is stated."""
    return seen.model_copy(update=stated.model_dump(exclude_defaults=True))


def license_evidence(files: Iterable[DataFile]) -> Iterator[LicenseEvidence]:
    """Yield the license files among some files."""
    for file in files:
        if _LICENSE_FILE.fullmatch(Path(file.path).name):
            yield LicenseEvidence(kind=EvidenceKind.TEXT, file=file.path, sha256=file.sha256)
