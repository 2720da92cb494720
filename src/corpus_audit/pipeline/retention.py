"""Deleting an audit: recorded in the ledger first, then gone in one rename.

What the ledger, the reports of other audits and bundles that were handed out say of it stays.
"""

import contextlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from corpus_audit.errors import StoreError
from corpus_audit.pipeline.compare import COMPARED_AUDITS
from corpus_audit.pipeline.current import approval_now
from corpus_audit.pipeline.indexed_audits import forget_indexed
from corpus_audit.pipeline.reuse import forget_measured
from corpus_audit.store import AuditFolder, Store, held, read_json
from corpus_audit.store.bucket import copy_of, updating
from corpus_audit.store.bundles import BUNDLES, bundle_path, superseded_bundles
from corpus_audit.vocabulary import ApprovalState, DecisionAction, DecisionScope, Role

if TYPE_CHECKING:
    from corpus_audit.ledger import Decision, Entry, Ledger

_SHOWN = 5
_ALWAYS_LOST = (
    "Later audits are not compared with it: copies that they share with its records are not reported.",
    "Shards that only this audit measured are measured again.",
    "What the ledger holds about it stays, and bundles that were handed out still verify.",
)


@dataclass(frozen=True)
class Deleted:
    """A deleted audit: the ledger's entry, how many bundles went with it, and what is lost, as sentences."""

    entry: "Entry"
    bundles: int
    losses: tuple[str, ...]


def delete_audit(
    ledger: "Ledger",
    audit: AuditFolder,
    reason: str,
    author: str,
    *,
    even_if_compared: bool = False,
    even_if_approved: bool = False,
) -> Deleted:
    """Delete an audit and its bundles, once the ledger says who did it and why.

    Raises StoreError when a process is at work on it, when other audits refer to it and not *even_if_compared*, or when
    it is approved or has a bundle and not *even_if_approved*; DecisionError when the reason or the author is missing.
    """
    store = audit.store
    aside = store / f".deleted-{audit.audit_id}-{uuid4().hex[:8]}"
    with contextlib.ExitStack() as at_work:
        # No audit begins to refer to this one meanwhile, and no process is at work on it.
        others = contextlib.ExitStack()
        at_work.enter_context(others).enter_context(held(audit.path.parent))
        at_work.enter_context(held(audit.path, waits=False))
        references, bundles = _references(audit), _bundles(audit)
        if references and not even_if_compared:
            message = f"Nothing was deleted. {' '.join(references)} --even-if-compared deletes it all the same."
            raise StoreError(message)
        if (bundles or _is_approved(audit)) and not even_if_approved:
            message = (
                "Nothing was deleted: the audit is approved, or the store holds a bundle of it. --even-if-approved "
                "deletes both; bundles that were handed out still verify."
            )
            raise StoreError(message)
        (entry,) = ledger.append([_record(audit, reason, author)])
        with updating(store, BUNDLES):
            for path in bundles:
                path.unlink(missing_ok=True)
        if (mirror := copy_of(store)) is not None:
            mirror.delete_audit(audit.audit_id)
        audit.path.rename(aside)
        others.close()
        shutil.rmtree(aside)
    forget_measured(store, audit.audit_id)
    forget_indexed(store, lambda indexed: indexed.audit_id == audit.audit_id)
    return Deleted(entry, len(bundles), (*references, *_ALWAYS_LOST))


def _references(audit: AuditFolder) -> tuple[str, ...]:
    """Return what other audits of the store lose with this one, as sentences."""
    dataset_id, started_at = _begun(audit)
    others = [other for other in Store(audit.store).audit_ids() if other != audit.audit_id]
    folders = [AuditFolder(audit.path.parent / other) for other in others]

    def is_later(other: AuditFolder) -> bool:
        dataset, started = _begun(other)
        return dataset == dataset_id and started > started_at and other.marker("report") is not None

    sentences: Sequence[tuple[str, Callable[[AuditFolder], bool]]] = (
        (
            "Compared with it: {}. The copies they share stay in their reports, and cannot be looked at again.",
            lambda other: _is_compared(other, audit) and other.marker("compare") is not None,
        ),
        (
            "To be compared with it, and not done yet: {}.",
            lambda other: _is_compared(other, audit) and other.marker("compare") is None,
        ),
        ("In the history of: {}. Their reports are made again without it, which voids their approvals.", is_later),
    )
    named = ((text, [other.audit_id for other in folders if _holds(concerns, other)]) for text, concerns in sentences)
    return tuple(text.format(_listed(names)) for text, names in named if names)


def _holds(condition: Callable[[AuditFolder], bool], audit: AuditFolder) -> bool:
    """Return the answer of a condition, False where a damaged audit gives none: it cannot be used as it is."""
    with contextlib.suppress(StoreError):
        return condition(audit)
    return False


def _is_compared(other: AuditFolder, audit: AuditFolder) -> bool:
    path = other.path / COMPARED_AUDITS
    return path.is_file() and audit.audit_id in read_json(path)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _begun(audit: AuditFolder) -> tuple[str, str]:
    """Return an audit's dataset and when it began; not by read_identity, which refuses those of other versions."""
    stored = read_json(audit.path / "audit.json")
    return str(stored.get("dataset_id", "")), str(stored.get("started_at", ""))


def _bundles(audit: AuditFolder) -> list[Path]:
    last = bundle_path(audit)
    return [*([last] if last.is_file() else []), *superseded_bundles(audit)]


def _is_approved(audit: AuditFolder) -> bool:
    with contextlib.suppress(StoreError):  # damaged, or of another version: no report of it can be approved now
        return approval_now(audit).state in (ApprovalState.APPROVED, ApprovalState.WAITING)
    return False


def _record(audit: AuditFolder, reason: str, author: str) -> "Decision":
    from corpus_audit.ledger import Decision

    return Decision(
        action=DecisionAction.DELETE,
        scope=DecisionScope.AUDIT,
        dataset_id=_begun(audit)[0],
        audit_id=audit.audit_id,
        reason=reason,
        author=author,
        role=Role.ADMIN,
        evidence_sha256=_report_digest(audit),
    )


def _report_digest(audit: AuditFolder) -> str:
    """Return the digest of the report that is deleted; '' where there is none."""
    with contextlib.suppress(StoreError):
        return audit.outputs_digest("report")
    return ""
