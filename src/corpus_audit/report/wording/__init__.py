"""The report's own words in English, marked for translation: one table a closed set of terms.

Rule texts are not here; they come with their pack. Marks do nothing: renderings translate at the last moment.
"""

from corpus_audit.report.wording.columns import COLUMNS, EVIDENCE_ROWS, column_label
from corpus_audit.report.wording.decisions import DECISION_MARKS, DECISIONS, RECORD_STEPS
from corpus_audit.report.wording.entity_types import ENTITY_TYPES, entity_type_label
from corpus_audit.report.wording.limits import LIMITS
from corpus_audit.report.wording.media import (
    CARRIERS,
    CHECKS,
    LABEL_KINDS,
    MEANING_MARKS,
    MEANINGS,
    SEEN,
    SEEN_MARKS,
)
from corpus_audit.report.wording.statements import reword
from corpus_audit.report.wording.terms import (
    ASPECTS,
    CONSENT_MARKS,
    CONSENTS,
    FOUND_TYPES,
    HOSTS,
    MARKS,
    MODALITIES,
    OBSERVED_HEADINGS,
    PARAMETERS,
    PERMISSIONS,
    STANDINGS,
    STATES,
    SYMBOLS,
    TERMS,
    WORDS,
    comparison_label,
    word,
)
from corpus_audit.report.wording.verdicts import (
    NATURE_MEANINGS,
    NATURES,
    REASONS,
    RULE_STATES,
    SEVERITIES,
    VERDICT_MEANINGS,
    VERDICTS,
)

__all__ = [
    "ASPECTS",
    "CARRIERS",
    "CHECKS",
    "COLUMNS",
    "CONSENTS",
    "CONSENT_MARKS",
    "DECISIONS",
    "DECISION_MARKS",
    "ENTITY_TYPES",
    "EVIDENCE_ROWS",
    "FOUND_TYPES",
    "HOSTS",
    "LABEL_KINDS",
    "LIMITS",
    "MARKS",
    "MEANINGS",
    "MEANING_MARKS",
    "MODALITIES",
    "NATURES",
    "NATURE_MEANINGS",
    "OBSERVED_HEADINGS",
    "PARAMETERS",
    "PERMISSIONS",
    "REASONS",
    "RECORD_STEPS",
    "RULE_STATES",
    "SEEN",
    "SEEN_MARKS",
    "SEVERITIES",
    "STANDINGS",
    "STATES",
    "SYMBOLS",
    "TERMS",
    "VERDICTS",
    "VERDICT_MEANINGS",
    "WORDS",
    "column_label",
    "comparison_label",
    "entity_type_label",
    "reword",
    "word",
]
