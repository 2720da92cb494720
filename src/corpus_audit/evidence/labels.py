"""What the files of each source say about themselves, beside what is declared of how the source was made.

Statements in pictures, recordings, films and documents come from their metadata, those in texts from the texts.
"""

from corpus_audit.engine.base import Engine
from corpus_audit.evidence.media import EXAMPLES
from corpus_audit.evidence.query import Lists, Query
from corpus_audit.schemas import EVIDENCE_LABELS
from corpus_audit.vocabulary import LabelCarrier, LabelKind, LabelMeaning

LABELS_VIEW = "label_facts"
"""Where the statements of records are seen: the evidence table has the same name."""

_GENERATED = (LabelMeaning.GENERATED, LabelMeaning.PARTLY_GENERATED, LabelMeaning.POSSIBLY_GENERATED)

# A label in a text is a span, whose mask says what its value means.
_IN_TEXTS = f"""
    SELECT DISTINCT record_id, source_id, '{LabelCarrier.TEXT}' AS carrier, '{LabelKind.AIGC}' AS kind,
           CASE masked WHEN 'AIGC generated' THEN 'Label 1'
                       WHEN 'AIGC possibly generated' THEN 'Label 2'
                       WHEN 'AIGC suspected generated' THEN 'Label 3'
                       ELSE 'does not conform' END AS value,
           CASE masked WHEN 'AIGC generated' THEN '{LabelMeaning.GENERATED}'
                       WHEN 'AIGC possibly generated' THEN '{LabelMeaning.POSSIBLY_GENERATED}'
                       WHEN 'AIGC suspected generated' THEN '{LabelMeaning.POSSIBLY_GENERATED}'
                       ELSE '{LabelMeaning.NOT_CONFORMING}' END AS meaning
    FROM spans
    WHERE kind = 'ai_label' AND entity_type = 'AIGC_LABEL'
"""  # noqa: S608 - constants

_SAID = f"""
    SELECT said.source_id, records.modality, said.carrier, said.kind, said.value, said.meaning,
           COALESCE(records.file || ' ' || places.member, records.file) AS place
    FROM (SELECT record_id, source_id, carrier, kind, value, meaning FROM {LABELS_VIEW} UNION ALL {_IN_TEXTS}) AS said
    JOIN records ON records.record_id = said.record_id
    LEFT JOIN media_facts AS places ON places.record_id = said.record_id
"""  # noqa: S608 - constants

_KEY = ("source_id", "modality", "carrier", "kind", "value")
_COLUMNS = ", ".join(_KEY)

_EXAMPLES = Lists(
    "label_examples",
    _KEY,
    "place",
    f"""
    SELECT {_COLUMNS}, place, position
    FROM (SELECT label_statements.*, ROW_NUMBER() OVER (PARTITION BY {_COLUMNS} ORDER BY place) AS position
          FROM label_statements) AS numbered
    WHERE position <= {EXAMPLES}
    """,  # noqa: S608 - constants
)

_IS_GENERATED = " OR ".join(f"meaning = '{meaning}'" for meaning in _GENERATED)

LABELS = Query(
    EVIDENCE_LABELS,
    f"""
    SELECT counted.*,
           examples.listed AS examples,
           counted.records / content.records AS record_share,
           claimed_sources.synthetic AS generated_declared,
           CASE WHEN NOT ({_IS_GENERATED}) THEN 'none'
                WHEN synthetic = 'yes' THEN 'agrees'
                WHEN synthetic = 'not-recorded' THEN 'not-recorded'
                ELSE 'undeclared' END AS generated_state
    FROM (SELECT {_COLUMNS}, MAX(meaning) AS meaning, COUNT(*) AS records
          FROM label_statements GROUP BY {_COLUMNS}) AS counted
    JOIN label_examples AS examples
      ON {" AND ".join(f"examples.{name} = counted.{name}" for name in _KEY)}
    JOIN (SELECT source_id, modality, COUNT(*) AS records FROM records GROUP BY source_id, modality) AS content
      ON content.source_id = counted.source_id AND content.modality = counted.modality
    JOIN claimed_sources ON claimed_sources.source_id = counted.source_id
    """,  # noqa: S608 - constants
)


def find_labels(engine: Engine) -> None:
    """Make visible what every record says about itself; reads labels, media, spans and records."""
    engine.execute(f"CREATE TABLE label_statements AS {_SAID}")
    _EXAMPLES.add(engine)
