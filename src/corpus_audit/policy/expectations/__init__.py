"""Expectations that Great Expectations does not have, named so that a steward understands a suite.

Each has its own sentence in ``policy.sentences``. Importing this package registers them, so that a suite in JSON
finds them by their type.
"""

from corpus_audit.policy.expectations.claims import ExpectClaimToBeRecorded, ExpectOptOutsToBeChecked
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
    "ExpectClaimToBeRecorded",
    "ExpectConsentAsLegalBasis",
    "ExpectCopiesToHaveCompatibleTerms",
    "ExpectFileToBeAsDeclared",
    "ExpectLegalBasisOfPipl",
    "ExpectLicenseNotToForbidPurpose",
    "ExpectLicenseTextToBeFound",
    "ExpectLicenseToBeResolved",
    "ExpectLicenseToDecidePurpose",
    "ExpectLicenseToPermitPurpose",
    "ExpectModelToBeDescribed",
    "ExpectOptOutsToBeChecked",
    "ExpectPersonalInformationNotToContradictClaim",
    "ExpectShareAlikeTermsToAgree",
]
