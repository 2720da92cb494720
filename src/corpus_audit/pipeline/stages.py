"""The stages of an audit, in order."""

from corpus_audit.pipeline.before_report import BEFORE_REPORT
from corpus_audit.pipeline.report import REPORT
from corpus_audit.pipeline.stage import Stage

STAGES: tuple[Stage, ...] = (*BEFORE_REPORT, REPORT)
"""The last one reports what those before it found: it reads their markers, so their order stands in a module below."""
