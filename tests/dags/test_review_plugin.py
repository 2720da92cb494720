"""The review pages in a real Airflow app: nobody gets past its login, and its permissions say who is what."""

import json
import os

import pytest

from dags.embedded_airflow import REPOSITORY, EmbeddedAirflow
from dags.migrated import migrate_sqlite

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

EVERYTHING = {"list": 200, "audit": 404, "decide": 404, "reveal": 404, "build": 404, "run": 303, "other-run": 404}
"""What whoever may do everything is answered about an audit that is not there."""

DENIED = {
    None: set(EVERYTHING),
    "regulator": set(EVERYTHING) - {"list"},
    "auditor": {"decide", "reveal", "build"},
    "steward": {"reveal"},
    "admin": {"decide", "reveal"},
}


@pytest.fixture(scope="module", params=["simple", "fab"])
def asked(request, airflow, tmp_path_factory):
    """What the pages answered to users of one auth manager."""
    embedded = airflow
    if request.param == "fab":
        pytest.importorskip("airflow.providers.fab")
        embedded = EmbeddedAirflow(tmp_path_factory.mktemp("airflow-fab"))
        migrate_sqlite(embedded)
    store = tmp_path_factory.mktemp("store")
    (store / "audits").mkdir()
    finished = embedded.run(
        "python", "tests/dags/ask_review_plugin.py", request.param, CORPUS_AUDIT_STORE=os.fspath(store)
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout.splitlines()[-1])


def answers(user):
    return {page: status for page, status in user.items() if page in EVERYTHING}


def expected(role):
    return {page: 403 if page in DENIED[role] else status for page, status in EVERYTHING.items()}


def test_whoever_is_not_logged_in_is_sent_to_airflows_login(asked):
    unknown = asked["unknown"]
    assert {status for page, status in answers(unknown).items() if page in ("decide", "reveal", "build")} == {401}
    assert {status for page, status in answers(unknown).items() if page in ("list", "audit", "run")} == {307}
    assert unknown["list leads to"].startswith("/auth/login")
    assert unknown["list leads to"].endswith("audit-review%2F")


def test_a_wrong_password_and_a_forged_token_open_nothing(asked):
    assert asked["wrong password"] == 401
    assert set(answers(asked["forged"]).values()) == {403}


def test_airflows_permissions_say_who_is_what(asked):
    roles = {
        "vera": "regulator", "uma": "auditor", "otto": "steward", "ada": "admin",
        "nobody": None, "regina": "regulator", "aron": "auditor", "stella": "steward", "adam": "admin",
    }  # fmt: skip
    users = {name: user for name, user in asked["users"].items() if name != "rhea"}
    assert {name: user["role"] for name, user in users.items()} == {name: roles[name] for name in users}
    for name, user in users.items():
        assert answers(user) == expected(roles[name]), name


def test_to_reveal_excerpts_is_a_permission_of_its_own(asked):
    for name, user in asked["users"].items():
        assert (user["reveal"] != 403) == (name == "rhea")


def test_a_run_leads_to_the_audit_it_announced(asked):
    leading = {user["run leads to"] for user in asked["users"].values() if user["run"] == 303}
    assert leading == {"/audit-review/audits/small-1"}


def test_the_pages_are_in_the_menu_and_a_tab_of_each_run(asked):
    if asked["views"]:
        assert asked["views"]["Audits"] == ["nav", "/audit-review/"]
        assert asked["views"]["Audit"][0] == "dag_run"


def test_the_plugin_costs_nothing_to_load():
    plugin = REPOSITORY / "src" / "corpus_audit_airflow" / "review_plugin.py"
    program = f"import sys, runpy; runpy.run_path({os.fspath(plugin)!r}); print('fastapi' in sys.modules)"
    embedded = EmbeddedAirflow(REPOSITORY / ".airflow")
    assert embedded.run("python", "-c", program).stdout.strip().endswith("False")
