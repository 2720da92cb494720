"""What lies in a store and nothing refers to: found, and removed.

Each kind is looked for while the processes that could begin to use it wait, and what another process holds is left.
"""

import contextlib
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

from corpus_audit.errors import StoreError
from corpus_audit.pipeline.indexed_audits import all_indexes, is_current, remove_indexed
from corpus_audit.pipeline.named_files import FOLDERS, named_files
from corpus_audit.pipeline.receiving import RECEIVED
from corpus_audit.pipeline.reuse import MEASURED
from corpus_audit.store import SIGNATURES, AuditFolder, Clock, held, read_json, utc_now
from corpus_audit.store.bucket import Mirror, copy_of, updating
from corpus_audit.vocabulary import GarbageKind

KEPT_DAYS = 7
"""How long what nothing refers to is kept: a run that was started for it may still wait."""

_WRITTEN_WITHIN = timedelta(days=1)
_TEMPORARY = (".staging-", ".partial-", ".looking-", ".built-", ".deleted-")
_PLACES = (
    "*",
    f"{RECEIVED}/*",
    "watched/*",
    "references/*",
    "checkpoints/*",
    "bundles/*",
    *(f"{folder}/*" for folder in FOLDERS),
    f"{SIGNATURES}/*",
    f"{SIGNATURES}/*/*",
    f"{MEASURED}/*/*",
    "audits/*/*",
    "audits/*/markers/*",
)
"""Where processes that were killed leave what they were writing."""


@dataclass(frozen=True)
class Garbage:
    """Something that nothing refers to: what it is, where, and how large it is."""

    kind: GarbageKind
    path: Path
    size_bytes: int


def collect_garbage(
    store: Path, *, days: float = KEPT_DAYS, dry_run: bool = False, clock: Clock = utc_now
) -> list[Garbage]:
    """Return what nothing in a store refers to and was not changed for *days*, removed unless *dry_run*.

    That is hints to measured shards, and signatures in the index, of audits that are gone, whatever their age; copies
    of manifests that neither an audit nor a watched place names; attachments and supplements that no ledger entry
    names, where the ledger has entries; and what killed processes left.
    """
    now, mirror = clock(), copy_of(store)
    if mirror is not None:
        mirror.pull("")
    before = now - timedelta(days=days)
    found = [
        *_hints(store, dry_run),
        *_indexed(store, dry_run),
        *_received(store, before, dry_run),
        *_unnamed(store, before, dry_run),
        *_left(store, before, now - _WRITTEN_WITHIN, dry_run),
        *(_unreferenced(mirror, min(before, now - _WRITTEN_WITHIN), dry_run) if mirror is not None else ()),
    ]
    return sorted(found, key=lambda garbage: (garbage.kind, garbage.path))


def _hints(store: Path, dry_run: bool) -> Iterator[Garbage]:
    with _held(store / MEASURED):
        for path in sorted((store / MEASURED).glob("*/*.json")):
            if not _leads_to_audit(path, store):
                yield from _removed(GarbageKind.MEASURED, path, store, dry_run)


def _leads_to_audit(hint: Path, store: Path) -> bool:
    with contextlib.suppress(StoreError, KeyError, TypeError):
        stored = read_json(hint)
        return AuditFolder(store / "audits" / stored["audit"]).marker(stored["stage"]) is not None
    return False


def _indexed(store: Path, dry_run: bool) -> Iterator[Garbage]:
    """Yield runs of the index that hold audits that are gone, or nothing that a larger one has not; they are written
    anew without those."""
    with updating(store, SIGNATURES):
        yield from list(_of_indexes(store, dry_run))


def _of_indexes(store: Path, dry_run: bool) -> Iterator[Garbage]:
    for index in all_indexes(store):
        useless = {run.folder for run in index.superseded()} | {folder for folder, _ in index.unreadable()}
        stale = {run.folder for run in index.runs() if not all(is_current(store, audit) for audit in run.audits)}
        for folder in sorted(useless | stale):
            yield Garbage(GarbageKind.SIGNATURES, folder, _size_of(folder))
        if not dry_run:
            for folder in useless:
                remove_indexed(folder)
            index.forget(lambda audit: not is_current(store, audit))


def _received(store: Path, before: datetime, dry_run: bool) -> Iterator[Garbage]:
    folder = store / RECEIVED
    with _held(store / "audits"), _held(folder):
        named = set(_named_copies(store))
        for path in sorted(folder.glob("[!.]*")):
            if path.name not in named and _is_older(path, before):
                yield from _removed(GarbageKind.RECEIVED, path, store, dry_run)


def _unnamed(store: Path, before: datetime, dry_run: bool) -> Iterator[Garbage]:
    """Yield files that were written for a decision or statement which was never recorded."""
    if not any((store / folder).is_dir() for folder in FOLDERS):
        return
    named = named_files(store)
    for folder, kind in FOLDERS.items():
        for path in sorted((store / folder).glob("[!.]*")):
            if named.is_unnamed(f"{folder}/{path.name}") and _is_older(path, before):
                yield from _removed(kind, path, store, dry_run)


def _named_copies(store: Path) -> Iterator[str]:
    """Yield the names of the copies that an audit was begun with, or that a watched place waits to have audited."""
    stored = [*(store / "audits").glob("*/run.json"), *(store / "watched").glob("[!.]*.json")]
    for path in stored:
        document = read_json(path)
        for manifest in (document.get("manifest"), *(change["manifest"] for change in document.get("waiting", ()))):
            # By its name: a store may be found at another path than the one that it was written under.
            yield from (name for folder, name in pairwise(Path(manifest or "").parts) if folder == RECEIVED)


def _left(store: Path, before: datetime, written_until: datetime, dry_run: bool) -> Iterator[Garbage]:
    paths = {path for place in _PLACES for path in store.glob(place) if path.name.startswith(_TEMPORARY)}
    for path in sorted(paths):
        with contextlib.suppress(StoreError, FileNotFoundError):  # another process holds it, or ended meanwhile
            # A file that is being written has no lock; the longest takes less than a day.
            if _is_older(path, before if path.is_dir() else min(before, written_until)):
                yield from _removed(GarbageKind.UNFINISHED, path, store, dry_run)


def _unreferenced(mirror: Mirror, before: datetime, dry_run: bool) -> Iterator[Garbage]:
    for name, objects, size_bytes in mirror.unreferenced(before.timestamp()):
        if not dry_run:
            mirror.objects.delete(objects)
        yield Garbage(GarbageKind.UNFINISHED, mirror.folder / name, size_bytes)


def _removed(kind: GarbageKind, path: Path, store: Path, dry_run: bool) -> Iterator[Garbage]:
    """Yield what is at a path once it is gone; raises StoreError where another process holds it."""
    is_folder = path.is_dir() and not path.is_symlink()
    with held(path, waits=False) if is_folder else nullcontext():
        garbage = Garbage(kind, path, _size_of(path))
        aside = store / f".deleted-{uuid4().hex}"
        if not dry_run:
            if (mirror := copy_of(store)) is not None:
                mirror.forget(path.relative_to(store).as_posix())
            path.rename(aside)
            shutil.rmtree(aside) if is_folder else aside.unlink()
    yield garbage


def _held(folder: Path) -> AbstractContextManager[None]:
    return held(folder) if folder.is_dir() else nullcontext()


def _is_older(path: Path, before: datetime) -> bool:
    return path.lstat().st_mtime <= before.timestamp()


def _size_of(path: Path) -> int:
    if not path.is_dir() or path.is_symlink():
        return path.lstat().st_size
    return sum(found.lstat().st_size for found in path.rglob("*") if found.is_file())
