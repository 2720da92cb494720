"""Every evidence table, in the order in which reports and documents list them."""

from corpus_audit.evidence.checks import CHECKS
from corpus_audit.evidence.content import CONTENT
from corpus_audit.evidence.coverage import COVERAGE, COVERAGE_COLUMNS, COVERAGE_FILES, COVERAGE_GAPS
from corpus_audit.evidence.dataset import DATASET
from corpus_audit.evidence.defects import DEFECTS
from corpus_audit.evidence.descriptions import CLAIM_PROBLEMS, QUESTIONS
from corpus_audit.evidence.disclosures import DISCLOSURE, SOURCE_DISCLOSURES, TRAINED_MODELS
from corpus_audit.evidence.diversity import DIVERSITY
from corpus_audit.evidence.evidence_table import EvidenceTable
from corpus_audit.evidence.exclusion_funnel import EXCLUSION_FUNNEL
from corpus_audit.evidence.files import FILES
from corpus_audit.evidence.gates import GATES, KEYWORDS
from corpus_audit.evidence.labelled_information import LABELLED_INFORMATION
from corpus_audit.evidence.labels import LABELS
from corpus_audit.evidence.languages import LANGUAGES
from corpus_audit.evidence.left_out import LEFT_OUT
from corpus_audit.evidence.license_evidence import LICENSE_EVIDENCE
from corpus_audit.evidence.media import MEDIA
from corpus_audit.evidence.minimum_score import BELOW_MINIMUM_SCORE
from corpus_audit.evidence.models import MODELS
from corpus_audit.evidence.names import NAMES
from corpus_audit.evidence.notices import NOTICES
from corpus_audit.evidence.opt_outs import OPT_OUTS
from corpus_audit.evidence.overlaps import COMMON_TEXTS, DATASET_OVERLAPS, OVERLAPS
from corpus_audit.evidence.personal_information import PERSONAL_INFORMATION
from corpus_audit.evidence.propagated_restrictions import PROPAGATED_RESTRICTIONS
from corpus_audit.evidence.purposes import PURPOSES
from corpus_audit.evidence.quality import QUALITY
from corpus_audit.evidence.record_licenses import RECORD_LICENSES
from corpus_audit.evidence.record_opt_outs import RECORD_OPT_OUTS
from corpus_audit.evidence.references import REFERENCES
from corpus_audit.evidence.secrets import SECRETS
from corpus_audit.evidence.similarity import SIMILARITY
from corpus_audit.evidence.source_licenses import LICENSE_CONTRADICTIONS
from corpus_audit.evidence.sources import SOURCES
from corpus_audit.evidence.split_leakage import SPLIT_LEAKAGE
from corpus_audit.evidence.subjects import SUBJECTS

EVIDENCE: tuple[EvidenceTable, ...] = (
    DATASET,
    SOURCES,
    COVERAGE,
    COVERAGE_GAPS,
    COVERAGE_FILES,
    COVERAGE_COLUMNS,
    LEFT_OUT,
    FILES,
    CONTENT,
    MEDIA,
    LABELS,
    DEFECTS,
    CLAIM_PROBLEMS,
    QUESTIONS,
    PERSONAL_INFORMATION,
    LABELLED_INFORMATION,
    OVERLAPS,
    COMMON_TEXTS,
    SIMILARITY,
    SPLIT_LEAKAGE,
    EXCLUSION_FUNNEL,
    DATASET_OVERLAPS,
    REFERENCES,
    PURPOSES,
    MODELS,
    SUBJECTS,
    RECORD_OPT_OUTS,
    OPT_OUTS,
    DISCLOSURE,
    SOURCE_DISCLOSURES,
    TRAINED_MODELS,
    LANGUAGES,
    QUALITY,
    DIVERSITY,
    SECRETS,
    NOTICES,
    KEYWORDS,
    GATES,
    NAMES,
    CHECKS,
    PROPAGATED_RESTRICTIONS,
    LICENSE_EVIDENCE,
    RECORD_LICENSES,
    LICENSE_CONTRADICTIONS,
    BELOW_MINIMUM_SCORE,
)

__all__ = [
    "BELOW_MINIMUM_SCORE",
    "CHECKS",
    "CLAIM_PROBLEMS",
    "COMMON_TEXTS",
    "CONTENT",
    "COVERAGE",
    "COVERAGE_COLUMNS",
    "COVERAGE_FILES",
    "COVERAGE_GAPS",
    "DATASET",
    "DATASET_OVERLAPS",
    "DEFECTS",
    "DISCLOSURE",
    "DIVERSITY",
    "EVIDENCE",
    "EXCLUSION_FUNNEL",
    "FILES",
    "GATES",
    "KEYWORDS",
    "LABELLED_INFORMATION",
    "LABELS",
    "LANGUAGES",
    "LEFT_OUT",
    "LICENSE_CONTRADICTIONS",
    "LICENSE_EVIDENCE",
    "MEDIA",
    "MODELS",
    "NAMES",
    "NOTICES",
    "OPT_OUTS",
    "OVERLAPS",
    "PERSONAL_INFORMATION",
    "PROPAGATED_RESTRICTIONS",
    "PURPOSES",
    "QUALITY",
    "QUESTIONS",
    "RECORD_LICENSES",
    "RECORD_OPT_OUTS",
    "REFERENCES",
    "SECRETS",
    "SIMILARITY",
    "SOURCES",
    "SOURCE_DISCLOSURES",
    "SPLIT_LEAKAGE",
    "SUBJECTS",
    "TRAINED_MODELS",
]
