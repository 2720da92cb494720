"""The file in plugins/ brings the review pages only where no installed package does."""

import importlib.metadata
import runpy

import pytest

from dags.embedded_airflow import REPOSITORY

FILE = REPOSITORY / "plugins" / "corpus_audit_review.py"


def test_an_installed_package_brings_the_pages_itself() -> None:
    assert "CorpusAuditReviewPlugin" not in runpy.run_path(str(FILE))


@pytest.mark.airflow
def test_a_package_that_is_only_on_the_path_has_them_from_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: ())
    assert runpy.run_path(str(FILE))["CorpusAuditReviewPlugin"].name == "corpus_audit_review"
