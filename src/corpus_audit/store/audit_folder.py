"""One audit of a store: the folders of its stages, and the completion marker of each."""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from corpus_audit.errors import StoreError
from corpus_audit.schemas import Table
from corpus_audit.store.bucket.copies import copy_of, pull, updating
from corpus_audit.store.bucket.mirror import Mirror
from corpus_audit.store.clock import Clock, utc_now
from corpus_audit.store.contents import differences, folder_digests
from corpus_audit.store.digests import sha256_of_json
from corpus_audit.store.documents import as_json, read_json, write_json
from corpus_audit.store.locks import locked_folder
from corpus_audit.store.parquet import read_table


@dataclass(frozen=True)
class Marker:
    """What a finished stage leaves: what it read, what it wrote, with which versions, when."""

    stage: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    versions: Mapping[str, str]
    started_at: str
    finished_at: str

    def is_of_same_work(self, other: "Marker") -> bool:
        """True if two runs read, wrote and used the same, whenever that was."""
        return (self.inputs, self.outputs, self.versions) == (other.inputs, other.outputs, other.versions)


@dataclass(frozen=True)
class AuditFolder:
    """One audit on disk, or this machine's copy of one in a bucket. Stage names may hold a shard: ``measure-00003``.

    What a stage wrote in a bucket is fetched when its folder is asked for.
    """

    path: Path

    @property
    def audit_id(self) -> str:
        """The audit's identifier."""
        return self.path.name

    @property
    def store(self) -> Path:
        """The folder of the store that the audit lies in."""
        return self.path.parent.parent

    def refresh(self, at_most_every: float = 0.0) -> None:
        """Take over what other machines published of the audit, unless that was done so many seconds ago."""
        pull(self.store, self._name, at_most_every)

    def folder(self, stage: str) -> Path:
        """Return the folder a finished stage's outputs are in."""
        if (mirror := self._mirror) is not None:
            mirror.fetch(self.audit_id, stage)
        return self.path / stage

    def table_path(self, stage: str, table: Table) -> Path:
        """Return where a stage keeps a table."""
        return self.folder(stage) / f"{table.name}.parquet"

    def read(self, stage: str, table: Table, *, repeated: Sequence[str] = ()) -> pa.Table:
        """Return a stage's table (*repeated* as in ``read_table``); raises StoreError when the stage has not run."""
        path = self.table_path(stage, table)
        if not path.is_file():
            message = f"{path} is not there: the stage '{stage}' has not run for audit '{self.audit_id}'."
            raise StoreError(message)
        return read_table(path, repeated=repeated)

    def marker(self, stage: str) -> Marker | None:
        """Return a stage's completion marker, None when it has not finished; raises StoreError when it is damaged."""
        path = self._marker_path(stage)
        if path.is_symlink():
            message = f"{path} is a link, where the store keeps a plain file."
            raise StoreError(message)
        return _parse_marker(path) if path.is_file() else None

    def finished_stages(self) -> list[str]:
        """Return the names of all stages with a completion marker, sorted."""
        return sorted(path.stem for path in (self.path / "markers").glob("*.json"))

    def finished_folders(self, stage: str) -> list[str]:
        """Return the names of the folders that a finished stage wrote, sorted: one, or one a shard."""
        if self._marker_path(stage).is_file():  # without a look at the markers of a hundred thousand shards
            return [stage]
        return sorted(path.stem for path in (self.path / "markers").glob(f"{stage}-*.json"))

    def outputs_digest(self, stage: str) -> str:
        """Return one sha256 over everything a finished stage wrote; raises StoreError when it has not finished."""
        marker = self.marker(stage)
        if marker is None:
            message = f"The stage '{stage}' of audit '{self.audit_id}' has not finished: run it first."
            raise StoreError(message)
        return sha256_of_json(marker.outputs)

    def is_complete(self, stage: str, inputs: Mapping[str, str], versions: Mapping[str, str]) -> bool:
        """True if *stage* is finished for these inputs and versions, with its outputs unchanged."""
        try:
            marker = self.marker(stage)
        except StoreError:
            return False
        if marker is None or dict(marker.inputs) != dict(inputs) or dict(marker.versions) != dict(versions):
            return False
        return self._has_outputs_of(stage, marker)

    def run_stage(
        self,
        stage: str,
        inputs: Mapping[str, str],
        versions: Mapping[str, str],
        work: Callable[[Path], None],
        clock: Clock = utc_now,
    ) -> bool:
        """Run *work* in an empty folder and publish what it wrote; return whether it had to run at all."""
        with self._partial_folder(stage) as partial:
            if self.is_complete(stage, inputs, versions):
                return False
            started = clock()
            work(partial)
            marker = Marker(
                stage=stage,
                inputs=dict(inputs),
                outputs=folder_digests(partial),
                versions=dict(versions),
                started_at=started.isoformat(),
                finished_at=clock().isoformat(),
            )
            self._publish(marker, partial)
        return True

    def move_to(self, target: "AuditFolder") -> None:
        """Become *target* in one rename, unless *target* is there already and as its own marker left it."""
        target.refresh()
        if target._is_begun():
            return
        marker, mirror = self.marker("ingest"), target._mirror
        if mirror is not None and marker is not None:
            content = self._marker_path("ingest").read_bytes()
            mirror.upload(target.audit_id, "ingest", content, self.folder("ingest"), marker.outputs)
        with updating(target.store, target._name):
            if target._is_begun():  # by another machine, meanwhile
                return
            _remove(target.path)
            target.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.rename(target.path)
            if mirror is not None and marker is not None:
                mirror.note_fetched(target.audit_id, "ingest", marker.outputs)

    def differences(self, stage: str, marker: Marker, *, stored: bool = False) -> Iterator[str]:
        """Yield a sentence for each file of a stage that is not as its marker says; of the bucket's where *stored*.

        What differs in the copy of an audit in a bucket is fetched anew.
        """
        mirror = self._mirror
        if mirror is None:
            yield from differences(self.folder(stage), marker.outputs)
        elif stored:
            yield from mirror.differences(self.audit_id, stage, marker.outputs)
        else:
            if next(differences(self.folder(stage), marker.outputs), None) is not None:
                mirror.discard(self.audit_id, stage)
            yield from differences(self.folder(stage), marker.outputs)

    def _is_begun(self) -> bool:
        """True if the audit is there, with what ingest wrote as its marker says."""
        marker = self.marker("ingest")
        is_described = (self.path / "audit.json").is_file()
        return is_described and marker is not None and self._has_outputs_of("ingest", marker)

    def _has_outputs_of(self, stage: str, marker: Marker) -> bool:
        try:
            return next(self.differences(stage, marker), None) is None
        except StoreError:
            return False

    @property
    def _mirror(self) -> Mirror | None:
        return copy_of(self.store)

    @property
    def _name(self) -> str:
        return f"{self.path.parent.name}/{self.audit_id}"

    def _marker_path(self, stage: str) -> Path:
        return self.path / "markers" / f"{stage}.json"

    def _publish(self, marker: Marker, partial: Path) -> None:
        """Make what a stage wrote its folder, and write its marker.

        In a bucket what is there already for the same inputs and with the same bytes stays: two machines that did the
        same work agree on one marker.
        """
        stage, mirror = marker.stage, self._mirror
        if mirror is None:
            self._put_in_place(stage, partial)
            write_json(self._marker_path(stage), vars(marker))
            return
        mirror.upload(self.audit_id, stage, as_json(vars(marker)), partial, marker.outputs)
        with updating(self.store, self._name):
            if not (self.path / "audit.json").is_file():
                message = f"The audit '{self.audit_id}' is gone: it was deleted from the store."
                raise StoreError(message)
            there = self._readable_marker(stage)
            mirror.put_in_place(self.audit_id, stage, partial, marker.outputs)
            if there is None or not there.is_of_same_work(marker):
                write_json(self._marker_path(stage), vars(marker))

    def _put_in_place(self, stage: str, partial: Path) -> None:
        self._marker_path(stage).unlink(missing_ok=True)
        _remove(self.path / stage)
        partial.rename(self.path / stage)

    def _readable_marker(self, stage: str) -> Marker | None:
        with contextlib.suppress(StoreError):
            return self.marker(stage)
        return None

    @contextlib.contextmanager
    def _partial_folder(self, stage: str) -> Iterator[Path]:
        """Yield the stage's empty working folder, locked against a second process doing the same stage."""
        (self.path / "markers").mkdir(parents=True, exist_ok=True)
        with locked_folder(self.path / f".partial-{stage}") as partial:
            yield partial


def _parse_marker(path: Path) -> Marker:
    """Return the marker in a file; raises StoreError when it is none."""
    stored = read_json(path)
    texts = ("stage", "started_at", "finished_at")
    maps = ("inputs", "outputs", "versions")
    is_marker = (
        isinstance(stored, dict)
        and stored.keys() == {*texts, *maps}
        and all(isinstance(stored[name], str) for name in texts)
        and all(isinstance(stored[name], dict) for name in maps)
        and all(isinstance(value, str) for name in maps for value in stored[name].values())
    )
    if not is_marker:
        message = f"{path} is not a completion marker of this version. Run the audit again; it rebuilds the stage."
        raise StoreError(message)
    return Marker(**stored)


def _remove(path: Path) -> None:
    """Remove a folder, or whatever took its place."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
