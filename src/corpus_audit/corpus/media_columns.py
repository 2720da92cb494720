"""Pictures, recordings and films in table columns, as written by `datasets` and other libraries.

A column of its features Image, Audio or Video is a struct of bytes and path, and its schema's metadata says which it
is; a list of them is one too. Bytes become records beside the text of their row; a path alone leads elsewhere.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.columns import name_of
from corpus_audit.corpus.entry import FileEntry, ReadResult, RowMedia, Seen, Skipped
from corpus_audit.corpus.fields import EVERY, Path
from corpus_audit.corpus.signatures import SNIFFED_BYTES, recognise_media
from corpus_audit.corpus.texts import raw_batch
from corpus_audit.corpus.wrapped_types import is_list
from corpus_audit.vocabulary import DefectCode, Modality, SkipReason, Unit

_FEATURES: Mapping[str, Modality] = {
    "Image": Modality.IMAGE,
    "Audio": Modality.AUDIO,
    "Video": Modality.VIDEO,
}
_BYTES, _PATH = "bytes", "path"
_METADATA = b"huggingface"
_NAMES: Mapping[str, Modality] = {
    **dict.fromkeys(("image", "img", "jpg", "jpeg", "png", "webp"), Modality.IMAGE),
    **dict.fromkeys(("audio", "wav", "mp3", "flac", "ogg", "opus"), Modality.AUDIO),
    **dict.fromkeys(("video", "mp4", "webm"), Modality.VIDEO),
}
"""What plain binary columns with such names hold, as img2dataset writes them."""

_MAX_DEPTH = 8


@dataclass(frozen=True)
class MediaColumn:
    """A column of media: the steps to each, '*' for the entries of a list, and what they are where bytes do not say."""

    path: Path
    modality: Modality
    has_paths: bool

    @property
    def leaf(self) -> Path:
        """The path of the bytes themselves."""
        return (*self.path, _BYTES) if self.has_paths else self.path


def media_columns(schema: pa.Schema) -> list[MediaColumn]:
    """Return the columns of media in a schema, in its order."""
    features = _features(schema.metadata or {})
    return [found for field in schema for found in _columns((field.name,), field.type, features)]


def _features(metadata: Mapping[bytes, bytes]) -> Mapping[Path, Modality]:
    """Return the media that the `datasets` library says a table holds, by their paths."""
    try:
        info = json.loads(metadata.get(_METADATA, b"{}"))
        return dict(_walk(info["info"]["features"], ()))
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def _walk(feature: Any, path: Path) -> Iterator[tuple[Path, Modality]]:
    if isinstance(feature, list) and feature:
        yield from _walk(feature[0], (*path, EVERY))
    elif isinstance(feature, dict) and isinstance(feature.get("_type"), str):
        if feature["_type"] in _FEATURES:
            yield path, _FEATURES[feature["_type"]]
        elif "feature" in feature:
            yield from _walk(feature["feature"], (*path, EVERY))
    elif isinstance(feature, dict):
        for name, inner in feature.items():
            yield from _walk(inner, (*path, name))


def _columns(path: Path, kind: pa.DataType, features: Mapping[Path, Modality]) -> Iterator[MediaColumn]:
    said = features.get(path)
    if _has_bytes_and_path(kind):
        yield MediaColumn(path, said or _named(path) or Modality.IMAGE, has_paths=True)
    elif _is_bytes(kind):
        modality = said or _named(path)
        if modality is not None:
            yield MediaColumn(path, modality, has_paths=False)
    elif len(path) > _MAX_DEPTH:
        return
    elif is_list(kind):
        yield from _columns((*path, EVERY), kind.value_type, features)
    elif pa.types.is_struct(kind):
        for field in kind:
            yield from _columns((*path, field.name), field.type, features)


def _named(path: Path) -> Modality | None:
    name = next((step for step in reversed(path) if step != EVERY), "")
    return _NAMES.get(name.lower())


def _has_bytes_and_path(kind: pa.DataType) -> bool:
    if not pa.types.is_struct(kind) or {field.name for field in kind} != {_BYTES, _PATH}:
        return False
    return _is_bytes(kind.field(_BYTES).type)


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind))


# --- what rows hold ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FoundMedia:
    """The media of a batch of rows: contents, the index of each one's row, and its place in that row.

    *external* are indexes of rows, one for each medium of which there is a path but no bytes.
    """

    contents: pa.Array
    owners: Any
    members: Sequence[str]
    modalities: Sequence[Modality]
    external: Any

    def in_rows(self, count: int) -> pa.Array:
        """Return for each of so many rows whether it holds a medium."""
        return pa.array(np.bincount(self.owners, minlength=count) > 0)

    def elsewhere(self, count: int) -> pa.Array:
        """Return for each of so many rows whether a medium of it lies elsewhere."""
        return pa.array(np.bincount(self.external, minlength=count) > 0)


def find_media(columns: Sequence[MediaColumn], fields: Mapping[str, pa.Array]) -> FoundMedia:
    """Return the media in the rows of a batch, row by row, in the order of the columns and their lists."""
    found = [_find(column, fields[column.path[0]]) for column in columns if column.path[0] in fields]
    owners = np.concatenate([part.owners for part in found] or [np.empty(0, np.int64)])
    order = np.argsort(owners, kind="stable")
    contents = pa.concat_arrays([part.contents for part in found]) if found else pa.nulls(0, pa.large_binary())
    members = [name for part in found for name in part.members]
    modalities = [modality for part in found for modality in part.modalities]
    return FoundMedia(
        contents.take(pa.array(order)) if len(found) > 1 else contents,
        owners[order],
        [members[at] for at in order],
        [modalities[at] for at in order],
        np.concatenate([part.external for part in found] or [np.empty(0, np.int64)]),
    )


def _find(column: MediaColumn, values: pa.Array) -> FoundMedia:
    values, owners, places = _reach(values, column.path[1:])
    content = pc.struct_field(values, [_BYTES]) if column.has_paths else values
    present = pc.is_valid(content).to_numpy(zero_copy_only=False)
    external = ~present
    if column.has_paths:
        external &= pc.is_valid(pc.struct_field(values, [_PATH])).to_numpy(zero_copy_only=False)
    else:
        external[:] = False
    name = name_of(tuple(step for step in column.path if step != EVERY))
    there = compress(places, present)
    members = [name if place is None else f"{name}/{place}" for place in there]
    return FoundMedia(
        content.filter(pa.array(present)).cast(pa.large_binary()),
        owners[present],
        members,
        [column.modality] * len(members),
        owners[external],
    )


def _reach(values: pa.Array, steps: Path) -> tuple[pa.Array, Any, Sequence[int | None]]:
    """Return what steps lead to, the row of each, and its place in the last list; None where it is in none."""
    owners = np.arange(len(values))
    places: Any = [None] * len(values)
    for step in steps:
        if step == EVERY:
            lengths = pc.fill_null(pc.list_value_length(values), 0).to_numpy(zero_copy_only=False)
            owners = np.repeat(owners, lengths)
            places = [place for length in lengths.tolist() for place in range(length)]
            values = pc.list_flatten(values)
        else:
            values = pc.struct_field(values, [step])
    return values, owners, places


def media_records(
    entry: FileEntry, found: FoundMedia, rows: pa.Array, columns: Mapping[str, pa.Array], read: pa.Array
) -> Iterator[ReadResult]:
    """Yield the media of a batch of rows as records, with the metadata in the *columns* of their rows.

    *read* says of each row whether it became a record by its text.
    """
    count = len(found.owners)
    yield Seen(Unit.MEMBER, count + len(found.external))
    if len(found.external):
        yield Skipped(Unit.MEMBER, SkipReason.EXTERNAL, len(found.external))
    if not count:
        return
    owners = pa.array(found.owners)
    modalities: list[str] = []
    for index in range(count):
        content = found.contents[index].as_buffer()
        kind = recognise_media(content.slice(0, min(SNIFFED_BYTES, content.size)).to_pybytes())
        modalities.append(found.modalities[index].value if kind is None else kind.modality.value)
        if kind is None:
            place = f"row {rows[found.owners[index]]}, {found.members[index]}"
            detail = f"its bytes are not those of a known kind of {found.modalities[index]}"
            yield entry.defect(DefectCode.MISLABELLED, detail, place)
    said = {name: column.take(owners) for name, column in columns.items() if name != "text"}
    made = {"modality": pa.array(modalities), "content": found.contents, "member": pa.array(found.members, pa.string())}
    only = pc.and_(found.in_rows(len(rows)), pc.invert(read))
    yield RowMedia(raw_batch(rows.take(owners), said | made), only.true_count)
