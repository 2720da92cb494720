"""The packages installed in a Python environment, as the manifest of a code-training dataset.

What a package declares about itself is kept as it is; undeclared values stay not-recorded. Nothing in the manifest
depends on where the environment lies, and no author's address is copied.
"""

import csv
import hashlib
import posixpath
import re
import sys
from base64 import urlsafe_b64decode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from io import StringIO
from pathlib import Path

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.formats import format_of_document
from corpus_audit.manifest.identifiers import make_identifier
from corpus_audit.manifest.model import (
    Collection,
    DataFile,
    Dataset,
    License,
    Manifest,
    Origin,
    Source,
)
from corpus_audit.manifest.parts import EvidenceKind, LicenseEvidence
from corpus_audit.manifest.values import is_path, is_text, is_url
from corpus_audit.vocabulary import NOT_RECORDED, SourceKind

_LIBRARY_FOLDERS = (
    "lib/python3*/site-packages",
    "lib/python3*/dist-packages",
    "lib64/python3*/site-packages",
    "local/lib/python3*/dist-packages",
    "Lib/site-packages",
)
_CACHES = "**/__pycache__/**"
# Installers write these beside a package; RECORD cannot hold its own checksum, and is the list, not the content.
_INSTALLER_NOTES = ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json", "uv_build.json", "uv_cache.json")
_LICENSE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_LONGEST_LICENSE_NAME = 100
_NO_LICENSE_NAMES = ("", "UNKNOWN")
_PREFERRED_LINKS = ("source", "sourcecode", "repository", "code", "github", "homepage", "home")
_SHA256_BYTES = 32


@dataclass(frozen=True)
class _Package:
    """One installed distribution: its metadata, and the files it recorded by path relative to the environment."""

    distribution: Distribution
    source_id: str
    library: str
    files: Mapping[str, DataFile]

    @property
    def name_and_version(self) -> str:
        return f"{_field(self.distribution, 'Name')} {self.distribution.version}"

    @property
    def information_folder(self) -> str | None:
        """The folder of the package's own metadata."""
        found = (f.removesuffix("/METADATA") for f in self.files if f.endswith(".dist-info/METADATA"))
        return next((folder for folder in found if posixpath.dirname(folder) == self.library), None)


def describe_environment(prefix: Path | None = None) -> Manifest:
    """Return the installed packages under *prefix* (default: the running environment) as a manifest.

    Paths are relative to *prefix*. Raises ManifestError when there are no packages under it, or one is broken.
    """
    try:
        packages = _packages(Path(sys.prefix) if prefix is None else prefix)
    except (UnicodeDecodeError, csv.Error):
        message = f"{prefix or sys.prefix} holds a package with broken metadata: 'pip check' tells which; reinstall it."
        raise ManifestError(message) from None
    if not packages:
        message = f"{prefix or sys.prefix} holds no Python packages: give the folder of a Python environment."
        raise ManifestError(message)
    folders = _own_folders(packages)
    listing = "\n".join(sorted(package.name_and_version for package in packages))
    dataset = Dataset(
        id="python-environment",
        version=hashlib.sha256(listing.encode()).hexdigest()[:12],
        title="Python packages of one environment",
        description=f"The files of {len(packages)} installed Python packages, taken as a code-training dataset.",
    )
    sources = tuple(_source(package, folders[package.source_id]) for package in packages)
    return Manifest(manifest_version="1", dataset=dataset, sources=sources)


def _packages(prefix: Path) -> list[_Package]:
    packages: dict[str, _Package] = {}
    for library in _libraries(prefix):
        found = distributions(path=[str(library)])
        named = sorted((d for d in found if _is_package(d)), key=lambda d: (_normalise(d.metadata["Name"]), d.version))
        for distribution in named:
            source_id = make_identifier(_normalise(_field(distribution, "Name")), packages.keys())
            place = library.relative_to(prefix).as_posix()
            packages[source_id] = _Package(distribution, source_id, place, dict(_recorded_files(distribution, place)))
    return [packages[source_id] for source_id in sorted(packages)]


def _is_package(distribution: Distribution) -> bool:
    """True if it states its name; a removed package may leave its folder without metadata."""
    try:
        return bool(distribution.metadata["Name"])
    except FileNotFoundError:  # a backport of importlib.metadata, where one is loaded, raises instead of saying nothing
        return False


def _libraries(prefix: Path) -> list[Path]:
    """Return the folders packages are installed in; lib64 is often a link to lib and then counts once."""
    found = [path for pattern in _LIBRARY_FOLDERS for path in sorted(prefix.glob(pattern)) if path.is_dir()]
    return list({path.resolve(): path for path in reversed(found)}.values())[::-1]


def _field(distribution: Distribution, name: str) -> str:
    values = distribution.metadata.get_all(name)
    return values[0] if values else ""


