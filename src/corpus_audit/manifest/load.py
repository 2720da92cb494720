"""A manifest read from a file or folder, whatever format it is in."""

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.adapters import ADAPTERS, find_adapter
from corpus_audit.manifest.conversion.result import ClaimProblem, Origin
from corpus_audit.manifest.documents import read_document
from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.native import decode, parse_manifest

MAX_BYTES = 256 * 2**20
"""The largest manifest that is read."""

NATIVE = "corpus-audit"
"""The name of this program's own format."""

_OWN_NAMES = ("manifest.yaml", "manifest.yml", "manifest.json")
_DESCRIPTIONS = (*_OWN_NAMES, "croissant.json", "metadata.json", "datapackage.json", "README.md")
"""What a folder is described by, the first that is there."""

_SAYS_NATIVE = re.compile(r"""^[\s{]*["']?manifest_version["']?\s*:|[{,]\s*"manifest_version"\s*:""", re.MULTILINE)


@dataclass(frozen=True)
class LoadedManifest:
    """A manifest, the bytes it was read from, and what is to be known of how it was read.

    *origins* tell for each field of a manifest in another format where it came from; in this program's own format
    every field came from where it is. *targets* are the fields that a format can say something about, None for all.
    """

    manifest: Manifest
    received: bytes
    name: str
    folder: Path
    format: str = NATIVE
    problems: Sequence[ClaimProblem] = ()
    origins: Sequence[Origin] = ()
    targets: frozenset[str] | None = None


def load_manifest(path: Path, root: Path | None = None) -> LoadedManifest:
    """Return the manifest that a file holds, or that describes a folder; raises ManifestError with every problem.

    Any format that ``ADAPTERS`` lists is read. *root* is the folder that its paths are relative to, by default its own.
    """
    path = _description_in(path) if path.is_dir() else path
    received = _read(path)
    folder = root or path.parent
    text = decode(received)
    if _SAYS_NATIVE.search(text):
        return LoadedManifest(parse_manifest(received, path.suffix.lower()), received, path.name, folder)
    document, problems = read_document(text, path.name, folder)
    adapter = find_adapter(document)
    if adapter is None:
        formats = ", ".join(known.name for known in ADAPTERS)
        message = f"{path} is no manifest (it has no 'manifest_version') and in none of these formats: {formats}."
        raise ManifestError(message)
    conversion = adapter.convert(document)
    found = (*problems, *conversion.problems)
    return LoadedManifest(
        manifest=conversion.manifest,
        received=received,
        name=path.name,
        folder=folder,
        format=conversion.format,
        problems=tuple(problem._replace(document=path.name) for problem in found),
        origins=tuple(Origin(at, path.name, came_from) for at, came_from in sorted(conversion.origins.items())),
        targets=adapter.targets,
    )


def _description_in(folder: Path) -> Path:
    """Return the file that describes a folder."""
    for name in _DESCRIPTIONS:
        if (folder / name).is_file():
            return folder / name
    message = (
        f"{folder} holds no description ({', '.join(_DESCRIPTIONS)}): name the file, "
        f"or draft a manifest with 'corpus-audit manifest init {folder}'."
    )
    raise ManifestError(message)


def _read(path: Path) -> bytes:
    try:
        # Without O_NONBLOCK a pipe that nobody writes to would be waited for.
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
