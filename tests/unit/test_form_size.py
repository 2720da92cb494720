"""A body that is too large is refused before it is parsed, on every page that takes a form, without a login."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from corpus_audit.review.web.body_limit import LARGEST_FORM
from corpus_audit.review.web.standalone import create_standalone
from corpus_audit.vocabulary import Role

CHUNK = b"0" * 2**20
PART = b'--part\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    store = tmp_path_factory.mktemp("store")
    (store / "audits").mkdir()
    return create_standalone(store, "One", Role.STEWARD)[0]


def send_endless(app: FastAPI, path: str, declared: int | None) -> tuple[int, int]:
    """Send a form without an end or a login; return the status and how many bytes the app took."""
    headers = [(b"content-type", b"multipart/form-data; boundary=part"), (b"host", b"localhost")]
    if declared is not None:
        headers.append((b"content-length", str(declared).encode()))
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers, "root_path": ""}
    taken: list[int] = []
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        chunk = CHUNK if taken else PART
        taken.append(len(chunk))
        assert len(taken) < 20, "The body is read without a limit."
        return {"type": "http.request", "body": chunk, "more_body": True}

    async def respond(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    asyncio.run(app(scope | {"scheme": "http", "server": ("localhost", 80)}, receive, respond))
    return statuses[0], sum(taken)


def test_no_page_reads_more_than_a_form_may_hold(app: FastAPI) -> None:
    pages = [route.path for route in app.routes if isinstance(route, APIRoute) and "POST" in route.methods]
    assert {"/login", "/audits/{audit_id}/decisions", "/audits/{audit_id}/statements"} <= set(pages)
    for page in pages:
        path = page.replace("{audit_id}", "d-1")
        assert send_endless(app, path, LARGEST_FORM + 1) in {(413, 0), (401, 0)}, page
        status, taken = send_endless(app, path, None)
        assert status in {413, 401}, page
        assert taken <= LARGEST_FORM + 2 * len(CHUNK), page


def test_a_size_that_is_said_wrongly_is_counted(app: FastAPI) -> None:
    assert send_endless(app, "/login", 5)[0] == 413


def test_a_small_form_without_a_size_is_read(tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    (tmp_path / "audits").mkdir()
    app, token = create_standalone(tmp_path, "One", Role.STEWARD)
    sent = TestClient(app, follow_redirects=False).post(
        "/login",
        content=iter([f"token={token}".encode()]),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert sent.status_code == 303
