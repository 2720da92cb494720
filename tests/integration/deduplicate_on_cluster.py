"""Deduplicates a measured audit on the Spark cluster that the environment names."""

import sys

from corpus_audit import pipeline
from corpus_audit.pipeline import RunContext
from corpus_audit.store import audit_at
from e2e.small_corpus import standing_clock

if __name__ == "__main__":
    pipeline.deduplicate(audit_at(sys.argv[1]), context=RunContext(clock=standing_clock))
