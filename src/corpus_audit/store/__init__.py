"""Where an audit lives on disk: folders, Parquet tables, completion markers, content hashes.

A stage writes into a ``.partial-`` folder that becomes the stage's folder in one rename, and then its marker
appears. A run that was killed leaves at most a partial folder, which the next run of that stage throws away.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit.errors import StoreError
from corpus_audit.schemas import Table

Clock = Callable[[], datetime]

STORE_FORMAT = 2
_KEY_BYTES = 32
_AUDIT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


def utc_now() -> datetime:
    """Return the time now in UTC, to the second: the default clock."""
    return datetime.now(UTC).replace(microsecond=0)


def sha256_of_file(path: Path) -> str:
    """Return the sha256 of a file's bytes in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_of_bytes(content: bytes) -> str:
    """Return the sha256 of bytes in hex."""
    return hashlib.sha256(content).hexdigest()


def sha256_of_json(value: Any) -> str:
    """Return the sha256 in hex of a value's canonical JSON (sorted keys, no spaces)."""
    return sha256_of_bytes(json.dumps(value, sort_keys=True, separators=(",", ":")).encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    partial = path.with_name(f".partial-{path.name}")
    partial.write_bytes(content)
    partial.replace(path)


def write_json(path: Path, value: Any) -> None:
    """Write a value as readable JSON with sorted keys, whole or not at all."""
    write_bytes(path, (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode())


def read_json(path: Path) -> Any:
    """Return a JSON file's value; raises StoreError when it is missing or broken."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read as JSON: {error}. Run the audit again; it rebuilds what is missing."
        raise StoreError(message) from error


class TableWriter:
    """Writes one table's batches to a Parquet file as they come; use it as a context manager."""

    def __init__(self, path: Path, table: Table, metadata: Mapping[str, str] | None = None) -> None:
        schema = table.schema.with_metadata({k: str(v) for k, v in (metadata or {}).items()})
        self._schema = schema
        # Numbers and hashes hardly repeat: looking each up in a dictionary costs as much as computing it.
        repeating = [field.name for field in schema if pa.types.is_string(field.type)]
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=repeating)

    def write(self, data: pa.Table | pa.RecordBatch) -> None:
        """Append rows, cast to the table's schema."""
        table = pa.Table.from_batches([data]) if isinstance(data, pa.RecordBatch) else data
        if table.num_rows:
            self._writer.write_table(table.select(self._schema.names).cast(self._schema))

    def __enter__(self) -> "TableWriter":
        """Return the writer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Finish the file."""
        self._writer.close()


def write_table(
    path: Path, table: Table, data: pa.Table | Iterable[pa.RecordBatch], metadata: Mapping[str, str] | None = None
) -> None:
    """Write rows to a Parquet file in the order given, cast to *table*'s schema."""
    with TableWriter(path, table, metadata) as writer:
        for batch in data.to_batches() if isinstance(data, pa.Table) else data:
            writer.write(batch)


def stream_table(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield a Parquet file in batches, for tables of any size."""
    # Read ahead, a file stays in memory from its first row to the last.
    with pq.ParquetFile(path, pre_buffer=False) as file:
        yield from file.iter_batches(columns=columns)


def read_table(path: Path) -> pa.Table:
    """Return a whole Parquet file: for bounded tables only."""
    return pq.read_table(path)


@dataclass(frozen=True)
class Marker:
    """What a finished stage leaves: what it read, what it wrote, with which versions, when."""

    stage: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    versions: Mapping[str, str]
    started_at: str
    finished_at: str


@dataclass(frozen=True)
class AuditFolder:
    """One audit on disk. Stage names may hold a shard: ``measure-00003``."""

    path: Path

    @property
    def audit_id(self) -> str:
        """The audit's identifier."""
        return self.path.name

    def folder(self, stage: str) -> Path:
        """Return the folder a finished stage's outputs are in."""
        return self.path / stage

    def table_path(self, stage: str, table: Table) -> Path:
        """Return where a stage keeps a table."""
        return self.folder(stage) / f"{table.name}.parquet"

    def read(self, stage: str, table: Table) -> pa.Table:
        """Return a stage's table; raises StoreError when the stage has not run."""
        path = self.table_path(stage, table)
        if not path.is_file():
            message = f"{path} is not there: the stage '{stage}' has not run for audit '{self.audit_id}'."
            raise StoreError(message)
        return read_table(path)

    def marker(self, stage: str) -> Marker | None:
        """Return a stage's completion marker, or None when it has not finished."""
        path = self._marker_path(stage)
        return Marker(**read_json(path)) if path.is_file() else None

    def finished_stages(self) -> list[str]:
        """Return the names of all stages with a completion marker, sorted."""
        return sorted(path.stem for path in (self.path / "markers").glob("*.json"))

    def outputs_digest(self, stage: str) -> str:
        """Return one sha256 over everything a finished stage wrote; raises StoreError when it has not finished."""
        marker = self.marker(stage)
        if marker is None:
            message = f"The stage '{stage}' of audit '{self.audit_id}' has not finished: run it first."
            raise StoreError(message)
        return sha256_of_json(marker.outputs)

    def is_complete(self, stage: str, inputs: Mapping[str, str], versions: Mapping[str, str]) -> bool:
        """Is *stage* finished for these inputs and versions, with its outputs as it left them?"""
        marker = self.marker(stage)
        if marker is None or dict(marker.inputs) != dict(inputs) or dict(marker.versions) != dict(versions):
            return False
        return _hash_outputs(self.folder(stage)) == dict(marker.outputs)

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
            self._publish(stage, partial)
        marker = Marker(
            stage=stage,
            inputs=dict(inputs),
            outputs=_hash_outputs(self.folder(stage)),
            versions=dict(versions),
            started_at=started.isoformat(),
            finished_at=clock().isoformat(),
        )
        write_json(self._marker_path(stage), vars(marker))
        return True

    def move_to(self, target: "AuditFolder") -> None:
        """Become *target* in one rename, unless *target* is there already and as its own marker left it."""
        if target.path.exists():
            marker = target.marker("ingest")
            if marker is not None and _hash_outputs(target.folder("ingest")) == dict(marker.outputs):
                return
            shutil.rmtree(target.path)
        target.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.rename(target.path)

    def _marker_path(self, stage: str) -> Path:
        return self.path / "markers" / f"{stage}.json"

    def _publish(self, stage: str, partial: Path) -> None:
        self._marker_path(stage).unlink(missing_ok=True)
        if self.folder(stage).exists():
            shutil.rmtree(self.folder(stage))
        partial.rename(self.folder(stage))

    @contextlib.contextmanager
    def _partial_folder(self, stage: str) -> Iterator[Path]:
        """Yield the stage's empty working folder, locked against a second process doing the same stage."""
        (self.path / "markers").mkdir(parents=True, exist_ok=True)
        with locked_folder(self.path / f".partial-{stage}") as partial:
            yield partial


@contextlib.contextmanager
def locked_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder that only this process works in, and remove it afterwards if it is still there.

    Raises StoreError when another live process holds it. The lock is the operating system's, so a killed
    process never leaves one behind.
    """
    path.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _lock(handle, path)
        _empty(path)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(handle)


def _lock(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"Another process is working in {path}. Wait for it to end, then run the same command again."
        raise StoreError(message) from error


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _hash_outputs(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256_of_file(path) for path in files}


@dataclass(frozen=True)
class Store:
    """All audits under one folder, and the key that personal values are hashed with."""

    path: Path

    def open_audit(self, audit_id: str) -> AuditFolder:
        """Return an existing audit; raises StoreError when there is none of that id."""
        if not _AUDIT_ID.fullmatch(audit_id):
            message = f"{audit_id!r} is not an audit id. 'corpus-audit report --help' tells how to name one."
            raise StoreError(message)
        folder = AuditFolder(self.path / "audits" / audit_id)
        if not (folder.path / "audit.json").is_file():
            message = (
                f"There is no audit '{audit_id}' in {self.path}. Known audits: {', '.join(self.audit_ids()) or 'none'}."
            )
            raise StoreError(message)
        return folder

    def audit_ids(self) -> list[str]:
        """Return the ids of all audits, sorted."""
        return sorted(path.parent.name for path in (self.path / "audits").glob("*/audit.json"))

    def key(self) -> bytes:
        """Return the store's own key, made on first use and readable by its owner only."""
        path = self.path / "key"
        if not path.exists():
            self.path.mkdir(parents=True, exist_ok=True)
            # A hard link appears whole or not at all, so two processes that start together agree on one key.
            partial = path.with_name(f".partial-key-{os.getpid()}")
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                stream.write(secrets.token_bytes(_KEY_BYTES))
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(partial)
            partial.unlink()
        return path.read_bytes()
