"""Watched places of manifests: new and changed manifests, each reported once per change.

The store keeps the last state of each place in one file. A change is recorded there before it is reported, and stays
pending until the start of its audit is confirmed. A change reported twice, because the machine went down in between,
has the same run id both times, and Airflow starts no run twice.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from posixpath import dirname
from typing import Any

from corpus_audit.corpus.locations import Location, open_location
from corpus_audit.corpus.locations.base import LocationError
from corpus_audit.corpus.paths import path_matcher
from corpus_audit.errors import RefusedPathError, StoreError
from corpus_audit.manifest.identifiers import make_identifier
from corpus_audit.pipeline.receiving import Documents, read_documents
from corpus_audit.schedules import WatchedPlace
from corpus_audit.store import locked_folder, read_json, sha256_of_json, write_json
from corpus_audit.store.bucket import address_of, pull, updating

MOST_AT_ONCE = 200
"""How many changes one look tells; the others wait for the next."""

_SETTLE_SECONDS = 5
_FOLDER = "watched"
_UNREADABLE = "unreadable"


@dataclass(frozen=True)
class PlaceChange:
    """A manifest that is new or changed: what the run that audits it is called, and what it is to read."""

    run_id: str
    manifest: str
    root: str


@dataclass
class _State:
    """The last state of a place: each manifest's change count and current version; changes still pending."""

    place: str
    seen: dict[str, tuple[int, str]] = field(default_factory=dict)
    waiting: list[PlaceChange] = field(default_factory=list)


def poll(watch: WatchedPlace, store: Path, *, pause: Callable[[float], None] = time.sleep) -> list[PlaceChange]:
    """Return the changes whose audits are due to start, in the order of detection.

    A manifest that is being written is left for the next look: those that changed are read a second time after a
    pause, and count only when they are what they were. Raises StoreError when the place cannot be looked at.
    """
    location = open_location(watch.place)
    pull(store, _name(watch))
    before = _read_state(watch, store)
    changed = {
        file: digest
        for file in _manifests(location, watch)
        if (digest := _digest(_documents(location, file))) is not None and digest != before.seen.get(file, (0, ""))[1]
    }
    if not changed:
        return before.waiting[:MOST_AT_ONCE]
    pause(_SETTLE_SECONDS)
    settled = {
        file: found for file, digest in changed.items() if _digest(found := _documents(location, file)) == digest
    }
    with _changing(watch, store) as state:
        for file, documents in settled.items():
            if state.seen.get(file) == before.seen.get(file):  # no other process noted a change of it meanwhile
                _take(state, watch, store, file, documents)
    return state.waiting[:MOST_AT_ONCE]


def mark_started(watch: WatchedPlace, store: Path, run_ids: Iterable[str]) -> None:
    """Record that the audits of some changes were started, so that they are not reported again."""
    started = set(run_ids)
    with _changing(watch, store) as state:
        state.waiting = [change for change in state.waiting if change.run_id not in started]


@contextmanager
def _changing(watch: WatchedPlace, store: Path) -> Iterator[_State]:
    """Yield the last state of a place, and write what the block makes of it; all watches of a store share the lock."""
    with updating(store, _name(watch)), locked_folder(store / _FOLDER / f".looking-{watch.id}"):
        state = _read_state(watch, store)
        yield state
        _write_state(watch, store, state)


def _manifests(location: Location, watch: WatchedPlace) -> Iterator[str]:
    """Yield the paths of a place's manifests; hidden files and folders are none."""
    is_manifest = path_matcher(watch.manifests)
    try:
        for found in location.walk("."):
            if found.is_file and is_manifest(found.path) and not _is_hidden(found.path):
                yield found.path
    except OSError as error:
        reason = str(error) if isinstance(error, LocationError) else error.strerror
        message = f"The place {location.address} cannot be listed ({reason}): check the address and the rights."
        raise StoreError(message) from None


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _documents(location: Location, file: str) -> Documents | OSError | None:
    """Return a manifest, why it cannot be read, or None when it is gone or a link that leads elsewhere."""
    try:
        return read_documents(location, file)
    except (FileNotFoundError, RefusedPathError):
        return None
    except OSError as error:
        return error


def _digest(found: Documents | OSError | None) -> str | None:
    if isinstance(found, Documents):
        return found.sha256
    return None if found is None else _UNREADABLE


def _take(state: _State, watch: WatchedPlace, store: Path, file: str, documents: Documents | OSError | None) -> None:
    """Note a change: a run id that no other has, and a copy of what is to be audited.

    What cannot be read has no copy: its audit is given the place itself, and fails there with the reason.
    """
    number, digest = state.seen.get(file, (0, ""))[0] + 1, str(_digest(documents))
    address = f"{watch.place.rstrip('/')}/{file}"
    manifest = address_of(documents.keep(store)) if isinstance(documents, Documents) else address
    sign = sha256_of_json([watch.place, file, digest])[:16]
    run_id = f"change__{make_identifier(file)}__{number}__{sign}"
    state.seen[file] = (number, digest)
    state.waiting.append(PlaceChange(run_id, manifest, watch.root or dirname(address)))


def _read_state(watch: WatchedPlace, store: Path) -> _State:
    """Return what was seen; nothing where the place is another one now."""
    path = _state_path(watch, store)
    stored: dict[str, Any] = read_json(path) if path.is_file() else {}
    if stored.get("place") != watch.place:
        return _State(watch.place)
    seen = {file: (number, digest) for file, (number, digest) in stored["seen"].items()}
    return _State(watch.place, seen, [PlaceChange(**change) for change in stored["waiting"]])


def _write_state(watch: WatchedPlace, store: Path, state: _State) -> None:
    write_json(_state_path(watch, store), asdict(state))


def _state_path(watch: WatchedPlace, store: Path) -> Path:
    return store / _name(watch)


def _name(watch: WatchedPlace) -> str:
    return f"{_FOLDER}/{watch.id}.json"
