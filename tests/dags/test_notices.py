"""Notices by webhook: posted to the address of an Airflow connection, with its token and nothing of the data."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

pytestmark = pytest.mark.airflow


@pytest.fixture
def receiver():
    """Return a server that keeps what is posted to it."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.received.append((self.headers["Authorization"], json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.received = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_rejection_and_a_missed_deadline_are_posted(airflow, receiver):
    connection = {
        "conn_type": "http",
        "schema": "http",
        "host": "127.0.0.1",
        "port": receiver.server_port,
        "password": "a-token",
    }
    program = Path(__file__).with_name("post_notices.py")
    done = airflow.run("python", program, NOTICE_CONNECTION=json.dumps(connection))
    assert done.returncode == 0, done.stderr
    run = {"dag_id": "audit_news", "run_id": "r1"}
    assert receiver.received == [
        ("Bearer a-token", run | {"message": "The audit was rejected."}),
        ("Bearer a-token", run | {"message": "The audit is not done within its deadline."}),
    ]
