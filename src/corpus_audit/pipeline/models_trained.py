"""Models that were trained on audited data, as the ledger holds it: noted by a gate or by a person, never guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from corpus_audit.errors import DecisionError, Refusal
from corpus_audit.ledger import Decision, Entry, has_ledger, open_ledger
from corpus_audit.pipeline.report import report_digest
from corpus_audit.schemas.marking import _
from corpus_audit.store import AuditFolder, Store
from corpus_audit.store.identity import read_identity
from corpus_audit.vocabulary import DecisionAction, DecisionScope, Role

_PERSONAL = _("The name of the model holds personal information or a secret: give the model's own name and version.")


class Training(NamedTuple):
    """A model that was trained on what an audit of a dataset looked at; the audit may be gone."""

    dataset_id: str
    audit_id: str
    model: str


def note_training(audit: AuditFolder, model: str, author: str, run: str = "") -> Entry:
    """Return the entry of the ledger that a model is trained on what an audit looked at, with its report's digest.

    *run* is the address of the training run. What is noted already is not noted twice. Raises DecisionError for a name
    or an address that is none, or a name that holds personal information: an entry of the ledger stays for ever, and
    every trace shows it. Raises StoreError where the audit has no report.
    """
    store, model = audit.store, model.strip()
    if _masks(store, [model]):
        raise DecisionError(Refusal(_PERSONAL))
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


def trainings(store: Path) -> tuple[Training, ...]:
    """Return what the ledger of a store says was trained, sorted; the address of a run stays in the ledger.

    Personal information in a name, as older entries may hold, is masked.
    """
    entries = without_personal_names(store, _entries(store))
    return tuple(sorted({Training(one.dataset_id, one.audit_id, one.reason) for one in entries}))


def without_personal_names(store: Path, entries: Iterable[Entry]) -> list[Entry]:
    """Return entries as they are shown: the name of a model, which no person wrote for others to read, is masked."""
    shown = list(entries)
    masks = _masks(store, {one.reason for one in shown if one.action == DecisionAction.TRAIN})
    return [
        replace(one, reason=masks[one.reason]) if one.action == DecisionAction.TRAIN and one.reason in masks else one
        for one in shown
    ]


def _masks(store: Path, models: Iterable[str]) -> Mapping[str, str]:
    """Return the names of models that hold personal information, and what is shown of each."""
    from corpus_audit.measure.masking import keyed_masker

    return keyed_masker(lambda: Store(store).key()).masks(models)


def _entries(store: Path) -> list[Entry]:
    if not has_ledger(store):
        return []
    return open_ledger(store).entries(action=str(DecisionAction.TRAIN))
