"""Fixtures of the end-to-end tests."""

from pathlib import Path

import pytest

from corpus_audit import Audit, audit
from e2e.full_corpus import write_full_corpus
from e2e.small_corpus import standing_clock, write_corpus


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A small corpus with copies, a conflict of terms, personal information, a bad row and an undeclared file."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """A finished audit of a corpus that answers what exports ask; tests read it and never change it."""
    folder = tmp_path_factory.mktemp("finished")
    return audit(write_full_corpus(folder / "corpus"), folder / "store", clock=standing_clock)
