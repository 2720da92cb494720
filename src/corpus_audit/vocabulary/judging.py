"""What rules, findings and verdicts say."""

from enum import StrEnum


class Severity(StrEnum):
    """How much a failed rule weighs, heaviest first."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class FailureKind(StrEnum):
    """What a failed rule shows about the evidence."""

    MISSING = "missing"
    CONTRADICTION = "contradiction"
    OUT_OF_BOUNDS = "out-of-bounds"


class OwnerRole(StrEnum):
    """Who in an organisation answers for what a rule asks."""

    DATA_STEWARD = "data-steward"
    ENGINEERING = "engineering"
    LEGAL_COUNSEL = "legal-counsel"
    PRIVACY_OFFICER = "privacy-officer"
    CONTENT_SAFETY = "content-safety"
    ETHICS_COMMITTEE = "ethics-committee"


class CitationStatus(StrEnum):
    """Whether the authors of a pack read the source of a rule; a project rule has no outside source."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    HOUSE_RULE = "house-rule"


class SourceStage(StrEnum):
    """Whether the source of a rule binds, is published without binding, or is a draft."""

    IN_FORCE = "in-force"
    PUBLISHED = "published"
    DRAFT = "draft"


class RuleState(StrEnum):
    """What happened to one rule of one pack in one audit."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    NOT_EVALUATED = "not-evaluated"
    NOTHING_TO_JUDGE = "nothing-to-judge"


class Verdict(StrEnum):
    """What an audit concludes. It says what the rules found, never that anything is lawful."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    PASS_WITH_WAIVERS = "pass-with-waivers"  # noqa: S105 - the same
    FAIL = "fail"
    INCOMPLETE = "incomplete"


class ReasonCode(StrEnum):
    """Why a verdict is what it is; reports put it into words."""

    CONSENT_WITHDRAWN = "consent-withdrawn"
    CRITICAL_FINDINGS = "critical-findings"
    WARNING_FINDINGS = "warning-findings"
    INFO_FINDINGS = "info-findings"
    FINDINGS_WAIVED = "findings-waived"
    NO_RULE = "no-rule"
    RULES_ERRORED = "rules-errored"
    RULES_NOT_EVALUATED = "rules-not-evaluated"
    FINDINGS_LOST = "findings-lost"
    DETECTORS_OFF = "detectors-off"
    BOUNDS_LOOSENED = "bounds-loosened"
    SAMPLE_ONLY = "sample-only"
    UNREAD_DATA = "unread-data"
    NOTHING_JUDGED = "nothing-judged"
    ALL_RULES_PASSED = "all-rules-passed"


class ClaimProblemCode(StrEnum):
    """Why something that a description states, or should state, cannot be taken as a claim."""

    MISSING = "missing"
    INVALID = "invalid"
    CONFLICT = "conflict"
    DANGLING = "dangling"
    UNDECIDED = "undecided"
    REMOTE = "remote"


class GapReason(StrEnum):
    """Why something is not recorded: its format has no word for it, it was left out, or what was said was no answer."""

    CANNOT_SAY = "cannot-say"
    LEFT_OUT = "left-out"
    UNUSABLE = "unusable"


class FindingStatus(StrEnum):
    """The status of a finding after decisions about it. Only the first two close it, and only for a time."""

    ACCEPTED = "accepted"
    FALSE_POSITIVE = "false-positive"
    OPEN = "open"
    TO_REMEDIATE = "to-remediate"
    EXPIRED = "expired"
    EVIDENCE_CHANGED = "evidence-changed"

    @property
    def is_closed(self) -> bool:
        """True if a decision closes the finding for now."""
        return self in (FindingStatus.ACCEPTED, FindingStatus.FALSE_POSITIVE)
