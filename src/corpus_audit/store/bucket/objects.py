"""The objects below a prefix of a bucket: written whole, read whole, held against their sha256 on arrival."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

from corpus_audit.errors import StoreError
from corpus_audit.store.bucket.address import Address
from corpus_audit.store.filesystems import open_filesystem, plain_reason, store_environment

_CHUNK = 8 << 20
_AT_ONCE = 16
_UNFINISHED = ".unfinished-"
"""How names begin, where a file system shows a file before it is whole, of what is being written."""


@dataclass(frozen=True)
class ObjectInfo:
    """One object: its size, and when it was written, in seconds since 1970."""

    size_bytes: int
    written_at: float


class Objects:
    """What lies below a prefix; paths are relative to it. Every method raises StoreError where the bucket fails."""

    def __init__(self, address: Address, filesystem: Any = None) -> None:
        self._address = address
        self._given = filesystem

    @cached_property
    def _filesystem(self) -> Any:
        import pyarrow as pa

        if self._given is not None:
            return self._given
        try:
            host = self._address.place.partition("/")[0]
            return open_filesystem(self._address.scheme, host, store_environment())
        except (OSError, ValueError, pa.ArrowException, StoreError) as error:
            reason = str(error) if isinstance(error, StoreError) else "its settings in the environment are not usable"
            raise self._failed(reason) from None

    @property
    def _root(self) -> str:
        place = self._address.place
        return "/" + place.partition("/")[2] if self._address.scheme == "hdfs" else place

    @property
    def _shows_unfinished(self) -> bool:
        """True if a file is seen before it is whole, and its folder must be made."""
        return self._filesystem.type_name in ("local", "hdfs", "subtree")

    def list(self, prefix: str) -> dict[str, ObjectInfo]:
        """Return every object below a prefix by its path."""
        import pyarrow.fs as pafs

        with self._failing():
            start = f"{self._root}/{prefix}".rstrip("/")
            infos = self._filesystem.get_file_info(pafs.FileSelector(start, recursive=True, allow_not_found=True))
        return {
            info.path.removeprefix(f"{self._root}/"): ObjectInfo(info.size, (info.mtime_ns or 0) / 1e9)
            for info in infos
            if info.type == pafs.FileType.File and not info.base_name.startswith(_UNFINISHED)
        }

    def put(self, path: str, content: bytes) -> None:
        """Write an object whole."""
        with self._writing(path) as stream:
            stream.write(content)

    def put_files(self, files: Mapping[str, Path]) -> None:
        """Write files of this machine as objects, several at a time."""
        self._each(self._put_file, files.items())

    def get(self, path: str, sha256: str, most_bytes: int | None = None) -> bytes:
        """Return an object; raises StoreError when its sha256 is another."""
        with self._failing(), self._filesystem.open_input_stream(f"{self._root}/{path}", compression=None) as stream:
            content: bytes = stream.read(most_bytes) if most_bytes is not None else stream.read()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise self._changed(path)
        return content

    def get_files(self, files: Iterable[tuple[str, str, Path]]) -> None:
        """Write objects (path, sha256) to files of this machine; raises StoreError when one's sha256 is another."""
        self._each(self._get_file, files)

    def sha256(self, path: str) -> str:
        """Return the sha256 of an object as it is there now."""
        digest = hashlib.sha256()
        for chunk in self._chunks(path):
            digest.update(chunk)
        return digest.hexdigest()

    def delete(self, paths: Iterable[str]) -> None:
        """Remove objects; one that is gone already is none the less gone."""
        self._each(self._delete, ((path,) for path in paths))

    def name_of(self, path: str) -> str:
        """Return the address of an object."""
        return str(self._address.below(path))

    def _each(self, work: Any, arguments: Iterable[tuple[Any, ...]]) -> None:
        with ThreadPoolExecutor(_AT_ONCE, "bucket") as pool:
            for done in [pool.submit(work, *given) for given in arguments]:
                done.result()

    def _put_file(self, path: str, source: Path) -> None:
        with source.open("rb") as stream, self._writing(path) as target:
            while chunk := stream.read(_CHUNK):
                target.write(chunk)

    def _get_file(self, path: str, sha256: str, target: Path) -> None:
        digest = hashlib.sha256()
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as written:
            for chunk in self._chunks(path):
                digest.update(chunk)
                written.write(chunk)
        if digest.hexdigest() != sha256:
            target.unlink()
            raise self._changed(path)

    def _chunks(self, path: str) -> Iterator[bytes]:
        with self._failing(), self._filesystem.open_input_stream(f"{self._root}/{path}", compression=None) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def _delete(self, path: str) -> None:
        with self._failing(), suppress(FileNotFoundError):
            self._filesystem.delete_file(f"{self._root}/{path}")

    @contextmanager
    def _writing(self, path: str) -> Iterator[Any]:
        """Yield a stream; what is written appears under *path* when the block ends, whole."""
        target = f"{self._root}/{path}"
        with self._failing():
            if not self._shows_unfinished:
                with self._filesystem.open_output_stream(target, compression=None) as stream:
                    yield stream
                return
            folder, _, _name = target.rpartition("/")
            self._filesystem.create_dir(folder, recursive=True)
            unfinished = f"{folder}/{_UNFINISHED}{uuid4().hex}"
            with self._filesystem.open_output_stream(unfinished, compression=None) as stream:
                yield stream
            self._filesystem.move(unfinished, target)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Reword a provider's errors so that they contain no credential."""
        import pyarrow as pa

        try:
            yield
        except FileNotFoundError:
            raise self._failed("what should be there is not") from None
        except (OSError, pa.ArrowException) as error:
            raise self._failed(plain_reason(error, "it does not answer as it should")) from None

    def _failed(self, reason: str) -> StoreError:
        return StoreError(f"The store {self._address} cannot be used: {reason}. Check the address and the credentials.")

    def _changed(self, path: str) -> StoreError:
        return StoreError(f"{self.name_of(path)} was changed: it is not what was written there.")
