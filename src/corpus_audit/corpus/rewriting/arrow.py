"""Arrow IPC files and streams without some of their rows: schema, metadata and the form of file or streams stay.

Buffers are written without compression: what a file's were written with cannot be asked of it.
"""

from pathlib import Path

import pyarrow as pa

from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.formats.arrow import ArrowPart, open_arrow
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.rewriting.changes import FileChanges, Rewritten
from corpus_audit.corpus.rewriting.parquet import change_rows

_OPTIONS = pa.ipc.IpcWriteOptions(unify_dictionaries=True)


def rewrite_arrow(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:  # noqa: ARG001 - every rewriter's signature
    """Write an Arrow file, or the streams of one, without the dropped rows, one batch at a time."""
    done, first = Rewritten(), 0
    with source.seekable() as content, pa.OSFile(str(target), "wb") as out:
        for part in open_arrow(content):
            with _writer(out, part) as writer:
                for batch in part.batches:
                    batch.validate(full=True)
                    kept = change_rows(pa.Table.from_batches([batch]), first, changes, done)
                    first += batch.num_rows
                    if kept.num_rows or not batch.num_rows:
                        writer.write_table(kept.combine_chunks())
    return done


def _writer(out: pa.NativeFile, part: ArrowPart) -> pa.ipc.RecordBatchStreamWriter:
    if part.is_file:
        metadata = pa.KeyValueMetadata(dict(part.metadata)) if part.metadata else None
        return pa.ipc.new_file(out, part.schema, options=_OPTIONS, metadata=metadata)
    return pa.ipc.new_stream(out, part.schema, options=_OPTIONS)
