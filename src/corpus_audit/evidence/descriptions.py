"""What is wrong with the description of the data, and what is to be asked because it does not say."""

from corpus_audit.evidence.query import Lists, Query
from corpus_audit.schemas import EVIDENCE_CLAIM_PROBLEMS, EVIDENCE_QUESTIONS

_PLACES = 10

CLAIM_PROBLEMS_VIEW = "stated_problems"
"""Where the raw claim problems are seen: the evidence table has the same name."""

CLAIM_PROBLEM_PLACES = Lists(
    "claim_problem_places",
    ("source_id", "field", "code"),
    "place",
    f"""
    SELECT source_id, field, code, place, detail, position
    FROM (SELECT source_id, field, code, detail, document || ' ' || pointer AS place,
                 ROW_NUMBER() OVER (PARTITION BY source_id, field, code
                                    ORDER BY document, LENGTH(pointer), pointer, detail) AS position
          FROM {CLAIM_PROBLEMS_VIEW}) AS numbered
    WHERE position <= {_PLACES}
    """,  # noqa: S608 - constants
    first=("detail",),
)

CLAIM_PROBLEMS = Query(
    EVIDENCE_CLAIM_PROBLEMS,
    f"""
    SELECT counted.*, places.listed AS places, places.detail
    FROM (SELECT source_id, field, code, COUNT(*) AS count
          FROM {CLAIM_PROBLEMS_VIEW} GROUP BY source_id, field, code) AS counted
    JOIN claim_problem_places AS places
      ON places.source_id = counted.source_id AND places.field = counted.field AND places.code = counted.code
    """,  # noqa: S608 - constants
)

QUESTIONS = Query(EVIDENCE_QUESTIONS, "SELECT * FROM claim_gaps")
