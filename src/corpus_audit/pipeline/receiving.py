"""Intake of manifests: copied into the store with all included files, and never changed there.

A copy is named after its content, so that what an audit was asked to do stays what it was, whatever becomes of the
place it came from, and the same manifest is kept once.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, split

from corpus_audit.corpus.locations import Location, open_location
from corpus_audit.corpus.locations.base import LocationError
from corpus_audit.corpus.locations.hub import CARD, is_dataset
from corpus_audit.errors import ManifestError, RefusedPathError
from corpus_audit.manifest.load import DESCRIPTIONS, MAX_BYTES
from corpus_audit.manifest.native import parse_manifest
from corpus_audit.store import in_use, locked_folder, sha256_of_bytes, sha256_of_json, write_bytes
from corpus_audit.store.bucket import address_of, is_copied, pull, updating

RECEIVED = "received"
"""The folder of a store that holds the copies, each named after its content."""

_MAX_DOCUMENTS = 10_000
_MAY_INCLUDE = re.compile(rb"\binclude\b")


@dataclass(frozen=True)
class Documents:
    """A manifest and what it includes: their bytes, by paths relative to the manifest's folder."""

    name: str
    contents: Mapping[str, bytes]

    @property
    def sha256(self) -> str:
        """One sha256 over everything that is here."""
        return sha256_of_json(sorted((path, sha256_of_bytes(content)) for path, content in self.contents.items()))

    def keep(self, store: Path) -> Path:
        """Return where the manifest's copy lies in a store."""
        name = self.sha256[:32]
        kept = store / RECEIVED / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        with updating(store, f"{RECEIVED}/{name}"), in_use(kept.parent):
            if not kept.exists():
                self._write(kept)
            os.utime(kept)  # asked for again, it is no old copy any more
        return kept / self.name

    def _write(self, kept: Path) -> None:
        with locked_folder(kept.with_name(f".partial-{kept.name}")) as partial:
            for path, content in self.contents.items():
                (partial / path).parent.mkdir(parents=True, exist_ok=True)
                write_bytes(partial / path, content)
            if not kept.exists():
                partial.rename(kept)


def receive(address: str, store: Path, allowed_urls: str = "") -> tuple[Path, str]:
    """Return where the copy of the manifest at an address lies in a store, and the address of the manifest's folder.

    The address of a whole dataset of a hub stands for its card. Raises StoreError when the folder cannot be opened,
    ManifestError when the manifest is not there.
    """
    root, _, name = (f"{address}/{CARD}" if is_dataset(address) else address).rpartition("/")
    location = open_location(root, allowed_urls)
    try:
        documents = read_documents(location, name)
    except (OSError, RefusedPathError) as error:
        reason = str(error) if isinstance(error, LocationError) else "it is not there"
        message = f"The manifest {address} cannot be read ({reason}): give the address of a YAML or JSON file."
        raise ManifestError(message) from None
    return documents.keep(store), location.address


def received_at(address: str, store: Path) -> Path | None:
    """Return the copy of a manifest that a store in a bucket keeps at an address, None for any other address."""
    start = f"{address_of(store)}/{RECEIVED}/"
    name = address.removeprefix(start)
    if not is_copied(store) or name == address or ".." in name.split("/"):
        return None
    pull(store, f"{RECEIVED}/{name.partition('/')[0]}")
    return store / RECEIVED / name


def read_documents(location: Location, file: str) -> Documents:
    """Return the manifest at a path with what it includes; raises OSError or RefusedPathError when it cannot be read.

    What it includes and cannot be read is left out: the audit that misses it says so.
    """
    folder, name = split(file)
    contents = {name: _read(location, file)}
    pending = [name]
    while pending and len(contents) < _MAX_DOCUMENTS:
        document = pending.pop()
        for path in _included(document, contents[document]):
            for included, content in _find(location, folder, path):
                if included not in contents:
                    contents[included] = content
                    pending.append(included)
    return Documents(name, contents)


def _included(document: str, content: bytes) -> Iterator[str]:
    """Yield what a document includes; nothing for one that is not valid, or of another format."""
    if not _MAY_INCLUDE.search(content):
        return
    try:
        manifest = parse_manifest(content, Path(document).suffix.lower())
    except ManifestError:
        return
    for include in manifest.include:
        yield join(dirname(document), include.path)


def _find(location: Location, folder: str, path: str) -> Iterator[tuple[str, bytes]]:
    """Yield the document at a path, or the one that describes the folder there."""
    for candidate in (path, *(f"{path}/{name}" for name in DESCRIPTIONS)):
        try:
            yield candidate, _read(location, join(folder, candidate))
        except (OSError, RefusedPathError):
            continue
        return


def _read(location: Location, file: str) -> bytes:
    """Return a file's bytes; of one that is too large for a manifest as many as show it."""
    found = location.find(file)
    if found.size_bytes == 0:
        return b""
    with found.stream(0, min(found.size_bytes, MAX_BYTES + 1)) as stream:
        content: bytes = stream.read()
    return content
