"""Evidence of what licenses say: those of single records, and statements of one description that contradict."""

from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS, table




EVIDENCE_OF_RIGHTS = (EVIDENCE_RECORD_LICENSES, EVIDENCE_LICENSE_CONTRADICTIONS)
