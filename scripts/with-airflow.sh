#!/bin/sh
# Runs a command in this project's embedded Airflow, for example: scripts/with-airflow.sh airflow standalone
# Every setting of the embedded Airflow is here. CORPUS_AUDIT_AIRFLOW_HOME moves its database and logs elsewhere.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# The embedded Airflow must not reach a real one that this shell happens to be set up for.
for name in $(env | sed -n 's/^\(AIRFLOW_[A-Z0-9_]*\)=.*/\1/p'); do
    unset "$name"
done

export AIRFLOW_HOME="${CORPUS_AUDIT_AIRFLOW_HOME:-$root/.airflow}"
export AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="sqlite:///$AIRFLOW_HOME/airflow.db"
export AIRFLOW__CORE__DAGS_FOLDER="$root/dags"
export AIRFLOW__CORE__PLUGINS_FOLDER="$root/plugins"
export AIRFLOW__CORE__LOAD_EXAMPLES=False
export AIRFLOW__LOGGING__BASE_LOG_FOLDER="$AIRFLOW_HOME/logs"
# One JSON object a line, so that what reads the log need not guess where a message ends.
export AIRFLOW__LOGGING__JSON_LOGS=True

PATH="$root/.venv/bin:$PATH"
export PATH
exec "$@"
