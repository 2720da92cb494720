"""Temporary folders that a killed process leaves for the next one to remove."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import weakref
from pathlib import Path
from types import TracebackType

from corpus_audit.store.locks import open_locked

_TRIES = 100


class ScratchFolder:
    """A temporary folder of this process, which is gone once it is closed or the process ends.

    Its process holds it by a lock of the operating system. Making one removes all folders of the same *prefix* in the
    same *parent* (by default the system's for temporary files) that no process holds: their owners were killed. So
    *prefix* must be one that nothing else there uses.
    """

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        self._folder, handle = _make(prefix, Path(tempfile.gettempdir()) if parent is None else parent)
        self.path = Path(self._folder.name)
        self._release = weakref.finalize(self, os.close, handle)

    def __enter__(self) -> Path:
        """Return the folder's path."""
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the folder."""
        self.close()

    def close(self) -> None:
        """Remove the folder with all that is in it."""
        self._folder.cleanup()
        self._release()


def _make(prefix: str, parent: Path) -> tuple["tempfile.TemporaryDirectory[str]", int]:
    """Return a new folder and the handle that holds it."""
    _remove_abandoned(prefix, parent)
    for _ in range(_TRIES):
        folder = tempfile.TemporaryDirectory(prefix=prefix, dir=parent)
        # Before it is held, another process may take it for abandoned.
        with contextlib.suppress(BlockingIOError):
            if (handle := open_locked(Path(folder.name), fcntl.LOCK_EX | fcntl.LOCK_NB)) is not None:
                return folder, handle
        folder.cleanup()
    message = f"no folder for temporary files stays in {parent}: another program removes them at once"
    raise FileNotFoundError(message)


def _remove_abandoned(prefix: str, parent: Path) -> None:
    for path in _own_folders(prefix, parent):
        with contextlib.suppress(OSError):
            if (handle := open_locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)) is not None:
                shutil.rmtree(path, ignore_errors=True)
                os.close(handle)


def _own_folders(prefix: str, parent: Path) -> list[Path]:
    """Return the folders of this user that begin so, none where *parent* cannot be listed."""
    with contextlib.suppress(OSError), os.scandir(parent) as entries:
        return [Path(entry.path) for entry in entries if entry.name.startswith(prefix) and _is_own(entry)]
    return []


def _is_own(entry: "os.DirEntry[str]") -> bool:
    with contextlib.suppress(OSError):
        return entry.is_dir(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_uid == os.geteuid()
    return False
