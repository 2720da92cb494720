"""Statements of records about their own use, as rows."""

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.own_statements import read_written
from corpus_audit.schemas import OPT_OUT_STATEMENTS


def read_own_statements(batch: pa.RecordBatch) -> pa.Table:
    """Return the own statements of a batch (schema RECORD_TEXTS) as rows of schema OPT_OUT_STATEMENTS."""
    stating = batch.select(["record_id", "source_id", "opt_outs"]).filter(pc.is_valid(batch["opt_outs"]))
    rows = [
        {
            "record_id": row["record_id"],
            "source_id": row["source_id"],
            "place": said.place,
            "protocol": said.protocol,
            "statement": said.statement,
        }
        for row in stating.to_pylist()
        for said in read_written(row["opt_outs"])
    ]
    return pa.Table.from_pylist(rows, schema=OPT_OUT_STATEMENTS.schema)
