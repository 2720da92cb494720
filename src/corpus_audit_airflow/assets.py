"""Assets of datasets: one that every audit updates, and one that only an approval updates.

A DAG that trains is scheduled on the second. Events carry which audit it was, its verdict, and its approval.
"""

import os
from typing import Any
from urllib.parse import quote

from airflow.sdk import Asset, AssetAlias

from corpus_audit_airflow.telemetry import reading_context

REPORT = Asset(name="audit_report", group="corpus-audit")
SCHEME = "corpus-audit"
DATASETS = AssetAlias(name="corpus_audit_datasets", group="corpus-audit")
"""What tasks name whose dataset is known only when they run: they add the dataset's own asset to it."""


def audited_dataset(dataset: str, store: str | None = None) -> Asset:
    """Return the asset that every audit of a dataset updates, whatever its verdict.

    *dataset* is the id in the manifest, *store* the folder or address of the audits, by default
    ``CORPUS_AUDIT_STORE``.
    """
    return Asset(uri=_address(dataset, store), group="corpus-audit")


def approved_dataset(dataset: str, store: str | None = None) -> Asset:
    """Return the asset that is updated when a steward approved an audit of a dataset, and at no other time."""
    return Asset(uri=f"{_address(dataset, store)}/approved", group="corpus-audit")


def _address(dataset: str, store: str | None) -> str:
    place = store or os.environ.get("CORPUS_AUDIT_STORE", "")
    scheme, is_address, below = place.partition("://")
    if not (place.startswith("/") or is_address):
        message = (
            "Name the store by the absolute path of its folder, or by its address: give 'store', or set "
            "CORPUS_AUDIT_STORE."
        )
        raise ValueError(message)
    folder = f"{scheme}-bucket/{below.strip('/')}" if is_address else place.strip("/")
    return f"{SCHEME}://{quote(folder)}/{quote(dataset, safe='')}"


def announce(audit: Any, events: Any) -> dict[str, Any]:
    """Add an audit's event to the outlet events of a task with the outlet DATASETS, and return what it carries.

    The audit is concluded and checked first. The asset of approved data is updated only where the report that is there
    then is approved.
    """
    from corpus_audit.pipeline.current import approval_now, current_summary
    from corpus_audit.store.bucket import address_of
    from corpus_audit.store.identity import read_identity

    summary, approval = current_summary(audit, context=reading_context()), approval_now(audit)
    dataset, store = read_identity(audit).dataset_id, address_of(audit.store)
    carried = {
        "audit_id": summary.audit_id,
        "dataset": dataset,
        "verdict": str(summary.verdict),
        "approval": str(approval.state) or "none",
        "report": address_of(summary.report),
    }
    events[DATASETS].add(audited_dataset(dataset, store), extra=carried)
    if approval.is_valid:
        events[DATASETS].add(approved_dataset(dataset, store), extra=carried)
    return carried
