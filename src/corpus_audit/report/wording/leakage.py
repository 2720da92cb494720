"""Words on training records in validation and test splits."""

from collections.abc import Mapping

from corpus_audit.report.sections import ClaimStatus
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import LeakageState

LEAKAGE: Mapping[str, str] = {
    LeakageState.LEAKED: _("holds training records"),
    LeakageState.NONE_FOUND: _("no training record found"),
    LeakageState.NOT_COMPARED: _("not compared"),
}

LEAKAGE_MARKS: Mapping[str, str] = {
    LeakageState.LEAKED: ClaimStatus.CONTRADICTED,
    LeakageState.NONE_FOUND: ClaimStatus.SUPPORTED,
    LeakageState.NOT_COMPARED: ClaimStatus.MISSING,
}
"""The status whose symbol and colour mark a split."""

LEAKAGE_COLUMNS: Mapping[str, str] = {
    "split": _("Split"),
    "empty_records": _("Texts without a token"),
    "training_records": _("Records of training splits"),
    "leaked_records": _("Copies of training records"),
    "leaked_share": _("Share of the split"),
    "unassigned_records": _("Copies in files of no known split"),
    "uncompared_records": _("Not compared with every training record"),
    "training_examples": _("Training records that the examples copy"),
}
