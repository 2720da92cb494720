"""Fixtures of the tests of DAGs."""

import pytest

from dags.embedded_airflow import EmbeddedAirflow
from dags.migrated import migrate_sqlite


@pytest.fixture(scope="session")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedAirflow:
    """An embedded Airflow with a migrated SQLite database."""
    embedded = EmbeddedAirflow(tmp_path_factory.mktemp("airflow"))
    migrate_sqlite(embedded)
    return embedded
