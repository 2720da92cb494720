"""Shared resources of all pages: one store, its ledger, its list of audits, and the signing key of bundles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus_audit.errors import StoreError
from corpus_audit.ledger import Approval, DecisionRequest, Entry, Ledger, format_time, open_ledger
from corpus_audit.ledger.decide import prepare
from corpus_audit.ledger.decision import check_decision
from corpus_audit.ledger.ledger import provisional_entries
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.conclude import verdict_with
from corpus_audit.pipeline.current import approval_now, bring_up_to_date, is_reported, record_decision
from corpus_audit.pipeline.models_trained import without_personal_names
from corpus_audit.pipeline.verification import require_intact
from corpus_audit.review.access import Permission, Person
from corpus_audit.review.access_log import AccessLog
from corpus_audit.review.index import AuditIndex, ListedAudit
from corpus_audit.review.publication import Published, approved_bundle
from corpus_audit.store import AuditFolder, Clock, Store, utc_now
from corpus_audit.vocabulary import Verdict


class NoSuchAuditError(StoreError):
    """No audit has that id, or this person may not see it: both give the same message."""

    def __init__(self) -> None:
        super().__init__("There is no audit of this id here. Open it from the list of audits.")


@dataclass(frozen=True)
class ReviewService:
    """One store as seen by the pages. Requested names are looked up; none is used as a path."""

    store: Path
    signing_key: Path | None = None
    clock: Clock = utc_now

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger of the store."""
        return open_ledger(self.store, clock=self.clock)

    @cached_property
    def access(self) -> AccessLog:
        """The log of who read what."""
        return AccessLog(self.ledger)

    @cached_property
    def index(self) -> AuditIndex:
        """The list of the store's audits."""
        return AuditIndex(self.store, self.ledger)

    @property
    def now(self) -> str:
        """The moment, as the ledger writes it."""
        return format_time(self.clock())

    def open(self, audit_id: str, person: Person) -> tuple[AuditFolder, ListedAudit]:
        """Return a finished audit that a person may see; raises NoSuchAuditError."""
        listed = self.index.get(audit_id)
        if listed is None or not listed.verdict:
            raise NoSuchAuditError
        audit = self.folder(audit_id)
        if person.may(Permission.READ_AUDITS):
            listed = self._brought_up_to_date(audit, listed)
        if not person.may(Permission.READ_AUDITS) and self.approved(audit, listed) is None:
            raise NoSuchAuditError
        return audit, listed

    def approval(self, audit: AuditFolder, listed: ListedAudit) -> Approval:
        """Return how far the report of an audit is approved."""
        return approval_now(audit, self.entries(listed), context=self.context)

    def approved(self, audit: AuditFolder, listed: ListedAudit) -> Published | None:
        """Return the approved bundle of an audit, which is all that a regulator sees of it; None when there is none."""
        if not listed.is_current:
            return None
        return approved_bundle(audit, self.approval(audit, listed), self.signing_key)

    def _brought_up_to_date(self, audit: AuditFolder, listed: ListedAudit) -> ListedAudit:
        """Return the listing of an audit whose verdict and report are of now; raises StoreError for a damaged one."""
        if listed.is_current and is_reported(audit):
            require_intact(audit)
            return listed
        bring_up_to_date(audit, context=self.context)
        return self.index.get(audit.audit_id) or listed

    def entries(self, listed: ListedAudit) -> list[Entry]:
        """Return everything the ledger holds about an audit's dataset as it is shown, oldest first."""
        return without_personal_names(self.store, self.ledger.entries(dataset_id=listed.dataset_id))

    def preview(self, audit: AuditFolder, judgement: DecisionRequest, findings: Sequence[str]) -> Verdict:
        """Return the verdict that a judgement would lead to; raises DecisionError with everything wrong with it."""
        decisions, now = prepare(audit, judgement, findings), self.clock()
        for decision in decisions:
            check_decision(decision, now)
        return verdict_with(audit, provisional_entries(decisions, now), context=self.context)

    def record(
        self, audit: AuditFolder, judgement: DecisionRequest, findings: Sequence[str] = (), sources: Sequence[str] = ()
    ) -> list[Entry]:
        """Return the entries that a judgement became; a verdict that could not follow yet is shown as such.

        Raises BundleError for an approval that no key could sign.
        """
        key = self.signing_key
        recorded = record_decision(
            self.ledger, audit, judgement, findings, sources, signing_key=key, context=self.context
        )
        return list(recorded.entries)

    @property
    def context(self) -> RunContext:
        """How the pages run stages: by this service's clock."""
        return RunContext(clock=self.clock)

    def folder(self, audit_id: str) -> AuditFolder:
        """Return the folder of an audit, without a permission check; raises NoSuchAuditError."""
        try:
            return Store(self.store).open_audit(audit_id)
        except StoreError:
            raise NoSuchAuditError from None  # its message lists all audits
