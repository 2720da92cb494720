"""Expectations that Great Expectations lacks, named so that a steward understands a suite.

Each has its own sentence in ``policy.sentences``. Importing this package registers them, so that a suite in JSON
finds them by their type.
"""

import corpus_audit.policy.great_expectations_alone  # noqa: F401 - before anything loads Great Expectations

# isort: split
from corpus_audit.policy.expectations.claims import (
    ExpectClaimToBeRecorded,
    ExpectOptOutsToBeChecked,
    ExpectReservationsToBeRespected,
)
from corpus_audit.policy.expectations.consent import (
    ExpectChainOfGrantsToBeUnbroken,
    ExpectConsentToBeDocumented,
    ExpectConsentToBeEvidenced,
    ExpectConsentToBeInForce,
    ExpectConsentToCoverUses,
    ExpectGrantorToBeEntitled,
    ExpectGuardianToConsent,
    ExpectNearerRelativesToBeAbsent,
    ExpectSeparateConsentForBiometrics,
)
from corpus_audit.policy.expectations.disclosures import (
    ExpectAiLabelsNotToContradictClaim,
    ExpectAiLabelsToBeKept,
    ExpectClaimToBeComplete,
    ExpectCopyrightClaimToFitLicense,
    ExpectEthicsReviewToBeDocumented,
    ExpectFirstUseToFollowCollection,
    ExpectSummaryToBeRecent,
    ExpectSummaryToCoverData,
)
from corpus_audit.policy.expectations.licenses import (
    ExpectCopiesToHaveCompatibleTerms,
    ExpectLicenseNotToForbidPurpose,
    ExpectLicenseTextToBeFound,
    ExpectLicenseToBeResolved,
    ExpectLicenseToDecidePurpose,
    ExpectLicenseToPermitPurpose,
    ExpectShareAlikeTermsToAgree,
)
from corpus_audit.policy.expectations.personal_information import (
    ExpectConsentAsLegalBasis,
    ExpectLegalBasisOfPipl,
    ExpectPersonalInformationNotToContradictClaim,
)
from corpus_audit.policy.expectations.provenance import ExpectFileToBeAsDeclared, ExpectModelToBeDescribed

__all__ = [
    "ExpectAiLabelsNotToContradictClaim",
    "ExpectAiLabelsToBeKept",
    "ExpectChainOfGrantsToBeUnbroken",
    "ExpectClaimToBeComplete",
    "ExpectClaimToBeRecorded",
    "ExpectConsentAsLegalBasis",
    "ExpectConsentToBeDocumented",
    "ExpectConsentToBeEvidenced",
    "ExpectConsentToBeInForce",
    "ExpectConsentToCoverUses",
    "ExpectCopiesToHaveCompatibleTerms",
    "ExpectCopyrightClaimToFitLicense",
    "ExpectEthicsReviewToBeDocumented",
    "ExpectFileToBeAsDeclared",
    "ExpectFirstUseToFollowCollection",
    "ExpectGrantorToBeEntitled",
    "ExpectGuardianToConsent",
    "ExpectLegalBasisOfPipl",
    "ExpectLicenseNotToForbidPurpose",
    "ExpectLicenseTextToBeFound",
    "ExpectLicenseToBeResolved",
    "ExpectLicenseToDecidePurpose",
    "ExpectLicenseToPermitPurpose",
    "ExpectModelToBeDescribed",
    "ExpectNearerRelativesToBeAbsent",
    "ExpectOptOutsToBeChecked",
    "ExpectPersonalInformationNotToContradictClaim",
    "ExpectReservationsToBeRespected",
    "ExpectSeparateConsentForBiometrics",
    "ExpectShareAlikeTermsToAgree",
    "ExpectSummaryToBeRecent",
    "ExpectSummaryToCoverData",
]
