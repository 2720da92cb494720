"""Who may open what: every page of the review app, for every role and for nobody."""

from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest
from fastapi.routing import APIRoute

from corpus_audit import schemas
from corpus_audit.ledger import Reads
from corpus_audit.review.access import GRANTED
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import Role
from integration.review_client import ReviewClient

ROLES = [*Role, "steward+reveal", "admin+reveal", "auditor+reveal", "regulator+reveal"]
STAFF = {"auditor", "steward", "admin", "steward+reveal", "admin+reveal", "auditor+reveal"}
STEWARDS = {"steward", "steward+reveal"}
BUILDERS = {"steward", "admin", "steward+reveal", "admin+reveal"}

ALLOWED = {
    "audits": set(ROLES),
    "audit": STAFF,
    "report": set(ROLES),
    "report_page": set(ROLES),
    "decide": STEWARDS,
    "comment": STAFF,
    "decisions": STAFF,
    "attachment": STAFF,
    "statements": STAFF,
    "state": STEWARDS,
    "finding": STAFF,
    "record": STAFF,
    "reveal": {"steward+reveal", "admin+reveal"},
    "copies": STAFF,
    "overlaps": STAFF,
    "pairs": STAFF,
    "history": STAFF,
    "references": STAFF,
    "works": STAFF,
    "exports": set(ROLES),
    "bundle": set(ROLES),
    "build": BUILDERS,
    "run": STAFF,
    "trace": STAFF,
    "look_for": STAFF,
}
"""For every page, who may open it. A regulator who may open one still sees nothing that was not approved."""

PUBLIC = {"style", "script"}


def _request(page: str, audit: AuditFolder) -> dict[str, Any]:
    """Return what a page is sent: values of its path, query and form that fit the finished audit."""
    findings = audit.read("evaluate", schemas.FINDINGS)
    personal = findings.filter(pc.equal(findings["rule_id"], "baseline.personal-information-not-contradicted"))
    finding = personal["finding_id"][0].as_py()
    pair = audit.read("deduplicate", schemas.PAIRS).to_pylist()[0]
    asked = {
        "finding": {"path": {"finding_id": finding}},
        "report_page": {"path": {"page": "report.html"}},
        "record": {"query": {"record": pair["record_a"]}},
        "copies": {"query": {"a": pair["record_a"], "b": pair["record_b"]}},
        "pairs": {"query": {"a": "open", "b": "restricted"}},
        "history": {"query": {"dataset": "small"}},
        "look_for": {"form": {"text": "words that no record holds", "reason": "the author asked"}},
        "run": {"query": {"dag_id": "d", "run_id": "r"}},
        "attachment": {"path": {"sha256": "0" * 64}},
        "state": {"form": {"people|collector": "Contoso", "reason": "The contract says so."}},
        "decide": {"form": {"action": "remediate", "scope": "finding", "finding": finding, "reason": "mend it"}},
        "comment": {"form": {"action": "comment", "scope": "audit", "reason": "seen"}},
        "reveal": {"form": {"record": pair["record_a"], "finding": finding, "reason": "to tell whose address it is"}},
    }
    return asked.get(page, {})


def _routes(client: ReviewClient) -> dict[str, APIRoute]:
    return {route.name: route for route in client.app.routes if isinstance(route, APIRoute)}


def _ask(client: ReviewClient, role: str, page: str, audit: AuditFolder) -> Any:
    route, request = _routes(client)[page], _request(page, audit)
    names = {"audit_id": audit.audit_id} | request.get("path", {})
    path = client.app.url_path_for(page, **{name: names[name] for name in route.param_convertors})
    if "GET" in route.methods:
        return client.get(role, path, **request.get("query", {}))
    return client.post(role, path, request.get("form", {}))


def test_every_page_is_in_the_table(store: Path) -> None:
    assert set(_routes(ReviewClient(store))) == set(ALLOWED) | PUBLIC


def test_every_role_has_permissions() -> None:
    assert set(GRANTED) == set(Role)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_pages_and_no_others(store: Path, audited: AuditFolder, role: str) -> None:
    client = ReviewClient(store)
    opened = set()
    for page in ALLOWED:
        answer = _ask(client, role, page, audited)
        assert answer.status_code in {200, 303, 403, 404, 409}, (page, answer.text)
        if answer.status_code != 403:
            opened.add(page)
        else:
            assert "may not do this" in answer.text
    assert opened == {page for page, roles in ALLOWED.items() if role in roles}


def test_nobody_opens_anything_without_logging_in(store: Path, audited: AuditFolder) -> None:
    client = ReviewClient(store)
    for page in ALLOWED:
        assert _ask(client, "", page, audited).status_code == 401, page


def test_pages_that_are_read_change_nothing_but_the_log_of_reading(store: Path, audited: AuditFolder) -> None:
    client = ReviewClient(store)
    for page, route in _routes(client).items():
        if page not in PUBLIC and "GET" in route.methods:
            _ask(client, "steward+reveal", page, audited)
    ledger = client.app.state.desk.ledger
    assert ledger.entries() == []
    read = [entry.reason for entry in ledger.entries(reads=Reads.ONLY)]
    assert [reason.split()[0] for reason in read] == ["Report", "Finding", "Record", "Records"]
    assert ledger.count(reads=Reads.WITH, author="the steward", audit_id=audited.audit_id) == len(read)
    assert not (store / "bundles").exists()


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def test_every_method_of_every_page_is_denied_unless_it_is_the_pages_own(store: Path, audited: AuditFolder) -> None:
    client = ReviewClient(store)
    for page, route in _routes(client).items():
        names = {"audit_id": audited.audit_id} | _request(page, audited).get("path", {})
        path = client.app.url_path_for(page, **{name: names[name] for name in route.param_convertors})
        shared = {m for other in _routes(client).values() if other.path == route.path for m in other.methods or ()}
        for method in METHODS:
            for role in ("", *ROLES):
                answer = client.http.request(method, path, headers={"person": role})
                if method not in shared:
                    assert answer.status_code == 405, (page, method, role)
                elif page not in PUBLIC and not role:
                    assert answer.status_code == 401, (page, method)
                elif method != "GET" and page not in PUBLIC:
                    assert answer.status_code == 403, "a form without a token of this person changes nothing"
