"""Sign-off outside the pages: what is asked of a steward, and what becomes of the answer."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus_audit import schemas
from corpus_audit.errors import BundleError
from corpus_audit.ledger import DecisionRequest, open_ledger
from corpus_audit.pipeline import RunContext, Summary
from corpus_audit.pipeline.current import current_summary, record_decision
from corpus_audit.pipeline.signing import require_signing_key, signing_key
from corpus_audit.review.publication import publish
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import NOT_RECORDED, DecisionAction, ReasonCode, Role

_COUNTED = {
    ReasonCode.CRITICAL_FINDINGS: "critical",
    ReasonCode.WARNING_FINDINGS: "warning",
    ReasonCode.INFO_FINDINGS: "for information",
    ReasonCode.FINDINGS_WAIVED: "waived",
}
_TEXTS = ("reason", "despite")
"""What is asked beside the choice."""


def ask_about(folder: Path, context: RunContext, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return what the question about an audit names, as it is now: audit_id, dataset, verdict and findings.

    Raises BundleError when no key could sign it: an approval is asked for only if its bundle can be made.
    """
    try:
        require_signing_key(signing_key(environ), environ)
    except BundleError as error:
        message = f"No approval is asked for, because it could not be signed. {error}"
        raise BundleError(message) from error
    audit = AuditFolder(folder)
    summary = current_summary(audit, context=context)
    (claimed,) = audit.read("ingest", schemas.CLAIMED_DATASET).to_pylist()
    version = "version not recorded" if claimed["version"] == NOT_RECORDED else f"version {claimed['version']}"
    return {
        "audit_id": summary.audit_id,
        "dataset": f"{claimed['dataset_id']}, {version}",
        "verdict": str(summary.verdict),
        "findings": _counted(summary),
    }


def _counted(summary: Summary) -> str:
    """Return how many findings are open by severity, and how many are waived."""
    found = {reason.code: reason.count for reason in summary.reasons if reason.code in _COUNTED}
    return ", ".join(f"{found[code]} {words}" for code, words in _COUNTED.items() if code in found) or "none"


def record_answer(folder: Path, action: DecisionAction, answer: Mapping[str, Any], context: RunContext) -> None:
    """Write a steward's answer (of Airflow's required action) into the ledger.

    Raises DecisionError when there is no reason, or the report changed since the answer was given.
    """
    given = answer["params_input"] or {}
    reason, despite = (str(given.get(name) or "") for name in _TEXTS)
    judgement = DecisionRequest(
        action=action,
        reason=reason,
        author=author_of(answer),
        role=Role.STEWARD,
        # A time as it came through XCom, or as text.
        read_at=datetime.fromisoformat(str(answer["responded_at"])),
        despite=despite,
    )
    audit = AuditFolder(folder)
    record_decision(open_ledger(audit.store), audit, judgement, signing_key=signing_key(), context=context)


def author_of(answer: Mapping[str, Any]) -> str:
    """Return the name of the user who answered; '' when it is not known."""
    return (answer["responded_by_user"] or {}).get("name") or ""


def bundle_approved(folder: Path, context: RunContext, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the signed bundle of an approved audit; raises BundleError."""
    key = require_signing_key(signing_key(environ), environ)
    return publish(AuditFolder(folder), key, context=context, environ=environ)
