"""Pictures, recordings and films: one file is one record, with the unchanged file as its content."""

import struct
from collections.abc import Iterator, Mapping

import pyarrow as pa

from corpus_audit.corpus.compression import suffix_without_compression
from corpus_audit.corpus.entry import FileEntry, ReadResult
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.signatures import SNIFFED_BYTES, MediaKind, recognise_media
from corpus_audit.corpus.texts import raw_batch
from corpus_audit.vocabulary import DefectCode, FileFormat, Modality

_NAMES: Mapping[Modality, Mapping[str, tuple[str, ...]]] = {
    Modality.IMAGE: {
        "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
        "PNG": (".png", ".apng"),
        "WebP": (".webp",),
        "GIF": (".gif",),
        "TIFF": (".tif", ".tiff"),
        "BMP": (".bmp",),
        "AVIF": (".avif",),
        "HEIF": (".heic", ".heif"),
        "JPEG 2000": (".jp2",),
        "JPEG XL": (".jxl",),
    },
    Modality.AUDIO: {
        "WAV": (".wav",),
        "MP3": (".mp3",),
        "FLAC": (".flac",),
        "Ogg": (".ogg", ".oga", ".opus"),
        "M4A": (".m4a",),
        "AAC": (".aac",),
        "AIFF": (".aiff", ".aif"),
        "AMR": (".amr",),
    },
    Modality.VIDEO: {"MP4": (".mp4", ".m4v", ".mov"), "Matroska": (".mkv", ".webm"), "AVI": (".avi",)},
}
_KINDS: Mapping[str, MediaKind] = {
    suffix: MediaKind(name, modality)
    for modality, names in _NAMES.items()
    for name, suffixes in names.items()
    for suffix in suffixes
}

MEDIA_SUFFIXES: Mapping[str, FileFormat] = {suffix: FileFormat(kind.modality) for suffix, kind in _KINDS.items()}
"""The formats that the usual suffixes of media stand for."""

_SAME_CONTAINER = {"MP4", "M4A"}
_INT64 = struct.Struct("=q")


def read_media(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:  # noqa: ARG001 - one record
    """Yield the file as one record; bytes of another kind than its name says are a defect, and are believed."""
    with source.seekable() as file:
        content = file.read_buffer()
    kind = recognise_media(content.slice(0, min(SNIFFED_BYTES, content.size)).to_pybytes())
    named = _KINDS.get(suffix_without_compression(source.name))
    if kind is None:
        yield entry.defect(DefectCode.MISLABELLED, f"its bytes are not those of a known kind of {entry.format}")
    elif named is not None and kind.name != named.name and {kind.name, named.name} != _SAME_CONTAINER:
        yield entry.defect(DefectCode.MISLABELLED, f"its name says {named.name}, its bytes are {kind.name}")
    modality = entry.format.value if kind is None else kind.modality.value
    offsets = pa.py_buffer(_INT64.pack(0) + _INT64.pack(content.size))
    held = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, content])
    yield raw_batch(pa.array([0], pa.int64()), {"modality": pa.array([modality]), "content": held})
