"""The corpus that each spec of an evidence table adds its rows to."""

import pytest

from spec.evidence.small_corpus import SmallCorpus


@pytest.fixture
def corpus(tmp_path):
    """Return an empty corpus to add rows to."""
    return SmallCorpus(tmp_path)
