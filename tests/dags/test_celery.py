"""The Celery workers of docker-compose.yml, as far as they go without a broker."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.airflow


def test_the_program_that_the_health_check_asks_for_loads(tmp_path: Path) -> None:
    compose = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8"))
    check = compose["services"]["worker"]["healthcheck"]["test"][1].split()
    program = check[check.index("--app") + 1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    environment |= {
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__CELERY__BROKER_URL": "redis://:secret@broker.invalid:6379/0",
    }
    told = subprocess.run(
        [sys.executable, "-m", "celery", "--app", program, "report"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "transport:redis" in told.stdout
    assert "secret" not in told.stdout
