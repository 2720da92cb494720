"""One function per pipeline stage: the only place that joins the layers.

Each stage reads what the stages before it wrote in the audit's folder and writes its own; run again with the same
inputs it does nothing. Nothing is passed between stages but the folder, so that the command line, an Airflow task
and a test run the same code.
"""

from corpus_audit.stages.compare import compare
from corpus_audit.stages.conclude import conclude, is_concluded, noted_entries
from corpus_audit.stages.deduplicate import deduplicate
from corpus_audit.stages.diff import Difference, diff
from corpus_audit.stages.evaluate import evaluate
from corpus_audit.stages.gather import gather
from corpus_audit.stages.history import entries_of, history_of
from corpus_audit.stages.ingest import DEFAULT_PACKS, ingest
from corpus_audit.stages.measure import get_ready_to_measure, measure, shard_sizes
from corpus_audit.stages.names import names
from corpus_audit.stages.report import REPORT_PAGES, Summary, read_report, report, report_page, summarise
from corpus_audit.stages.running import Context, ignore_progress, measure_stage, measured, open_corpus, shard_numbers

__all__ = [
    "DEFAULT_PACKS",
    "REPORT_PAGES",
    "Context",
    "Difference",
    "Summary",
    "compare",
    "conclude",
    "deduplicate",
    "diff",
    "entries_of",
    "evaluate",
    "gather",
    "get_ready_to_measure",
    "history_of",
    "ignore_progress",
    "ingest",
    "is_concluded",
    "measure",
    "measure_stage",
    "measured",
    "names",
    "noted_entries",
    "open_corpus",
    "read_report",
    "report",
    "report_page",
    "shard_numbers",
    "shard_sizes",
    "summarise",
]
