"""The stages of an audit and their runners: the only package that joins the layers.

``stages.py`` lists the stages in order; each has a module with its function and its declaration.

Each stage reads what the stages before it wrote in the audit's folder and writes its own; run again with the same
inputs it does nothing. Nothing is passed between stages but the folder, so that the command line, an Airflow task
and a test run the same code.
"""

from corpus_audit.pipeline.compare import compare
from corpus_audit.pipeline.conclude import conclude, is_concluded, noted_entries
from corpus_audit.pipeline.context import (
    RunContext,
    ignore_progress,
    measure_folder,
    measured,
    open_corpus,
    parts_read,
    shard_numbers,
)
from corpus_audit.pipeline.deduplicate import deduplicate
from corpus_audit.pipeline.diff import Difference, diff
from corpus_audit.pipeline.evaluate import evaluate
from corpus_audit.pipeline.gather import gather
from corpus_audit.pipeline.history import entries_of, history_of
from corpus_audit.pipeline.ingest import DEFAULT_PACKS, ingest
from corpus_audit.pipeline.measure import measure, shard_ranges, shard_sizes
from corpus_audit.pipeline.measured_parts import WARM_UP
from corpus_audit.pipeline.person_names import person_names
from corpus_audit.pipeline.report import REPORT_PAGES, Summary, read_report, report, report_page, summarise
from corpus_audit.pipeline.shard_runs import run_shards

__all__ = [
    "DEFAULT_PACKS",
    "REPORT_PAGES",
    "WARM_UP",
    "Difference",
    "RunContext",
    "Summary",
    "compare",
    "conclude",
    "deduplicate",
    "diff",
    "entries_of",
    "evaluate",
    "gather",
    "history_of",
    "ignore_progress",
    "ingest",
    "is_concluded",
    "measure",
    "measure_folder",
    "measured",
    "noted_entries",
    "open_corpus",
    "parts_read",
    "person_names",
    "read_report",
    "report",
    "report_page",
    "run_shards",
    "shard_numbers",
    "shard_ranges",
    "shard_sizes",
    "summarise",
]
