"""A drafted manifest of a dataset on a hub: from its card, with sizes and checksums, pinned to its commit."""

import hashlib
from dataclasses import replace

from corpus_audit.corpus.locations import Location, open_location
from corpus_audit.corpus.locations.base import LocationError, StoredFile
from corpus_audit.corpus.locations.hub import CARD, is_dataset
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.errors import ManifestError, RefusedPathError
from corpus_audit.manifest.draft import Draft
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.model import DataFile
from corpus_audit.pipeline.intake import folder_described
from corpus_audit.pipeline.receiving import read_documents
from corpus_audit.store import ScratchFolder

_MOST_READ = 10_000_000
"""A hub says the sha256 of larger files itself; smaller ones may lie in git, and are read for theirs. So are
files of any size in the client's cache."""
_CHUNK = 1 << 20


def draft_of_address(address: str, allowed_urls: str = "") -> tuple[Draft, str]:
    """Return a draft of ``hf://datasets/OWNER/NAME[@REVISION]``, and the address that its paths are relative to.

    Raises StoreError for a dataset that may not be opened, ManifestError for one without a card.
    """
    if not is_dataset(address):
        message = "This is no address of a dataset: write hf://datasets/OWNER/NAME, with @REVISION where needed."
        raise ManifestError(message)
    location = open_location(address, allowed_urls)
    with ScratchFolder("corpus-audit-card-") as folder:
        card = folder / CARD
        try:
            card.write_bytes(read_documents(location, CARD).contents[CARD])
        except OSError as error:
            reason = str(error) if isinstance(error, LocationError) else "it has no card"
            message = f"{address} cannot be drafted from ({reason})."
            raise ManifestError(message) from None
        loaded = load_manifest(card, folder_described(location))
    sources = tuple(
        source.model_copy(update={"files": tuple(_seen(file, location) for file in source.files)})
        for source in loaded.manifest.sources
    )
    manifest = loaded.manifest.model_copy(update={"sources": sources})
    return replace(Draft(manifest), description=CARD, problems=loaded.problems), location.address


def _seen(file: DataFile, location: Location) -> DataFile:
    """Return a file with its size and checksum; one that is not there, or cannot be read, as it is."""
    try:
        found = location.find(file.path)
        sha256 = file.sha256 or getattr(found, "sha256", None) or _digest(found)
    except (OSError, RefusedPathError):
        return file
    return file.model_copy(update={"size_bytes": found.size_bytes, "sha256": sha256})


def _digest(file: StoredFile) -> str | None:
    if file.size_bytes > _MOST_READ and not isinstance(file, LocalFile):
        return None
    digest = hashlib.sha256()
    with file.stream(0, file.size_bytes) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
