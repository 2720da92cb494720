"""Measures an audit on the Spark cluster that the environment names, and prints how the run of each shard ended."""

import json
import sys

from corpus_audit import pipeline
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.measure import MEASURE
from corpus_audit.pipeline.stage_end import StageEnd
from corpus_audit.store import audit_at
from e2e.small_corpus import standing_clock


def tell(end: StageEnd) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps([end.shard, str(end.outcome)]) + "\n")


if __name__ == "__main__":
    audit = audit_at(sys.argv[1])
    pipeline.run_shards(
        MEASURE, audit, pipeline.shard_sizes(audit), RunContext(clock=standing_clock, on_stage_end=tell)
    )
