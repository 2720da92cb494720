# One image for every process of docker-compose.yml: target 'duckdb', or 'spark' with Java and Spark on top. It holds the
# program, its DAGs and its plugin; data, audits and secrets come from outside.

FROM python:3.11.13-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /opt/venv
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY src src
COPY dags dags
COPY examples examples
COPY expectations expectations
RUN /opt/venv/bin/pip install --no-cache-dir --constraint constraints.txt \
    '.[airflow,deployment,media,pdf,postgres,review,timestamp]'
# What numba compiles is kept beside the package's files, which the user who audits may not write to.
RUN /opt/venv/bin/python -m corpus_audit.pipeline.compiling_ahead

FROM python:3.11.13-slim-bookworm AS duckdb
# The library that makes fingerprints of recordings.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libchromaprint1 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/venv /opt/venv
COPY dags /srv/corpus-audit/dags
COPY scripts/add_review_roles.py /srv/corpus-audit/scripts/

# Volumes that are mounted here begin with this owner.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /srv/airflow auditor \
    && install --directory --owner auditor --group auditor /srv/airflow /srv/airflow/logs /srv/audits
ENV PATH=/opt/venv/bin:$PATH \
    AIRFLOW_HOME=/srv/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/srv/corpus-audit/dags \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    CORPUS_AUDIT_STORE=/srv/audits \
    PYTHONDONTWRITEBYTECODE=1
USER auditor
WORKDIR /srv/airflow
ENTRYPOINT ["airflow"]

# Airflow's Helm chart and its pods name a program first, such as bash or python.
FROM duckdb AS kubernetes
USER root
RUN --mount=type=bind,source=constraints.txt,target=/tmp/constraints.txt \
    pip install --no-cache-dir --constraint /tmp/constraints.txt \
    apache-airflow-providers-cncf-kubernetes apache-airflow-providers-amazon
USER auditor
ENTRYPOINT ["/usr/bin/env"]

# Driver, master and workers from one image are of one version of Spark.
FROM duckdb AS spark
USER root
RUN apt-get update \
    && apt-get install --yes --no-install-recommends openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,source=constraints.txt,target=/tmp/constraints.txt \
    pip install --no-cache-dir --constraint /tmp/constraints.txt pyspark
USER auditor
