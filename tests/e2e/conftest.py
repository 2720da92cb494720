"""Fixtures of the end-to-end tests."""

from pathlib import Path

import pytest

from e2e.small_corpus import write_corpus


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A small corpus with copies, a conflict of terms, personal information, a bad row and an undeclared file."""
    return write_corpus(tmp_path / "corpus")
