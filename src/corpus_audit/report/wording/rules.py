"""How the parts of a rule and those who answer for it are called."""

from collections.abc import Mapping

from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import OwnerRole

RULE_LABELS: Mapping[str, str] = {
    "severity": _("Severity"),
    "failure_kind": _("A failure shows"),
    "problem": _("What is wrong when it fails"),
    "asks": _("Asks"),
    "judges": _("Judges"),
    "why": _("Why"),
    "remedy": _("Remedy"),
    "owner": _("Who answers for it"),
    "requirements": _("Requirements"),
    "rests-on": _("Rests on"),
}

OWNERS: Mapping[str, str] = {
    OwnerRole.DATA_STEWARD: _("data steward"),
    OwnerRole.ENGINEERING: _("engineering"),
    OwnerRole.LEGAL_COUNSEL: _("legal counsel"),
    OwnerRole.PRIVACY_OFFICER: _("privacy officer"),
    OwnerRole.CONTENT_SAFETY: _("content safety"),
    OwnerRole.ETHICS_COMMITTEE: _("ethics committee"),
}
