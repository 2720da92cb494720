"""What people decide, of what, and in which role."""

from enum import StrEnum


class DecisionAction(StrEnum):
    """What a person put down in the ledger about a finding, a source or a whole audit.

    The first seven are a steward's decisions; to reopen a finding takes back the one before. A comment decides nothing.
    What was done is put down because it was: an excerpt revealed, an audit read or deleted, a text or a person looked
    for, a model trained on what was audited; a withdrawal because a person said so. A supplement is
    statements that a manifest lacks.
    """

    ACCEPT_RISK = "accept-risk"
    FALSE_POSITIVE = "false-positive"
    REMEDIATE = "remediate"
    REOPEN = "reopen"
    EXCLUDE_SOURCE = "exclude-source"
    APPROVE = "approve"
    REJECT = "reject"
    COMMENT = "comment"
    REVEAL = "reveal"
    DELETE = "delete"
    TRACE = "trace"
    WITHDRAW_CONSENT = "withdraw-consent"
    SUPPLEMENT = "supplement"
    READ = "read"
    TRAIN = "train"


class ApprovalState(StrEnum):
    """How far an audit's report is approved. It is void when the report is another than the one that was approved."""

    NONE = ""
    WAITING = "waiting"
    APPROVED = "approve"
    REJECTED = "reject"
    VOID = "void"


class VoidCause(StrEnum):
    """What made an approval void: a later decision, a waiver that expired, or a report that was made again."""

    DECISION = "decision"
    EXPIRY = "expiry"
    REBUILT = "rebuilt"


class SupplementState(StrEnum):
    """What became of a steward's statement in an audit."""

    USED = "used"
    STATED_SINCE = "stated-since"
    """The manifest says the same by now."""
    CONTRADICTED = "contradicted"
    """The manifest says something else: the audit goes by the manifest, and names both."""
    NO_SOURCE = "no-source"
    INVALID = "invalid"


class DecisionScope(StrEnum):
    """What a decision is about."""

    FINDING = "finding"
    SOURCE = "source"
    AUDIT = "audit"
    DATASET = "dataset"
    PERSON = "person"
    STORE = "store"


class Role(StrEnum):
    """What a person is to the audits: who may do what follows from it."""

    AUDITOR = "auditor"
    STEWARD = "steward"
    REGULATOR = "regulator"
    ADMIN = "admin"
