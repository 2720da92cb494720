"""The copy of a store in a bucket that this machine works on, and what passes between the two."""

import contextlib
import fcntl
import json
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from corpus_audit.config.privacy import private_files
from corpus_audit.errors import StoreError
from corpus_audit.store.bucket.address import Address
from corpus_audit.store.bucket.arbiter import Arbiter, arbiter_of
from corpus_audit.store.bucket.heads import FOLDER, Head, current_heads, is_plain, parse_heads
from corpus_audit.store.bucket.objects import Objects
from corpus_audit.store.digests import sha256_of_bytes, sha256_of_stored
from corpus_audit.store.documents import write_bytes
from corpus_audit.store.locks import held

AUDITS = "audits"
FETCHED = ".fetched"
"""The folder of an audit's copy that notes which of its stages are here, each by the sha256 of its outputs."""

_LOCAL = ("ledger.sqlite", "openlineage.ndjson", "review-index.sqlite")
"""How the names begin of files at the top of a copy that belong to this machine; SQLite writes journals beside them."""


@dataclass
class Mirror:
    """A store in a bucket and its copy. Every method raises StoreError where the bucket or the database fails."""

    address: Address
    folder: Path
    objects: Objects
    arbiter: Arbiter
    _pulled: dict[str, float] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _depth: int = 0

    @classmethod
    def open(cls, address: Address, folder: Path) -> "Mirror":
        """Return the mirror of a store; raises StoreError where no PostgreSQL database is named."""
        return cls(address, folder, Objects(address), arbiter_of(str(address)))

    # --- heads: what is small or replaced ----------------------------------------------------------------------------

    def pull(self, prefix: str, at_most_every: float = 0.0) -> None:
        """Make the heads below a path of the copy what the bucket has, unless that was done so many seconds ago."""
        if at_most_every and time.monotonic() - self._pulled.get(prefix, -at_most_every) < at_most_every:
            return
        with self._locked():
            self._take_over(prefix, self._heads(prefix))
            self._pulled[prefix] = time.monotonic()

    @contextlib.contextmanager
    def updating(self, prefix: str) -> Iterator[None]:
        """Have what lies below a path to this process alone, on all machines; what the block changed is then written.

        The block finds what the bucket has. Where it raises, nothing is written.
        """
        # In this order everywhere, so that no two processes wait for each other.
        with self._locked(), self.arbiter.alone(_scope(prefix)):
            heads = self._heads(prefix)
            self._take_over(prefix, heads)
            yield
            self._write_back(prefix, heads)

    def forget(self, prefix: str) -> None:
        """Remove the heads below a path from the bucket, those of an audit's own description first."""
        heads = parse_heads(self.objects.list(f"{FOLDER}/{prefix}"))
        first = [head.object_path for head in heads if head.path.endswith("/audit.json")]
        self.objects.delete(first)
        self.objects.delete(head.object_path for head in heads if head.object_path not in set(first))

    def _heads(self, prefix: str) -> dict[str, Head]:
        return current_heads(parse_heads(self.objects.list(f"{FOLDER}/{prefix}")))

    def _take_over(self, prefix: str, heads: Mapping[str, Head]) -> None:
        here = {path: sha256_of_stored(self.folder / path) for path in self._here(prefix)}
        for path in here.keys() - heads.keys():
            self._drop(path)
        missing = [head for head in heads.values() if here.get(head.path) != head.sha256]
        aside = self.folder / f".partial-{uuid4().hex}"
        try:
            with private_files():
                self.objects.get_files(
                    (head.object_path, head.sha256, aside / str(at)) for at, head in enumerate(missing)
                )
                for at, head in enumerate(missing):
                    target = self.folder / head.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    os.utime(aside / str(at), (head.written_at, head.written_at))
                    (aside / str(at)).replace(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _write_back(self, prefix: str, heads: Mapping[str, Head]) -> None:
        here = {path: sha256_of_stored(self.folder / path) for path in self._here(prefix)}
        known = {path: (head.number, head.sha256) for path, head in heads.items()}
        changed = [path for path, sha256 in here.items() if known.get(path, (0, ""))[1] != sha256]
        # What describes others appears after them, and goes before them.
        for group in _in_groups(changed):
            named = {Head(known.get(path, (0, ""))[0] + 1, here[path], path): self.folder / path for path in group}
            self.objects.put_files({head.object_path: path for head, path in named.items()})
        for group in reversed(_in_groups(heads.keys() - here.keys())):
            for path in group:
                self.forget(path)

    def _here(self, prefix: str) -> list[str]:
        """Return the paths of the files of the copy that are heads, below a path."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self._found(prefix))

    def _found(self, prefix: str) -> list[Path]:
        start = self.folder / prefix
        if not prefix:
            tops = [path.name for path in start.glob("[!.]*") if not path.name.startswith(_LOCAL)]
            return [path for top in tops for path in self._found(top)]
        if start.is_file():
            return [start]
        return (
            _documents(start, prefix.count("/")) if prefix.split("/", maxsplit=1)[0] == AUDITS else _files_below(start)
        )

    def _drop(self, path: str) -> None:
        (self.folder / path).unlink(missing_ok=True)
        if _is_description(path):
            audit = (self.folder / path).parent
            with contextlib.suppress(StoreError), held(audit, waits=False):
                shutil.rmtree(audit, ignore_errors=True)
        elif not path.startswith(f"{AUDITS}/"):
            with contextlib.suppress(OSError):  # not empty: others of it are there
                (self.folder / path).parent.rmdir()

    # --- stages: what is large, and never changed --------------------------------------------------------------------

    def fetch(self, audit: str, stage: str) -> None:
        """Bring what a stage wrote, as its marker in the copy says, unless it is here."""
        marker = self.folder / AUDITS / audit / "markers" / f"{stage}.json"
        if not marker.is_file() or self._has(audit, stage, outputs := _outputs(marker)):
            return
        with self._fetching(audit, stage):
            if self._has(audit, stage, outputs):
                return
            place = self._place(audit, stage, marker)
            partial = self.folder / AUDITS / audit / f".partial-{uuid4().hex}"
            try:
                with private_files():
                    partial.mkdir(parents=True)
                    files = ((f"{place}/{name}", digest, partial / name) for name, digest in outputs.items())
                    self.objects.get_files(files)
                    self.put_in_place(audit, stage, partial, outputs)
            finally:
                shutil.rmtree(partial, ignore_errors=True)

    def upload(self, audit: str, stage: str, marker: bytes, folder: Path, names: Iterable[str]) -> None:
        """Write what a stage wrote into the bucket, in the folder that its marker leads to."""
        place = _place_of(audit, stage, sha256_of_bytes(marker))
        self.objects.put_files({f"{place}/{name}": folder / name for name in names})

    def put_in_place(self, audit: str, stage: str, partial: Path, outputs: Mapping[str, str]) -> None:
        """Make a folder the copy's folder of a stage."""
        folder, note = self.folder / AUDITS / audit / stage, self._note(audit, stage)
        note.unlink(missing_ok=True)
        _remove(folder)
        partial.rename(folder)
        self.note_fetched(audit, stage, outputs)

    def note_fetched(self, audit: str, stage: str, outputs: Mapping[str, str]) -> None:
        """Note that what a stage wrote is in the copy."""
        note = self._note(audit, stage)
        note.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(note, _digest(outputs))

    def discard(self, audit: str, stage: str) -> None:
        """Remove what a stage wrote from the copy: it is fetched anew."""
        self._note(audit, stage).unlink(missing_ok=True)
        _remove(self.folder / AUDITS / audit / stage)

    def differences(self, audit: str, stage: str, outputs: Mapping[str, str]) -> Iterator[str]:
        """Yield a sentence for each object of a stage that is not as *outputs* (sha256 by name) says."""
        marker = self.folder / AUDITS / audit / "markers" / f"{stage}.json"
        place = self._place(audit, stage, marker)
        found = {path.removeprefix(f"{place}/"): path for path in self.objects.list(place)}
        for name in sorted(found.keys() | outputs.keys()):
            address = self.objects.name_of(f"{place}/{name}")
            if name not in found:
                yield f"{address} is missing."
            elif name not in outputs:
                yield f"{address} was added."
            elif self.objects.sha256(found[name]) != outputs[name]:
                yield f"{address} was changed."

    def delete_audit(self, audit: str) -> None:
        """Remove an audit from the bucket: what makes it one first, then what its stages wrote."""
        with self.arbiter.alone(_scope(f"{AUDITS}/{audit}")):
            self.forget(f"{AUDITS}/{audit}")
            self.objects.delete(self.objects.list(f"{AUDITS}/{audit}"))

    def unreferenced(self, before: float) -> Iterator[tuple[str, list[str], int]]:
        """Yield what leads nowhere and was written before a time: a name, the objects, and their bytes.

        That is what killed writers left, markers that others took the place of with what their stages wrote, and what
        a machine wrote of an audit that was deleted meanwhile.
        """
        listed = self.objects.list(FOLDER)
        heads = parse_heads(listed)
        current = current_heads(heads)
        there = {_scope(path) for path in current if _is_description(path)}
        is_kept = {path: not path.startswith(f"{AUDITS}/") or _scope(path) in there for path in current}
        kept = {head.object_path for path, head in current.items() if is_kept[path]}
        for head in heads:
            if head.object_path not in kept and head.written_at < before:
                yield head.object_path, [head.object_path], listed[head.object_path].size_bytes
        led_to = {head.sha256 for head in current.values() if head.object_path in kept}
        runs: dict[str, dict[str, Any]] = {}
        for path, about in self.objects.list(AUDITS).items():
            runs.setdefault("/".join(path.split("/")[:4]), {})[path] = about
        for run, objects in sorted(runs.items()):
            if run.rpartition("/")[2] not in led_to and max(about.written_at for about in objects.values()) < before:
                yield run, list(objects), sum(about.size_bytes for about in objects.values())

    def object_of(self, path: Path) -> str:
        """Return the address of what a path of the copy is a copy of."""
        inside = path.relative_to(self.folder).parts
        if len(inside) > 3 and inside[0] == AUDITS:
            marker = self.folder / AUDITS / inside[1] / "markers" / f"{inside[2]}.json"
            if marker.is_file() and inside[2] != "markers":
                return self.objects.name_of("/".join((self._place(inside[1], inside[2], marker), *inside[3:])))
        return str(self.address.below("/".join(inside))) if inside else str(self.address)

    def _has(self, audit: str, stage: str, outputs: Mapping[str, str]) -> bool:
        note = self._note(audit, stage)
        try:
            is_here = note.read_bytes() == _digest(outputs)
            os.utime(note)  # what was used last is given up last
        except OSError:
            return False
        return is_here and (self.folder / AUDITS / audit / stage).is_dir()

    def _note(self, audit: str, stage: str) -> Path:
        return self.folder / AUDITS / audit / FETCHED / stage

    def _place(self, audit: str, stage: str, marker: Path) -> str:
        return _place_of(audit, stage, sha256_of_stored(marker))

    # --- locks of this machine ---------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Have the copy to this thread alone; it may ask again."""
        with self._lock:
            self._depth += 1
            try:
                if self._depth > 1:
                    yield
                else:
                    with _file_lock(self.folder / ".lock"):
                        yield
            finally:
                self._depth -= 1

    @contextlib.contextmanager
    def _fetching(self, audit: str, stage: str) -> Iterator[None]:
        notes = self._note(audit, stage).parent
        with private_files():
            notes.mkdir(parents=True, exist_ok=True)
        with _file_lock(notes / f".{stage}.lock"):
            yield


@contextlib.contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with private_files(), path.open("ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _scope(prefix: str) -> str:
    """Return what is locked for a path: one audit, or one folder of the store."""
    parts = prefix.split("/")
    return "/".join(parts[: 2 if parts[0] == AUDITS else 1])


def _place_of(audit: str, stage: str, marker_sha256: str) -> str:
    return f"{AUDITS}/{audit}/{stage}/{marker_sha256}"


def _outputs(marker: Path) -> dict[str, str]:
    stored: Any = json.loads(marker.read_bytes())
    outputs = dict(stored["outputs"])
    if any(not is_plain(name) for name in outputs):
        message = f"{marker} names a file outside its folder: it was not written by this program."
        raise StoreError(message)
    return outputs


def _digest(outputs: Mapping[str, str]) -> bytes:
    return sha256_of_bytes(json.dumps(dict(outputs), sort_keys=True).encode()).encode()


def _files_below(start: Path) -> list[Path]:
    return [path for path in start.rglob("*") if path.is_file() and _is_head(path.relative_to(start).parts)]


def _documents(start: Path, depth: int) -> list[Path]:
    """Return descriptions and markers below ``audits`` (depth 0) or below one audit (depth 1)."""
    audits = [start] if depth else [path for path in start.glob("[!.]*") if path.is_dir()]
    folders = [folder for audit in audits for folder in (audit, audit / "markers")]
    return [path for folder in folders for path in folder.glob("[!.]*.json") if path.is_file()]


def _in_groups(paths: Iterable[str]) -> list[list[str]]:
    """Return paths in the order in which they may appear: files, what lists them, what makes an audit one."""
    groups: list[list[str]] = [[], [], []]
    for path in sorted(paths):
        groups[2 if _is_description(path) else 1 if path.endswith(".json") else 0].append(path)
    return groups


def _is_head(parts: tuple[str, ...]) -> bool:
    return not any(part.startswith(".") for part in parts)


def _is_description(path: str) -> bool:
    return path.startswith(f"{AUDITS}/") and path.endswith("/audit.json")


def _remove(path: Path) -> None:
    if path.exists():
        aside = path.with_name(f".deleted-{uuid4().hex}")
        path.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
