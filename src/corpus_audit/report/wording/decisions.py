"""How decisions about findings are called, and the steps on which records drop out."""

from collections.abc import Mapping

from corpus_audit.report.sections import Standing as ClaimStanding
from corpus_audit.report.wording.marking import _
from corpus_audit.vocabulary import RecordStep, Standing

DECISIONS: Mapping[str, str] = {
    Standing.ACCEPTED: _("risk accepted"),
    Standing.FALSE_POSITIVE: _("false positive"),
    Standing.OPEN: _("open"),
    Standing.TO_REMEDIATE: _("to be mended"),
    Standing.EXPIRED: _("waiver has run out"),
    Standing.EVIDENCE_CHANGED: _("decided on other evidence"),
}

DECISION_MARKS: Mapping[str, str] = {
    Standing.ACCEPTED: ClaimStanding.RECORDED,
    Standing.FALSE_POSITIVE: ClaimStanding.RECORDED,
    Standing.OPEN: ClaimStanding.MISSING,
    Standing.TO_REMEDIATE: ClaimStanding.UNCLEAR,
    Standing.EXPIRED: ClaimStanding.CONTRADICTED,
    Standing.EVIDENCE_CHANGED: ClaimStanding.CONTRADICTED,
}
"""The standing whose symbol and colour mark a decision."""

RECORD_STEPS: Mapping[str, str] = {
    RecordStep.EXACT_COPY: _("Exact copies of another record"),
    RecordStep.NEAR_COPY: _("Near copies of another record"),
    RecordStep.LICENSE_FORBIDS: _("License does not permit an intended use"),
    RecordStep.LICENSE_OPEN: _("Not known whether the license permits it"),
    RecordStep.CONSENT_OPEN: _("Consent of a person not documented"),
    RecordStep.LEFT: _("Left: nothing found in the way"),
}
