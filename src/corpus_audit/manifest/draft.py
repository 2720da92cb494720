"""A first manifest for data that has none: what can be seen is filled in, all else is left not-recorded."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.formats import format_of_data, is_json
from corpus_audit.manifest.identifiers import make_identifier
from corpus_audit.manifest.model import DataFile, Dataset, FileFields, License, Manifest, Source
from corpus_audit.manifest.parts import EvidenceKind, LicenseEvidence
from corpus_audit.manifest.row_fields import guess_fields
from corpus_audit.manifest.values import is_path, is_text
from corpus_audit.store import sha256_of_file
from corpus_audit.vocabulary import NOT_RECORDED, FileFormat

_LICENSE_FILE = re.compile(r"(licen[cs]e|copying|unlicense)([.-].*)?", re.IGNORECASE)

_CACHES = "__pycache__"
_IGNORED = ("**/.*", f"**/{_CACHES}/**")
_WRITTEN_BESIDE = ("manifest.yaml", "manifest.json")
"""What this program itself may have written beside the data, with its store."""
_IGNORED_AT_ROOT = (*_IGNORED, *_WRITTEN_BESIDE, "audits/**")


@dataclass(frozen=True)
class _Part:
    """Files that become one source: their folder (None when it holds other sources too) and its files' paths."""

    name: str
    folder: str | None
    files: Sequence[str]


def draft_manifest(path: Path) -> Manifest:
    """Return a draft from a folder (a source for each sub-folder) or from one data file.

    Paths are relative to the folder, or to the file's folder. Hidden files and links are left out. Raises
    ManifestError when there is nothing to describe, or it cannot be read.
    """
    root = path if path.is_dir() else path.parent
    try:
        sources = tuple(_sources(root, _parts(path)))
    except OSError as error:
        message = f"{error.filename} cannot be read ({error.strerror}): give a folder with data, or a data file."
        raise ManifestError(message) from None
    if not any(source.files for source in sources):
        message = f"{path} holds no files: give a folder with data, or a data file."
        raise ManifestError(message)
    name = path.resolve().name if path.is_dir() else path.stem
    return Manifest(manifest_version="1", dataset=Dataset(id=make_identifier(name)), sources=sources)


def _parts(path: Path) -> list[_Part]:
    """Return the sources-to-be of a folder or file; none of anything else, such as a pipe that never ends."""
    if path.is_dir():
        return _parts_of_folder(path)
    return [_Part(path.stem, None, [path.name])] if path.is_file() else []


def _parts_of_folder(root: Path) -> list[_Part]:
    """Return each sub-folder, and the files that lie beside them."""
    entries = list(_visible(root))
    folders = (_Part(e.name, e.name, sorted(_files(root, e))) for e in entries if e.is_dir() and is_path(e.name))
    parts = [part for part in folders if part.files]
    beside = [e.name for e in entries if e.is_file() and e.name not in _WRITTEN_BESIDE]
    if beside:
        parts.append(_Part(root.resolve().name, None if parts else ".", beside))
    return parts


def _files(root: Path, folder: Path) -> Iterator[str]:
    """Yield the paths of a folder's files relative to *root*."""
    pending = [folder]
    while pending:
        for entry in _visible(pending.pop()):
            if entry.is_dir():
                pending.append(entry)
            elif entry.is_file():
                yield entry.relative_to(root).as_posix()


def _visible(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder, sorted, without hidden entries, caches and links."""
    for entry in sorted(folder.iterdir()):
        if not (entry.name.startswith(".") or entry.name == _CACHES or entry.is_symlink()):
            yield entry


def _sources(root: Path, parts: Iterable[_Part]) -> Iterator[Source]:
    taken: set[str] = set()
    for part in parts:
        source_id = make_identifier(part.name, taken)
        taken.add(source_id)
        files = tuple(_describe_file(root, path) for path in part.files if is_path(path))
        yield Source(
            id=source_id,
            title=part.name if part.name != source_id and is_text(part.name) else NOT_RECORDED,
            folders=() if part.folder is None else (part.folder,),
            ignore=_ignored(part.folder),
            files=files,
            license=License(evidence=tuple(_license_evidence(files))),
        )


def _ignored(folder: str | None) -> tuple[str, ...]:
    if folder is None:
        return ()
    return _IGNORED_AT_ROOT if folder == "." else _IGNORED


def _describe_file(root: Path, file: str) -> DataFile:
    path = root / file
    file_format, fields = _format_and_fields(path, file)
    return DataFile(
        path=file,
        size_bytes=path.stat().st_size,
        sha256=sha256_of_file(path),
        format=file_format,
        fields=fields,
    )


def _format_and_fields(path: Path, file: str) -> tuple[FileFormat | None, FileFields]:
    """Return how a file is read; JSON is rows where the first entry of a list has a text, else it is one text."""
    if is_json(file):
        fields = guess_fields(path, FileFormat.JSON)
        return (FileFormat.JSON, fields) if fields.text else (FileFormat.TEXT, FileFields())
    file_format = format_of_data(file)
    return file_format, guess_fields(path, file_format)


def _license_evidence(files: Iterable[DataFile]) -> Iterator[LicenseEvidence]:
    for file in files:
        if _LICENSE_FILE.fullmatch(Path(file.path).name):
            yield LicenseEvidence(kind=EvidenceKind.TEXT, file=file.path, sha256=file.sha256)
