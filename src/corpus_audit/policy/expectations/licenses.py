"""Requirements on license terms: of sources, of purposes, of copies."""

from typing import Any

from great_expectations.expectations.core import ExpectColumnValuesToBeInSet, ExpectColumnValuesToNotBeInSet

from corpus_audit.policy.expectations.sentence import OwnSentence, only
from corpus_audit.vocabulary import LicenseState, TermsConflict


class ExpectLicenseToBeResolved(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect a declared license to name definite terms: an SPDX expression."""

    value_set: Any = only(LicenseState.RESOLVED.value)


class ExpectLicenseTextToBeFound(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect the text of a license to be kept among the files, not only an address of it."""

    value_set: Any = only("found")


class ExpectLicenseToPermitPurpose(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect a license to permit a purpose; what is not known fails as what is forbidden does."""

    value_set: Any = only("yes")


class ExpectLicenseNotToForbidPurpose(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect a license not to forbid a purpose; terms that leave it open pass."""

    value_set: Any = only("no")


class ExpectLicenseToDecidePurpose(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect a license to say whether it permits a purpose, whichever it says."""

    value_set: Any = only("unknown")


class ExpectShareAlikeTermsToAgree(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect some license to satisfy the share-alike terms of all parts; unknown terms cannot be shown to agree."""

    value_set: Any = only("conflict", "unknown")


class ExpectCopiesToHaveCompatibleTerms(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect the terms on two sides of an overlap not to conflict; terms that could not be compared pass."""

    value_set: Any = only(TermsConflict.CONFLICTING.value)
