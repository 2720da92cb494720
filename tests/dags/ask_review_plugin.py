"""Ask the review pages in the real Airflow app, as users of each kind; prints what they answered as JSON.

    python ask_review_plugin.py simple|fab

Runs inside the embedded Airflow (scripts/with-airflow.sh), in a process of its own.
"""

import json
import os
import sys
from pathlib import Path

MANAGER = sys.argv[1]
PREFIX = "/audit-review"
SIMPLE_USERS = {"vera": "viewer", "uma": "user", "otto": "op", "ada": "admin"}
FAB_USERS = {
    "nobody": [],
    "regina": ["Corpus Audit Approved Bundles"],
    "aron": ["Corpus Audit Reading"],
    "stella": ["Corpus Audit Stewardship", "Corpus Audit Reading"],
    "adam": ["Corpus Audit Administration"],
    "rhea": ["Corpus Audit Stewardship", "Corpus Audit Unmasked Excerpts"],
}
PAGES = {
    "list": ("GET", "/"),
    "audit": ("GET", "/audits/none"),
    "decide": ("POST", "/audits/none/decisions"),
    "reveal": ("POST", "/audits/none/reveal"),
    "build": ("POST", "/audits/none/bundle"),
    "run": ("GET", "/runs?dag_id=audit_dataset&run_id=manual__1"),
    "other-run": ("GET", "/runs?dag_id=audit_dataset&run_id=manual__2"),
}


def configure():
    """Set up the auth manager before Airflow is imported."""
    os.environ["AIRFLOW__API__SECRET_KEY"] = os.environ["AIRFLOW__API_AUTH__JWT_SECRET"] = "a secret of this test only"
    if MANAGER == "fab":
        name = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
        os.environ["AIRFLOW__CORE__AUTH_MANAGER"] = name
    else:
        users = ",".join(f"{user}:{role}" for user, role in SIMPLE_USERS.items())
        os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] = users


def simple_tokens(http):
    """Log in with the passwords that Airflow made up, over its own address."""
    from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager

    passwords = json.loads(Path(SimpleAuthManager.get_generated_password_file()).read_text())
    wrong = http.post("/auth/token", json={"username": "otto", "password": "wrong"})
    tokens = {}
    for user in SIMPLE_USERS:
        answer = http.post("/auth/token", json={"username": user, "password": passwords[user]})
        tokens[user] = answer.json()["access_token"]
    return tokens, wrong.status_code


def fab_tokens(http):
    """Make users with single permissions, and log them in with their passwords."""
    from airflow.providers.fab.www.app import create_app

    with create_app(enable_plugins=False).app_context():
        from flask import current_app

        security = current_app.appbuilder.sm
        for user, resources in FAB_USERS.items():
            role = security.add_role(f"role of {user}")
            for resource in resources:
                security.add_permission_to_role(role, security.create_permission("can_read", resource))
            security.add_user(user, user, "Tester", f"{user}@example.org", role, password=f"password of {user}")
    wrong = http.post("/auth/token", json={"username": "stella", "password": "wrong"})
    tokens = {}
    for user in FAB_USERS:
        answer = http.post("/auth/token", json={"username": user, "password": f"password of {user}"})
        tokens[user] = answer.json()["access_token"]
    return tokens, wrong.status_code


def announce_report():
    """Put down what the report task of a run puts down: an event of its asset."""
    from airflow.models.asset import AssetEvent, AssetModel
    from airflow.utils.session import create_session

    with create_session() as session:
        asset = AssetModel(name=f"report for {MANAGER}", uri=f"report-{MANAGER}", group="corpus-audit")
        session.add(asset)
        session.flush()
        origin = {"source_dag_id": "audit_dataset", "source_run_id": "manual__1", "source_task_id": "report"}
        session.add(AssetEvent(asset_id=asset.id, extra={"audit_id": "small-1"}, source_map_index=-1, **origin))


def form_token_of(http, user, headers):
    """Return the role that the pages take a user for, and a token for their forms: it is bound to both."""
    from corpus_audit.review.access import Person
    from corpus_audit.review.web.guard import FormTokens
    from corpus_audit.store import Store
    from corpus_audit.vocabulary import Role

    tokens = FormTokens(Store(Path(os.environ["CORPUS_AUDIT_STORE"])).key())
    for role in Role:
        token = tokens.make(Person(user, role))
        answer = http.post(f"{PREFIX}/audits/none/decisions", headers=headers, data={"csrf_token": token})
        if "not sent by a page of yours" not in answer.text and "may not see audits" not in answer.text:
            return str(role), token
    return None, ""


def ask(http, token, user=""):
    """Return the status of each page for whoever has the token, their role, and where the run leads."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    role, form_token = form_token_of(http, user, headers) if user else (None, "")
    answers = {"role": role}
    form = {"csrf_token": form_token, "action": "approve", "scope": "audit", "record": "r", "finding": "f"}
    for name, (method, path) in PAGES.items():
        answer = http.request(method, PREFIX + path, headers=headers, data=form if method == "POST" else None)
        answers[name] = answer.status_code
        if name in ("run", "list") and answer.status_code in (303, 307):
            answers[f"{name} leads to"] = answer.headers["location"]
    return answers


def main():
    """Print everything that was answered."""
    configure()
    from airflow.api_fastapi.app import create_app
    from fastapi.testclient import TestClient

    http = TestClient(create_app(), base_url="http://localhost:8080", follow_redirects=False)
    tokens, wrong_password = fab_tokens(http) if MANAGER == "fab" else simple_tokens(http)
    announce_report()
    answers = {user: ask(http, token, user) for user, token in tokens.items()}
    admin = {"Authorization": f"Bearer {tokens['ada']}"} if MANAGER == "simple" else {}
    plugins = http.get("/api/v2/plugins", headers=admin).json().get("plugins", [])
    views = [view for plugin in plugins if plugin["name"] == "corpus_audit_review" for view in plugin["external_views"]]
    print(  # noqa: T201 - what the test reads
        json.dumps(
            {
                "wrong password": wrong_password,
                "unknown": ask(http, None),
                "forged": ask(http, "not.a.token"),
                "users": answers,
                "views": {view["name"]: [view["destination"], view["href"]] for view in views},
            }
        )
    )


main()
