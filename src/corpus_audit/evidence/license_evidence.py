"""The license texts that come with sources, compared with their declared licenses."""

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, evidence_table
from corpus_audit.rights.license_texts import compare_texts
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR, STRINGS
from corpus_audit.vocabulary import NOT_RECORDED, LicenseTextState

# Dates are ISO 8601, whole or in part, so that their order as text is their order in time.
_FOUND = f"""
    SELECT texts.source_id, license_expression, claimed_sources.license_declared,
           COUNT(*) AS files,
           COUNT(CASE WHEN state = '{LicenseTextState.RECOGNISED}' THEN 1 END) AS files_recognised,
           COUNT(CASE WHEN state = '{LicenseTextState.TOO_LONG}' THEN 1 END) AS files_too_long,
           COUNT(CASE WHEN state = '{LicenseTextState.UNREADABLE}' THEN 1 END) AS files_unreadable,
           array_sort(array_distinct(flatten(array_agg(licenses)))) AS licenses,
           COALESCE(MIN(CASE WHEN observed_at <> '{NOT_RECORDED}' THEN observed_at END), '{NOT_RECORDED}')
               AS observed_from
    FROM license_texts AS texts
    JOIN claimed_sources ON claimed_sources.source_id = texts.source_id
    JOIN licenses ON licenses.license_declared = claimed_sources.license_declared
    GROUP BY texts.source_id, license_expression, claimed_sources.license_declared
"""  # noqa: S608 - constants

_ANSWERS = pa.schema({"source_id": pa.string(), "state": pa.string()})


def compare_license_texts(engine: Engine, _circumstances: Circumstances) -> None:
    """Register the view that compares license texts and declaration; reads license_texts and licenses."""
    found = engine.fetch(_FOUND)
    engine.add_arrow("license_texts_by_source", found)
    rows = [
        {
            "source_id": row["source_id"],
            "state": compare_texts(row["license_expression"], frozenset(row["licenses"])),
        }
        for row in found.select(["source_id", "license_expression", "licenses"]).to_pylist()
    ]
    engine.add_arrow("license_text_answers", pa.Table.from_pylist(rows, schema=_ANSWERS))


LICENSE_EVIDENCE = evidence_table(
    "license_evidence", "one source whose license evidence is a file: which license texts it holds", ("source_id",),
    ("source_id", STR, "Source."),
    ("license_declared", STR, "License as declared, or not-recorded."),
    ("license_expression", STR, "SPDX expression it resolves to, or NOASSERTION."),
    ("files", INT, "Files named as evidence."),
    ("files_recognised", INT, "Files that hold the text of at least one license of the SPDX list."),
    ("files_too_long", INT, "Files too long to be the license of one party: not looked at."),
    ("files_unreadable", INT, "Files that could not be read."),
    ("licenses", STRINGS, "SPDX identifiers of the licenses whose texts were found."),
    ("observed_from", STR, "Earliest recorded day on which a file was taken (ISO 8601), or not-recorded."),
    ("state", STR, "How the texts stand to the declaration (vocabulary LicenseTextAnswer)."),
    label=_("sources with files as license evidence"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.LICENSES, schemas.LICENSE_TEXTS,),
    prepare=compare_license_texts,
    sql="""
    SELECT found.*, answers.state
    FROM license_texts_by_source AS found
    JOIN license_text_answers AS answers ON answers.source_id = found.source_id
    """,
)  # fmt: skip
