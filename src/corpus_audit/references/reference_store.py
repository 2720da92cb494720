"""The references of a store: one Parquet file each, with hashes and without text, which may be shared."""

import contextlib
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.config import Parameters
from corpus_audit.errors import ParametersMismatchError, StoreError
from corpus_audit.measure.fingerprints.containment import ItemIndex, index_items
from corpus_audit.schemas import REFERENCE_WORKS
from corpus_audit.store import Store, read_json, sha256_of_file
from corpus_audit.store.bucket import pull, updating
from corpus_audit.vocabulary import ReferenceKind

KIND = "reference_kind"
TOO_SHORT = "reference_items_too_short"
WORKS_SHA256 = "reference_works_sha256"
"""Names in the file's metadata, beside the settings of its hashes."""

REFERENCES = "references"
"""The folder of a store that holds them."""

_SECONDS = 1.0
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Reference:
    """One reference as it lies in a store."""

    name: str
    path: Path
    kind: ReferenceKind
    items: int
    items_too_short: int
    """Items of fewer tokens than a shingle has: only a record of the same few tokens contains them."""
    settings: Mapping[str, str]
    sha256: str
    works_sha256: str | None = None
    """What it was made of, None where that was not written down."""


class ReferenceStore:
    """The folder of a store that holds its references."""

    def __init__(self, store: Path) -> None:
        self._folder = Store(store).path / REFERENCES

    def path(self, name: str) -> Path:
        """Return where a reference of this name lies or would lie; raises StoreError for what is no name."""
        if not _NAME.fullmatch(name):
            message = (
                f"{name!r} is no name for a reference: use up to 64 letters, digits, '.', '_' and '-', a letter or "
                "digit first."
            )
            raise StoreError(message)
        return self._folder / f"{name}.parquet"

    def names(self) -> list[str]:
        """Return the names of all references, sorted."""
        self.refresh(_SECONDS)
        return sorted(path.stem for path in self._folder.glob("[!.]*.parquet"))

    def open(self, name: str) -> Reference:
        """Return one reference; raises StoreError when there is none of that name or it cannot be read."""
        path = self.path(name)
        self.refresh(_SECONDS)
        if not path.is_file():
            message = f"There is no reference '{name}'. Known references: {', '.join(self.names()) or 'none'}."
            raise StoreError(message)
        return read_reference(path)

    def all(self) -> Iterator[Reference]:
        """Yield every reference, in the order of their names."""
        for name in self.names():
            yield self.open(name)

    def remove(self, name: str) -> None:
        """Delete a reference; raises StoreError when there is none of that name."""
        with self.updating():
            self.open(name).path.unlink()

    def replace(self, name: str, written: Path) -> None:
        """Put a file in the place of a reference, in one step; the one before stays for audits that began with it."""
        place = self.path(name)
        with self.updating():
            if place.exists():
                self._forget_earlier(name)
                kept = self._earlier(name, sha256_of_file(place))
                kept.parent.mkdir(exist_ok=True)
                with contextlib.suppress(FileExistsError):
                    kept.hardlink_to(place)
            written.replace(place)

    def refresh(self, at_most_every: float = 0.0) -> None:
        """Take over what other machines did, unless that was done so many seconds ago."""
        pull(self._folder.parent, REFERENCES, at_most_every)

    def updating(self) -> contextlib.AbstractContextManager[None]:
        """Write what the block changes of the references to the bucket as well, where the store is in one."""
        return updating(self._folder.parent, REFERENCES)

    def _earlier(self, name: str, digest: str) -> Path:
        return self._folder / "earlier" / f"{name}@{digest}.parquet"

    def _forget_earlier(self, name: str) -> None:
        """Delete what a reference was before, unless an audit that is not done with it began with it."""
        store = Store(self._folder.parent)
        unfinished = [audit for audit in map(store.open_audit, store.audit_ids()) if not audit.marker("deduplicate")]
        needed = {read_json(audit.path / "audit.json").get("references", {}).get(name) for audit in unfinished}
        for path in self._earlier(name, "*").parent.glob(f"{name}@*.parquet"):
            if path.stem.removeprefix(f"{name}@") not in needed:
                path.unlink()

    def works(self, parameters: Parameters) -> pa.Table:
        """Return table REFERENCE_WORKS: everything here, for an audit to hold its records against.

        Raises ParametersMismatchError when a reference was made with other settings than *parameters*.
        """
        rows = []
        for reference in self.all():
            _check_settings(reference, parameters)
            rows.append(
                {
                    "reference": reference.name,
                    "reference_kind": reference.kind,
                    "reference_sha256": reference.sha256,
                    "items": reference.items,
                    "items_too_short": reference.items_too_short,
                }
            )
        return pa.Table.from_pylist(rows, schema=REFERENCE_WORKS.schema)

    def load(self, digests: Mapping[str, str], parameters: Parameters) -> ItemIndex | None:
        """Return the items of the references named in *digests* for search, None when there are none.

        Raises StoreError when one of them changed or is gone.
        """
        if not digests:
            return None
        places = tuple(
            (name, self.path(name), self._earlier(name, digest), digest) for name, digest in sorted(digests.items())
        )
        return _load(places, parameters.containment_threshold)


def read_reference(path: Path) -> Reference:
    """Return the metadata in a reference's file; raises StoreError for a file that is none."""
    try:
        with path.open("rb") as stream:  # once: another may take its place at any time
            file = pq.read_metadata(stream)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stored = {
            key.decode(): value.decode() for key, value in (file.metadata or {}).items() if key != b"ARROW:schema"
        }
        return Reference(
            name=path.stem,
            path=path,
            kind=ReferenceKind(stored.pop(KIND)),
            items=file.num_rows,
            items_too_short=int(stored.pop(TOO_SHORT)),
            works_sha256=stored.pop(WORKS_SHA256, None),
            settings=stored,
            sha256=digest,
        )
    except (OSError, KeyError, ValueError, pa.ArrowException) as error:
        message = f"{path} is no reference that this version can read."
        raise StoreError(message) from error


def _check_settings(reference: Reference, parameters: Parameters) -> None:
    wanted = parameters.signature_settings()
    different = [
        f"{name} {reference.settings.get(name, 'nothing')} instead of {value}"
        for name, value in wanted.items()
        if reference.settings.get(name) != value
    ]
    if different:
        message = (
            f"The reference '{reference.name}' was made with other settings ({', '.join(different)}). Remove it, or "
            "add it again from its texts with the settings of this audit."
        )
        raise ParametersMismatchError(message)


@lru_cache(maxsize=1)
def _load(places: tuple[tuple[str, Path, Path, str], ...], threshold: float) -> ItemIndex:
    """Return the items of some references; kept, because every shard that a process measures asks for the same."""
    items = pa.concat_tables([_read_items(*place) for place in places])
    return index_items(_whole(items["reference"]), _whole(items["item"]), _whole(items["shingle_hashes"]), threshold)


def _read_items(name: str, place: Path, earlier: Path, digest: str) -> pa.Table:
    """Return the items of a reference as it was: from its place, or from where it was put when it changed."""
    for path in (place, earlier):
        with contextlib.suppress(FileNotFoundError), path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() == digest:
                stream.seek(0)
                table = pq.read_table(stream, columns=["item", "shingle_hashes"])
                return table.append_column("reference", pa.repeat(name, table.num_rows))
    message = f"The reference '{name}' changed since this audit began: start the audit again, it becomes a new one."
    raise StoreError(message)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    chunks = column.combine_chunks()
    return chunks if isinstance(chunks, pa.Array) else pa.concat_arrays(chunks.chunks)
