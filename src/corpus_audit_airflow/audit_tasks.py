"""The tasks of an audit, one a stage: what every DAG that audits a dataset is made of."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from airflow.sdk import Asset, chain, get_current_context

from corpus_audit_airflow.defaults import stage_task
from corpus_audit_airflow.telemetry import airflow_context

REPORT = Asset(name="audit_report", group="corpus-audit")
# A dataset without a readable file has no shards; its audit must still end in a report.
_EVEN_WITHOUT_SHARDS = {"trigger_rule": "none_failed"}


def at_date_of_run(place: str) -> str:
    """Return a place with ``{date}`` replaced by the date of the run."""
    from corpus_audit.schedules import at_date

    run = get_current_context()["dag_run"]
    return at_date(place, run.logical_date or run.run_after)


def add_audit_stages(
    place_of: Callable[[str], str] = str,
    notify: Sequence[str] = (),
    scheduled: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Add the tasks of an audit to the DAG that is being made, in the order that the stages declare.

    *place_of* returns where a manifest or root is in a run; *notify* are the recipients of a steward's rejection,
    *scheduled* the parameters that a list of audits fills the form in with.
    Tasks hand each other the audit's folder and shard numbers; text, facts and findings stay in the store.
    """
    from corpus_audit.pipeline.stages import STAGES

    first, *others = STAGES
    tasks: dict[str, Any] = {first.name: _first_task(first, place_of, scheduled)}
    audit = tasks[first.name]
    for stage in others:
        earlier = [tasks[name] for name in stage.after]
        if stage.grain == "shard":
            tasks[stage.name] = _mapped_task(stage, audit, earlier)
            continue
        tasks[stage.name] = _last_task(stage, audit, notify) if stage is STAGES[-1] else _task(stage, audit)
        chain(earlier, tasks[stage.name])


def _first_task(stage: Any, place_of: Callable[[str], str], scheduled: Mapping[str, object]) -> Any:
    """Add the task that makes the audit: it reads the parameters of the run and returns the audit's folder."""

    def work() -> str:
        from corpus_audit.config.parameters import parse_choices
        from corpus_audit.vocabulary import ParameterOrigin

        params = get_current_context()["params"]
        audit = stage.run(
            place_of(params["manifest"]),
            Path(params["store"]),
            root=place_of(params["root"] or "") or None,
            packs=params["packs"],
            keywords=[Path(path) for path in params["keywords"]],
            parameters=parse_choices(params["parameters"], ParameterOrigin.FORM, scheduled),
            context=airflow_context(),
        )
        return str(audit.path)

    return stage_task()(_named(work, stage.name, stage.run))()


def _mapped_task(stage: Any, audit: Any, earlier: Sequence[Any]) -> Any:
    """Add a task that returns the numbers of the shards, and one that is mapped over them."""

    @stage_task()
    def plan(audit: str) -> list[int]:
        """Return the numbers of the shards to measure."""
        from corpus_audit import pipeline

        return pipeline.shard_numbers(_folder(audit))

    def work(audit: str, shard: int) -> None:
        stage.run(_folder(audit), shard, context=airflow_context())

    planned = plan(audit)
    chain(list(earlier), planned)
    mapped = stage_task(map_index_template="shard {{ task.op_kwargs['shard'] }}")(_named(work, stage.name, stage.run))
    return mapped.partial(audit=audit).expand(shard=planned)


def _task(stage: Any, audit: Any) -> Any:
    def work(audit: str) -> None:
        stage.run(_folder(audit), context=airflow_context())

    return stage_task(**_EVEN_WITHOUT_SHARDS)(_named(work, stage.name, stage.run))(audit)


def _last_task(stage: Any, audit: Any, notify: Sequence[str]) -> Any:
    """Add the task of the last stage, which announces the report and its verdict to what waits for the asset."""

    def work(audit: str) -> dict[str, str]:
        from corpus_audit import pipeline

        folder = _folder(audit)
        stage.run(folder, context=airflow_context())
        summary = pipeline.summarise(folder)
        announced = {"audit_id": summary.audit_id, "verdict": str(summary.verdict), "report": str(summary.report)}
        recipients = {"notify": list(notify)} if notify else {}
        get_current_context()["outlet_events"][REPORT].extra.update(announced | recipients)  # type: ignore[arg-type]
        return announced

    return stage_task(outlets=[REPORT], **_EVEN_WITHOUT_SHARDS)(_named(work, stage.name, stage.run))(audit)


def _named(work: Callable[..., Any], name: str, documented: Callable[..., Any]) -> Callable[..., Any]:
    """Return *work* under a stage's name, with the documentation of the stage's own function."""
    work.__name__ = work.__qualname__ = name
    work.__doc__ = inspect.getdoc(documented)
    return work


def _folder(audit: str) -> Any:
    from corpus_audit.store import AuditFolder

    return AuditFolder(Path(audit))
