"""Models that produced or processed data: their declaration, and the terms of their licenses for outputs."""

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.rights.outputs import lineage_table, output_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR, STRINGS, columns

_CLAIMED = """
    SELECT model_id, built_on, license_expression
    FROM claimed_models
    JOIN licenses ON licenses.license_declared = claimed_models.license_declared
"""

_NAMED = """
    SELECT source_id, value AS model_id FROM claimed_generators
    UNION
    SELECT source_id, value AS model_id FROM claimed_processors
"""

# The least of several answers, why it is the least, and everything to keep to.
_ANSWERS = """
    CASE MIN(CASE permitted WHEN 'no' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END)
         WHEN 0 THEN 'no' WHEN 1 THEN 'unknown' ELSE 'yes' END AS permitted,
    array_sort(array_distinct(flatten(array_agg(reasons)))) AS reasons,
    array_sort(array_distinct(flatten(array_agg(conditions)))) AS conditions
"""

_TABLES = {
    "source_models": _NAMED,
    "source_outputs": f"""
        SELECT source_id, purpose, {_ANSWERS}
        FROM source_models
        JOIN output_answers ON output_answers.model_id = source_models.model_id
        GROUP BY source_id, purpose
    """,  # noqa: S608 - constants
}

MODEL_TABLES = ("lineages", "output_answers", *_TABLES)
"""What add_models makes visible."""


def add_models(engine: Engine) -> None:
    """Make visible what each model was built on, what may be done with its outputs, and which sources name it."""
    models = engine.fetch(_CLAIMED).to_pylist()
    engine.add_arrow("lineages", lineage_table(models))
    engine.add_arrow("output_answers", output_table(models))
    for name, sql in _TABLES.items():
        engine.add_arrow(name, engine.fetch(sql))


MODELS = evidence_table(
    "models", "one model that produced or processed data", ("model_id",),
    *columns(schemas.CLAIMED_MODELS),
    ("license_expression", STR, "SPDX expression it resolves to, or NOASSERTION."),
    ("license_state", STR, "How far it resolved (vocabulary LicenseState)."),
    ("use_restrictions", STRINGS, "Union of the restriction tags of its license."),
    ("license_notes", STRINGS, "What is noted of those licenses and training; empty where outputs are free."),
    ("lineage", STRINGS, "Every model it was built on, directly or not, as far as the manifest tells."),
    ("outputs_permitted", STR, "yes, no or unknown: its outputs for every intended use; not-recorded without any."),
    ("outputs_reasons", STRINGS, "Why the licenses behind it do not permit that, or why it is not known."),
    ("outputs_conditions", STRINGS, "What uses of its outputs have to keep to."),
    ("sources", INT, "Sources that name it as generator or processor."),
    label=_("models"),
    inputs=(schemas.CLAIMED_MODELS, schemas.LICENSES,),
    sql=f"""
    SELECT claimed_models.*,
           licenses.license_expression,
           licenses.license_state,
           licenses.use_restrictions,
           lineages.license_notes,
           lineages.lineage,
           COALESCE(intended.permitted, 'not-recorded') AS outputs_permitted,
           COALESCE(intended.reasons, no_types.value) AS outputs_reasons,
           COALESCE(intended.conditions, no_types.value) AS outputs_conditions,
           COALESCE(naming.sources, 0) AS sources
    FROM claimed_models
    JOIN licenses ON licenses.license_declared = claimed_models.license_declared
    JOIN lineages ON lineages.model_id = claimed_models.model_id
    CROSS JOIN no_types
    LEFT JOIN (
        SELECT model_id, {_ANSWERS}
        FROM output_answers
        JOIN (SELECT DISTINCT value FROM claimed_uses) AS uses ON uses.value = output_answers.purpose
        GROUP BY model_id
    ) AS intended ON intended.model_id = claimed_models.model_id
    LEFT JOIN (
        SELECT model_id, COUNT(*) AS sources FROM source_models GROUP BY model_id
    ) AS naming ON naming.model_id = claimed_models.model_id
    """,  # noqa: S608 - constants
)  # fmt: skip
