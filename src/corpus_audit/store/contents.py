"""What a folder of the store holds, and how it differs from what its completion marker says."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus_audit.errors import StoreError
from corpus_audit.store.digests import sha256_of_stored


def folder_digests(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file of a folder by its path within; raises StoreError at a link or special file."""
    return {name: sha256_of_stored(folder / name) for name in sorted(_names(folder))}


def differences(folder: Path, expected: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each file of a folder that is not as *expected* (sha256 by path within) says."""
    try:
        found = set(_names(folder))
    except StoreError as error:
        yield str(error)
        return
    for name in sorted(found | expected.keys()):
        if name not in found:
            yield f"{folder / name} is missing."
        elif name not in expected:
            yield f"{folder / name} was added."
        else:
            yield from _difference(folder / name, expected[name])


def _difference(path: Path, expected: str) -> Iterator[str]:
    try:
        if sha256_of_stored(path) != expected:
            yield f"{path} was changed."
    except StoreError as error:
        yield str(error)


def _names(folder: Path) -> Iterator[str]:
    """Yield the paths within a folder of everything that is no folder; a link to a folder is none."""
    if folder.is_symlink():
        message = f"{folder} is a link, where the store keeps a folder."
        raise StoreError(message)
    for parent, folders, files in os.walk(folder):
        inside = Path(parent).relative_to(folder)
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        yield from ((inside / name).as_posix() for name in (*files, *links))
