"""JSON without some entries of its lists of records: what stays keeps its bytes, and what stands beside the lists."""

import codecs
from pathlib import Path

from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.formats.json import list_path
from corpus_audit.corpus.inputs import FileInput, look_ahead
from corpus_audit.corpus.json_records import JsonRecords
from corpus_audit.corpus.json_stream import JsonStream
from corpus_audit.corpus.recognition import UTF_8
from corpus_audit.corpus.rewriting.changes import FileChanges, Masking, Rewritten
from corpus_audit.corpus.rewriting.json_texts import mask_json, mask_texts
from corpus_audit.corpus.rewriting.packed import encoding_of, writing
from corpus_audit.errors import RewriteError


class _NoEntryError(Exception):
    """A record that changes is no entry of a list: it is a whole document, or a row of a table in columns."""


def rewrite_json(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    """Write a file without the dropped entries of its lists, each with one comma beside it.

    What stands beside the lists was scanned with the first record, and is masked as that one is. Where records are no
    entries of lists, values are masked in all texts. Raises RewriteError where some of such records go, and for a file
    that is not JSON to its end.
    """
    try:
        return _rewrite_entries(source, entry, changes, target)
    except _NoEntryError:
        target.unlink()
    except ValueError:
        message = f"{entry.file} is not JSON to its end: mend it, and audit it again."
        raise RewriteError(message) from None
    if len(changes.dropped):
        message = (
            f"{entry.file} holds its records in columns, or as one value: convert it to JSON lines or Parquet, and "
            "audit it again."
        )
        raise RewriteError(message)
    return _mask_all(source, entry, changes, target)


def _mask_all(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    """Write a file with values masked in all its texts; not at all where one of them was not met."""
    encoding = encoding_of(entry)
    with source.stream() as stream:
        written = stream.read().decode(encoding, _errors(encoding))
    masks = [mask for of_row in changes.masks.values() for mask in of_row]
    masked = mask_json(written, masks) if all(changes.masks.values()) else None
    if masked is None:
        return Rewritten(unmasked=changes.rows or len(changes.masks))
    with writing(target, entry.recognition.compression) as out:
        out.write(_encoded(masked, encoding, entry))
    return Rewritten(masked=len(changes.masks))


def _rewrite_entries(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    encoding = encoding_of(entry)
    with source.stream() as stream, writing(target, entry.recognition.compression) as out:
        head, content = look_ahead(stream, len(codecs.BOM_UTF8))
        if head == codecs.BOM_UTF8:
            out.write(content.read(len(head)))
        text = JsonStream(as_utf8(content, encoding), keeps=True)
        entries = _Entries(text, changes)
        for row, _ in enumerate(JsonRecords(text, list_path(entry, text))):
            out.write(_encoded(entries.next(row), encoding, entry))
        out.write(_encoded(entries.beside(text.taken()), encoding, entry))
    return entries.done


def _encoded(text: str, encoding: str, entry: FileEntry) -> bytes:
    try:
        return text.encode(encoding, _errors(encoding))
    except UnicodeEncodeError:
        message = f"{entry.file} holds bytes that are not of its encoding: convert it to UTF-8, and audit it again."
        raise RewriteError(message) from None


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding == UTF_8 else "strict"


class _Entries:
    """What is written of the text up to the end of each record."""

    def __init__(self, text: JsonStream, changes: FileChanges) -> None:
        self._text = text
        self._changes = changes
        self._dropped = set(changes.dropped.tolist())
        self._first = Masking(changes.found.get(0, ()))
        self._any_stays = False
        self.done = Rewritten()

    def beside(self, text: str) -> str:
        """Return what stands between records with the values masked that are masked in the first record."""
        return mask_texts(text, self._first) if 0 in self._changes.found else text

    def next(self, row: int) -> str:
        """Return what stays of the text since the last record; raises _NoEntryError."""
        found, self._text.entry = self._text.entry, None
        taken = self._text.taken()
        if found is None:
            if row in self._dropped or row in self._changes.masks:
                raise _NoEntryError
            return taken
        at = len(taken) - (found.end - found.start)
        before, own = self.beside(taken[:at]), self._kept(row, taken[at:])
        if found.number == 0:
            self._any_stays = own is not None
            return before + (own or "")
        if own is None:
            return ""
        # The first entry that stays needs no comma before it.
        is_first, self._any_stays = not self._any_stays, True
        return own if is_first else before + own

    def _kept(self, row: int, own: str) -> str | None:
        if row in self._dropped:
            self.done.dropped += 1
            return None
        masks = self._changes.masks.get(row)
        if masks is None:
            return own
        masking = Masking(masks) if row else self._first
        masked = mask_texts(own, masking)
        if not masking.is_complete:
            self.done.unmasked += 1
            return None
        self.done.masked += 1
        return masked
