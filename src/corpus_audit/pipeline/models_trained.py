"""Models that were trained on audited data, as the ledger holds it: noted by a gate or by a person, never guessed."""

from collections.abc import Mapping
from pathlib import Path

from corpus_audit.ledger import Decision, Entry, database_url, has_ledger, open_ledger
from corpus_audit.pipeline.report import report_digest
from corpus_audit.store import AuditFolder
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import DecisionAction, DecisionScope, Role


def note_training(audit: AuditFolder, model: str, author: str, run: str = "") -> Entry:
    """Return the entry of the ledger that a model is trained on what an audit looked at, with its report's digest.

    *run* is the address of the training run. What is noted already is not noted twice. Raises DecisionError for a name
    or an address that is none, StoreError where the audit has no report.
    """
    store, model = audit.store, model.strip()
    digest = report_digest(audit)
    for entry in _entries(store):
        if (entry.audit_id, entry.reason, entry.evidence_link) == (audit.audit_id, model, run):
            return entry
    decision = Decision(
        action=DecisionAction.TRAIN,
        scope=DecisionScope.AUDIT,
        dataset_id=read_identity(audit).dataset_id,
        audit_id=audit.audit_id,
        reason=model,
        author=author,
        role=Role.AUDITOR,
        evidence_sha256=digest,
        evidence_link=run,
    )
    return open_ledger(store).append([decision])[0]


def models_trained(store: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the models that were trained on what each audit of a store looked at, sorted, by the audit's id."""
    found: dict[str, set[str]] = {}
    for entry in _entries(store):
        named = f"{entry.reason} ({entry.evidence_link})" if entry.evidence_link else entry.reason
        found.setdefault(entry.audit_id, set()).add(named)
    return {audit_id: tuple(sorted(models)) for audit_id, models in found.items()}


def _entries(store: Path) -> list[Entry]:
    if not has_ledger(database_url(store)):
        return []
    return open_ledger(store).entries(action=str(DecisionAction.TRAIN))
