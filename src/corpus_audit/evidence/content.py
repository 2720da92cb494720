"""How much each source holds of each kind of content: records, bytes, characters and tokens."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_CONTENT

CONTENT = Query(
    EVIDENCE_CONTENT,
    """
    SELECT source_id, modality,
           COUNT(*) AS records,
           CAST(SUM(size_bytes) AS BIGINT) AS size_bytes,
           CAST(SUM(characters) AS BIGINT) AS characters,
           CAST(SUM(tokens) AS BIGINT) AS tokens
    FROM records
    GROUP BY source_id, modality
    """,
)
