"""Names of people in each source's sample, and whether the source declares any."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.evidence.means import mean
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR

NAMES = evidence_table(
    "names", "one kind of name in the sample of one source", ("source_id", "entity_type", "method"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "PERSON, NRP (nationality, religious or political group) or LOCATION."),
    ("method", STR, "How it was looked for: presidio (a model) or surname-and-title (rules); both err."),
    ("declared", STR, "yes when the source declares this type, else the source's declared answer."),
    ("records_sampled", INT, "Records of the source in which it was looked for."),
    ("records", INT, "Of those, records with at least one."),
    ("spans", INT, "How often."),
    ("distinct_values", INT, "Distinct values, counted by keyed hash."),
    ("record_share", FLOAT, "records as a share of records_sampled."),
    ("mean_score", FLOAT, "Mean confidence."),
    ("state", STR, "declared, undeclared or not-recorded."),
    label=_("names by source"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.NAME_SAMPLES, schemas.NAME_SPANS,),
    sql=f"""
    SELECT found.source_id, found.entity_type, found.method,
           CASE WHEN claimed_personal_types.value IS NOT NULL THEN 'yes'
                ELSE COALESCE(claimed_sources.personal_information, 'not-recorded') END AS declared,
           sampled.records AS records_sampled,
           found.records, found.spans, found.distinct_values,
           found.records / sampled.records AS record_share,
           found.mean_score,
           CASE WHEN claimed_personal_types.value IS NOT NULL THEN 'declared'
                WHEN claimed_sources.personal_information = 'yes' AND named.source_id IS NULL THEN 'declared'
                WHEN COALESCE(claimed_sources.personal_information, 'not-recorded') = 'not-recorded'
                    THEN 'not-recorded'
                ELSE 'undeclared' END AS state
    FROM (SELECT source_id, entity_type, method,
                 COUNT(DISTINCT record_id) AS records,
                 COUNT(*) AS spans,
                 COUNT(DISTINCT keyed_hash) AS distinct_values,
                 {mean("score")} AS mean_score
          FROM name_spans
          GROUP BY source_id, entity_type, method) AS found
    JOIN (SELECT source_id, method, COUNT(*) AS records FROM name_samples GROUP BY source_id, method) AS sampled
      ON sampled.source_id = found.source_id AND sampled.method = found.method
    LEFT JOIN claimed_sources ON claimed_sources.source_id = found.source_id
    LEFT JOIN claimed_personal_types
      ON claimed_personal_types.source_id = found.source_id
     AND claimed_personal_types.value = found.entity_type
    LEFT JOIN (SELECT DISTINCT source_id FROM claimed_personal_types) AS named ON named.source_id = found.source_id
    """,  # noqa: S608 - constants
)  # fmt: skip