def _normalise(name: str) -> str:
    """Return a package's name as indexes spell it (https://packaging.python.org/specifications/name-normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _recorded_files(distribution: Distribution, library: str) -> Iterator[tuple[str, DataFile]]:
    """Yield the files of RECORD, but not compiled caches, which every run of Python may rewrite."""
    for path, checksum, size in _record_rows(distribution):
        inside = posixpath.normpath(posixpath.join(library, path))
        if "__pycache__" in inside or inside.endswith(".dist-info/RECORD") or not is_path(inside):
            continue
        yield (
            inside,
            DataFile(
                path=inside,
                size_bytes=int(size) if size.isascii() and size.isdigit() else None,
                sha256=_hex(checksum),
                format=format_of_document(inside),
            ),
        )


def _record_rows(distribution: Distribution) -> Iterator[tuple[str, str, str]]:
    record = StringIO(distribution.read_text("RECORD") or "", newline="")
    for row in csv.reader(record, strict=True):  # a quote that is never closed is an error, however short the field
        path, checksum, size = (*row, "", "", "")[:3]
        yield path, checksum, size


def _hex(checksum: str) -> str | None:
    """Return RECORD's form of a checksum ('sha256=' and unpadded base64) in hex, or None when it is another."""
    algorithm, _, encoded = checksum.partition("=")
    try:
        digest = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except ValueError:
        return None
    return digest.hex() if algorithm == "sha256" and len(digest) == _SHA256_BYTES else None


def _own_folders(packages: Iterable[_Package]) -> dict[str, list[str]]:
    """Return each package's outermost folders that hold files of no other package."""
    owners: dict[str, set[str]] = defaultdict(set)
    for package in packages:
        for folder in {parent for file in package.files for parent in _folders_around(file, package.library)}:
            owners[folder].add(package.source_id)
    own: dict[str, list[str]] = {package.source_id: [] for package in packages}
    for folder, ids in sorted(owners.items()):
        if len(ids) == 1 and owners.get(posixpath.dirname(folder)) != ids:
            own[min(ids)].append(folder)
    return own


def _folders_around(file: str, library: str) -> Iterator[str]:
    folder = posixpath.dirname(file)
    while folder.startswith(f"{library}/"):
        yield folder
        folder = posixpath.dirname(folder)


def _source(package: _Package, folders: Sequence[str]) -> Source:
    information = package.information_folder
    installer = (package.distribution.read_text("INSTALLER") or "").strip()
    return Source(
        id=package.source_id,
        title=_text_or_not_recorded(package.name_and_version),
        kind=SourceKind.SOFTWARE_PACKAGE,
        folders=tuple(folders),
        ignore=(_CACHES, *_unlisted_notes(package)),
        files=tuple(package.files[path] for path in sorted(package.files)),
        origin=Origin(url=_link(package.distribution)),
        collection=Collection(method=_text_or_not_recorded(f"installed by {installer}") if installer else NOT_RECORDED),
        license=License(
            expression=_declared_license(package.distribution), evidence=tuple(_license_evidence(package, information))
        ),
    )


def _unlisted_notes(package: _Package) -> Iterator[str]:
    """Yield the notes that an installer left in the package's metadata folder without listing them."""
    for name in _INSTALLER_NOTES:
        path = f"{package.information_folder}/{name}"
        if path not in package.files and package.distribution.read_text(name) is not None:
            yield path


def _license_evidence(package: _Package, information: str | None) -> Iterator[LicenseEvidence]:
    for path in sorted(package.files):
        if information and path.startswith(f"{information}/") and _LICENSE_FILE.search(posixpath.basename(path)):
            yield LicenseEvidence(kind=EvidenceKind.TEXT, file=path, sha256=package.files[path].sha256)


def _declared_license(distribution: Distribution) -> str:
    """Return the license a package declares, in the words of its most exact field."""
    field = _field(distribution, "License").strip()
    names = [c for c in distribution.metadata.get_all("Classifier") or () if c.startswith("License ::")]
    first_line = field.partition("\n")[0].strip()
    candidates = (
        _field(distribution, "License-Expression"),
        field if _is_license_name(field) else "",
        "; ".join(sorted(names)),  # whether all hold or one may be chosen is not said
        first_line if _is_license_name(first_line) and "copyright" not in first_line.lower() else "",
    )
    return next((words for words in candidates if words and is_text(words)), NOT_RECORDED)


def _is_license_name(words: str) -> bool:
    """True if *words* can be the name of a license; some packages put the whole text there."""
    return words not in _NO_LICENSE_NAMES and "\n" not in words and len(words) <= _LONGEST_LICENSE_NAME


def _link(distribution: Distribution) -> str | None:
    """Return the address a package names as its source, or else as its home page."""
    links = {"homepage": _field(distribution, "Home-page")}
    for entry in distribution.metadata.get_all("Project-URL") or ():
        label, _, url = entry.partition(",")
        links[re.sub(r"[^a-z]", "", label.lower())] = url.strip()
    valid = (links[label] for label in _PREFERRED_LINKS if is_url(links.get(label, "")))
    return next(valid, None)


def _text_or_not_recorded(words: str) -> str:
    return words if is_text(words) else NOT_RECORDED
