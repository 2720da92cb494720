"""What became of the statements that stewards added to a manifest."""

from collections.abc import Mapping

from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import SupplementState

SUPPLEMENTS_EXPLAINED = _(
    "Stewards stated these in the store to fill gaps in the manifest. The audit uses only the statements that "
    "count here, and judges them like any other claim."
)

SUPPLEMENTS: Mapping[str, str] = {
    SupplementState.USED: _("counts here"),
    SupplementState.STATED_SINCE: _("the manifest says the same by now"),
    SupplementState.CONTRADICTED: _("the manifest says otherwise and counts"),
    SupplementState.NO_SOURCE: _("the source is no longer there"),
    SupplementState.INVALID: _("does not fit the manifest"),
}

SUPPLEMENT_MARKS: Mapping[str, str] = {
    SupplementState.USED: "recorded",
    SupplementState.STATED_SINCE: "recorded",
    SupplementState.CONTRADICTED: "contradicted",
    SupplementState.NO_SOURCE: "unclear",
    SupplementState.INVALID: "unclear",
}
