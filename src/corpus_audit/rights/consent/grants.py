"""Each grant against each need of its person: what it lacks by itself, apart from other grants."""

from datetime import date

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.engine.text import lowered, trimmed
from corpus_audit.rights.consent.entitlement import GRANTOR_LACKS
from corpus_audit.rights.consent.states import (
    BITS,
    MODALITY_BITS,
    UNKNOWN_BIT,
    UNSURE,
    USE_BITS,
    compared,
    known,
    lacks,
    term_set,
)
from corpus_audit.vocabulary import NOT_RECORDED, ConsentState, Purpose, SubjectModality

COMMERCIAL_USES = frozenset({Purpose.COMMERCIAL_TRAINING})
LIKENESS = frozenset({SubjectModality.FACE, SubjectModality.VOICE})
"""What needs an authorisation of its own, apart from other terms."""


def add_questions(engine: Engine, day: date) -> None:
    """Make visible what is asked: the day of the audit, every modality, and the uses that the dataset is meant for."""
    engine.add_arrow("audit_day", pa.table({"day": [day.isoformat()]}))
    engine.add_arrow("asked_modalities", _modalities())
    declared = engine.fetch("SELECT DISTINCT value FROM claimed_uses")["value"].to_pylist()
    engine.add_arrow("asked_uses", _uses([Purpose(use) for use in declared]))


def _modalities() -> pa.Table:
    rows = [{"bit": bit, "is_likeness": modality in LIKENESS} for modality, bit in MODALITY_BITS.items()]
    return pa.Table.from_pylist([*rows, {"bit": UNKNOWN_BIT, "is_likeness": False}])


def _uses(declared: list[Purpose]) -> pa.Table:
    rows = [{"bit": USE_BITS[use], "is_commercial": use in COMMERCIAL_USES} for use in sorted(declared)]
    return pa.Table.from_pylist(rows or [{"bit": UNKNOWN_BIT, "is_commercial": False}])


PEOPLE = f"""
    SELECT subject_id, died_at, identifiable, under_14,
           CASE WHEN {known("died_at")} THEN 'yes' ELSE deceased END AS deceased,
           CASE WHEN under_14 = 'yes' THEN 'yes' ELSE minor END AS minor,
           {term_set("modalities", MODALITY_BITS)} AS modality_set
    FROM claimed_subjects
"""  # noqa: S608 - constants

# The same file may be declared by several sources; any of them that was read shows its bytes.
_EVIDENCE_FILES = "SELECT file, MAX(observed_sha256) AS observed_sha256 FROM files GROUP BY file"

_DATED = f"""
    SELECT granted.*, people.deceased, people.minor, people.under_14,
           {known("withdrawn_at")} AND {compared("withdrawn_at", "<=", "day")} AS is_withdrawn,
           {known("expires_at")} AND {compared("expires_at", "<", "day")} AS is_expired,
           {known("signed_at")} AND {compared("signed_at", ">", "day")} AS is_not_yet_in_force,
           {known("signed_at", "died_at")} AND {compared("signed_at", ">", "died_at")} AS signed_after_death,
           {known("signed_at", "died_at")} AND {compared("signed_at", "<=", "died_at")} AS signed_in_life,
           CASE WHEN evidence.file IS NOT NULL AND evidence.observed_sha256 IS NULL THEN 'missing'
                WHEN evidence.observed_sha256 <> evidence_sha256 THEN 'different'
                WHEN evidence.file IS NOT NULL THEN 'found'
                WHEN COALESCE(evidence_file, evidence_url, evidence_sha256) IS NOT NULL THEN 'declared-only'
                ELSE '{NOT_RECORDED}' END AS evidence_state
    FROM claimed_authorisations AS granted
    JOIN people ON people.subject_id = granted.subject_id
    CROSS JOIN audit_day
    LEFT JOIN ({_EVIDENCE_FILES}) AS evidence ON evidence.file = granted.evidence_file
"""  # noqa: S608 - constants

GRANTS = f"""
    SELECT subject_id, number, relation, commercial, is_withdrawn, is_expired, evidence_state,
           {lowered(trimmed("grantor"))} AS grantor,
           {lowered(trimmed("grantee"))} AS grantee,
           COALESCE(evidence_file, evidence_url, '{NOT_RECORDED}') AS documented_by,
           {term_set("modalities", MODALITY_BITS)} AS modality_set,
           {term_set("scope", USE_BITS)} AS use_set,
           {lacks("is_withdrawn", ConsentState.WITHDRAWN)}
           | {lacks("is_expired", ConsentState.EXPIRED)}
           | {lacks("is_not_yet_in_force", ConsentState.NOT_YET_IN_FORCE)}
           | {lacks("evidence_state NOT IN ('found', 'declared-only')", ConsentState.EVIDENCE_MISSING)} AS own_lacks,
           {GRANTOR_LACKS} AS grantor_lacks,
           CASE WHEN separate = 'yes' THEN 0
                WHEN separate = 'no' THEN {BITS[ConsentState.BUNDLED_ONLY]}
                ELSE {UNSURE} END AS form_lacks
    FROM ({_DATED}) AS dated
"""  # noqa: S608 - constants

NEEDS = f"""
    SELECT people.subject_id,
           modalities.bit AS modality,
           uses.bit AS asked_use,
           is_likeness,
           is_commercial,
           identifiable = 'no' AS is_not_needed
    FROM people
    JOIN asked_modalities AS modalities
      ON ((CASE WHEN modality_set = 0 THEN {UNKNOWN_BIT} ELSE modality_set END) & modalities.bit) <> 0
    CROSS JOIN asked_uses AS uses
"""  # noqa: S608 - constants


def _scope_lacks(granted: str, asked: str) -> str:
    """Return SQL for what a grant's set of modalities or uses lacks of the one that is asked for."""
    return f"""(CASE WHEN {granted} = 0 OR {asked} = {UNKNOWN_BIT} THEN {UNSURE}
                     WHEN ({granted} & {asked}) = 0 THEN {BITS[ConsentState.SCOPE_DOES_NOT_COVER]}
                     ELSE 0 END)"""


LINKS = f"""
    SELECT needs.*, grants.number, grantor, grantee,
           COALESCE(grantor_lacks, 0) AS grantor_lacks,
           CASE WHEN grants.number IS NULL THEN {BITS[ConsentState.MISSING]}
                ELSE own_lacks
                   | {_scope_lacks("grants.modality_set", "modality")}
                   | {_scope_lacks("grants.use_set", "asked_use")}
                   | {lacks("is_commercial AND commercial = 'no'", ConsentState.SCOPE_DOES_NOT_COVER)}
                   | (CASE WHEN is_likeness THEN form_lacks ELSE 0 END) END AS other_lacks
    FROM needs
    LEFT JOIN grants ON grants.subject_id = needs.subject_id
"""  # noqa: S608 - constants
"""A row for each need and each grant of its person; one with the state *missing* where there is no grant."""
