"""Requirements on authorisations: one expectation for each possible gap.

All but one judge the column ``gaps``, which names everything that is lacking, in the words of ConsentState.
"""

from typing import Any

from great_expectations.expectations.core import ExpectColumnValuesToBeInSet, ExpectColumnValuesToNotMatchRegex

from corpus_audit.policy.expectations.sentence import OwnSentence, fixed, only
from corpus_audit.policy.frames import LIST_SEPARATOR
from corpus_audit.vocabulary import Answer, ConsentState


def _no_item_is(*states: ConsentState) -> Any:
    """Return the field of a pattern that no item of a list may match."""
    return fixed(f"(?:^|{LIST_SEPARATOR})(?:{'|'.join(states)})(?:{LIST_SEPARATOR}|$)")


class ExpectConsentToBeDocumented(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect consent to be documented wherever it is needed; an unrecorded consent is not documented."""

    value_set: Any = only(ConsentState.DOCUMENTED.value, ConsentState.NOT_NEEDED.value, Answer.NOT_APPLICABLE.value)


class ExpectSeparateConsentForBiometrics(OwnSentence, ExpectColumnValuesToNotMatchRegex):  # type: ignore[misc]
    """Expect consent to face and voice to be separate, not within other terms."""

    regex: Any = _no_item_is(ConsentState.BUNDLED_ONLY)


class ExpectGrantorToBeEntitled(OwnSentence, ExpectColumnValuesToNotMatchRegex):  # type: ignore[misc]
    """Expect the signatory to be the person, or entitled to act for them."""

    regex: Any = _no_item_is(ConsentState.GRANTOR_NOT_ENTITLED)


class ExpectNearerRelativesToBeAbsent(OwnSentence, ExpectColumnValuesToNotMatchRegex):  # type: ignore[misc]
    """Expect an attestation that there are no nearer relatives, where a more distant one signed."""

    regex: Any = _no_item_is(ConsentState.ATTESTATION_MISSING)


class ExpectGuardianToConsent(OwnSentence, ExpectColumnValuesToNotMatchRegex):  # type: ignore[misc]
    """Expect a guardian to have signed for a child."""

    regex: Any = _no_item_is(ConsentState.GUARDIAN_MISSING)


class ExpectChainOfGrantsToBeUnbroken(OwnSentence, ExpectColumnValuesToNotMatchRegex):  # type: ignore[misc]
    """Expect an unbroken chain of grants from the person to the user of the data."""

    regex: Any = _no_item_is(ConsentState.CHAIN_BROKEN)


class ExpectConsentToCoverUses(OwnSentence, ExpectColumnValuesToNotMatchRegex):  # type: ignore[misc]
    """Expect an authorisation to name the uses that the data is meant for."""

    regex: Any = _no_item_is(ConsentState.SCOPE_DOES_NOT_COVER)


class ExpectConsentToBeInForce(OwnSentence, ExpectColumnValuesToNotMatchRegex):  # type: ignore[misc]
    """Expect an authorisation to be neither withdrawn nor run out nor still to come."""

    regex: Any = _no_item_is(ConsentState.WITHDRAWN, ConsentState.EXPIRED, ConsentState.NOT_YET_IN_FORCE)


class ExpectConsentToBeEvidenced(OwnSentence, ExpectColumnValuesToNotMatchRegex):  # type: ignore[misc]
    """Expect something that can be shown for an authorisation: a file or an address."""

    regex: Any = _no_item_is(ConsentState.EVIDENCE_MISSING)
