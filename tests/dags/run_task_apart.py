"""Run the body of one task as a worker on a machine of its own does, and print what it hands on, as JSON.

A program, because Airflow changes the process it is in. Arguments: folder of DAGs, DAG, task, and as JSON its arguments
and the run's parameters.
"""

import json
import sys
from types import SimpleNamespace

from airflow.dag_processing.dagbag import BundleDagBag
from airflow.sdk.execution_time.context import OutletEventAccessors, set_current_context


def given_by(param):
    return param.value if param.has_value else None


def main(folder, dag_id, task_id, given, params):
    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")
    assert not bag.import_errors, bag.import_errors
    dag = bag.dags[dag_id]
    context = {
        "params": {name: given_by(param) for name, param in dag.params.items()} | json.loads(params),
        "outlet_events": OutletEventAccessors(),
        "ti": SimpleNamespace(dag_id=dag_id, run_id="run", task_id=task_id),
        "triggering_asset_events": {},
    }
    with set_current_context(context):
        handed_on = dag.task_dict[task_id].python_callable(**json.loads(given))
    sys.stdout.write("\n" + json.dumps(handed_on) + "\n")


main(*sys.argv[1:])
