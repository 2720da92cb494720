"""Each described person: their documented consent, and where they are in the data.

A person is in a record when the record names them, or when the manifest says that they are in its whole file. Ids
that no manifest describes never get here: they are counted by source, because an id in the data may be a name.
"""

from collections.abc import Mapping

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.rights.consent.states import set_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR, STRINGS, columns
from corpus_audit.vocabulary import Modality

_BITS: Mapping[Modality, int] = {modality: 1 << position for position, modality in enumerate(Modality)}
_BIT = " ".join(f"WHEN '{modality}' THEN {bit}" for modality, bit in _BITS.items())

_NAMED_BY_RECORDS = f"""
    SELECT value AS subject_id, source_id, file, COUNT(*) AS records,
           BIT_OR(CASE modality {_BIT} ELSE 0 END) AS modalities
    FROM (SELECT DISTINCT value, source_id, file, row, modality FROM record_people) AS named
    GROUP BY value, source_id, file
"""  # noqa: S608 - constants

_IN_WHOLE_FILES = f"""
    SELECT value AS subject_id, file_people.source_id, file_people.file,
           COALESCE(kinds.records, 0) AS records, COALESCE(kinds.modalities, 0) AS modalities
    FROM file_people
    LEFT JOIN (
        SELECT source_id, file, COUNT(*) AS records, BIT_OR(CASE modality {_BIT} ELSE 0 END) AS modalities
        FROM records
        GROUP BY source_id, file
    ) AS kinds ON kinds.source_id = file_people.source_id AND kinds.file = file_people.file
"""  # noqa: S608 - constants

_TABLES = {
    # Where a whole file is said to show a person, its records are counted once, whether or not they name them too.
    "subject_files": f"""
        SELECT subject_id, source_id, file, MAX(records) AS records, BIT_OR(modalities) AS modalities
        FROM ({_NAMED_BY_RECORDS} UNION ALL {_IN_WHOLE_FILES}) AS named
        GROUP BY subject_id, source_id, file
    """,  # noqa: S608 - constants
    "subject_sources": "SELECT DISTINCT subject_id, source_id FROM subject_files",
}

PEOPLE_BY_SOURCE = """
    SELECT source_id,
           COUNT(DISTINCT CASE WHEN claimed_subjects.subject_id IS NOT NULL THEN subject_files.subject_id END)
               AS subjects,
           COUNT(DISTINCT CASE WHEN claimed_subjects.subject_id IS NULL THEN subject_files.subject_id END)
               AS subjects_undescribed
    FROM subject_files
    LEFT JOIN claimed_subjects ON claimed_subjects.subject_id = subject_files.subject_id
    GROUP BY source_id
"""
"""How many people each source names, described and not."""

_WHERE_THEY_ARE = """
    SELECT subject_id,
           array_sort(array_agg(DISTINCT source_id)) AS source_ids,
           COUNT(*) AS files,
           CAST(SUM(records) AS BIGINT) AS records,
           BIT_OR(modalities) AS modalities
    FROM subject_files
    GROUP BY subject_id
"""

_CONSENT = (
    ("authorisations", INT, "Authorisations on record."),
    ("authorisations_withdrawn", INT, "Authorisations withdrawn by the day of the audit."),
    ("authorisations_expired", INT, "Authorisations that ended before the day of the audit."),
    ("face_state", STR, "Vocabulary ConsentState over all intended uses; not-applicable without a declared face."),
    ("voice_state", STR, "The same for the voice."),
    ("name_state", STR, "The same for the name."),
    ("text_state", STR, "The same for the person's own words."),
    ("likeness_state", STR, "The lesser of face and voice, which need a separate authorisation."),
    ("mention_state", STR, "The lesser of name and text."),
    ("state", STR, "The least of all; not-recorded at best when no modality or no intended use is recorded."),
    ("gaps", STRINGS, "Everything that authorisations lack where none suffices, in the words of ConsentState."),
    ("uses_documented", STRINGS, "Intended uses that are documented in all that is declared of the person."),
    ("uses_open", STRINGS, "Intended uses that are not."),
    ("commercial", STR, "yes or no: is a commercial use intended; not-recorded when no use is declared."),
    ("lapsed_state", STR, "withdrawn or expired, when that is why a use is open; else none."),
    ("grantor_relation", STR, "What the grantor of the authorisation that comes closest is to the person."),
    ("documented_by", STR, "File or address of that authorisation's evidence, or not-recorded."),
    ("evidence_state", STR, "found, declared-only (not among the files), different, missing or not-recorded."),
)  # fmt: skip
"""What is made of a person's authorisations: the columns of the view ``consents``."""

PEOPLE_TABLES = ("record_people", "file_people", *_TABLES, "modality_sets")
"""What find_people makes visible."""


def find_people(engine: Engine) -> None:
    """Make visible in which files and sources each person is, described or not; reads records and claimed_files."""
    engine.add_values("record_people", "records", "subject_ids", ("source_id", "file", "row", "modality"))
    engine.add_values("file_people", "claimed_files", "subject_ids", ("source_id", "file"))
    for name, sql in _TABLES.items():
        engine.execute(f"CREATE TABLE {name} AS {sql}")
    engine.add_arrow("modality_sets", set_table(range(1 << len(_BITS)), _BITS))


SUBJECTS = evidence_table(
    "subjects", "one person: what is documented of their consent, beside where they are in the data", ("subject_id",),
    *columns(schemas.CLAIMED_SUBJECTS),
    *_CONSENT,
    ("source_ids", STRINGS, "Sources whose records or files name the person."),
    ("files", INT, "Files that name the person, or hold records that do."),
    ("records", INT, "Records that name the person or lie in a file that does."),
    ("record_modalities", STRINGS, "Kinds of content of those records (vocabulary Modality)."),
    label=_("people"),
    inputs=(schemas.CLAIMED_SUBJECTS, schemas.RECORDS,),
    sql=f"""
    SELECT claimed_subjects.*,
           {", ".join(f"consents.{name}" for name, *_rest in _CONSENT)},
           COALESCE(places.source_ids, no_types.value) AS source_ids,
           COALESCE(places.files, 0) AS files,
           COALESCE(places.records, 0) AS records,
           modality_sets.terms AS record_modalities
    FROM claimed_subjects
    JOIN consents ON consents.subject_id = claimed_subjects.subject_id
    CROSS JOIN no_types
    LEFT JOIN ({_WHERE_THEY_ARE}) AS places ON places.subject_id = claimed_subjects.subject_id
    JOIN modality_sets ON modality_sets.bits = COALESCE(places.modalities, 0)
    """,  # noqa: S608 - constants
)  # fmt: skip
