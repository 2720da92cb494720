"""Licenses of single records: their number, permitted purposes, and relation to the source's license.

A record's own license goes before that of its source. Only distinct licenses are resolved, so the cost of that does
not grow with the number of records.
"""

from collections.abc import Sequence

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.rights.licenses import LONGEST_NAME, resolve_statements
from corpus_audit.rights.record_licenses import SourceTerms, StatedLicense, judge_record_licenses
from corpus_audit.rights.shown_names import shown_names
from corpus_audit.schemas.license_statements import ALSO, IN_OTHER_WORDS
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS
from corpus_audit.vocabulary import NOASSERTION, LicenseState, Purpose

MOST_LICENSES = 100_000
"""Distinct licenses of single records that are looked up, the most frequent first; the others are unknown."""

LONGEST_STATEMENTS = 2_000
"""More characters than this in several columns are no names."""

_TOO_LONG = "(text)"
_TOO_MANY = "(not looked up)"


def stated_license(column: str) -> str:
    """Return the SQL of a record's license as it is looked up: a text that is too long for a name is one of many."""
    is_name = f"LENGTH({column}) <= CASE WHEN {column} LIKE '%{IN_OTHER_WORDS}%' OR {column} LIKE '%{ALSO}%'"
    return f"CASE WHEN {is_name} THEN {LONGEST_STATEMENTS} ELSE {LONGEST_NAME} END THEN {column} ELSE '{_TOO_LONG}' END"


def license_of_record(column: str) -> str:
    """Return the SQL of the expression a record is under, where ``own`` and ``source_licenses`` are joined to it."""
    return f"""
        CASE WHEN {column} IS NULL OR own.license_state = '{LicenseState.NOT_RECORDED}'
             THEN COALESCE(source_licenses.license_expression, '{NOASSERTION}')
             ELSE COALESCE(own.license_expression, '{NOASSERTION}') END
    """


_STATEMENTS = f"""
    CREATE TABLE record_license_statements AS
    SELECT source_id, stated, COUNT(*) AS records, CAST(SUM(size_bytes) AS BIGINT) AS size_bytes
    FROM (SELECT source_id, size_bytes, {stated_license("declared_license")} AS stated
          FROM records WHERE declared_license IS NOT NULL) AS single
    GROUP BY source_id, stated
"""  # noqa: S608 - constants

_NAMES = f"""
    SELECT stated FROM record_license_statements
    GROUP BY stated ORDER BY SUM(records) DESC, stated LIMIT {MOST_LICENSES}
"""  # noqa: S608 - constant

# Names that stand for the same license are one row, and so are unknown names that look alike once masked.
_COUNTED = f"""
    SELECT source_id,
           COALESCE(own.shown, '{_TOO_MANY}') AS license,
           MAX(COALESCE(own.license_state, '{LicenseState.UNRECOGNISED}')) AS license_state,
           MAX(COALESCE(own.license_expression, '{NOASSERTION}')) AS license_expression,
           COUNT(*) AS spellings,
           CAST(SUM(records) AS BIGINT) AS records,
           CAST(SUM(size_bytes) AS BIGINT) AS size_bytes
    FROM record_license_statements AS statements
    LEFT JOIN record_license_names AS own ON own.stated = statements.stated
    WHERE COALESCE(own.license_state, '') <> '{LicenseState.NOT_RECORDED}'
    GROUP BY 1, 2
    ORDER BY 1, 2
"""  # noqa: S608 - constants

_TOTALS = """
    SELECT totals.source_id, license_expression, license_state, records, size_bytes
    FROM (SELECT source_id, CAST(SUM(records) AS BIGINT) AS records, CAST(SUM(content_bytes) AS BIGINT) AS size_bytes
          FROM record_totals GROUP BY source_id) AS totals
    JOIN source_licenses ON source_licenses.source_id = totals.source_id
"""

_NAMES_SCHEMA = pa.schema(
    {"stated": pa.string(), "shown": pa.string(), "license_state": pa.string(), "license_expression": pa.string()}
)


