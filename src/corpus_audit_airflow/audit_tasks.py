"""The tasks of an audit, a stage each: what every DAG that audits a dataset is made of."""

from collections.abc import Callable, Sequence
from pathlib import Path

from airflow.sdk import Asset, get_current_context

from corpus_audit_airflow.defaults import stage_task
from corpus_audit_airflow.telemetry import airflow_context

REPORT = Asset(name="audit_report", group="corpus-audit")


def at_date_of_run(place: str) -> str:
    """Return a place with the date that the run stands for where it says ``{date}``."""
    from corpus_audit.schedules import at_date

    run = get_current_context()["dag_run"]
    return at_date(place, run.logical_date or run.run_after)


def add_audit_stages(place_of: Callable[[str], str] = str, notify: Sequence[str] = ()) -> None:
    """Add the tasks of an audit to the DAG that is being made.

    *place_of* says where a manifest or root is in a run, *notify* who is told when a steward rejects the audit.
    Tasks hand each other the audit's folder and shard numbers; text, facts and findings stay in the store.
    """

    @stage_task()
    def ingest() -> str:
        """Read the manifest, check every declared file and plan the shards; return the audit's folder."""
        from corpus_audit import pipeline

        params = get_current_context()["params"]
        manifest, root = place_of(params["manifest"]), place_of(params["root"] or "") or None
        keywords = [Path(path) for path in params["keywords"]]
        store, context = Path(params["store"]), airflow_context()
        audit = pipeline.ingest(manifest, store, root=root, packs=params["packs"], keywords=keywords, context=context)
        return str(audit.path)

    @stage_task()
    def plan(audit: str) -> list[int]:
        """Return the numbers of the shards to measure."""
        from corpus_audit import pipeline, store

        return pipeline.shard_numbers(store.AuditFolder(Path(audit)))

    @stage_task(map_index_template="shard {{ task.op_kwargs['shard'] }}")
    def measure(audit: str, shard: int) -> None:
        """Measure one shard's records: fingerprints and marked spans, never the text itself."""
        from corpus_audit import pipeline, store

        pipeline.measure(store.AuditFolder(Path(audit)), shard, context=airflow_context())

    # A dataset without a readable file has no shards; its audit must still end in a report.
    @stage_task(trigger_rule="none_failed")
    def deduplicate(audit: str) -> None:
        """Find copies among all records, each pair verified on the texts."""
        from corpus_audit import pipeline, store

        pipeline.deduplicate(store.AuditFolder(Path(audit)), context=airflow_context())

    @stage_task()
    def compare(audit: str) -> None:
        """Find copies of the records in earlier audits of the store, which are not measured again."""
        from corpus_audit import pipeline, store

        pipeline.compare(store.AuditFolder(Path(audit)), context=airflow_context())

    @stage_task(trigger_rule="none_failed")
    def names(audit: str) -> None:
        """Look for names of people in a sample of the records."""
        from corpus_audit import pipeline, store

        pipeline.names(store.AuditFolder(Path(audit)), context=airflow_context())

    @stage_task()
    def gather(audit: str) -> None:
        """Set every claim beside the facts: the evidence tables."""
        from corpus_audit import pipeline, store

        pipeline.gather(store.AuditFolder(Path(audit)), context=airflow_context())

    @stage_task()
    def evaluate(audit: str) -> None:
        """Judge the evidence by the policy packs and derive the verdict."""
        from corpus_audit import pipeline, store

        pipeline.evaluate(store.AuditFolder(Path(audit)), context=airflow_context())

    @stage_task(outlets=[REPORT])
    def report(audit: str) -> dict[str, str]:
        """Write the report, and announce it with its verdict to whoever waits for the asset."""
        from corpus_audit import pipeline, store

        pipeline.report(folder := store.AuditFolder(Path(audit)), context=airflow_context())
        summary = pipeline.summarise(folder)
        announced = {"audit_id": summary.audit_id, "verdict": str(summary.verdict), "report": str(summary.report)}
        told = {"notify": list(notify)} if notify else {}
        get_current_context()["outlet_events"][REPORT].extra.update(announced | told)
        return announced

    audit = ingest()
    measured = measure.partial(audit=audit).expand(shard=plan(audit))
    gathered = gather(audit)
    measured >> deduplicate(audit) >> compare(audit) >> gathered
    measured >> names(audit) >> gathered
    gathered >> evaluate(audit) >> report(audit)
