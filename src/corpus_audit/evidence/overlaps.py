"""Overlaps between sources, with the license terms on both sides and how those relate; and with earlier audits."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_DATASET_OVERLAPS, EVIDENCE_OVERLAPS

OVERLAPS_VIEW = "source_overlaps"
"""The name that the overlaps go by in SQL, where OVERLAPS is an operator."""

OVERLAP_LICENSES = """
    SELECT shared.source_a, shared.source_b,
           licenses_a.license_expression AS license_a,
           licenses_b.license_expression AS license_b
    FROM source_overlaps AS shared
    JOIN source_licenses AS licenses_a ON licenses_a.source_id = shared.source_a
    JOIN source_licenses AS licenses_b ON licenses_b.source_id = shared.source_b
"""

LICENSE_PAIRS = f"SELECT DISTINCT license_a, license_b FROM ({OVERLAP_LICENSES}) AS sides"  # noqa: S608 - constant

OVERLAPS = Query(
    EVIDENCE_OVERLAPS,
    f"""
    SELECT shared.*, sides.license_a, sides.license_b, terms_conflict, conflict_reason
    FROM source_overlaps AS shared
    JOIN ({OVERLAP_LICENSES}) AS sides
      ON sides.source_a = shared.source_a AND sides.source_b = shared.source_b
    JOIN terms_comparisons
      ON terms_comparisons.license_a = sides.license_a AND terms_comparisons.license_b = sides.license_b
    """,  # noqa: S608 - constants
)

DATASET_OVERLAPS = Query(EVIDENCE_DATASET_OVERLAPS, "SELECT * FROM dataset_overlaps")
"""As found: there is a row for every earlier audit, whatever it shares."""
