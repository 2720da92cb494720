"""Post one notice as Airflow's processes would, now and from an event loop; a program, because it needs an Airflow."""

import asyncio
import os
import sys
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[2] / "dags"))

from audit_notices import notifiers, tell_of_missed_deadline

os.environ["AIRFLOW_CONN_AUDIT_ALERTS"] = os.environ["NOTICE_CONNECTION"]
CONTEXT = {"dag_run": SimpleNamespace(dag_id="audit_news", run_id="r1")}

for notifier in notifiers(["webhook:audit_alerts"], "The audit was rejected."):
    notifier.notify(CONTEXT)
asyncio.run(tell_of_missed_deadline(["webhook:audit_alerts"], CONTEXT))
