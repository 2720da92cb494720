"""One file per format. The registry below is the only list of them."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from corpus_audit.corpus.entry import FileEntry, Reader
from corpus_audit.corpus.formats.archive import archive_reader, read_members
from corpus_audit.corpus.formats.arrow import read_arrow
from corpus_audit.corpus.formats.csv import read_csv
from corpus_audit.corpus.formats.html import read_html
from corpus_audit.corpus.formats.json import read_json
from corpus_audit.corpus.formats.jsonl import read_jsonl
from corpus_audit.corpus.formats.media import MEDIA_SUFFIXES, read_media
from corpus_audit.corpus.formats.members import MemberContent, recognise_member
from corpus_audit.corpus.formats.parquet import read_parquet
from corpus_audit.corpus.formats.pdf import read_pdf
from corpus_audit.corpus.formats.samples import Named
from corpus_audit.corpus.formats.tar import list_tar
from corpus_audit.corpus.formats.text import read_text
from corpus_audit.corpus.formats.warc import read_warc
from corpus_audit.corpus.formats.zip import list_zip
from corpus_audit.corpus.inputs import Input
from corpus_audit.vocabulary import FileFormat

SUFFIXES: Mapping[str, FileFormat] = {
    ".parquet": FileFormat.PARQUET,
    ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL,
    ".json": FileFormat.JSON,
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".arrow": FileFormat.ARROW,
    ".feather": FileFormat.ARROW,
    ".pdf": FileFormat.PDF,
    ".warc": FileFormat.WARC,
    ".wet": FileFormat.WARC,
    ".arc": FileFormat.WARC,
    ".tar": FileFormat.TAR,
    ".zip": FileFormat.ZIP,
    **MEDIA_SUFFIXES,
}
"""What a suffix says; a compression suffix is taken off first. All else is text or binary by its bytes."""

_PAGES = dict.fromkeys((".html", ".htm", ".xhtml"), FileFormat.HTML)
"""In an archive; a file of its own may be source code, and is a page only where its manifest says so."""

_SINGLE: Mapping[FileFormat, Reader] = {
    FileFormat.TEXT: read_text,
    FileFormat.PARQUET: read_parquet,
    FileFormat.JSONL: read_jsonl,
    FileFormat.JSON: read_json,
    FileFormat.CSV: read_csv,
    FileFormat.ARROW: read_arrow,
    FileFormat.HTML: read_html,
    FileFormat.PDF: read_pdf,
    FileFormat.WARC: read_warc,
    **dict.fromkeys((FileFormat.IMAGE, FileFormat.AUDIO, FileFormat.VIDEO), read_media),
}

_IN_ARCHIVES = {**SUFFIXES, **_PAGES}

READERS: Mapping[FileFormat, Reader] = {
    **_SINGLE,
    FileFormat.TAR: archive_reader(list_tar, _SINGLE, _IN_ARCHIVES),
    FileFormat.ZIP: archive_reader(list_zip, _SINGLE, _IN_ARCHIVES),
}


def member_content(entry: FileEntry, stream: BinaryIO, name: str, codec: str | None) -> MemberContent:
    """Return how a member of an archive is read, which *stream* unpacks by *codec*."""
    return recognise_member(entry, stream, name, codec, _IN_ARCHIVES)


def read_zip_members(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[Named]:
    """Yield what is read of each member of a zip archive, with its name; descriptions of samples are left apart."""
    yield from read_members(list_zip(source), _SINGLE, _IN_ARCHIVES, entry, batch_bytes)


def read_tar_members(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[Named]:
    """Yield what is read of each member of a tar archive, with its name; descriptions of samples are left apart."""
    yield from read_members(list_tar(source), _SINGLE, _IN_ARCHIVES, entry, batch_bytes)
