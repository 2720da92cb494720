"""What is stated to a person who asked: where they are, what was not looked at, and what was done."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus_audit.pipeline.conclusion import conclude_now
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.people_withdrawn import withdrawals, withdrawals_in
from corpus_audit.pipeline.tracing.audits import TracedAudit
from corpus_audit.pipeline.tracing.people import PersonTrace
from corpus_audit.pipeline.verification import require_intact
from corpus_audit.store import read_json

_SEARCHED = ("ingest", "measure", "deduplicate")


def state(store: Path, subject_id: str | None, found: PersonTrace, context: RunContext) -> Mapping[str, Any]:
    """Return a statement about a person as JSON has it; *subject_id* is None where a value was looked for.

    It names no other person, and never the value. Raises StoreError when an audit is not as its stages left it: then
    nothing is stated.
    """
    for traced in found.audits:
        if traced.is_measured:
            require_intact(traced.audit, _SEARCHED)
    marked = [entry for entry in withdrawals(store) if entry.finding_id == subject_id]
    return {
        "asked_by": "value" if subject_id is None else "subject_id",
        "subject_id": subject_id,
        "stated_at": context.clock().replace(microsecond=0).isoformat(),
        "made_with": f"corpus-audit {version('corpus-audit')}",
        "records": [_record(place, subject_id) for place in map(vars, found.places)],
        "records_not_named": found.left,
        "audits": [_audit(traced) for traced in found.audits],
        "withdrawals": [
            {name: getattr(entry, name) for name in ("sequence", "decided_at", "dataset_id", "reason", "sha256")}
            for entry in marked
        ],
        "datasets_now": [_now(traced, subject_id, found, context) for traced in _latest(found)],
    }


def _record(place: Mapping[str, Any], subject_id: str | None) -> dict[str, Any]:
    names = ("dataset_id", "version", "record_id", "source_id", "file", "row", "audits", "bundles")
    trained = ("models", "models_of_others")
    copies = place["copies"]
    return {name: place[name] for name in names + trained} | {
        "license": place["license_expression"],
        "consent": place["consent"].get(subject_id, "not-recorded"),
        "copies": None if copies is None else [copy.record_id for copy in copies],
        "copies_not_named": place["copies_left"],
    }


def _audit(traced: TracedAudit) -> dict[str, Any]:
    names = ("dataset_id", "version", "started_at", "rows_unread", "files_unread", "detectors_off")
    return {"audit_id": traced.audit_id, "is_looked_through": traced.is_measured} | {
        name: getattr(traced, name) for name in names
    }


def _latest(found: PersonTrace) -> list[TracedAudit]:
    """Return the latest audit that was looked through of each dataset that the person was found in."""
    latest: dict[str, TracedAudit] = {}
    for traced in found.audits:
        if traced.is_measured and traced.dataset_id in found.datasets:
            latest.setdefault(traced.dataset_id, traced)
    return list(latest.values())


def _now(traced: TracedAudit, subject_id: str | None, found: PersonTrace, context: RunContext) -> dict[str, Any]:
    """Return how the latest audit of a dataset stands: the records that name the person there, and its verdict."""
    records = sum(traced.audit_id in place.audits for place in found.places)
    is_marked = subject_id in {entry.finding_id for entry in withdrawals_in(traced.audit)}
    verdict = None
    if traced.audit.marker("evaluate") is not None:
        conclude_now(traced.audit, context=context)
        verdict = read_json(traced.audit.folder("conclude") / "verdict.json")["verdict"]
    return {
        "dataset_id": traced.dataset_id,
        "audit_id": traced.audit_id,
        "records": records,
        "counts_as_withdrawn": is_marked,
        "verdict": verdict,
    }
