"""The review pages of one person on their own machine: the token, the session, and the command that serves them."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from corpus_audit.errors import StoreError
from corpus_audit.review.web.standalone import create_standalone
from corpus_audit.vocabulary import Role
from integration.review_client import message_of


def test_a_session_takes_the_token_and_ends_with_logging_out(store: Path) -> None:
    app, token = create_standalone(store, "Ann", Role.STEWARD)
    http = TestClient(app, follow_redirects=False)
    assert http.get("/").status_code == 401
    wrong = http.post("/login", data={"token": "wrong"})
    assert wrong.status_code == 401
    assert "not the token" in message_of(wrong)
    assert not http.cookies
    assert http.post("/login", data={"token": token}).status_code == 303
    assert "Ann" in http.get("/").text
    assert http.post("/logout").status_code == 403
    assert http.get("/").status_code == 200
    kept, form = dict(http.cookies), re.search(r'name="csrf_token" value="([^"]+)"', http.get("/").text)
    assert form
    assert http.post("/logout", data={"csrf_token": form[1]}).status_code == 303
    assert TestClient(app, cookies=kept).get("/").status_code == 401


@pytest.mark.parametrize("session", ["", "x", "9999999999.", "9999999999.0000", "1.2.3"])
def test_a_forged_session_opens_nothing(store: Path, session: str) -> None:
    app, _token = create_standalone(store, "Ann", Role.STEWARD)
    assert TestClient(app, cookies={"corpus_audit_session": session}).get("/").status_code == 401


def test_a_session_of_another_run_opens_nothing(store: Path) -> None:
    first, token = create_standalone(store, "Ann", Role.STEWARD)
    http = TestClient(first, follow_redirects=False)
    http.post("/login", data={"token": token})
    second, _token = create_standalone(store, "Ann", Role.STEWARD)
    assert TestClient(second, cookies=dict(http.cookies)).get("/").status_code == 401


def test_a_folder_without_audits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no audit"):
        create_standalone(tmp_path, "Ann", Role.STEWARD)


def test_serve_prints_its_token_once_and_answers_on_this_machine_only(store: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "corpus_audit.cli",
        "serve",
        "--name",
        "Ann",
        "--store",
        str(store),
        "--port",
        "8797",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            printed = server.stdout.readline()
            found = re.fullmatch(r"(http://127\.0\.0\.1:8797/)   token: (\S+)\n", printed)
            assert found, printed
            transport = httpx.HTTPTransport(retries=20)
            with httpx.Client(base_url=found[1], transport=transport, follow_redirects=True) as http:
                assert http.get("/").status_code == 401
                assert "Audits" in http.post("/login", data={"token": found[2]}).text
        finally:
            server.terminate()
        assert found[2] not in server.stdout.read()
