"""What a training task notes of the data that it trains on, so that a trace leads to its model."""

from collections.abc import Mapping


def note_training(audited: Mapping[str, str], model: str, run: str = "", author: str = "airflow") -> None:
    """Note in the ledger that a model is trained on audited data: what a gate passed on, or what an event carries."""
    from corpus_audit.pipeline.models_trained import note_training as note
    from corpus_audit_airflow.audit_places import folder_of, reported_audit

    note(folder_of(reported_audit(audited)), model, author, run)
