"""What runs the steps over partitions of the deduplication, and small statements: threads of this process, or Spark."""

from collections.abc import Mapping
from functools import partial

from corpus_audit.config import Settings
from corpus_audit.engine.steps import Steps, ThreadSteps
from corpus_audit.errors import EngineError
from corpus_audit.store.identity import versions


def dedup_steps(settings: Settings) -> Steps:
    """Return Spark where both SQL and Python run there, else threads of this process.

    Only then can Spark's workers see the working files, and have this package.
    """
    if settings.engine != "spark" or not settings.measures_on_spark:
        return ThreadSteps(settings.workers)
    from corpus_audit.engine.spark_steps import SparkSteps

    return SparkSteps(settings.spark_master, partial(refuse_other_versions, versions()))


def refuse_other_versions(expected: Mapping[str, str]) -> None:
    """Raise EngineError where this process has other versions of what decides results."""
    here = versions()
    differing = sorted(name for name in {*expected, *here} if expected.get(name) != here.get(name))
    if differing:
        message = (
            f"Spark's workers have other versions than this program of {', '.join(differing)}: give them the archive "
            "that was made of this environment (docs/scale.md)."
        )
        raise EngineError(message)
