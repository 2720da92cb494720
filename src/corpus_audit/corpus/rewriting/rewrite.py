"""One file of a dataset written anew: the rewriters by format, and which changes they can make."""

import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from corpus_audit.corpus.compression import LimitExceededError
from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.inputs import FileInput, TrailingDataError
from corpus_audit.corpus.rewriting.arrow import rewrite_arrow
from corpus_audit.corpus.rewriting.changes import FileChanges, Rewritten
from corpus_audit.corpus.rewriting.delimited import rewrite_delimited
from corpus_audit.corpus.rewriting.json import rewrite_json
from corpus_audit.corpus.rewriting.lines import rewrite_lines
from corpus_audit.corpus.rewriting.parquet import rewrite_parquet
from corpus_audit.corpus.rewriting.tar import rewrite_tar
from corpus_audit.corpus.rewriting.warc import rewrite_warc
from corpus_audit.corpus.rewriting.whole import copy_file, mask_text_file
from corpus_audit.corpus.rewriting.zip import rewrite_zip
from corpus_audit.errors import RewriteError
from corpus_audit.vocabulary import FileFormat

Rewriter = Callable[[FileInput, FileEntry, FileChanges, Path], Rewritten]


def _rewrite_zip(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    return rewrite_zip(source, entry, changes, target, rewrite_file)


REWRITERS: Mapping[FileFormat, Rewriter] = {
    FileFormat.PARQUET: rewrite_parquet,
    FileFormat.ARROW: rewrite_arrow,
    FileFormat.JSONL: rewrite_lines,
    FileFormat.JSON: rewrite_json,
    FileFormat.CSV: rewrite_delimited,
    FileFormat.TAR: rewrite_tar,
    FileFormat.WARC: rewrite_warc,
    FileFormat.ZIP: _rewrite_zip,
}
"""The formats that can be written without some of their rows; files of others stay or go as a whole."""

_DAMAGE = (EOFError, zipfile.BadZipFile, tarfile.TarError, pa.ArrowInvalid, LimitExceededError, TrailingDataError)
_TEXTS = frozenset({FileFormat.TEXT, FileFormat.HTML})


def refusal(entry: FileEntry, dropped: int, records: int) -> str | None:
    """Return why *dropped* of so many *records* cannot be taken out of a file; None if they can."""
    if entry.format in REWRITERS or dropped in (0, records):
        return None
    return (
        f"{entry.file} ({entry.format}): {dropped} of its {records} records go and {records - dropped} stay, and a "
        "file of this format is written whole or not at all. Convert it to JSON lines or Parquet, and audit it again."
    )


def rewrite_file(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    """Write a file with its changes; no file where nothing of it stays.

    Raises RewriteError where that cannot be done, as of a damaged file, and OSError where the file cannot be read.
    """
    if not changes:
        copy_file(source, target)
        return Rewritten()
    rewriter = REWRITERS.get(entry.format)
    if rewriter is not None:
        try:
            return rewriter(source, entry, changes, target)
        except _DAMAGE:
            message = f"{entry.file} is damaged, and not all of it can be kept: mend it, and audit it again."
            raise RewriteError(message) from None
    if len(changes.dropped):
        return Rewritten(dropped=len(changes.dropped))
    if entry.format in _TEXTS:
        return mask_text_file(source, entry, changes, target)
    return Rewritten(unmasked=len(changes.masks))
