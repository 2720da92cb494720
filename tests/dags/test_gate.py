"""The gate in other people's DAGs: the first example of its page, as it is printed, in a real Airflow."""

import json
import sqlite3
from contextlib import closing

import pytest

from dags.documented import code_of, write_manifest
from dags.embedded_airflow import REPOSITORY

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

DAY = "2026-01-02"


@pytest.fixture(scope="module")
def ran(airflow, tmp_path_factory):
    """How the tasks of the example ended, one dataset of which passes and one fails, and what Airflow printed."""
    place = tmp_path_factory.mktemp("gate")
    write_manifest(place / "tales" / DAY, "tales")
    write_manifest(place / "poems", "poems", present="no", text="Write to wren.vireo@mail.aviary-records.net today.")
    (place / "dags").mkdir()
    example = code_of(REPOSITORY / "docs" / "gate.md", "train_on_tales").replace("/data/", f"{place}/")
    (place / "dags" / "example.py").write_text(example, "utf-8")
    done = airflow.run(
        *("env", f"AIRFLOW__CORE__DAGS_FOLDER={place}/dags"),
        *("airflow", "dags", "test", "train_on_tales", DAY),
    )
    with closing(sqlite3.connect(f"file:{airflow.database}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT task_id, state FROM task_instance WHERE dag_id = 'train_on_tales' AND map_index < 0"
        ).fetchall()
        returned = connection.execute(
            "SELECT value FROM xcom WHERE dag_id = 'train_on_tales' AND task_id = 'tales.gate' AND key = 'return_value'"
        ).fetchall()
    return dict(rows), returned, done.stdout + done.stderr


def test_two_datasets_are_audited_in_one_dag(ran):
    states, returned, said = ran
    assert states["tales.gate"] == "success", said[-3000:]
    assert states["poems.report"] == "success"
    [(value,)] = returned
    assert json.loads(json.loads(value) if value.startswith('"') else value)["audit_id"].startswith("tales-")


def test_a_gate_that_closes_fails_and_lets_nothing_follow(ran):
    states, _, said = ran
    assert states["poems.gate"] == "failed"
    assert states["train"] == "upstream_failed"
    assert "verdict fail" in said
    assert "wren.vireo" not in said


CASES = """
from types import SimpleNamespace as Of
from corpus_audit_airflow.gate import closed_by

def summary(verdict, **counts):
    reasons = [Of(code=f"{weight}-findings", count=count) for weight, count in counts.items()]
    return Of(verdict=verdict, reasons=reasons)

for verdict, counts in (
    ("pass", {}),
    ("pass", {"warning": 2}),
    ("pass-with-waivers", {"info": 1}),
    ("fail", {"critical": 1, "warning": 1}),
    ("fail", {}),
    ("incomplete", {}),
):
    print("|".join(closed_by(summary(verdict, **counts), weight) for weight in ("critical", "warning", "info")))
"""


def test_what_closes_the_gate(airflow):
    said = airflow.run("python", "-c", CASES)
    assert said.stdout.splitlines()[-6:] == [
        "||",
        "|findings: 2 warning|findings: 2 warning",
        "||findings: 1 info",
        "findings: 1 critical|findings: 1 critical, 1 warning|findings: 1 critical, 1 warning",
        "|".join(["critical findings"] * 3),
        "|".join(["not everything was looked at"] * 3),
    ], said.stderr


def test_airflow_knows_the_provider(airflow):
    listed = airflow.run("airflow", "providers", "list", "-o", "json")
    assert "corpus-audit" in listed.stdout, listed.stderr
