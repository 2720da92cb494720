"""The DAG ``audit_dataset``: one audit of one dataset, a task a stage."""

from airflow.sdk import dag
from audit_defaults import AUDIT_PARAMS, DEFAULT_ARGS
from audit_stages import add_audit_stages


@dag(
    schedule=None,
    catchup=False,
    max_active_runs=1,  # the measure tasks of one audit already use every worker
    tags=["audit", "training data"],
    params=AUDIT_PARAMS,
    default_args=DEFAULT_ARGS,
)
def audit_dataset() -> None:
    """Set what a manifest claims about a dataset beside what its files show, judge both, and write a report.

    The verdict is a result, not a failure: a run succeeds when the audit ran to its end, whatever it found.
    A stage that is run again with the same inputs does nothing, so a failed run may be cleared and started again.
    """
    add_audit_stages()

    @stage_task()
    def ingest() -> str:
        """Read the manifest, check every declared file and plan the shards; return the audit's folder."""
        from corpus_audit import stages

        params = get_current_context()["params"]
        keywords = [Path(path) for path in params["keywords"]]
        manifest, store, root = Path(params["manifest"]), Path(params["store"]), params["root"] or None
        return str(stages.ingest(manifest, store, root=root, packs=params["packs"], keywords=keywords).path)

    @stage_task()
    def plan(audit: str) -> list[int]:
        """Return the numbers of the shards to measure."""
        from corpus_audit import stages, store

        return stages.shard_numbers(store.AuditFolder(Path(audit)))

    @stage_task(map_index_template="shard {{ task.op_kwargs['shard'] }}")
    def measure(audit: str, shard: int) -> None:
        """Measure one shard's records: fingerprints and marked spans, never the text itself."""
        from corpus_audit import stages, store

        stages.measure(store.AuditFolder(Path(audit)), shard)

    # A dataset without a readable file has no shards; its audit must still end in a report.
    @stage_task(trigger_rule="none_failed")
    def deduplicate(audit: str) -> None:
        """Find copies among all records, each pair verified on the texts."""
        from corpus_audit import stages, store

        stages.deduplicate(store.AuditFolder(Path(audit)))

    @stage_task()
    def compare(audit: str) -> None:
        """Find copies of the records in earlier audits of the store, which are not measured again."""
        from corpus_audit import stages, store

        stages.compare(store.AuditFolder(Path(audit)))

    @stage_task(trigger_rule="none_failed")
    def names(audit: str) -> None:
        """Look for names of people in a sample of the records."""
        from corpus_audit import stages, store

        stages.names(store.AuditFolder(Path(audit)))

    @stage_task()
    def gather(audit: str) -> None:
        """Set every claim beside the facts: the evidence tables."""
        from corpus_audit import stages, store

        stages.gather(store.AuditFolder(Path(audit)))

    @stage_task()
    def evaluate(audit: str) -> None:
        """Judge the evidence by the policy packs and derive the verdict."""
        from corpus_audit import stages, store

        stages.evaluate(store.AuditFolder(Path(audit)))

    @stage_task(outlets=[REPORT])
    def report(audit: str) -> dict[str, str]:
        """Write the report, and announce it with its verdict to whoever waits for the asset."""
        from corpus_audit import stages, store

        stages.report(folder := store.AuditFolder(Path(audit)))
        summary = stages.summarise(folder)
        announced = {"audit_id": summary.audit_id, "verdict": str(summary.verdict), "report": str(summary.report)}
        get_current_context()["outlet_events"][REPORT].extra.update(announced)
        return announced

    audit = ingest()
    measured = measure.partial(audit=audit).expand(shard=plan(audit))
    copies = deduplicate(audit) >> compare(audit)
    measured >> [copies, names(audit)] >> gather(audit) >> evaluate(audit) >> report(audit)


audit_dataset()
