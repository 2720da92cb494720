"""Parts of one manifest moved into another: paths relative to the new root, and the origin of each field."""

import glob
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from corpus_audit.manifest.conversion.node import pointer_of
from corpus_audit.manifest.conversion.result import ClaimOrigin
from corpus_audit.manifest.loaded import NATIVE, LoadedManifest
from corpus_audit.manifest.parts import ManifestPart
from corpus_audit.manifest.tree import Place

PATH_FIELDS = frozenset({"path", "file", "folders"})
"""The fields that hold paths, in whatever part of a manifest."""

PATTERN_FIELDS = frozenset({"files", "ignore"})
"""The fields that hold patterns of paths."""

_OF_A_SOURCE = re.compile(r"/sources/(\d+)(/.*)", re.DOTALL)
_PartT = TypeVar("_PartT", bound=ManifestPart)


def recorded_fields(part: ManifestPart) -> dict[str, Any]:
    """Return what a part of a manifest records, as plain values under the names that a manifest uses."""
    return part.model_dump(mode="json", by_alias=True, exclude_unset=True)


def moved(part: _PartT, folder: str) -> _PartT:
    """Return *part* with its paths, which are relative to *folder*, relative to the folder above it all."""
    return type(part).model_validate(moved_fields(recorded_fields(part), folder)) if folder else part


def moved_fields(value: Any, folder: str, name: str = "") -> Any:
    """Return plain fields with their paths below *folder*."""
    if isinstance(value, Mapping):
        return {key: moved_fields(inner, folder, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [moved_fields(inner, folder, name) for inner in value]
    if name in PATH_FIELDS:
        return folder if value == "." else f"{folder}/{value}"
    return f"{glob.escape(folder)}/{value}" if name in PATTERN_FIELDS else value


def origins_by_source(loaded: LoadedManifest) -> list[dict[str, ClaimOrigin]]:
    """Return for each source where its fields came from, by their pointers within the source.

    In this program's own format a field came from where it is, unless it was included itself.
    """
    found: list[dict[str, ClaimOrigin]] = [{} for _ in loaded.manifest.sources]
    if loaded.format == NATIVE:
        for number, source in enumerate(loaded.manifest.sources):
            for place in _leaves(recorded_fields(source)):
                pointer = pointer_of(place)
                found[number][pointer] = ClaimOrigin(pointer, loaded.name, f"/sources/{number}{pointer}")
    for origin in loaded.origins:
        match = _OF_A_SOURCE.fullmatch(origin.pointer)
        if match:
            found[int(match[1])][match[2]] = origin
    return found


def _leaves(value: Any, place: Place = ()) -> Iterator[Place]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*place, index))
    else:
        yield place
