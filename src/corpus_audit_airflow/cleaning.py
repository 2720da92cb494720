"""What a cleaning is asked to do: its parameters, and how they are read."""

from pathlib import Path
from typing import Any

from airflow.sdk import Param, get_current_context

from corpus_audit_airflow.connections import CONNECTION

CLEAN_PARAMS = {
    "audit": Param(
        type="string",
        title="Audit",
        description="Folder of the audit, as the workers see it.",
        pattern="^/.",
    ),
    "output": Param(
        type="string",
        title="Folder to write",
        description="Absolute path of a folder that is not there yet, shared by all workers.",
        pattern="^/.",
    ),
    "policy": Param(
        None,
        type=["null", "string"],
        title="Exclusion policy",
        description="Absolute path of a YAML file that says which reasons count. Empty: the default policy.",
        pattern="^/.",
    ),
    "mask": Param(
        False,
        type="boolean",
        title="Mask",
        description="Mask personal information and secrets in the records that stay.",
    ),
    "connection": CONNECTION,
}
"""Airflow makes a form of it."""


def folder() -> Any:
    """Return the folder of the audit that the run names."""
    from corpus_audit.store import AuditFolder

    return AuditFolder(Path(get_current_context()["params"]["audit"]))


def policy() -> Any:
    """Return the exclusion policy that the run names; None for the default one."""
    from corpus_audit.export.exclusions.policy import read_policy

    named = get_current_context()["params"]["policy"]
    return read_policy(Path(named)) if named else None
