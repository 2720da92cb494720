"""Problems in the description of the data, and questions about what it leaves out."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import Lists, evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR, STRINGS, columns

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


CLAIM_PROBLEMS = evidence_table(
    "claim_problems", "one kind of statement about one source that cannot be taken as a claim",
    ("source_id", "field", "code"),
    ("source_id", STR, "Source it is about; (dataset) when it is about the whole."),
    ("field", STR, "What it is about: a field of a manifest, else one of its own format."),
    ("code", STR, "Why it is no claim (vocabulary ClaimProblemCode)."),
    ("count", INT, "How often."),
    ("places", STRINGS, "The first ten, as document and JSON pointer."),
    ("detail", STR, "What to do about the first."),
    label=_("statements that are no claims"),
    inputs=(schemas.CLAIM_GAPS, schemas.CLAIM_PROBLEMS,),
    sql=f"""
    SELECT counted.*, places.listed AS places, places.detail
    FROM (SELECT source_id, field, code, COUNT(*) AS count
          FROM {CLAIM_PROBLEMS_VIEW} GROUP BY source_id, field, code) AS counted
    JOIN claim_problem_places AS places
      ON places.source_id = counted.source_id AND places.field = counted.field AND places.code = counted.code
    """,  # noqa: S608 - constants
)  # fmt: skip


QUESTIONS = evidence_table(
    "questions", "one question to the provider about an unrecorded answer", ("source_id", "field"),
    *columns(schemas.CLAIM_GAPS),
    label=_("questions to the provider"),
    inputs=(schemas.CLAIM_GAPS, schemas.CLAIM_PROBLEMS,),
    sql="SELECT * FROM claim_gaps",
)  # fmt: skip
