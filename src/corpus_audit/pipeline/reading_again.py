"""The texts of an audit's records, read once more from the dataset's own files, by workers and under its limits."""

from collections.abc import Collection, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.config import Settings
from corpus_audit.corpus.limits import reading_limits
from corpus_audit.pipeline.context import open_corpus, parts_read, run_inputs
from corpus_audit.store import AuditFolder
from corpus_audit.store.identity import read_identity

_COLUMNS = ("record_id", "text")


def read_texts_again(
    audit: AuditFolder, file_ids: Collection[str], settings: Settings, batch_bytes: int | None = None
) -> Iterator[pa.RecordBatch]:
    """Return the record ids and texts of some of an audit's files, in batches of about *batch_bytes*.

    Raises StoreError for a root that is gone, at once; GuardError, later, when the files end their worker.
    """
    from corpus_audit.corpus.guarded_reading import read_guarded
    from corpus_audit.corpus.records import read_record_texts

    location, wanted = open_corpus(audit, settings), sorted(file_ids)
    files = audit.read("ingest", schemas.FILES)
    files = files.filter(pc.is_in(files["file_id"], pa.array(wanted, pa.string())))
    parts = parts_read(audit, wanted)
    pieces = read_guarded(
        read_record_texts,
        *(location, files, wanted, batch_bytes or settings.batch_bytes, parts),
        columns=_COLUMNS,
        limits=reading_limits(read_identity(audit).parameters),
        address=run_inputs(audit)["root"],
    )
    return (piece for piece in pieces if isinstance(piece, pa.RecordBatch))
