"""Pictures, recordings and films of each source: detected faces and speech, beside the declared people.

Detectors see and hear people; they do not know them. A source declares faces when it describes a person with a face, or
names the type FACE among its personal information; that it holds no personal information declares that there are none.
"""

from dataclasses import dataclass

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, Lists, evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS
from corpus_audit.vocabulary import Modality, SubjectModality

MEDIA_VIEW = "media_facts"
"""Where the facts of records are seen: the evidence table has the same name."""

EXAMPLES = 3
PLACE = "file || CASE WHEN member IS NULL THEN '' ELSE ' ' || member END"
"""Where a record is, for people to look at."""


@dataclass(frozen=True)
class _Seen:
    """One thing that is detected: its columns' prefix, the tests, and what declares it."""

    name: str
    is_seen: str
    is_judged: str
    modality: SubjectModality
    entity_type: str
    cannot_be_in: Modality

    @property
    def examples(self) -> Lists:
        return Lists(
            f"{self.name}_examples",
            ("source_id", "modality"),
            "place",
            f"""
            SELECT source_id, modality, place, position
            FROM (SELECT source_id, modality, {PLACE} AS place,
                         ROW_NUMBER() OVER (PARTITION BY source_id, modality ORDER BY file, member NULLS LAST)
                             AS position
                  FROM {MEDIA_VIEW} WHERE {self.is_seen}) AS seen
            WHERE position <= {EXAMPLES}
            """,  # noqa: S608 - constants
        )

    @property
    def declared(self) -> str:
        return f"""
            SELECT claimed_sources.source_id,
                   CASE WHEN described.source_id IS NOT NULL OR of_type.source_id IS NOT NULL THEN 'yes'
                        WHEN personal_information = 'yes' AND of_any_type.source_id IS NOT NULL THEN 'no'
                        ELSE personal_information END AS answer
            FROM claimed_sources
            LEFT JOIN (SELECT DISTINCT source_id
                       FROM subject_sources
                       JOIN subject_modalities ON subject_modalities.subject_id = subject_sources.subject_id
                       WHERE value = '{self.modality}') AS described
                   ON described.source_id = claimed_sources.source_id
            LEFT JOIN (SELECT source_id FROM claimed_personal_types WHERE value = '{self.entity_type}') AS of_type
                   ON of_type.source_id = claimed_sources.source_id
            LEFT JOIN (SELECT DISTINCT source_id FROM claimed_personal_types) AS of_any_type
                   ON of_any_type.source_id = claimed_sources.source_id
        """  # noqa: S608 - constants

    @property
    def columns(self) -> str:
        declared, records = f"{self.name}_declared.answer", f"totals.{self.name}_records"
        return f"""
            {declared} AS {self.name}_declared,
            {records},
            CASE WHEN totals.modality = '{self.cannot_be_in}' THEN 'not-applicable'
                 WHEN {records} > 0 AND {declared} = 'yes' THEN 'agrees'
                 WHEN {records} > 0 AND {declared} = 'not-recorded' THEN 'not-recorded'
                 WHEN {records} > 0 THEN 'undeclared'
                 WHEN totals.{self.name}_judged = 0 THEN 'not-run'
                 WHEN {declared} = 'yes' THEN 'declared-not-found'
                 ELSE 'none' END AS {self.name}_state,
            COALESCE({self.name}_examples.listed, no_types.value) AS {self.name}_examples
        """

    @property
    def joins(self) -> str:
        return f"""
            JOIN ({self.declared}) AS {self.name}_declared ON {self.name}_declared.source_id = totals.source_id
            LEFT JOIN {self.name}_examples
                   ON {self.name}_examples.source_id = totals.source_id
                  AND {self.name}_examples.modality = totals.modality
        """

    @property
    def totals(self) -> str:
        return f"""
            COUNT(CASE WHEN {self.is_seen} THEN 1 END) AS {self.name}_records,
            COUNT(CASE WHEN {self.is_judged} THEN 1 END) AS {self.name}_judged
        """


