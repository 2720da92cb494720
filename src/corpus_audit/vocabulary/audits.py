"""What an audit is made of: its stages, its exports, what it covers, and what follows from it."""

from enum import StrEnum

from corpus_audit.vocabulary.values import NOT_RECORDED


class ExportName(StrEnum):
    """An export format of a finished audit."""

    EU_SUMMARY = "eu-summary"
    CA_3111 = "ca-3111"
    CN_ASSESSMENT = "cn-assessment"
    CROISSANT = "croissant"
    OPENLINEAGE = "openlineage"
    CYCLONEDX = "cyclonedx"
    SPDX = "spdx"
    PROV = "prov"
    CSV = "csv"
    ATTRIBUTION = "attribution"
    SARIF = "sarif"
    JUNIT = "junit"
    BADGE = "badge"


class StageOutcome(StrEnum):
    """How a run of a stage ended."""

    DONE = "done"
    UP_TO_DATE = "up to date"
    REUSED = "reused"
    FAILED = "failed"
    ABORTED = "aborted"


class FunnelStep(StrEnum):
    """A step at which records drop out of the exclusion funnel."""

    EXACT_DUPLICATE = "exact-duplicate"
    NEAR_DUPLICATE = "near-duplicate"
    LICENSE_FORBIDS = "license-forbids"
    OPTED_OUT = "opted-out"
    LICENSE_OPEN = "license-open"
    CONSENT_OPEN = "consent-open"
    LEFT = "left"


class ExclusionReason(StrEnum):
    """Why a record is left out of a dataset."""

    SOURCE_EXCLUDED = "source-excluded"
    LICENSE_FORBIDS = "license-forbids"
    LICENSE_OPEN = "license-open"
    INHERITED_RESTRICTION = "inherited-restriction"
    OPTED_OUT = "opted-out"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    CONSENT_OPEN = "consent-open"
    PERSONAL_INFORMATION = "personal-information"
    SECRET = "secret"  # noqa: S105 - a reason, not a secret
    EVALUATION_LEAK = "evaluation-leak"
    REFERENCE_HIT = "reference-hit"
    EXACT_DUPLICATE = "exact-duplicate"
    NEAR_DUPLICATE = "near-duplicate"


class CopyPreference(StrEnum):
    """By what the copy of a cluster is chosen that stays in a dataset."""

    LICENSE_FREEDOM = "license-freedom"
    QUALITY = "quality"
    SOURCE_ORDER = "source-order"
    LENGTH = "length"


class TraceCoverage(StrEnum):
    """How far an audit was looked through for a text or a person."""

    ALL = "all"
    PARTLY = "partly"
    NO_INDEX = "no-index"
    NOT_MEASURED = "not-measured"
    OTHER_VERSION = "other-version"


class TraceState(StrEnum):
    """Whether a record that the index names was held against the text that is looked for."""

    VERIFIED = "verified"
    NOT_AT_HAND = "not-at-hand"
    CHANGED = "changed"
    NOT_READ = "not-read"


class LeftOutKind(StrEnum):
    """Why something in a source's folder is no part of an audit."""

    UNDECLARED = "undeclared"
    IGNORED = "ignored"
    LINK = "link-not-followed"
    FOLDER = "folder-not-listed"


class LeftOutState(StrEnum):
    """What else lies in a source's folders beside declared and undeclared files, the heaviest that applies."""

    NOT_LOOKED_AT = "not-looked-at"
    IGNORED_TOO_MUCH = "ignored-too-much"
    IGNORED = "ignored"
    NONE = "none"


class CoverageState(StrEnum):
    """Whether what is declared was read."""

    READ = "read"
    WITHIN_BOUND = "within-bound"
    PARTLY_READ = "partly-read"
    LEFT_OUT = "left-out"
    UNREAD = "unread"
    NOTHING_THERE = "nothing-there"

    @property
    def is_covered(self) -> bool:
        """True if a verdict may vouch for the source: all of it was read, but for a share within the bound."""
        return self in (CoverageState.READ, CoverageState.WITHIN_BOUND)


class GateState(StrEnum):
    """Whether enough of what a gate looked at is clean."""

    HOLDS = "holds"
    FAILS = "fails"
    TOO_FEW = "too-few"
    NOT_RECORDED = NOT_RECORDED
