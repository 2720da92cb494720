"""Airflow imports this where it starts: what forks tasks and readers of DAG files has then loaded the program.

Each of them would load it anew, which takes seconds. Tasks that run apart load it themselves.
"""

import importlib
import sys

__all__: list[str] = []  # Airflow takes no setting from here
STAGES = "corpus_audit.pipeline.stages"
TASKS = (STAGES, "corpus_audit.dedup.run", "corpus_audit.policy.evaluate", "corpus_audit.report.html")
LOADED = {"dag-processor": (STAGES,), "scheduler": TASKS, "celery": TASKS}
"""What is loaded by which process of Airflow, none of which imports Airflow: that is not there yet."""

for process in LOADED.keys() & sys.argv:
    for module in LOADED[process]:
        importlib.import_module(module)
