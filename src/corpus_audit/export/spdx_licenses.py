"""License expressions as elements of an SPDX document."""

import re

from corpus_audit.document.addresses import urn
from corpus_audit.document.gaps import Json
from corpus_audit.rights.licenses import resolve_license
from corpus_audit.vocabulary import LicenseState

NO_ASSERTION = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense"
"""The element for an unknown license."""

_REFERENCE = re.compile(r"\bLicenseRef-[A-Za-z0-9.-]+")


def license_element(declared: str) -> Json | None:
    """Return the body of the element for what a declared license resolves to, or None when it does not resolve."""
    resolved = resolve_license(declared)
    if resolved.state is not LicenseState.RESOLVED:
        return None
    references = sorted(set(_REFERENCE.findall(resolved.expression)))
    return {
        "simplelicensing_licenseExpression": resolved.expression,
        "simplelicensing_customIdToUri": [
            {"type": "DictionaryEntry", "key": name, "value": urn("license", name)} for name in references
        ],
    }


def license_id(declared: str) -> str:
    """Return the id of that element: the same for all spellings that resolve alike."""
    return urn("license-expression", resolve_license(declared).expression)
