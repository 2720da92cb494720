"""The terms of each source's license per purpose, beside the dataset's intended purposes."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import STR, STRINGS

PURPOSES = evidence_table(
    "purposes", "one purpose that one source's license permits or does not", ("source_id", "purpose"),
    ("source_id", STR, "Source."),
    ("purpose", STR, "Vocabulary Purpose."),
    ("intended", STR, "yes or no: is it an intended use of the dataset; not-recorded when it declares none."),
    ("license_expression", STR, "Resolved license expression of the source, or NOASSERTION."),
    ("permitted", STR, "yes, no or unknown, after OR chose what suits the purpose and AND merged."),
    ("reasons", STRINGS, "Why it is not permitted or not known; empty when it is permitted."),
    ("conditions", STRINGS, "What to keep to: credit, notices, clauses that are passed on, limits."),
    ("models_permitted", STR, "yes, no or unknown for outputs of the models behind it; not-applicable without any."),
    ("models_reasons", STRINGS, "Why the licenses of those models do not permit it, or why that is not known."),
    label=_("answers for a source and a purpose"),
    inputs=(schemas.CLAIMED_SOURCES,),
    sql="""
    SELECT claimed_sources.source_id,
           source_answers.purpose,
           CASE WHEN uses.items = 0 THEN 'not-recorded'
                WHEN intended.value IS NOT NULL THEN 'yes'
                ELSE 'no' END AS intended,
           source_licenses.license_expression,
           source_answers.permitted,
           source_answers.reasons,
           source_answers.conditions,
           COALESCE(behind.permitted, 'not-applicable') AS models_permitted,
           COALESCE(behind.reasons, no_types.value) AS models_reasons
    FROM claimed_sources
    JOIN source_licenses ON source_licenses.source_id = claimed_sources.source_id
    JOIN source_answers ON source_answers.source_id = claimed_sources.source_id
    CROSS JOIN (SELECT COUNT(*) AS items FROM claimed_uses) AS uses
    CROSS JOIN no_types
    LEFT JOIN (SELECT DISTINCT value FROM claimed_uses) AS intended ON intended.value = source_answers.purpose
    LEFT JOIN source_outputs AS behind
      ON behind.source_id = claimed_sources.source_id AND behind.purpose = source_answers.purpose
    """,
)  # fmt: skip
