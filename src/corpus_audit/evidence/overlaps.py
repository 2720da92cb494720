"""Overlaps between sources and with earlier audits, with the license terms on both sides and their relation."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR, columns
from corpus_audit.vocabulary import TermsConflict

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


OVERLAPS = evidence_table(
    "overlaps", "two sources that share copies, with the terms on both sides", ("source_a", "source_b"),
    *columns(schemas.OVERLAPS),
    ("license_a", STR, "Resolved license expression of source_a, or NOASSERTION."),
    ("license_b", STR, "Resolved license expression of source_b, or NOASSERTION."),
    ("terms_conflict", STR, "How the terms relate (vocabulary TermsConflict)."),
    ("conflict_reason", STR, "Which terms differ; '' when none do."),
    label=_("pairs of sources"),
    inputs=(schemas.DATASET_OVERLAPS, schemas.OVERLAPS,),
    sql=f"""
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
)  # fmt: skip


COMMON_TEXTS = evidence_table(
    "common_texts", f"the texts that stand in one number of sources, over {schemas.COMMON_SOURCES}", ("sources",),
    ("sources", INT, "Sources that each of these texts stands in."),
    ("texts", INT, "Different texts, pictures and recordings."),
    ("records", INT, "Records that have one of them."),
    ("unlisted_pairs", INT,
     "Pairs of these sources that are a row of overlaps only if they share more; counted anew for each text."),
    label=_("texts of very many sources"),
    inputs=(schemas.COMMON_TEXTS,),
    sql="""
    SELECT sources, COUNT(*) AS texts, CAST(SUM(records) AS BIGINT) AS records,
           CAST(SUM(unlisted_pairs) AS BIGINT) AS unlisted_pairs
    FROM common_texts GROUP BY sources
    """,
)  # fmt: skip
"""As many rows as there are different numbers of sources, at most."""

DATASET_OVERLAPS = evidence_table(
    "dataset_overlaps", "one earlier audit in the store, and what this one shares with it", ("audit_b",),
    *columns(schemas.DATASET_OVERLAPS),
    label=_("earlier audits"),
    inputs=(schemas.DATASET_OVERLAPS, schemas.OVERLAPS,),
    sql="SELECT * FROM dataset_overlaps",
)  # fmt: skip
"""As found: there is a row for every earlier audit, whatever it shares."""
