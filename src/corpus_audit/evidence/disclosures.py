"""What a provider tells, beside facts: of the dataset as a whole, of each source, and of each trained model."""

from datetime import date, timedelta

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.evidence.query import Query
from corpus_audit.rights.consent.states import compared
from corpus_audit.schemas import EVIDENCE_DISCLOSURE, EVIDENCE_SOURCE_DISCLOSURES, EVIDENCE_TRAINED_MODELS

_HALF_A_YEAR = timedelta(days=183)


def _share(part: str, whole: str) -> str:
    return f"CAST({part} AS DOUBLE) / NULLIF({whole}, 0)"


def _pass_share(review: str) -> str:
    return _share(f"({review}_sampled - {review}_rejected)", f"{review}_sampled")


DISCLOSURE = Query(
    EVIDENCE_DISCLOSURE,
    f"""
    SELECT claimed_disclosure.*,
           measured.records,
           {_pass_share("manual")} AS manual_pass_share,
           {_share("manual_sampled", "measured.records")} AS manual_sampled_share,
           {_pass_share("automatic")} AS automatic_pass_share,
           {_share("automatic_sampled", "measured.records")} AS automatic_sampled_share,
           CASE WHEN summary_updated_at = 'not-recorded' THEN 'not-recorded'
                WHEN {compared("summary_updated_at", "<", "summary_deadlines.oldest")} THEN 'overdue'
                ELSE 'recent' END AS summary_age_state,
           CASE WHEN summary_updated_at = 'not-recorded' OR last_collection.day IS NULL THEN 'not-recorded'
                WHEN {compared("summary_updated_at", "<", "last_collection.day")} THEN 'older-than-data'
                ELSE 'covers' END AS summary_data_state,
           CASE WHEN ethics_listed IN ('no', 'not-applicable') THEN 'not-needed'
                WHEN ethics_listed = 'not-recorded' THEN 'not-recorded'
                WHEN ethics_approval = 'not-recorded' THEN 'missing'
                WHEN ethics_expires_at <> 'not-recorded'
                     AND {compared("ethics_expires_at", "<", "audit_day.day")} THEN 'expired'
                ELSE 'documented' END AS ethics_state,
           share_alike_of_all.share_alike
    FROM claimed_disclosure
    CROSS JOIN audit_day
    CROSS JOIN summary_deadlines
    CROSS JOIN share_alike_of_all
    CROSS JOIN (SELECT COALESCE(CAST(SUM(records) AS BIGINT), 0) AS records FROM record_totals) AS measured
    CROSS JOIN (
        SELECT MAX(CASE WHEN collected_until <> 'not-recorded' THEN collected_until END) AS day FROM claimed_sources
    ) AS last_collection
    """,  # noqa: S608 - constants
)

SOURCE_DISCLOSURES = Query(
    EVIDENCE_SOURCE_DISCLOSURES,
    f"""
    SELECT told.*,
           claimed_sources.kind,
           claimed_sources.synthetic,
           claimed_sources.legal_basis,
           licenses.license_family,
           licenses.attribution,
           CASE WHEN cardinality(rights_holders) > 0 OR supplier <> 'not-recorded' OR origin <> 'not-recorded'
                THEN 'recorded'
                ELSE 'not-recorded' END AS owner_state,
           CASE WHEN cardinality(content_types) > 0 OR cardinality(label_kinds) > 0 THEN 'recorded'
                ELSE 'not-recorded' END AS content_state,
           CASE WHEN cardinality(crawlers) = 0 THEN 'not-recorded'
                WHEN crawler_purposes = cardinality(crawlers) AND crawler_behaviours = cardinality(crawlers)
                THEN 'recorded'
                ELSE 'partial' END AS crawler_state,
           CASE WHEN copyright = 'not-recorded' AND trademark = 'not-recorded' AND patent = 'not-recorded'
                THEN 'not-recorded'
                WHEN 'not-recorded' IN (copyright, trademark, patent) THEN 'partial'
                ELSE 'recorded' END AS protection_state,
           CASE WHEN copyright = 'not-recorded' THEN 'not-recorded'
                WHEN copyright = 'no' AND license_state = 'resolved'
                     AND 'yes' IN (attribution, notice) THEN 'contradicted'
                ELSE 'agrees' END AS copyright_state,
           {_share("before_rejected", "before_sampled")} AS before_harmful_share,
           {_share("after_rejected", "after_sampled")} AS after_harmful_share
    FROM claimed_source_disclosures AS told
    JOIN claimed_sources ON claimed_sources.source_id = told.source_id
    JOIN licenses ON licenses.license_declared = claimed_sources.license_declared
    """,  # noqa: S608 - constants
)

TRAINED_MODELS = Query(
    EVIDENCE_TRAINED_MODELS,
    f"""
    SELECT claimed_trained_models.*,
           CASE WHEN data_first_used_at = 'not-recorded' THEN 'not-recorded'
                WHEN first_collection.day IS NOT NULL
                     AND {compared("data_first_used_at", "<", "first_collection.day")} THEN 'before-collection'
                ELSE 'recorded' END AS first_use_state
    FROM claimed_trained_models
    CROSS JOIN (
        SELECT MIN(CASE WHEN collected_from <> 'not-recorded' THEN collected_from END) AS day FROM claimed_sources
    ) AS first_collection
    """,  # noqa: S608 - constants
)


def add_summary_deadline(engine: Engine, day: date) -> None:
    """Make visible the day before which a summary's last update is overdue: half a year before *day*."""
    engine.add_arrow("summary_deadlines", pa.table({"oldest": [(day - _HALF_A_YEAR).isoformat()]}))
