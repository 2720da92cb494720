"""Chains of grants: which of them start with an entitled grantor, and whether they reach the supplier.

A grant that lacks only an entitled grantor is valid if its grantor received a valid grant with the same coverage.
Parties are the same if their names are equal, ignoring case and surrounding blanks.
"""

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.engine.text import lowered, trimmed
from corpus_audit.rights.consent.states import BITS, DOCUMENTED, UNSURE, known
from corpus_audit.vocabulary import NOT_RECORDED, ConsentState

MAX_HOPS = 16
"""What was passed on more often than this is reported as a broken chain."""

_REACHED = pa.schema(
    {
        "subject_id": pa.string(),
        "modality": pa.int64(),
        "asked_use": pa.int64(),
        "number": pa.int64(),
        "party": pa.string(),
    }
)

_OPEN_LINKS = "SELECT * FROM links WHERE other_lacks = 0 AND grantor_lacks <> 0"

_ROOTS = """
    SELECT DISTINCT links.subject_id, modality, asked_use, grantee AS party
    FROM links
    JOIN (SELECT DISTINCT subject_id FROM open_links) AS chained ON chained.subject_id = links.subject_id
    WHERE other_lacks = 0 AND grantor_lacks = 0
"""

_NEXT = f"""
    SELECT DISTINCT opened.subject_id, opened.modality, opened.asked_use, opened.number, opened.grantee AS party
    FROM open_links AS opened
    JOIN frontier
      ON frontier.subject_id = opened.subject_id
     AND frontier.modality = opened.modality
     AND frontier.asked_use = opened.asked_use
     AND frontier.party = opened.grantor
    LEFT JOIN reached
      ON reached.number = opened.number
     AND reached.modality = opened.modality
     AND reached.asked_use = opened.asked_use
    WHERE reached.number IS NULL AND opened.grantor <> '{NOT_RECORDED}'
"""  # noqa: S608 - constants


def follow_chains(engine: Engine) -> None:
    """Make ``reached`` visible: the grants that others lead to, found one hop after another."""
    engine.execute(f"CREATE TABLE open_links AS {_OPEN_LINKS}")
    reached = _REACHED.empty_table()
    frontier = engine.fetch(_ROOTS)
    for _ in range(MAX_HOPS):
        engine.add_arrow("reached", reached)
        if not frontier.num_rows:
            break
        engine.add_arrow("frontier", frontier)
        frontier = engine.fetch(_NEXT).cast(_REACHED)
        reached = pa.concat_tables([reached, frontier])
    engine.add_arrow("reached", reached)
    engine.execute("DROP TABLE open_links")


JUDGED = """
    SELECT links.*,
           other_lacks | (CASE WHEN reached.number IS NULL THEN grantor_lacks ELSE 0 END) AS lacks
    FROM links
    LEFT JOIN reached
      ON reached.number = links.number
     AND reached.modality = links.modality
     AND reached.asked_use = links.asked_use
"""
"""Every link with all that it lacks."""

_SUPPLIER = f"CASE WHEN {known('supplier')} THEN supplier ELSE collector END"
_SUPPLIERS = f"""
    SELECT source_id, {lowered(trimmed(_SUPPLIER))} AS supplier, {lowered(trimmed("issuer"))} AS issuer
    FROM claimed_sources
    CROSS JOIN claimed_dataset
"""  # noqa: S608 - constants

SUPPLIED = f"""
    SELECT subject_id, modality, asked_use, MIN(reaches) AS reaches
    FROM (
        SELECT judged.subject_id, modality, asked_use, subject_sources.source_id,
               MAX(CASE WHEN grantee = '{NOT_RECORDED}' THEN {UNSURE}
                        WHEN grantee IN (supplier, issuer) THEN {DOCUMENTED}
                        WHEN supplier = '{NOT_RECORDED}' THEN {UNSURE}
                        ELSE {BITS[ConsentState.CHAIN_BROKEN]} END) AS reaches
        FROM judged
        JOIN subject_sources ON subject_sources.subject_id = judged.subject_id
        JOIN ({_SUPPLIERS}) AS suppliers ON suppliers.source_id = subject_sources.source_id
        WHERE judged.lacks = 0
        GROUP BY judged.subject_id, modality, asked_use, subject_sources.source_id
    ) AS by_source
    GROUP BY subject_id, modality, asked_use
"""  # noqa: S608 - constants
"""For needs that some grant meets: whether one reaches the supplier of every source that holds the person."""
