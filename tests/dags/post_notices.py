"""Post notices as a task and as the executor would; a program, because it needs an Airflow."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[2] / "dags"))

from corpus_audit_airflow.notices import tell, tell_of_missed_deadline

os.environ["AIRFLOW_CONN_AUDIT_ALERTS"] = os.environ["NOTICE_CONNECTION"]
RUN = {"dag_id": "audit_news", "run_id": "r1"}

failed = tell(
    ["webhook:audit_alerts", "webhook:unknown"], "The audit was rejected.", {"dag_run": SimpleNamespace(**RUN)}
)
assert len(failed) == 1, "one receiver is not known, and the other is told nevertheless"
tell_of_missed_deadline(["webhook:audit_alerts"], {"dag_run": {"dag_id": "audit_news", "dag_run_id": "r1"}})
