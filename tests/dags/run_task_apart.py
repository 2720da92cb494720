"""Run the body of one task as a worker on a machine of its own does, and print what it hands on, as JSON.

For a process of its own, because Airflow changes the one it is in, forked from one that has loaded Airflow.
"""

import json
import sys
from types import SimpleNamespace

from dags.embedded_airflow import WITHOUT_GRAMMARS
from preloaded import serve

AIRFLOW = ("airflow.dag_processing.dagbag", "airflow.sdk.execution_time.context")


def given_by(param):
    return param.value if param.has_value else None


def serve_tasks(name):
    """Load Airflow, with the settings that are in the environment, and fork from here on."""
    sys.path.insert(0, str(WITHOUT_GRAMMARS))
    serve(name, *AIRFLOW)


def run_task(folder, dag_id, task_id, given, params):
    """Run a task of a DAG in a folder; *given* are its arguments and *params* the run's parameters."""
    from airflow.dag_processing.dagbag import BundleDagBag
    from airflow.sdk.execution_time.context import OutletEventAccessors, set_current_context

    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")
    assert not bag.import_errors, bag.import_errors
    dag = bag.dags[dag_id]
    context = {
        "params": {name: given_by(param) for name, param in dag.params.items()} | params,
        "outlet_events": OutletEventAccessors(),
        "ti": SimpleNamespace(dag_id=dag_id, run_id="run", task_id=task_id),
        "triggering_asset_events": {},
    }
    with set_current_context(context):
        handed_on = dag.task_dict[task_id].python_callable(**given)
    sys.stdout.write("\n" + json.dumps(handed_on) + "\n")
