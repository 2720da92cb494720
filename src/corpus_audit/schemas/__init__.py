"""Every Arrow schema: the one dictionary of column names, units and meanings.

Each column carries its meaning in the field's metadata, from which ``docs/reference/tables.md`` is generated.
Every table is written to Parquet sorted by its key, so that the same inputs give the same bytes.
"""

from corpus_audit.schemas.claims import (
    CLAIM_GAPS,
    CLAIM_PROBLEMS,
    CLAIMED_AUTHORISATIONS,
    CLAIMED_DATASET,
    CLAIMED_FILES,
    CLAIMED_FOLDERS,
    CLAIMED_MODELS,
    CLAIMED_OPT_OUTS,
    CLAIMED_SOURCES,
    CLAIMED_SUBJECTS,
    DOCUMENTS,
    ORIGINS,
)
from corpus_audit.schemas.copies import CLUSTERS, OVERLAPS, PAIRS
from corpus_audit.schemas.decisions import DECISIONS, STANDINGS
from corpus_audit.schemas.evidence import (
    EVIDENCE,
    EVIDENCE_CLAIM_PROBLEMS,
    EVIDENCE_CONTENT,
    EVIDENCE_DATASET,
    EVIDENCE_DEFECTS,
    EVIDENCE_FILES,
    EVIDENCE_MODELS,
    EVIDENCE_OPT_OUTS,
    EVIDENCE_OVERLAPS,
    EVIDENCE_PERSONAL_INFORMATION,
    EVIDENCE_PURPOSES,
    EVIDENCE_QUESTIONS,
    EVIDENCE_SOURCES,
    EVIDENCE_SUBJECTS,
)
from corpus_audit.schemas.facts import DEFECTS, FILES, RECORDS, SPANS
from corpus_audit.schemas.judgement import FINDINGS, RULES
from corpus_audit.schemas.rights import LICENSES
from corpus_audit.schemas.table import TEXT, Table

ALL_TABLES = (
    DOCUMENTS,
    ORIGINS,
    CLAIM_PROBLEMS,
    CLAIM_GAPS,
    CLAIMED_DATASET,
    CLAIMED_SOURCES,
    CLAIMED_FILES,
    CLAIMED_FOLDERS,
    CLAIMED_MODELS,
    CLAIMED_SUBJECTS,
    CLAIMED_AUTHORISATIONS,
    CLAIMED_OPT_OUTS,
    FILES,
    DEFECTS,
    RECORDS,
    SPANS,
    PAIRS,
    CLUSTERS,
    OVERLAPS,
    LICENSES,
    *EVIDENCE,
    RULES,
    FINDINGS,
    DECISIONS,
    STANDINGS,
)

__all__ = [
    "ALL_TABLES",
    "CLAIMED_AUTHORISATIONS",
    "CLAIMED_DATASET",
    "CLAIMED_FILES",
    "CLAIMED_FOLDERS",
    "CLAIMED_MODELS",
    "CLAIMED_OPT_OUTS",
    "CLAIMED_SOURCES",
    "CLAIMED_SUBJECTS",
    "CLAIM_GAPS",
    "CLAIM_PROBLEMS",
    "CLUSTERS",
    "DECISIONS",
    "DEFECTS",
    "DOCUMENTS",
    "EVIDENCE",
    "EVIDENCE_CLAIM_PROBLEMS",
    "EVIDENCE_CONTENT",
    "EVIDENCE_DATASET",
    "EVIDENCE_DEFECTS",
    "EVIDENCE_FILES",
    "EVIDENCE_MODELS",
    "EVIDENCE_OPT_OUTS",
    "EVIDENCE_OVERLAPS",
    "EVIDENCE_PERSONAL_INFORMATION",
    "EVIDENCE_PURPOSES",
    "EVIDENCE_QUESTIONS",
    "EVIDENCE_SOURCES",
    "EVIDENCE_SUBJECTS",
    "FILES",
    "FINDINGS",
    "LICENSES",
    "ORIGINS",
    "OVERLAPS",
    "PAIRS",
    "RECORDS",
    "RULES",
    "SPANS",
    "STANDINGS",
    "TEXT",
    "Table",
]
