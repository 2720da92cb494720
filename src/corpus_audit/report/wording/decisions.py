"""How decisions about findings are called, and the steps on which records drop out."""

from collections.abc import Mapping

from corpus_audit.report.sections import ClaimStatus
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import FindingStatus, FunnelStep

DECISIONS: Mapping[str, str] = {
    FindingStatus.ACCEPTED: _("risk accepted"),
    FindingStatus.FALSE_POSITIVE: _("false positive"),
    FindingStatus.OPEN: _("open"),
    FindingStatus.TO_REMEDIATE: _("to be mended"),
    FindingStatus.EXPIRED: _("waiver has run out"),
    FindingStatus.EVIDENCE_CHANGED: _("decided on other evidence"),
}

DECISION_MARKS: Mapping[str, str] = {
    FindingStatus.ACCEPTED: ClaimStatus.RECORDED,
    FindingStatus.FALSE_POSITIVE: ClaimStatus.RECORDED,
    FindingStatus.OPEN: ClaimStatus.MISSING,
    FindingStatus.TO_REMEDIATE: ClaimStatus.UNCLEAR,
    FindingStatus.EXPIRED: ClaimStatus.CONTRADICTED,
    FindingStatus.EVIDENCE_CHANGED: ClaimStatus.CONTRADICTED,
}
"""The status whose symbol and colour mark a decision."""

EXCLUSION_FUNNEL: Mapping[str, str] = {
    FunnelStep.EXACT_DUPLICATE: _("Exact copies of another record"),
    FunnelStep.NEAR_DUPLICATE: _("Near copies of another record"),
    FunnelStep.LICENSE_FORBIDS: _("License does not permit an intended use"),
    FunnelStep.OPTED_OUT: _("Opt-out reserves training"),
    FunnelStep.LICENSE_OPEN: _("Not known whether the license permits it"),
    FunnelStep.CONSENT_OPEN: _("Consent of a person not documented"),
    FunnelStep.LEFT: _("Left: nothing found in the way"),
}
