"""The corpus that each spec of exclusions adds its rows to."""

import pytest

from spec.evidence.small_corpus import SmallCorpus


@pytest.fixture
def corpus(tmp_path):
    """Return a corpus for commercial training, with a source that permits it and one that does not."""
    corpus = SmallCorpus(tmp_path)
    corpus.dataset = {"intended_uses": ["commercial-training"], "issuer": "The Audited"}
    corpus.source("bound", license_declared="CC-BY-NC-4.0")
    corpus.source("free", license_declared="MIT")
    corpus.source("public", license_declared="CC0-1.0")
    return corpus
