"""Rights and origin notices in texts, compared with the declared license and origin of their source."""

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, evidence_table
from corpus_audit.rights.notices import UNRECOGNISED, compare_notice, stated_license
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR

MOST_TAGS = 10_000
"""Distinct license tags that are looked up, the most frequent first: a corpus may hold any number of wrong ones."""

_TAGS = f"""
    SELECT masked FROM spans WHERE entity_type = 'SPDX_LICENSE_IDENTIFIER'
    GROUP BY masked ORDER BY COUNT(*) DESC, masked LIMIT {MOST_TAGS}
"""  # noqa: S608 - constant

# Only what names a license, or one of the few values of a label, is repeated: any other excerpt may be personal.
_NOTICE_SPANS = f"""
    CREATE TEMPORARY VIEW notice_spans AS
    SELECT spans.source_id, record_id, entity_type, keyed_hash, score,
           CASE WHEN entity_type = 'SPDX_LICENSE_IDENTIFIER' THEN COALESCE(stated_tags.stated, '{UNRECOGNISED}')
                WHEN entity_type IN ('LICENSE_NOTICE', 'PUBLIC_LICENSE_MARK', 'AIGC_LABEL') THEN spans.masked
                ELSE '' END AS stated
    FROM spans
    LEFT JOIN stated_tags ON stated_tags.masked = spans.masked
    WHERE kind IN ('notice', 'ai_label', 'opt_out')
"""  # noqa: S608 - constant

_COUNTS = """
    SELECT per_record.source_id, per_record.entity_type, per_record.stated,
           COUNT(*) AS records, CAST(SUM(spans) AS BIGINT) AS spans,
           CAST(SUM(millionths) AS DOUBLE) / SUM(spans) / 1000000 AS mean_score
    FROM (SELECT source_id, entity_type, stated, record_id, COUNT(*) AS spans,
                 CAST(SUM(CAST(ROUND(score * 1000000) AS BIGINT)) AS BIGINT) AS millionths
          FROM notice_spans GROUP BY source_id, entity_type, stated, record_id) AS per_record
    GROUP BY per_record.source_id, per_record.entity_type, per_record.stated
"""

_VALUES = """
    SELECT source_id, entity_type, stated, COUNT(*) AS distinct_values
    FROM (SELECT DISTINCT source_id, entity_type, stated, keyed_hash FROM notice_spans) AS per_value
    GROUP BY source_id, entity_type, stated
"""

_PAIRS = """
    SELECT DISTINCT stated, license_expression AS declared
    FROM notice_counts
    JOIN claimed_sources ON claimed_sources.source_id = notice_counts.source_id
    JOIN licenses ON licenses.license_declared = claimed_sources.license_declared
    WHERE stated <> '' AND entity_type <> 'AIGC_LABEL'
"""


_TAG_SCHEMA = pa.schema({"masked": pa.string(), "stated": pa.string()})
_COMPARISON_SCHEMA = pa.schema({"stated": pa.string(), "declared": pa.string(), "state": pa.string()})


def find_notices(engine: Engine, _circumstances: Circumstances) -> None:
    """Register the view of notice counts, and of how named licenses relate to the declared one."""
    tags = [row["masked"] for row in engine.fetch(_TAGS).to_pylist()]
    stated = [{"masked": tag, "stated": stated_license(tag)} for tag in tags]
    engine.add_arrow("stated_tags", pa.Table.from_pylist(stated, schema=_TAG_SCHEMA))
    engine.execute(_NOTICE_SPANS)
    engine.add_arrow("notice_counts", engine.fetch(_COUNTS))
    engine.add_arrow("notice_values", engine.fetch(_VALUES))
    pairs = engine.fetch(_PAIRS).to_pylist()
    compared = [pair | {"state": str(compare_notice(pair["stated"], pair["declared"]))} for pair in pairs]
    engine.add_arrow("notice_comparisons", pa.Table.from_pylist(compared, schema=_COMPARISON_SCHEMA))


NOTICES = evidence_table(
    "notices", "one thing that the texts of one source say of their own rights or origin",
    ("source_id", "entity_type", "stated"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "Kind of notice (docs/reference/detectors.md)."),
    ("stated", STR, "SPDX expression of a license notice, or unrecognised; '' where a kind says all there is to say."),
    ("declared", STR, "What it is set against: the source's license expression, or whether a model generated it."),
    ("records", INT, "Records with at least one."),
    ("spans", INT, "How often."),
    ("distinct_values", INT, "Distinct wordings or holders, counted by keyed hash."),
    ("records_looked_at", INT, "Records of the source that were read, or scanned in other columns."),
    ("record_share", FLOAT, "records as a share of records_looked_at."),
    ("mean_score", FLOAT, "Mean confidence."),
    ("state", STR, "How it stands to what is declared (vocabulary NoticeState)."),
    label=_("notices by source"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.LICENSES, schemas.SPANS,),
    prepare=find_notices,
    sql="""
    SELECT counts.source_id, counts.entity_type, counts.stated,
           CASE WHEN counts.entity_type IN ('AIGC_LABEL', 'AI_GENERATED_STATEMENT', 'AI_SELF_REFERENCE')
                THEN COALESCE(claimed_sources.synthetic, 'not-recorded')
                ELSE COALESCE(licenses.license_expression, 'NOASSERTION') END AS declared,
           counts.records, counts.spans, notice_values.distinct_values,
           COALESCE(text.records, 0) AS records_looked_at,
           COALESCE(counts.records / NULLIF(text.records, 0), 0.0) AS record_share,
           counts.mean_score,
           CASE WHEN notice_comparisons.state IS NOT NULL THEN notice_comparisons.state
                WHEN counts.entity_type = 'TRAINING_RESERVATION' THEN 'reserved'
                WHEN counts.entity_type IN ('CONFIDENTIAL', 'DO_NOT_DISTRIBUTE') THEN 'restricted'
                WHEN counts.entity_type <> 'AIGC_LABEL' THEN 'noted'
                WHEN claimed_sources.synthetic = 'yes' THEN 'agrees'
                WHEN claimed_sources.synthetic = 'no' THEN 'differs'
                ELSE 'not-recorded' END AS state
    FROM notice_counts AS counts
    JOIN notice_values
      ON notice_values.source_id = counts.source_id
     AND notice_values.entity_type = counts.entity_type
     AND notice_values.stated = counts.stated
    LEFT JOIN text_totals AS text ON text.source_id = counts.source_id
    LEFT JOIN claimed_sources ON claimed_sources.source_id = counts.source_id
    LEFT JOIN licenses ON licenses.license_declared = claimed_sources.license_declared
    LEFT JOIN notice_comparisons
      ON notice_comparisons.stated = counts.stated
     AND notice_comparisons.declared = licenses.license_expression
    """,
)  # fmt: skip
