"""The review pages' words for stored terms, in English, marked for translation."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from corpus_audit.errors import CorpusAuditError, DecisionError, Refusal
from corpus_audit.ledger.approval import Change
from corpus_audit.report.translator import Translator
from corpus_audit.report.wording import VERDICTS
from corpus_audit.schemas.marking import _, _n
from corpus_audit.vocabulary import (
    ApprovalState,
    DecisionAction,
    DecisionScope,
    ExportName,
    FindingStatus,
    Role,
    VoidCause,
)

ACTIONS: Mapping[str, str] = {
    DecisionAction.ACCEPT_RISK: _("Accept the risk"),
    DecisionAction.FALSE_POSITIVE: _("False positive"),
    DecisionAction.REMEDIATE: _("To be mended"),
    DecisionAction.REOPEN: _("Open it again"),
    DecisionAction.EXCLUDE_SOURCE: _("Leave the source out"),
    DecisionAction.APPROVE: _("Approve the audit"),
    DecisionAction.REJECT: _("Reject the audit"),
    DecisionAction.COMMENT: _("Comment"),
    DecisionAction.REVEAL: _("Excerpt revealed"),
    DecisionAction.DELETE: _("Audit deleted"),
    DecisionAction.TRACE: _("Looked for"),
    DecisionAction.WITHDRAW_CONSENT: _("Consent withdrawn"),
    DecisionAction.SUPPLEMENT: _("Statements added"),
    DecisionAction.READ: _("Opened to read"),
    DecisionAction.TRAIN: _("Model trained on it"),
}

ROLES: Mapping[str, str] = {
    Role.AUDITOR: _("auditor"),
    Role.STEWARD: _("steward"),
    Role.REGULATOR: _("regulator"),
    Role.ADMIN: _("administrator"),
}

SCOPES: Mapping[str, str] = {
    DecisionScope.FINDING: _("finding"),
    DecisionScope.SOURCE: _("source"),
    DecisionScope.AUDIT: _("audit"),
    DecisionScope.DATASET: _("dataset"),
    DecisionScope.PERSON: _("person"),
    DecisionScope.STORE: _("all datasets"),
}

FINDING_STATUSES: Mapping[str, str] = {
    FindingStatus.ACCEPTED: _("Risk accepted"),
    FindingStatus.FALSE_POSITIVE: _("False positive"),
    FindingStatus.OPEN: _("Open"),
    FindingStatus.TO_REMEDIATE: _("To be mended"),
    FindingStatus.EXPIRED: _("Waiver expired"),
    FindingStatus.EVIDENCE_CHANGED: _("Evidence changed since"),
}

APPROVALS: Mapping[str, str] = {
    ApprovalState.NONE: _("not approved"),
    ApprovalState.WAITING: _("waiting for another steward"),
    ApprovalState.APPROVED: _("approved"),
    ApprovalState.REJECTED: _("rejected"),
    ApprovalState.VOID: _("approval void"),
}

VOID_CAUSES: Mapping[str, str] = {
    VoidCause.DECISION: _("decision {number} was recorded on {date}"),
    VoidCause.EXPIRY: _("a waiver expired on {date}"),
    VoidCause.REBUILT: _("the report was made again"),
}
"""What made an approval void or a bundle superseded."""

_AGES = (
    (365 * 24 * 3600, _n("{count} year ago", "{count} years ago")),
    (30 * 24 * 3600, _n("{count} month ago", "{count} months ago")),
    (24 * 3600, _n("{count} day ago", "{count} days ago")),
    (3600, _n("{count} hour ago", "{count} hours ago")),
    (60, _n("{count} minute ago", "{count} minutes ago")),
)


JURISDICTIONS: Mapping[str, str] = {
    "CN": _("China"),
    "EU": _("European Union"),
    "US-CA": _("California"),
}
"""Whose law asks what a rule serves."""

STATEMENT_LISTS: Mapping[str, str] = {
    "asked": _("What rules ask for"),
    ExportName.EU_SUMMARY: _("EU summary of training content"),
    ExportName.CA_3111: _("California, section 3111"),
    ExportName.CN_ASSESSMENT: _("Self-assessment for China"),
    "all": _("Every field"),
}
"""Which fields a page of open statements shows."""

REASON_TEMPLATES: tuple[str, ...] = (
    _("The rights holder permits this use in writing; the letter is linked."),
    _("Legal counsel has reviewed the terms and accepts the use until this day."),
    _("The text found is sample or test data and concerns no real person."),
    _("The source will be replaced or removed in the next version."),
)
"""Sentences that a person may begin a reason with."""


_VALUES: Mapping[str, Mapping[str, str]] = {"action": ACTIONS, "scope": SCOPES, "role": ROLES, "verdict": VERDICTS}
"""The words of the stored terms that fill a refusal."""


def refusals_in_words(error: CorpusAuditError, words: Translator) -> str:
    """Return why a request was refused, in the reader's language where the sentence is known, and masked."""
    refusals = error.refusals if isinstance(error, DecisionError) else (_refusal_of(error),)
    return " ".join(refusal_in_words(refusal, words) for refusal in refusals)


def _refusal_of(error: CorpusAuditError) -> Refusal:
    """Return the sentence that an error was raised with, or its text where it has none; what fills it is masked."""
    said = error.args[0] if error.args else ""
    if isinstance(said, Refusal):
        return replace(said, values=dict(zip(said.values, _masked(said.values.values()), strict=True)))
    (message,) = _masked([str(error)])
    return Refusal(message)


def _masked(texts: Iterable[str]) -> list[str]:
    from corpus_audit.measure.masking import masked_lines  # only where something fails: it loads all detectors

    return masked_lines(texts)


def refusal_in_words(refusal: Refusal, words: Translator) -> str:
    """Return one reason to refuse a form."""
    values = {name: words(_VALUES.get(name, {}).get(value, value)) for name, value in refusal.values.items()}
    return str(replace(refusal, template=words(refusal.template), values=values))


def change_in_words(change: Change, words: Translator) -> str:
    """Return what made an approval void or a bundle superseded."""
    return words(VOID_CAUSES[change.cause]).format(number=change.sequence, date=change.at[:10])


def age_in_words(started_at: str, now: datetime, words: Translator) -> str:
    """Return how long ago a moment (ISO 8601) was, in its largest unit."""
    seconds = (now - datetime.fromisoformat(started_at)).total_seconds()
    for unit, (one, many) in _AGES:
        if seconds >= unit:
            count = int(seconds // unit)
            return words.count(one, many, count).format(count=count)
    return words(_("just now"))
