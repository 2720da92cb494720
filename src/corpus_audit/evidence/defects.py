"""Defects by kind and file: how often, and the first places."""

from corpus_audit.evidence.query import Lists, Query
from corpus_audit.schemas import EVIDENCE_DEFECTS

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

DEFECTS = Query(
    EVIDENCE_DEFECTS,
    """
    SELECT counted.*, places.listed AS places, places.detail
    FROM (SELECT source_id, file, code, COUNT(*) AS count FROM defects GROUP BY source_id, file, code) AS counted
    JOIN defect_places AS places
      ON places.source_id = counted.source_id AND places.file = counted.file AND places.code = counted.code
    """,
)
