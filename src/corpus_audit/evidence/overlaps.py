"""Overlaps between sources, with the license terms on both sides and how those relate; and with earlier audits."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_DATASET_OVERLAPS, EVIDENCE_OVERLAPS
from corpus_audit.vocabulary import TermsConflict

OVERLAPS_VIEW = "source_overlaps"
"""The name that the overlaps go by in SQL, where OVERLAPS is an operator."""

OVERLAP_LICENSES = """
    SELECT shared.source_a, shared.source_b,
           licenses_a.license_expression AS license_a,
           licenses_b.license_expression AS license_b
    FROM source_overlaps AS shared
    JOIN claimed_sources AS sources_a ON sources_a.source_id = shared.source_a
    JOIN claimed_sources AS sources_b ON sources_b.source_id = shared.source_b
    JOIN licenses AS licenses_a ON licenses_a.license_declared = sources_a.license_declared
    JOIN licenses AS licenses_b ON licenses_b.license_declared = sources_b.license_declared
"""

LICENSE_PAIRS = f"SELECT DISTINCT license_a, license_b FROM ({OVERLAP_LICENSES}) AS sides"  # noqa: S608 - constant

OVERLAPS = Query(
    EVIDENCE_OVERLAPS,
    f"""
    SELECT shared.*, sides.license_a, sides.license_b,
           CASE WHEN shared.decisive_bytes_a + shared.decisive_bytes_b = 0 THEN '{TermsConflict.TOO_SHORT}'
                ELSE terms_conflict END AS terms_conflict,
           CASE WHEN shared.decisive_bytes_a + shared.decisive_bytes_b = 0 THEN '' ELSE conflict_reason
           END AS conflict_reason
    FROM source_overlaps AS shared
    JOIN ({OVERLAP_LICENSES}) AS sides
      ON sides.source_a = shared.source_a AND sides.source_b = shared.source_b
    JOIN terms_comparisons
      ON terms_comparisons.license_a = sides.license_a AND terms_comparisons.license_b = sides.license_b
    """,  # noqa: S608 - constants
)

DATASET_OVERLAPS = Query(EVIDENCE_DATASET_OVERLAPS, "SELECT * FROM dataset_overlaps")
"""As found: there is a row for every earlier audit, whatever it shares."""