_FACES = _Seen("faces", "faces > 0", "faces IS NOT NULL", SubjectModality.FACE, "FACE", Modality.AUDIO)
_SPEECH = _Seen("speech", "speech = 'yes'", "speech <> 'not-recorded'", SubjectModality.VOICE, "VOICE", Modality.IMAGE)

# Seconds are summed as whole thousandths: a sum of floating-point numbers depends on the order of threads.
_TOTALS = f"""
    SELECT source_id, modality,
           COUNT(*) AS records,
           COUNT(CASE WHEN state = 'measured' THEN 1 END) AS records_measured,
           COUNT(CASE WHEN state IN ('damaged', 'too-large') THEN 1 END) AS records_damaged,
           COUNT(CASE WHEN state = 'not-decoded' THEN 1 END) AS records_not_decoded,
           COALESCE(CAST(SUM(CAST(ROUND(seconds * 1000) AS BIGINT)) AS BIGINT) / 1000, 0.0) AS seconds,
           {_FACES.totals}, {_SPEECH.totals}
    FROM {MEDIA_VIEW}
    GROUP BY source_id, modality
"""  # noqa: S608 - constants

_NOT_RUN = """
    SELECT source_id, modality, array_sort(array_agg(DISTINCT value)) AS checks
    FROM media_checks_not_run
    GROUP BY source_id, modality
"""


def find_media(engine: Engine, _circumstances: Circumstances) -> None:
    """Make visible what the lists of media and people hold; reads media and claimed_subjects."""
    engine.add_values("media_checks_not_run", MEDIA_VIEW, "checks_not_run", ("source_id", "modality"))
    engine.add_values("subject_modalities", "claimed_subjects", "modalities", ("subject_id",))
    for seen in (_FACES, _SPEECH):
        seen.examples.add(engine)


_SEEN_STATE = (
    "agrees, undeclared (detected though declared no), not-recorded (detected, but no answer declared), "
    "declared-not-found, none (not detected and not declared), not-run if the check could not run, or not-applicable."
)


MEDIA = evidence_table(
    "media", "pictures, recordings or films of one source: what they show beside what is declared",
    ("source_id", "modality"),
    ("source_id", STR, "Source."),
    ("modality", STR, "Kind of content (vocabulary Modality)."),
    ("records", INT, "Records of that kind."),
    ("records_measured", INT, "Records that were decoded and measured."),
    ("records_damaged", INT, "Records that are damaged or too large to be decoded."),
    ("records_not_decoded", INT, "Records of a kind that nothing here decodes."),
    ("checks_not_run", STRINGS, "Checks whose libraries are not installed (vocabulary MediaCheck)."),
    ("checks_state", STR, "run, or not-run when there are any such checks."),
    ("seconds", FLOAT, "Duration of all recordings or films together, as far as the files tell."),
    ("faces_declared", STR, "yes when a person with a face, or the type FACE, is declared; else the declared answer."),
    ("faces_records", INT, "Records in which a face was detected."),
    ("faces_state", STR, _SEEN_STATE),
    ("faces_examples", STRINGS, "The first three of them."),
    ("speech_declared", STR, "yes when a person with a voice, or the type VOICE, is declared; else the same."),
    ("speech_records", INT, "Records in which speech was detected."),
    ("speech_state", STR, _SEEN_STATE),
    ("speech_examples", STRINGS, "The first three of them."),
    label=_("kinds of media by source"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.MEDIA,),
    prepare=find_media,
    sql=f"""
    SELECT totals.source_id, totals.modality, totals.records, totals.records_measured, totals.records_damaged,
           totals.records_not_decoded, totals.seconds,
           COALESCE(not_run.checks, no_types.value) AS checks_not_run,
           CASE WHEN not_run.checks IS NULL THEN 'run' ELSE 'not-run' END AS checks_state,
           {_FACES.columns}, {_SPEECH.columns}
    FROM ({_TOTALS}) AS totals
    CROSS JOIN no_types
    LEFT JOIN ({_NOT_RUN}) AS not_run
           ON not_run.source_id = totals.source_id AND not_run.modality = totals.modality
    {_FACES.joins}
    {_SPEECH.joins}
    """,  # noqa: S608 - constants
)  # fmt: skip
