"""Sign-off outside the pages: what is asked of a steward, and what becomes of the answer."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus_audit.errors import BundleError
from corpus_audit.ledger import DecisionRequest, open_ledger
from corpus_audit.pipeline import RunContext, Summary
from corpus_audit.pipeline.checkpoints import write_checkpoint
from corpus_audit.pipeline.current import current_summary, record_decision
from corpus_audit.pipeline.signing import read_signing_key, require_signing_key, signing_key
from corpus_audit.review.publication import publish
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import DecisionAction, Role

_TEXTS = ("reason", "despite")
"""What is asked beside the choice."""


def ask_about(folder: Path, context: RunContext, environ: Mapping[str, str] = os.environ) -> Summary:
    """Return the headline of the audit to be signed off, as it is now.

    Raises BundleError when no key could sign it: an approval is asked for only if its bundle can be made.
    """
    try:
        require_signing_key(signing_key(environ), environ)
    except BundleError as error:
        message = f"No approval is asked for, because it could not be signed. {error}"
        raise BundleError(message) from error
    return current_summary(AuditFolder(folder), context=context)


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
    store = audit.path.parent.parent
    ledger = open_ledger(store)
    record_decision(ledger, audit, judgement, context=context)
    if (key := signing_key()) is not None:
        write_checkpoint(store, ledger, read_signing_key(key))


def author_of(answer: Mapping[str, Any]) -> str:
    """Return the name of the user who answered; '' when it is not known."""
    return (answer["responded_by_user"] or {}).get("name") or ""


def bundle_approved(folder: Path, context: RunContext, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the signed bundle of an approved audit; raises BundleError."""
    key = require_signing_key(signing_key(environ), environ)
    return publish(AuditFolder(folder), key, context=context, environ=environ)
