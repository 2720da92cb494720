"""A training task notes its model by what a gate passed on, wherever the store is."""

import pytest

pytestmark = pytest.mark.airflow


def test_the_audit_of_a_report_in_a_bucket_is_noted(monkeypatch):
    from corpus_audit.pipeline import models_trained
    from corpus_audit_airflow import audit_places
    from corpus_audit_airflow.training import note_training

    asked = []
    monkeypatch.setattr(models_trained, "note_training", lambda *_arguments: None)
    monkeypatch.setattr(audit_places, "folder_of", asked.append)
    for report in ("s3://b/p/audits/songs-1/report/0a1b/report.html", "/data/audits/audits/songs-1/report/report.html"):
        note_training({"audit_id": "songs-1", "report": report}, model="tales-7b")
    assert asked == ["s3://b/p/audits/songs-1", "/data/audits/audits/songs-1"]
