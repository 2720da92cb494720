"""Required declarations about personal information."""

from typing import Any

from great_expectations.expectations.core import ExpectColumnValuesToBeInSet, ExpectColumnValuesToNotBeInSet

from corpus_audit.policy.expectations.sentence import OwnSentence, only
from corpus_audit.vocabulary import LegalBasis


class ExpectPersonalInformationNotToContradictClaim(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect no personal information where the manifest denies it."""

    value_set: Any = only("undeclared")


class ExpectLegalBasisOfPipl(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect a legal basis that article 13 of the Personal Information Protection Law knows.

    Legitimate interests, which the GDPR names, are not among them.
    """

    value_set: Any = only(
        LegalBasis.CONSENT.value,
        LegalBasis.CONTRACT.value,
        LegalBasis.LEGAL_OBLIGATION.value,
        LegalBasis.VITAL_INTERESTS.value,
        LegalBasis.PUBLIC_INTEREST.value,
        LegalBasis.PUBLICLY_DISCLOSED.value,
    )


class ExpectConsentAsLegalBasis(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect consent, and no other legal basis."""

    value_set: Any = only(LegalBasis.CONSENT.value)
