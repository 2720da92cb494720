"""Airflow imports this where it starts: what forks tasks and readers of DAG files has then loaded the program.

Each of them would load it anew, which takes seconds. Tasks that run apart load it themselves.
"""

import functools
import gc
import importlib
import os
import sys
from collections.abc import Iterable

__all__: list[str] = []  # Airflow takes no setting from here
NURSERIES = "CORPUS_AUDIT_TEST_NURSERIES"
"""The variable that says where processes are forked that workers are forked from; without it they start anew."""
STAGES = "corpus_audit.pipeline.stages"
SCHEDULES = "corpus_audit.schedules"
TASKS = (
    *(STAGES, "corpus_audit.dedup.run", "corpus_audit.policy.evaluate", "corpus_audit.report.html", SCHEDULES),
    *("corpus_audit.schedules.polling", "corpus_audit.pipeline.receiving", "corpus_audit.pipeline.intake"),
    *("corpus_audit.measure.batch", "corpus_audit.references.refreshing", "corpus_audit.pipeline.clean"),
    *("corpus_audit.review.sign_off", "corpus_audit.review.publication", "corpus_audit.engine.duckdb"),
    *("numba.np.arrayobj", "openlineage.client"),
)
LOADED = {"dag-processor": (STAGES, SCHEDULES), "scheduler": TASKS, "celery": TASKS}
"""What is loaded by which process of Airflow, none of which imports Airflow: that is not there yet."""
OF_DAGS = ("corpus_audit_airflow.audit_tasks", "corpus_audit_airflow.operators")
"""What DAG files load, which imports Airflow: it is loaded where a process is about to fork the first time."""


def load(modules: Iterable[str]) -> None:
    for module in modules:
        importlib.import_module(module)


@functools.cache
def load_before_fork() -> None:
    load(OF_DAGS)
    gc.collect()
    gc.freeze()  # a collection in what is forked would look at all that was loaded


for process in LOADED.keys() & sys.argv:
    load(LOADED[process])
    os.register_at_fork(before=load_before_fork)
    if address := os.environ.get(NURSERIES):
        importlib.import_module("forked_nurseries").fork_at(address)
