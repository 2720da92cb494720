"""The reasons that take a record out, each with the SQL that finds its records and the evidence that rules judge."""

# ruff: noqa: S608 - nothing but constants of the program reaches the SQL

from collections.abc import Collection
from dataclasses import dataclass

from corpus_audit.evidence import tables
from corpus_audit.evidence.evidence_table import EvidenceTable
from corpus_audit.evidence.exclusion_funnel import (
    FILES_OF_OPEN_PEOPLE,
    LICENSED_RECORDS,
    RECORDS_OF_OPEN_PEOPLE,
    TERMS_BEHIND,
    TERMS_OF_USES,
)
from corpus_audit.evidence.opt_outs import OPTED_OUT_RECORDS
from corpus_audit.vocabulary import ExclusionReason, SpanKind, SplitRole

_JUDGED_LICENSES = f"""
    SELECT licensed.record_id,
           CASE WHEN terms.forbids = 1 OR behind.forbids = 1 THEN 1 ELSE 0 END AS forbids,
           CASE WHEN terms.permits = 1 AND COALESCE(behind.permits, 1) = 1 THEN 1 ELSE 0 END AS permits
    FROM ({LICENSED_RECORDS}) AS licensed
    LEFT JOIN ({TERMS_OF_USES}) AS terms ON terms.license_expression = licensed.license_expression
    LEFT JOIN ({TERMS_BEHIND}) AS behind ON behind.source_id = licensed.source_id
"""

# Of a restricted content, every record that holds it; a record that copies one in part is named itself.
_INHERITED = """
    SELECT copied_records.record_id
    FROM copied_records
    JOIN (SELECT DISTINCT source_id, content FROM inherited_relations) AS restricted
      ON restricted.source_id = copied_records.source_id
     AND restricted.content IN (copied_records.content, copied_records.record_id)
"""

_OF_OPEN_PEOPLE = f"""
    SELECT records.record_id
    FROM records
    JOIN ({RECORDS_OF_OPEN_PEOPLE}) AS named
      ON named.source_id = records.source_id AND named.file = records.file AND named.row = records.row
    UNION
    SELECT records.record_id
    FROM records
    JOIN ({FILES_OF_OPEN_PEOPLE}) AS named ON named.source_id = records.source_id AND named.file = records.file
"""

_OF_WITHDRAWN_PEOPLE = """
    SELECT records.record_id
    FROM records
    JOIN record_people ON record_people.source_id = records.source_id
         AND record_people.file = records.file AND record_people.row = records.row
    JOIN withdrawn_people ON withdrawn_people.subject_id = record_people.value
    UNION
    SELECT records.record_id
    FROM records
    JOIN file_people ON file_people.source_id = records.source_id AND file_people.file = records.file
    JOIN withdrawn_people ON withdrawn_people.subject_id = file_people.value
"""

# A copy of such a record holds the same person, whatever it names.
_WITHDRAWN = f"""
    {_OF_WITHDRAWN_PEOPLE}
    UNION
    SELECT clusters.record_id
    FROM clusters
    JOIN (
        SELECT DISTINCT clusters.cluster_id
        FROM clusters JOIN ({_OF_WITHDRAWN_PEOPLE}) AS named ON named.record_id = clusters.record_id
    ) AS theirs ON theirs.cluster_id = clusters.cluster_id
"""

_FOUND = "SELECT DISTINCT record_id FROM spans WHERE kind = '{kind}'"


@dataclass(frozen=True)
class ReasonQuery:
    """One reason to leave records out: its *sql* returns their ids; *judged_by* are the tables whose rules say so."""

    reason: ExclusionReason
    sql: str
    judged_by: tuple[EvidenceTable, ...]


REASONS = (
    ReasonQuery(
        ExclusionReason.SOURCE_EXCLUDED,
        "SELECT record_id FROM records JOIN excluded_sources ON excluded_sources.source_id = records.source_id",
        (),
    ),
    ReasonQuery(
        ExclusionReason.LICENSE_FORBIDS,
        f"SELECT record_id FROM ({_JUDGED_LICENSES}) AS judged WHERE forbids = 1",
        (tables.PURPOSES, tables.RECORD_LICENSES, tables.MODELS),
    ),
    ReasonQuery(
        ExclusionReason.LICENSE_OPEN,
        f"SELECT record_id FROM ({_JUDGED_LICENSES}) AS judged WHERE forbids = 0 AND permits = 0",
        (tables.PURPOSES, tables.RECORD_LICENSES, tables.SOURCES),
    ),
    ReasonQuery(ExclusionReason.INHERITED_RESTRICTION, _INHERITED, (tables.PROPAGATED_RESTRICTIONS,)),
    ReasonQuery(
        ExclusionReason.OPTED_OUT,
        OPTED_OUT_RECORDS,
        (tables.OPT_OUTS, tables.RECORD_OPT_OUTS),
    ),
    ReasonQuery(ExclusionReason.CONSENT_WITHDRAWN, _WITHDRAWN, (tables.SUBJECTS,)),
    ReasonQuery(ExclusionReason.CONSENT_OPEN, _OF_OPEN_PEOPLE, (tables.SUBJECTS,)),
    ReasonQuery(
        ExclusionReason.PERSONAL_INFORMATION,
        _FOUND.format(kind=SpanKind.PERSONAL_INFORMATION),
        (tables.PERSONAL_INFORMATION,),
    ),
    ReasonQuery(ExclusionReason.SECRET, _FOUND.format(kind=SpanKind.SECRET), (tables.SECRETS,)),
    ReasonQuery(
        ExclusionReason.EVALUATION_LEAK,
        f"SELECT DISTINCT record_id FROM leaks WHERE split_role = '{SplitRole.TRAINING}'",
        (tables.SPLIT_LEAKAGE,),
    ),
    ReasonQuery(
        ExclusionReason.REFERENCE_HIT,
        "SELECT DISTINCT record_id FROM reference_hits",
        (tables.REFERENCES,),
    ),
)
"""Every reason but the copies, which depend on what else takes a record out."""

COPY_REASONS = (ExclusionReason.EXACT_DUPLICATE, ExclusionReason.NEAR_DUPLICATE)

_READ_BY_COPIES = (tables.PURPOSES, tables.RECORD_LICENSES)
"""The evidence on licenses, by which one copy is preferred to another."""


def evidence_read(reasons: Collection[ExclusionReason]) -> tuple[EvidenceTable, ...]:
    """Return the evidence whose preparations make visible what the SQL of *reasons* reads."""
    judged = [table for found in REASONS if found.reason in reasons for table in found.judged_by]
    by_copies = _READ_BY_COPIES if any(reason in reasons for reason in COPY_REASONS) else ()
    return tuple({table.name: table for table in (*judged, *by_copies)}.values())
