"""Files that are written whole or not at all: texts, pictures, recordings, documents."""

from pathlib import Path

from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.rewriting.changes import FileChanges, Masking, Rewritten
from corpus_audit.corpus.rewriting.packed import CHUNK, encoding_of, writing


def copy_file(source: FileInput, target: Path) -> None:
    """Copy a file's bytes."""
    with source.packed() as stream, target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            out.write(chunk)


def mask_text_file(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    """Write a text with values masked; not at all where one of them does not stand in it as it was read."""
    encoding = encoding_of(entry)
    with source.stream() as stream:
        content = stream.read()
    masking = Masking([mask for masks in changes.masks.values() for mask in masks])
    try:
        text = masking.apply(content.decode(encoding))
    except UnicodeDecodeError:
        return Rewritten(unmasked=1)
    if not masking.is_complete:
        return Rewritten(unmasked=1)
    with writing(target, entry.recognition.compression) as out:
        out.write(text.encode(encoding, "replace"))
    return Rewritten(masked=1)
