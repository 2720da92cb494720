"""The bundle's archive: a reproducible ZIP file that is read as untrusted input.

Files are stored, not compressed, in the order of their names, with one fixed time and mode. So the same files give the
same archive everywhere, no archive can unpack to more than it is, and one that was made differently shows it.
"""

import hashlib
import os
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from corpus_audit.errors import BundleError

MAX_ARCHIVE_BYTES = 2**32 - 1
MAX_MEMBERS = 20_000
MAX_DIRECTORY_BYTES = 16 * 2**20

Content = bytes | Path
"""A file's bytes, or where they are."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644
_END_SIGNATURE = b"PK\x05\x06"
_END_BYTES = 22
_CHUNK = 2**20
_FORBIDDEN = frozenset('\\:*?"<>|')


def write_archive(stream: BinaryIO, files: Mapping[str, Content]) -> None:
    """Write *files*, by their names within the archive, as a bundle's archive.

    Raises BundleError when a name could not be read back, or when there is too much of something.
    """
    check_names(list(files))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(files):
            with _opened(files[name]) as (source, size), archive.open(_entry(name, size), "w") as target:
                shutil.copyfileobj(source, target, _CHUNK)


def _entry(name: str, size: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3  # Unix, wherever this runs
    entry.external_attr = _MODE << 16
    entry.file_size = size
    return entry


@contextmanager
def _opened(content: Content) -> Iterator[tuple[IO[bytes], int]]:
    if isinstance(content, Path):
        with content.open("rb") as stream:
            yield stream, content.stat().st_size
        return
    with tempfile.SpooledTemporaryFile(max_size=len(content) + 1) as stream:
        stream.write(content)
        stream.seek(0)
        yield stream, len(content)


def sha256_of(content: Content) -> str:
    """Return the sha256 of a file's bytes in hex."""
    with _opened(content) as (stream, _):
        return _digest(stream)


# --- reading ----------------------------------------------------------------------------------------------------------


class Archive:
    """An opened bundle with a verified directory; its files are still untrusted."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive

    @property
    def names(self) -> list[str]:
        """The names of all files, in the archive's order."""
        return self._archive.namelist()

    def read(self, name: str, limit: int) -> bytes:
        """Return a file's bytes; raises BundleError when there are more than *limit*, or none can be read."""
        if self._archive.getinfo(name).file_size > limit:
            message = f"{self._path} holds {name!r} of more than {limit} bytes, which no bundle has: it is refused."
            raise BundleError(message)
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, EOFError, OSError) as error:
            message = f"{self._path} is damaged: {name!r} cannot be read. Ask for the bundle again."
            raise BundleError(message) from error

    def sha256(self, name: str) -> str | None:
        """Return the sha256 of a file's bytes in hex, or None when they do not fit the archive's own directory."""
        try:
            with self._archive.open(name) as stream:
                return _digest(stream)
        except (zipfile.BadZipFile, EOFError, OSError):
            return None

    def is_canonical(self) -> bool:
        """True if writing the same files again would give the same bytes."""
        with tempfile.TemporaryDirectory() as folder:
            files: dict[str, Content] = {}
            for number, name in enumerate(self.names):
                copy = Path(folder) / str(number)
                with self._archive.open(name) as source, copy.open("wb") as target:
                    shutil.copyfileobj(source, target, _CHUNK)
                files[name] = copy
            again = Path(folder) / "again"
            with again.open("w+b") as stream:
                write_archive(stream, files)
            return sha256_of(again) == sha256_of(self._path)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Yield a bundle's archive; raises BundleError if the file is no bundle or is unsafe to open."""
    try:
        with path.open("rb") as stream:
            _check_directory(path, stream)
            with zipfile.ZipFile(stream) as archive:
                _check_entries(path, archive.infolist(), path.stat().st_size)
                yield Archive(path, archive)
    except zipfile.BadZipFile as error:
        raise _refused(path, "it is not a ZIP archive, or a damaged one") from error
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}): give the path of a bundle."
        raise BundleError(message) from error


def check_names(names: Sequence[str]) -> None:
    """Raise BundleError when names leave the folder they are unpacked in, or two are one file on some system."""
    seen: dict[str, str] = {}
    if len(names) > MAX_MEMBERS:
        message = f"A bundle holds at most {MAX_MEMBERS:,} files, not {len(names):,}."
        raise BundleError(message)
    for name in names:
        if not _is_harmless(name):
            message = f"the name {name!r} is not a plain path inside a folder"
            raise BundleError(message)
        plain = unicodedata.normalize("NFC", name).casefold()
        if plain in seen:
            message = f"the names {seen[plain]!r} and {name!r} are the same file on some systems"
            raise BundleError(message)
        seen[plain] = name


def _is_harmless(name: str) -> bool:
    parts = name.split("/")
    is_inside = all(part not in ("", ".", "..") and not part.endswith((" ", ".")) for part in parts)
    return is_inside and len(name) <= 1_000 and not any(c in _FORBIDDEN or ord(c) < 32 or c == "\x7f" for c in name)


def _check_directory(path: Path, stream: IO[bytes]) -> None:
    """Refuse what the last bytes already give away, before a parser allocates for it."""
    size = stream.seek(0, os.SEEK_END)
    if size > MAX_ARCHIVE_BYTES:
        raise _refused(path, f"it has {size:,} bytes; a bundle has at most {MAX_ARCHIVE_BYTES:,}")
    stream.seek(max(0, size - _END_BYTES))
    end = stream.read(_END_BYTES)
    if len(end) < _END_BYTES or not end.startswith(_END_SIGNATURE):
        raise _refused(path, "it does not end like an archive that this program wrote")
    members, directory_bytes = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if members > MAX_MEMBERS or directory_bytes > MAX_DIRECTORY_BYTES:
        raise _refused(path, f"it lists more than a bundle can hold ({members:,} files)")
    stream.seek(0)


def _check_entries(path: Path, entries: Sequence[zipfile.ZipInfo], archive_bytes: int) -> None:
    try:
        check_names([entry.filename for entry in entries])
    except BundleError as error:
        raise _refused(path, str(error)) from None
    for entry in entries:
        if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size:
            raise _refused(path, f"{entry.filename!r} is compressed, which files of a bundle never are")
        if entry.flag_bits & 0x1:
            raise _refused(path, f"{entry.filename!r} is encrypted")
        if entry.external_attr >> 16 != _MODE:
            raise _refused(path, f"{entry.filename!r} is a link, a folder or another special file")
    if sum(entry.file_size for entry in entries) > archive_bytes:
        raise _refused(path, "its files overlap: together they are larger than the archive")


def _refused(path: Path, why: str) -> BundleError:
    return BundleError(f"{path} is refused: {why}. Nothing was unpacked; ask its sender for the bundle again.")


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
