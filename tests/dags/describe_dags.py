"""Print what Airflow makes of every DAG file, as JSON; a program, because Airflow changes the process it is in."""

import json
import sys
from pathlib import Path

from airflow.dag_processing.dagbag import BundleDagBag
from airflow.sdk import RetryAction
from airflow.sdk.definitions.mappedoperator import MappedOperator

from corpus_audit.errors import StoreError

ERRORS = (OSError, MemoryError, StoreError, KeyError)


def describe_param(param):
    return {**param.schema, "description": param.description, "default": param.value if param.has_value else None}


def is_retried(task, error):
    return task.retry_policy.evaluate(error, try_number=1, max_tries=task.retries).action is not RetryAction.FAIL


def describe_task(task):
    return {
        "doc": task.doc_md,
        "downstream": sorted(task.downstream_task_ids),
        "is_mapped": isinstance(task, MappedOperator),
        "outlets": [asset.name for asset in task.outlets or ()],
        "owner": task.owner,
        "retries": task.retries,
        "retries_after": [error.__name__ for error in ERRORS if is_retried(task, error("something"))],
        "trigger_rule": str(task.trigger_rule),
    }


def describe_schedule(dag):
    if isinstance(dag.schedule, list):
        return [asset.name for asset in dag.schedule]
    return dag.schedule and type(dag.schedule).__name__


def describe_dag(dag):
    return {
        "catchup": dag.catchup,
        "doc": dag.doc_md,
        "file": Path(dag.fileloc).name,
        "max_active_runs": dag.max_active_runs,
        "params": {name: describe_param(param) for name, param in dag.params.items()},
        "schedule": describe_schedule(dag),
        "tags": sorted(dag.tags),
        "tasks": {task.task_id: describe_task(task) for task in dag.tasks},
    }


def main(folder):
    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")
    described = {"errors": bag.import_errors, "dags": {dag_id: describe_dag(dag) for dag_id, dag in bag.dags.items()}}
    sys.stdout.write(json.dumps(described) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
