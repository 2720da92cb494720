"""The tasks that measure: one plans groups of shards, and one is mapped over them."""

from collections.abc import Callable, Sequence
from typing import Any

from airflow.sdk import chain

from corpus_audit_airflow.audit_places import folder_of
from corpus_audit_airflow.defaults import named
from corpus_audit_airflow.telemetry import airflow_context, report_estimate

Make = Callable[..., Callable[[Callable[..., Any]], Any]]


def add_mapped_task(make: Make, stage: Any, audit: Any, earlier: Sequence[Any]) -> Any:
    """Add a task that divides the shards into groups, and one that is mapped over these.

    A task that is tried again goes on with the first shard that is not finished.
    """

    @make()
    def plan(audit: str) -> list[list[int]]:
        """Return the first and last shard for each task, once it is known that the disk can hold what comes of them."""
        from corpus_audit import pipeline
        from corpus_audit.config import Settings

        folder = folder_of(audit)
        report_estimate(folder)
        settings = Settings.from_environment()
        # A Spark job spreads all shards by itself: one task waits for it.
        return pipeline.shard_ranges(folder, 1 if settings.measures_on_spark else settings.max_tasks)

    def work(audit: str, shards: list[int]) -> None:
        from corpus_audit import pipeline

        folder, (first, last) = folder_of(audit), shards
        sizes = {shard: size for shard, size in pipeline.shard_sizes(folder).items() if first <= shard <= last}
        pipeline.run_shards(stage, folder, sizes, airflow_context(stage, sum(sizes.values())))

    planned = plan(audit)
    chain(list(earlier), planned)
    mapped = make(map_index_template="shards {{ task.op_kwargs['shards'] | join(' to ') }}")(
        named(work, stage.name, stage.run)
    )
    return mapped.partial(audit=audit).expand(shards=planned)
