"""The tasks of an audit, one a stage: what every DAG that audits a dataset is made of."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from airflow.sdk import chain, get_current_context

from corpus_audit_airflow.assets import DATASETS, REPORT, announce
from corpus_audit_airflow.audit_places import folder_of
from corpus_audit_airflow.defaults import named, stage_task
from corpus_audit_airflow.shard_tasks import Make, add_mapped_task
from corpus_audit_airflow.telemetry import airflow_context

PlaceOf = Callable[[str], str]
Given = Mapping[str, Any]

# A dataset without a readable file has no shards; its audit must still end in a report.
_EVEN_WITHOUT_SHARDS = {"trigger_rule": "none_failed"}


def add_audit_stages(
    place_of: PlaceOf = str,
    notify: Sequence[str] = (),
    scheduled: Given = MappingProxyType({}),
    given: Given | None = None,
    connection: str | None = None,
) -> Any:
    """Add the tasks of an audit to the DAG that is being made, in the order that the stages declare; return the last.

    *place_of* returns where a manifest or root is in a run; *notify* are the recipients of a steward's rejection,
    *scheduled* the parameters that a list of audits fills the form in with. *given* and *connection* take the place of
    the run's parameters. Tasks hand each other where the audit is, and shard numbers; all else stays in the store.
    """
    from corpus_audit.pipeline.stages import STAGES

    first, *others = STAGES
    make = partial(stage_task, connection=connection)
    audit = _first_task(make, first, place_of, scheduled, given)
    tasks: dict[str, Any] = {first.name: audit}
    for stage in others:
        earlier = [tasks[name] for name in stage.after]
        if stage.grain == "shard":
            tasks[stage.name] = add_mapped_task(make, stage, audit, earlier)
            continue
        is_last = stage is STAGES[-1]
        tasks[stage.name] = _last_task(make, stage, audit, notify) if is_last else _task(make, stage, audit)
        chain(earlier, tasks[stage.name])
    return tasks[STAGES[-1].name]


def _first_task(make: Make, stage: Any, place_of: PlaceOf, scheduled: Given, given: Given | None) -> Any:
    """Add the task that makes the audit by what is given, or by the parameters of the run; it returns the folder."""

    def work(given: dict[str, Any] | None) -> str:
        from corpus_audit.config.parameters import parse_choices
        from corpus_audit.store.bucket import address_of
        from corpus_audit.vocabulary import ParameterOrigin

        params = given or get_current_context()["params"]
        audit = stage.run(
            place_of(params["manifest"]),
            Path(params["store"]),
            root=place_of(params["root"] or "") or None,
            packs=params["packs"],
            keywords=[Path(path) for path in params["keywords"] or ()],
            parameters=parse_choices(params["parameters"] or {}, ParameterOrigin.FORM, scheduled),
            context=airflow_context(),
        )
        return address_of(audit.path)

    return make()(named(work, stage.name, stage.run))(dict(given) if given else None)


def _task(make: Make, stage: Any, audit: Any) -> Any:
    def work(audit: str) -> None:
        folder = folder_of(audit)
        stage.run(folder, context=_context(stage, folder))

    return make(**_EVEN_WITHOUT_SHARDS)(named(work, stage.name, stage.run))(audit)


def _context(stage: Any, folder: Any) -> Any:
    return airflow_context(stage, stage.units(folder) if stage.units else None)


def _last_task(make: Make, stage: Any, audit: Any, notify: Sequence[str]) -> Any:
    """Add the task of the last stage, which announces the report and its verdict to what waits for the assets."""

    def work(audit: str) -> dict[str, str]:
        folder, events = folder_of(audit), get_current_context()["outlet_events"]
        stage.run(folder, context=_context(stage, folder))
        told = announce(folder, events)
        announced = {name: told[name] for name in ("audit_id", "verdict", "report")}
        recipients = {"notify": list(notify)} if notify else {}
        events[REPORT].extra.update(announced | recipients)
        return announced

    return make(outlets=[REPORT, DATASETS], **_EVEN_WITHOUT_SHARDS)(named(work, stage.name, stage.run))(audit)
