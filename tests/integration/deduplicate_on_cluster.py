"""Deduplicates a measured audit on the Spark cluster that the environment names.

Statements that read more rows than the second argument says are Spark's own.
"""

import sys

from corpus_audit import pipeline
from corpus_audit.engine import spark
from corpus_audit.pipeline import RunContext
from corpus_audit.store import audit_at
from e2e.small_corpus import standing_clock

if __name__ == "__main__":
    spark.ROWS_IN_A_TASK = int(sys.argv[2])
    pipeline.deduplicate(audit_at(sys.argv[1]), context=RunContext(clock=standing_clock))
