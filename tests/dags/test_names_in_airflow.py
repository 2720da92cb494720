"""Nothing personal in names, keys, addresses and claims reaches Airflow: its database with XComs, or a log."""

import pytest

from e2e.test_personal_names import Planted, plant

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


@pytest.fixture(scope="module")
def planted(airflow, tmp_path_factory):
    made = Planted(tmp_path_factory.mktemp("names"))
    plant(made)
    debug = ("env", "AIRFLOW__LOGGING__LOGGING_LEVEL=DEBUG")
    command = ("python", "scripts/run_audit_dag.py", made.root / "manifest.yaml", "--store", made.root / "store")
    done = airflow.run(*debug, *command)
    assert done.returncode == 0, done.stderr[-2000:]
    made.printed = done.stdout + done.stderr
    return made


def test_nothing_personal_reaches_airflow(airflow, planted):
    assert list((planted.root / "store" / "audits").glob("*/report/report.json"))
    files = [path for path in airflow.home.rglob("*") if path.is_file()]
    assert airflow.database in files
    searched = {"(printed)": planted.printed.encode()} | {str(path): path.read_bytes() for path in files}
    assert any(b"corpus_audit.pipeline" in content for content in searched.values()), "stages were logged"
    found = {
        (carrier, place)
        for place, content in searched.items()
        for carrier, detail in planted.carriers.items()
        if detail.partition("@")[0].encode() in content
    }
    assert found == set()