def find_record_licenses(engine: Engine) -> list[str]:
    """Register the resolved licenses of records (``record_license_names``), and return their expressions."""
    engine.execute(_STATEMENTS)
    names = [str(name) for name in engine.fetch(_NAMES)["stated"].to_pylist()]
    resolved = [resolve_statements(name) for name in names]
    unknown = [number for number, found in enumerate(resolved) if found.state in _UNRESOLVED]
    masked = shown_names([names[number] for number in unknown])
    shown = {number: f'"{name}"' for number, name in zip(unknown, masked, strict=True)}
    rows = [
        {
            "stated": name,
            "shown": shown.get(number, found.expression),
            # A record that says 'per-record' states no license.
            "license_state": LicenseState.NOT_RECORDED if found.state is LicenseState.PER_RECORD else found.state,
            "license_expression": found.expression,
        }
        for number, (name, found) in enumerate(zip(names, resolved, strict=True))
    ]
    engine.add_arrow("record_license_names", pa.Table.from_pylist(rows, schema=_NAMES_SCHEMA))
    return sorted({found.expression for found in resolved if found.state is not LicenseState.NOT_RECORDED})


_UNRESOLVED = (LicenseState.AMBIGUOUS, LicenseState.UNRECOGNISED)


def judge_licenses(engine: Engine, intended: Sequence[Purpose]) -> None:
    """Make visible what each license of records permits; reads source_licenses and what find_record_licenses left."""
    stated = [StatedLicense(**row) for row in engine.fetch(_COUNTED).to_pylist()]
    sources = {row.pop("source_id"): SourceTerms(**row) for row in engine.fetch(_TOTALS).to_pylist()}
    rows = judge_record_licenses(stated, sources, intended)
    engine.add_arrow("judged_record_licenses", pa.Table.from_pylist(rows, schema=RECORD_LICENSES.schema))


_PURPOSE = "yes, no or unknown; not-applicable where the records state no license of their own."


RECORD_LICENSES = evidence_table(
    "record_licenses", "one license that records of one source state, or those that state none",
    ("source_id", "license"),
    ("source_id", STR, "Source."),
    ("license", STR, "SPDX expression, or the words in quotes, short and masked; (none), or (others) for the rest."),
    ("license_state", STR, "How far it resolved (vocabulary LicenseState); of '(others)' the least that any did."),
    ("license_expression", STR, "SPDX expression it resolves to, or NOASSERTION."),
    ("spellings", INT, "Distinct spellings in the records; 0 where they state none."),
    ("records", INT, "Records that state it."),
    ("size_bytes", INT, "Bytes of those records: of text in UTF-8, of all else as the files are."),
    ("record_share", FLOAT, "records as a share of the records of the source."),
    ("internal_training", STR, f"Is internal training permitted: {_PURPOSE}"),
    ("commercial_training", STR, f"Is commercial training permitted: {_PURPOSE}"),
    ("redistribution_as_is", STR, f"May unchanged copies be passed on: {_PURPOSE}"),
    ("redistribution_derived", STR, f"May changed versions be passed on: {_PURPOSE}"),
    ("model_release", STR, f"May a trained model be released: {_PURPOSE}"),
    ("intended_permitted", STR, "The least of these over all intended uses; not-recorded when none is declared."),
    ("purposes_forbidden", STRINGS, "Intended uses that it forbids."),
    ("purposes_open", STRINGS, "Intended uses that it leaves unknown."),
    ("reasons", STRINGS, "Why it does not permit them, or why that is not known."),
    ("source_license", STR, "SPDX expression that counts for the source, or NOASSERTION."),
    ("source_license_state", STR, "How far the source's license resolved (vocabulary LicenseState)."),
    ("agrees", STR, "yes, no, not-recorded (unknown on one side), or not-applicable (nothing to compare)."),
    ("terms_relation", STR, "How its terms stand to those of the source (vocabulary LicenseRelation)."),
    ("weight", STR, "What it takes away from the source's terms (vocabulary InheritedWeight); else not-applicable."),
    ("purposes_lost", STRINGS, "Purposes that the source's license permits and this one does not."),
    label=_("licenses of records by source"),
    inputs=(schemas.RECORDS,),
    sql="SELECT * FROM judged_record_licenses",
)  # fmt: skip
