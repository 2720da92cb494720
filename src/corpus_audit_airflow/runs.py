"""How one DAG starts runs of another."""

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator


class StartRun(TriggerDagRunOperator):
    """Start a run with its values as they are: write access to a place sets paths, never templates."""

    template_fields = ()
