"""Models that produced or processed data: what is declared of them, and what their licenses resolve to."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_MODELS

MODELS = Query(
    EVIDENCE_MODELS,
    """
    SELECT claimed_models.*,
           licenses.license_expression,
           licenses.license_state,
           COALESCE(naming.sources, 0) AS sources
    FROM claimed_models
    JOIN licenses ON licenses.license_declared = claimed_models.license_declared
    LEFT JOIN (
        SELECT value AS model_id, COUNT(DISTINCT source_id) AS sources
        FROM claimed_generators
        GROUP BY value
    ) AS naming ON naming.model_id = claimed_models.model_id
    """,
)
