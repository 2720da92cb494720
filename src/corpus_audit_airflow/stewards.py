"""The people who may answer what a DAG asks, and the answers."""

import os
from typing import Any

from airflow.sdk.exceptions import AirflowFailException

APPROVE, REJECT = "Approve", "Reject"
STEWARDS = [name for name in os.environ.get("CORPUS_AUDIT_STEWARDS", "").split(",") if name]
"""Airflow users who may answer; if none is named, every user whom Airflow allows to answer required actions."""


def assigned_users() -> Any:
    """Return the assignees of a required action as Airflow takes them; None for everyone."""
    return [{"id": name, "name": name} for name in STEWARDS] or None


def refuse_others(author: str) -> None:
    """Raise AirflowFailException for an answer of a user who is no steward."""
    if STEWARDS and author not in STEWARDS:
        message = "The user who answered is not in CORPUS_AUDIT_STEWARDS: clear 'ask', and answer again."
        raise AirflowFailException(message)
