"""Python runs this where it starts: what loads Airflow or the program is forked from ``preloaded.py`` instead."""

import os
import pickle
import socket
import struct
import sys
from pathlib import Path

PROGRAMS = (
    "airflow",
    "airflow_in_turn.py",
    "corpus-audit",
    "ask_review_plugin.py",
    "describe_dags.py",
    "post_notices.py",
)
ADDRESS = "CORPUS_AUDIT_TEST_PRELOADED"
"""The variable that says where to ask; this file does nothing without it."""
LOADED = (
    *("a2wsgi", "alembic.command", "cadwyn", "croniter", "cryptography.fernet", "email_validator", "fastapi", "httpx"),
    *("libcst", "pendulum", "pydantic_settings", "sqlalchemy.orm", "structlog", "upath"),
)
"""What Airflow imports that takes long and reads none of its settings."""


def run_forked(address: str) -> int:
    """Return the exit code of the process that does what this one was started for."""
    request = {
        "kind": "program",
        "arguments": (str(Path(sys.argv[0]).absolute()), *sys.argv[1:]),
        "folder": str(Path.cwd()),
        "environment": {name: value for name, value in os.environ.items() if name != ADDRESS},
        "path": sys.path,
        "load": LOADED,
    }
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
        server.connect(f"\0{address}")
        socket.send_fds(server, [pickle.dumps(request)], [1, 2])
        (_, code) = (struct.unpack("=q", server.recv(8))[0] for _ in range(2))
    return int(code) if code >= 0 else 128 - int(code)


if sys.argv and Path(sys.argv[0]).name in PROGRAMS and (address := os.environ.get(ADDRESS)):
    os._exit(run_forked(address))
