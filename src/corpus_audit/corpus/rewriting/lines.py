"""JSON lines without some of their lines: the others keep their bytes."""

import codecs
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.rewriting.changes import FileChanges, Masks, Rewritten
from corpus_audit.corpus.rewriting.json_texts import mask_json
from corpus_audit.corpus.rewriting.packed import chunks, encoding_of, writing

MaskRow = Callable[[bytes, Masks], bytes | None]
"""Returns a row's bytes with values masked; None where one of them was not met in it."""


def rewrite_lines(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    """Write a file of JSON lines without the dropped ones; a masked one is one object on one line as before."""
    encoding = encoding_of(entry)
    writer = RowWriter(changes, lambda line, masks: _mask_line(line, masks, encoding))
    with source.stream() as stream, writing(target, entry.recognition.compression) as out:
        row = 0
        for block in _blocks(stream):
            number = block.count(b"\n") or 1
            if changes.within(row, row + number):
                out.write(b"".join(writer.kept(_lines(block), row)))
            else:
                out.write(block)
            row += number
    return writer.done


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield blocks of whole lines."""
    pending = b""
    for chunk in chunks(stream):
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield pending + chunk[:cut]
            pending = chunk[cut:]
        else:
            pending += chunk
    if pending:
        yield pending


def _lines(block: bytes) -> list[bytes]:
    """Return the lines of a block with their line feeds; a carriage return ends none."""
    lines = [line + b"\n" for line in block.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


class RowWriter:
    """Decides what stays of rows, and counts it."""

    def __init__(self, changes: FileChanges, mask: MaskRow) -> None:
        self._changes = changes
        self._mask = mask
        self.done = Rewritten()

    def kept(self, rows: Sequence[bytes], first: int) -> Iterator[bytes]:
        """Yield what stays of rows, of which the first is numbered *first*: their bytes, or those with values masked.

        A row in which a value was not met goes: the value would stay in it unseen.
        """
        dropped = set(self._changes.dropped_within(first, first + len(rows)).tolist())
        self.done.dropped += len(dropped)
        masks = self._changes.masks
        for row, content in enumerate(rows, first):
            if row in dropped:
                continue
            if row not in masks:
                yield content
            elif (masked := self._mask(content, masks[row])) is None:
                self.done.unmasked += 1
            else:
                self.done.masked += 1
                yield masked


def _mask_line(line: bytes, masks: Masks, encoding: str) -> bytes | None:
    """Return a line with values masked in its texts; None where one was not met, or the line is no JSON."""
    body = line.rstrip(b"\r\n")
    mark = codecs.BOM_UTF8 if body.startswith(codecs.BOM_UTF8) else b""
    try:
        text = body[len(mark) :].decode(encoding)
        json.loads(text)
    except ValueError:
        return None
    masked = mask_json(text, masks)
    return None if masked is None else mark + masked.encode(encoding, "replace") + line[len(body) :]
