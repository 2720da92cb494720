"""One consent status per person, from grants and chains."""

from datetime import date

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.rights.consent.chains import JUDGED, SUPPLIED, follow_chains
from corpus_audit.rights.consent.grants import GRANTS, LINKS, NEEDS, PEOPLE, add_questions
from corpus_audit.rights.consent.states import BITS, DOCUMENTED, MODALITY_BITS, UNKNOWN_BIT, USE_BITS, set_table
from corpus_audit.vocabulary import NOT_RECORDED, ConsentState, SubjectModality

_TIE = 1 << 40
"""Puts the number of a grant behind how close it comes: among equals the first one is told."""

_PLACE = UNKNOWN_BIT * 2
"""Orders needs by their state, then by modality and use, so that the same one is told in every run."""

_JUDGED_NEEDS = f"""
    SELECT needs.*, best_number, all_lacks,
           CASE WHEN is_not_needed THEN {BITS[ConsentState.NOT_NEEDED]}
                WHEN closest = {DOCUMENTED} THEN COALESCE(reaches, {DOCUMENTED})
                ELSE closest END AS state
    FROM needs
    JOIN (
        SELECT subject_id, modality, asked_use,
               MAX(closeness) AS closest,
               BIT_OR(lacks) AS all_lacks,
               max_by(number, closeness * {_TIE} - number) AS best_number
        FROM (SELECT *, CASE WHEN lacks = 0 THEN {DOCUMENTED} ELSE lacks & -lacks END AS closeness FROM judged) AS near
        GROUP BY subject_id, modality, asked_use
    ) AS by_need
      ON by_need.subject_id = needs.subject_id
     AND by_need.modality = needs.modality
     AND by_need.asked_use = needs.asked_use
    LEFT JOIN ({SUPPLIED}) AS supplied
      ON supplied.subject_id = needs.subject_id
     AND supplied.modality = needs.modality
     AND supplied.asked_use = needs.asked_use
"""  # noqa: S608 - constants


def _state_of(*modalities: SubjectModality) -> str:
    bits = ", ".join(str(MODALITY_BITS[modality]) for modality in modalities)
    return f"MIN(CASE WHEN modality IN ({bits}) THEN state END)"


_STATES = {
    "face_state": _state_of(SubjectModality.FACE),
    "voice_state": _state_of(SubjectModality.VOICE),
    "name_state": _state_of(SubjectModality.NAME),
    "text_state": _state_of(SubjectModality.TEXT),
    "likeness_state": _state_of(SubjectModality.FACE, SubjectModality.VOICE),
    "mention_state": _state_of(SubjectModality.NAME, SubjectModality.TEXT),
    "state": "MIN(state)",
}

_JUDGED_PEOPLE = f"""
    SELECT subject_id,
           {", ".join(f"{sql} AS {name}" for name, sql in _STATES.items())},
           BIT_OR(CASE WHEN state < {DOCUMENTED} THEN (all_lacks | state) & {DOCUMENTED - 1} ELSE 0 END) AS gaps,
           BIT_OR(CASE WHEN state < {DOCUMENTED} THEN asked_use ELSE 0 END) AS open_uses,
           BIT_OR(asked_use) AS asked_uses,
           MAX(CASE WHEN is_commercial THEN 1 ELSE 0 END) AS commercial,
           min_by(best_number, CAST(state AS BIGINT) * {_PLACE * _PLACE} + modality * {_PLACE} + asked_use) AS number
    FROM judged_needs
    GROUP BY subject_id
"""  # noqa: S608 - constants

_TABLES = (
    ("people", PEOPLE),
    ("grants", GRANTS),
    ("needs", NEEDS),
    ("links", LINKS),
)
_CONCLUSIONS = (
    ("judged", JUDGED),
    ("judged_needs", _JUDGED_NEEDS),
    ("judged_people", _JUDGED_PEOPLE),
)

