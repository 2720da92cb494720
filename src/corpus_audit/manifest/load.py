"""Reading of a manifest from a file or folder, in any supported format."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import dirname

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.adapters import ADAPTERS, find_adapter
from corpus_audit.manifest.confusables import find_lookalikes
from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.beside import DocumentsBeside, files_inside
from corpus_audit.manifest.conversion.listing import Folder
from corpus_audit.manifest.conversion.node import Node, pointer_of
from corpus_audit.manifest.conversion.result import ClaimOrigin, ClaimProblem, SourceDocument
from corpus_audit.manifest.documents import read_document
from corpus_audit.manifest.includes import Include
from corpus_audit.manifest.loaded import LoadedManifest, Received
from corpus_audit.manifest.mixture import merge_includes
from corpus_audit.manifest.model import Source
from corpus_audit.manifest.native import decode, parse_manifest
from corpus_audit.manifest.path_patterns import find_path_patterns
from corpus_audit.store import sha256_of_bytes
from corpus_audit.vocabulary import NOT_RECORDED, PER_RECORD, WHOLE_DATASET, ClaimProblemCode, DatasetLicense

MAX_BYTES = 256 * 2**20
"""The largest manifest that is read."""

MAX_INCLUDE_DEPTH = 8
"""How many manifests may include each other one inside the other."""

_SMALL_BYTES = 1 << 16
"""A file of so many bytes is read in a tenth of a second."""

_OWN_NAMES = ("manifest.yaml", "manifest.yml", "manifest.json")
_CARD = "README.md"
FOREIGN_DESCRIPTIONS = (
    *("croissant.json", "metadata.json", "datapackage.json", _CARD),
    *("dataset_dict.json", "dataset_info.json"),
)
DESCRIPTIONS = (*_OWN_NAMES, *FOREIGN_DESCRIPTIONS)
"""What a folder is described by, the first that is there."""

_SAYS_NATIVE = re.compile(r"""^[\s{]*["']?manifest_version["']?\s*:|[{,]\s*"manifest_version"\s*:""", re.MULTILINE)


def load_manifest(path: Path, root: Folder | None = None) -> LoadedManifest:
    """Return the manifest that a file holds, or that describes a folder; raises ManifestError with every problem.

    Any format that ``ADAPTERS`` lists is read, and what a manifest includes becomes part of it. *root* is the folder
    that its paths are relative to, by default its own.
    """
    path = _description_in(path) if path.is_dir() else path
    loaded = _Loading(path.parent).load(path, path.name, root or path.parent)
    return replace(loaded, problems=(*loaded.problems, *_doubtful_names(loaded)))


def check_small(path: Path) -> None:
    """Raise ManifestError if a small file is no manifest; of a larger one, a folder, and what it includes, nothing."""
    if path.is_dir() or (path.is_file() and path.stat().st_size > _SMALL_BYTES):
        return
    received = _read(path)
    if _SAYS_NATIVE.search(decode(received)):
        parse_manifest(received, path.suffix.lower())
    else:
        document, _ = read_document(decode(received), path.name)
        _adapter_of(document, path)


def _doubtful_names(loaded: LoadedManifest) -> Iterator[ClaimProblem]:
    """Yield a problem for each misleading or unmatched name, at its place of origin."""
    found = [*find_lookalikes(loaded.manifest), *find_path_patterns(loaded.manifest, loaded.folder)]
    origins = {origin.pointer: origin for origin in loaded.origins} if found else {}
    for place, detail in found:
        pointer = pointer_of(place)
        origin = origins.get(pointer, ClaimOrigin(pointer, loaded.name, pointer))
        kind, *steps = (step for step in place if isinstance(step, str))
        source_id = loaded.manifest.sources[int(place[1])].id if kind == "sources" else WHOLE_DATASET
        field = ".".join((kind.removesuffix("s"), *steps))
        yield ClaimProblem(ClaimProblemCode.INVALID, origin.received_pointer, field, detail, source_id, origin.document)


@dataclass(frozen=True)
class _Loading:
    """How a manifest is read: what it includes has to lie in *top*, and *chain* are the files that led here."""

    top: Path
    chain: tuple[Path, ...] = ()

    def load(self, path: Path, name: str, folder: Folder) -> LoadedManifest:
        """Return what *path* holds, called *name*, with paths relative to *folder*."""
        received = _read(path)
        if not _SAYS_NATIVE.search(decode(received)):
            return _convert(decode(received), received, path, name, folder)
        own = LoadedManifest(parse_manifest(received, path.suffix.lower()), received, name, folder)
        if not own.manifest.include:
            return _with_licenses_of_records(own)
        inside = replace(self, chain=(*self.chain, Path(os.path.realpath(path))))
        merged = merge_includes(own, lambda include: inside.include(include, path.parent, folder))
        return _with_licenses_of_records(merged)

    def include(self, include: Include, beside: Path, folder: Folder) -> tuple[LoadedManifest, str]:
        """Return what a manifest that lies in *beside* includes, and where its paths begin, below *folder*."""
        path = beside / include.path
        below = include.folder or (include.path if path.is_dir() else dirname(include.path)) or "."
        path = _description_in(path) if path.is_dir() else path
        self._refuse(Path(os.path.realpath(path)))
        name = path.relative_to(self.top).as_posix()
        loaded = self.load(path, name, folder if below == "." else folder / below)
        if include.sha256 not in (None, sha256_of_bytes(loaded.received)):
            message = "its bytes are not those that 'sha256' asks for: get the right file, or correct the sha256"
            raise ManifestError(message)
        return loaded, "" if below == "." else below

    def _refuse(self, real: Path) -> None:
        """Raise ManifestError for what may not be included."""
        if real in self.chain:
            message = f"includes itself, by {' > '.join(step.name for step in (*self.chain, real))}: end the circle"
        elif len(self.chain) > MAX_INCLUDE_DEPTH:
            message = f"is included more than {MAX_INCLUDE_DEPTH} levels deep: include it further up"
        elif not real.is_relative_to(os.path.realpath(self.top)):
            message = "leads out of the manifest's folder by a link: copy it into the folder"
        else:
            return
        raise ManifestError(message)


def _with_licenses_of_records(loaded: LoadedManifest) -> LoadedManifest:
    """Return the manifest with what its dataset says of its sources' licenses said of each that declares none."""
    manifest = loaded.manifest
    if manifest.dataset.license is not DatasetLicense.PER_RECORD:
        return loaded
    sources = tuple(_with_license_of_records(source) for source in manifest.sources)
    return replace(loaded, manifest=manifest.model_copy(update={"sources": sources}))


def _with_license_of_records(source: Source) -> Source:
    if source.license.expression != NOT_RECORDED:
        return source
    terms = source.license.model_copy(update={"expression": PER_RECORD})
    return source.model_copy(update={"license": terms})


def _convert(text: str, received: bytes, path: Path, name: str, folder: Folder) -> LoadedManifest:
    document, problems = read_document(text, path.name, folder)
    adapter = _adapter_of(document, path)
    beside = _read_beside(adapter.beside(document), path.parent, name)
    conversion = adapter.convert(replace(document, beside=beside.nodes))
    locate = beside.locator()
    return LoadedManifest(
        manifest=conversion.manifest,
        received=received,
        name=name,
        folder=folder,
        format=conversion.format,
        problems=tuple(_placed(problem, locate) for problem in (*problems, *conversion.problems)),
        origins=tuple(ClaimOrigin(at, *locate(came_from)) for at, came_from in sorted(conversion.origins.items())),
        targets=adapter.targets,
        included=tuple(
            Received(beside.name_of(other), conversion.format, content) for other, content in beside.received.items()
        ),
    )


def _adapter_of(document: SourceDocument, path: Path) -> Adapter:
    """Return what converts a document that was read at a path; raises ManifestError where nothing does."""
    adapter = find_adapter(document)
    if adapter is None:
        formats = ", ".join(known.name for known in ADAPTERS)
        message = f"{path} is no manifest (it has no 'manifest_version') and in none of these formats: {formats}."
        raise ManifestError(message)
    return adapter


def _placed(problem: ClaimProblem, locate: Callable[[str], tuple[str, str]]) -> ClaimProblem:
    document, pointer = locate(problem.pointer)
    return problem._replace(document=document, pointer=pointer)


def _read_beside(names: Iterable[str], folder: Path, name: str) -> DocumentsBeside:
    """Return the documents that lie beside a description called *name* and are part of it; unreadable ones are not."""
    found = DocumentsBeside(name)
    for other, path in files_inside(folder, names):
        try:
            received = _read(path)
            document, _ = read_document(decode(received), path.name)
        except ManifestError:
            continue
        found.received[other] = received
        found.nodes[other] = Node(document.root.value, (other,))
    return found


def _description_in(folder: Path) -> Path:
    """Return the file that describes a folder."""
    there = [name for name in DESCRIPTIONS if (folder / name).is_file()]
    if _CARD in there[:-1] and not _is_card(folder / _CARD):
        there.remove(_CARD)
    if there:
        return folder / there[0]
    message = (
        f"{folder} holds no description ({', '.join(DESCRIPTIONS)}): name the file, "
        f"or draft a manifest with 'corpus-audit manifest init {folder}'."
    )
    raise ManifestError(message)


def _is_card(path: Path) -> bool:
    try:
        document, _ = read_document(decode(_read(path)), path.name)
    except ManifestError:
        return False
    return find_adapter(document) is not None


def _read(path: Path) -> bytes:
    try:
        # Without O_NONBLOCK, opening a pipe without a writer would block.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                message = f"{path} is not a regular file: give the path of a YAML or JSON file."
                raise ManifestError(message)
            received = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "not a path"
        message = f"The manifest {str(path)!r} cannot be read ({reason}): give the path of a YAML or JSON file."
        raise ManifestError(message) from None
    if len(received) > MAX_BYTES:
        message = f"{path} is larger than {MAX_BYTES // 2**20} MiB: split the dataset into several manifests."
        raise ManifestError(message)
    return received
