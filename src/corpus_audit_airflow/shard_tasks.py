"""The tasks that measure: one plans groups of shards, and one is mapped over them."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from airflow.sdk import chain

from corpus_audit_airflow.audit_places import folder_of
from corpus_audit_airflow.defaults import named
from corpus_audit_airflow.telemetry import airflow_context, report_estimate

Make = Callable[..., Callable[[Callable[..., Any]], Any]]


def add_mapped_task(make: Make, stage: Any, audit: Any, earlier: Sequence[Any]) -> Any:
    """Add a task that divides the shards into groups, and one that is mapped over these.

    A task that is tried again goes on with the shards that are not finished.
    """

    @make()
    def plan(audit: str) -> list[list[int]]:
        """Return the first and last shard for each task, once it is known that the disk can hold what comes of them."""
        from corpus_audit import pipeline

        folder = folder_of(audit)
        report_estimate(folder)
        settings = _settings_of_task()
        # A Spark job spreads all shards by itself: one task waits for it.
        most = 1 if settings.measures_on_spark else settings.max_tasks
        return pipeline.shard_ranges(folder, most, settings.workers)

    def work(audit: str, shards: list[int]) -> None:
        from corpus_audit import pipeline

        folder, (first, last) = folder_of(audit), shards
        sizes = {shard: size for shard, size in pipeline.shard_sizes(folder).items() if first <= shard <= last}
        context = airflow_context(stage, sum(sizes.values()))
        pipeline.run_shards(stage, folder, sizes, replace(context, settings=_settings_of_task()))

    planned = plan(audit)
    chain(list(earlier), planned)
    mapped = make(map_index_template="shards {{ task.op_kwargs['shards'] | join(' to ') }}")(
        named(work, stage.name, stage.run)
    )
    return mapped.partial(audit=audit).expand(shards=planned)


def _settings_of_task() -> Any:
    """Return the settings that a task measures by: with one worker, unless a variable says how many.

    What runs several tasks on a machine uses its cores already, and each task's workers come on top of each other's.
    """
    from corpus_audit.config import ENVIRONMENT_PREFIX, Settings

    settings = Settings.from_environment()
    return settings if f"{ENVIRONMENT_PREFIX}WORKERS" in os.environ else replace(settings, workers=1)