_GRANT_COUNTS = """
    SELECT subject_id,
           COUNT(*) AS authorisations,
           COUNT(CASE WHEN is_withdrawn THEN 1 END) AS authorisations_withdrawn,
           COUNT(CASE WHEN is_expired THEN 1 END) AS authorisations_expired
    FROM grants
    GROUP BY subject_id
"""

_WORDS = ", ".join(f"COALESCE({name}_words.word, 'not-applicable') AS {name}" for name in _STATES)
_WORD_JOINS = " ".join(
    f"LEFT JOIN state_words AS {name}_words ON {name}_words.bit = judged_people.{name}" for name in _STATES
)

_CONSENTS = f"""
    SELECT judged_people.subject_id,
           COALESCE(authorisations, 0) AS authorisations,
           COALESCE(authorisations_withdrawn, 0) AS authorisations_withdrawn,
           COALESCE(authorisations_expired, 0) AS authorisations_expired,
           {_WORDS},
           gap_sets.terms AS gaps,
           documented_sets.terms AS uses_documented,
           open_sets.terms AS uses_open,
           CASE WHEN asked_uses = {UNKNOWN_BIT} THEN '{NOT_RECORDED}'
                WHEN judged_people.commercial = 1 THEN 'yes'
                ELSE 'no' END AS commercial,
           CASE WHEN judged_people.gaps & {BITS[ConsentState.WITHDRAWN]} <> 0 THEN 'withdrawn'
                WHEN judged_people.gaps & {BITS[ConsentState.EXPIRED]} <> 0 THEN 'expired'
                ELSE 'none' END AS lapsed_state,
           COALESCE(grants.relation, '{NOT_RECORDED}') AS grantor_relation,
           COALESCE(grants.documented_by, '{NOT_RECORDED}') AS documented_by,
           COALESCE(grants.evidence_state, '{NOT_RECORDED}') AS evidence_state
    FROM judged_people
    {_WORD_JOINS}
    JOIN state_sets AS gap_sets ON gap_sets.bits = judged_people.gaps
    JOIN use_sets AS documented_sets
      ON documented_sets.bits = judged_people.asked_uses & {UNKNOWN_BIT - 1} & ~judged_people.open_uses
    JOIN use_sets AS open_sets ON open_sets.bits = judged_people.open_uses & {UNKNOWN_BIT - 1}
    LEFT JOIN grants ON grants.number = judged_people.number
    LEFT JOIN ({_GRANT_COUNTS}) AS grant_counts ON grant_counts.subject_id = judged_people.subject_id
"""  # noqa: S608 - constants


CONSENT_TABLES = ("consents", "audit_day")
"""What evaluate_consents makes visible that evidence reads."""


def evaluate_consents(engine: Engine, day: date) -> None:
    """Make the table ``consents`` visible: one row for each described person, with columns of EVIDENCE_SUBJECTS.

    Reads claimed_subjects, claimed_authorisations, claimed_dataset, claimed_sources, claimed_uses, files, and
    subject_sources (subject_id, source_id). Dates are held against *day*, never against a clock.
    """
    add_questions(engine, day)
    for name, sql in _TABLES:
        engine.execute(f"CREATE TABLE {name} AS {sql}")
    follow_chains(engine)
    for name, sql in _CONCLUSIONS:
        engine.execute(f"CREATE TABLE {name} AS {sql}")
    _add_words(engine)
    engine.execute(f"CREATE TABLE consents AS {_CONSENTS}")
    for name, _ in (*_CONCLUSIONS, *_TABLES):
        engine.execute(f"DROP TABLE {name}")


def _add_words(engine: Engine) -> None:
    """Register the words for states and for the sets of states and uses."""
    words = {"bit": list(BITS.values()), "word": [str(state) for state in BITS]}
    engine.add_arrow("state_words", pa.table(words, schema=pa.schema({"bit": pa.int64(), "word": pa.string()})))
    found = engine.fetch("SELECT DISTINCT gaps FROM judged_people")["gaps"].to_pylist()
    engine.add_arrow("state_sets", set_table(found, BITS))
    engine.add_arrow("use_sets", set_table(range(UNKNOWN_BIT), USE_BITS))
