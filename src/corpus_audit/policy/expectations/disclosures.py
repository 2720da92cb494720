"""Required disclosures of a provider, and the facts that must not contradict them."""

from typing import Any

from great_expectations.expectations.core import ExpectColumnValuesToBeInSet, ExpectColumnValuesToNotBeInSet

from corpus_audit.policy.expectations.sentence import OwnSentence, only
from corpus_audit.vocabulary import NoticeState


class ExpectClaimToBeComplete(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect everything that belongs to an answer to be recorded; a part of it is not enough."""

    value_set: Any = only("recorded")


class ExpectSummaryToBeRecent(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect the public summary to have been updated within half a year."""

    value_set: Any = only("recent")


class ExpectSummaryToCoverData(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect the public summary not to be older than the data; without dates there is nothing to compare."""

    value_set: Any = only("older-than-data")


class ExpectFirstUseToFollowCollection(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect data not to be used before it was collected; without dates there is nothing to compare."""

    value_set: Any = only("before-collection")


class ExpectCopyrightClaimToFitLicense(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect no claim that data under a rights holder's terms is free of copyright."""

    value_set: Any = only("contradicted")


class ExpectEthicsReviewToBeDocumented(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect an approval that holds, where an activity is on the list for ethics re-examination."""

    value_set: Any = only("documented", "not-needed")


class ExpectAiLabelsNotToContradictClaim(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect no label of generated content where the manifest says that no model made it."""

    value_set: Any = only(NoticeState.DIFFERS.value, "undeclared")


class ExpectAiLabelsToBeKept(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect what a model made to bear its label still."""

    value_set: Any = only("missing")
