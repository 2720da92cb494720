"""Defects by kind and file: their number and first locations."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import Lists, evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR, STRINGS

_PLACES = 10

# Shorter places come first, so that 'row 9' precedes 'row 10'.
DEFECT_PLACES = Lists(
    "defect_places",
    ("source_id", "file", "code"),
    "place",
    f"""
    SELECT source_id, file, code, place, detail, position
    FROM (SELECT source_id, file, code, place, detail,
                 ROW_NUMBER() OVER (PARTITION BY source_id, file, code ORDER BY LENGTH(place), place, detail)
                     AS position
          FROM defects) AS numbered
    WHERE position <= {_PLACES}
    """,  # noqa: S608 - constant
    first=("detail",),
)


DEFECTS = evidence_table(
    "defects", "one kind of defect in one file", ("source_id", "file", "code"),
    ("source_id", STR, "Source the file belongs to."),
    ("file", STR, "Path relative to the root."),
    ("code", STR, "What was wrong (vocabulary DefectCode)."),
    ("count", INT, "How often."),
    ("places", STRINGS, "The first ten places."),
    ("detail", STR, "What happened at the first place."),
    label=_("files with defects"),
    inputs=(schemas.DEFECTS,),
    sql="""
    SELECT counted.*, places.listed AS places, places.detail
    FROM (SELECT source_id, file, code, COUNT(*) AS count FROM defects GROUP BY source_id, file, code) AS counted
    JOIN defect_places AS places
      ON places.source_id = counted.source_id AND places.file = counted.file AND places.code = counted.code
    """,
)  # fmt: skip
