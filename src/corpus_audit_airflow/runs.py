"""How one DAG starts runs of another."""

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator


class StartRun(TriggerDagRunOperator):
    """Starts a run with what it is given, as it is: whoever may write to a place names paths, and no templates."""

    template_fields = ()
