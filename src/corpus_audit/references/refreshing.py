"""Refresh of a reference from its original location if the works have changed."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus_audit.config import Parameters, Settings
from corpus_audit.corpus.locations import Location, StoredFile, is_address, open_location
from corpus_audit.corpus.locations.base import LocationError
from corpus_audit.errors import StoreError
from corpus_audit.references.adding import Works
from corpus_audit.references.reference_store import Reference, ReferenceStore
from corpus_audit.store import locked_folder
from corpus_audit.vocabulary import ReferenceKind

_CHUNK = 1 << 20


@dataclass(frozen=True)
class RefreshedReference:
    """A reference as it is now, and whether it had to be made anew."""

    reference: Reference
    was_made: bool


def refresh_reference(
    store: Path,
    name: str,
    places: Sequence[str],
    kind: ReferenceKind = ReferenceKind.OTHER,
    *,
    text_field: str | None = None,
    parameters: Parameters | None = None,
    settings: Settings | None = None,
) -> RefreshedReference:
    """Return a reference made of the works at some paths and addresses; as it lies there when those did not change.

    A new one takes the old one's place in one step. Audits that began with the old one end with it. Raises StoreError
    when a work cannot be read: a reference never loses works because of that, the old one stays.
    """
    shelf = ReferenceStore(store)
    place = shelf.path(name)
    shelf.refresh()
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked_folder(place.parent / f".partial-{name}") as partial:
        paths = [_on_disk(where, partial / str(number)) for number, where in enumerate(places)]
        works = Works(paths, kind, text_field, parameters or Parameters())
        if place.exists() and (old := shelf.open(name)).works_sha256 == works.sha256:
            return RefreshedReference(old, was_made=False)
        items = works.hash_items(settings or Settings.from_environment())
        if items.defects:
            first = items.defects[0]
            message = (
                f"{len(items.defects):,} of the works of '{name}' cannot be read ({first.file}: {first.code}): mend or "
                "remove them. The reference stays as it was."
            )
            raise StoreError(message)
        works.write(items, partial / place.name)
        shelf.replace(name, partial / place.name)
    return RefreshedReference(shelf.open(name), was_made=True)


def _on_disk(where: str, folder: Path) -> Path:
    """Return where works lie on this machine: where they are, or in *folder*, copied from an address."""
    if not is_address(where):
        return Path(where)
    where = where.rstrip("/")
    copy = folder / where.rpartition("/")[2]
    try:
        for name, file in _files(where):
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with file.stream(0, file.size_bytes) as stream, target.open("wb") as written:
                shutil.copyfileobj(stream, written, _CHUNK)
    except OSError as error:
        reason = str(error) if isinstance(error, LocationError) else "a work went away meanwhile"
        message = f"The works at {where} cannot be read ({reason}): check the address and the credentials."
        raise StoreError(message) from None
    return copy


def _files(where: str) -> Iterator[tuple[str, StoredFile]]:
    """Yield the object at an address, or each below it, with its path below the address."""
    bucket, _, name = where.rpartition("/")
    if not bucket.endswith("/") and (found := _find(open_location(bucket), name)):
        yield "", found
        return
    location = open_location(where)
    for listed in location.walk("."):
        if listed.is_file:
            yield listed.path, location.find(listed.path)


def _find(location: Location, name: str) -> StoredFile | None:
    try:
        return location.find(name)
    except (FileNotFoundError, LocationError):
        return None
