"""How the terms of two sources that share copies relate."""

import pytest

from corpus_audit.rights.conflicts import compare_terms
from corpus_audit.rights.facts import license_facts
from corpus_audit.vocabulary import TermsConflict

PAIRS = [
    ("MIT", "MIT", "none"),
    ("MIT", "Apache-2.0", "none"),
    ("MIT", "BSD-3-Clause", "none"),
    ("CC0-1.0", "CC-BY-4.0", "none"),
    ("MIT OR GPL-2.0-only", "MIT", "none"),
    ("MIT OR GPL-2.0-only", "GPL-2.0-only", "none"),
    ("Apache-2.0 OR GPL-2.0-only", "LGPL-3.0-only OR MIT", "none"),
    ("MIT OR LicenseRef-house-terms", "LicenseRef-house-terms", "none"),
    ("CC-BY-SA-3.0", "CC-BY-SA-4.0", "none"),
    ("GPL-2.0-or-later", "GPL-3.0-only", "none"),
    ("LicenseRef-house-terms", "LicenseRef-house-terms", "none"),
    ("MIT", "CC-BY-NC-4.0", "conflicting"),
    ("MIT", "CC-BY-ND-4.0", "conflicting"),
    ("MIT", "GPL-3.0-only", "conflicting"),
    ("MIT", "NONE", "conflicting"),
    ("MIT", "LicenseRef-non-commercial", "conflicting"),
    ("CC-BY-4.0", "CC-BY-SA-4.0", "conflicting"),
    ("MIT OR Apache-2.0", "GPL-3.0-only", "conflicting"),
    ("MIT AND GPL-3.0-only", "MIT", "conflicting"),
    ("LGPL-3.0-only", "GPL-3.0-only", "conflicting"),
    ("GPL-2.0-only", "GPL-3.0-only", "conflicting"),
    ("MIT", "LicenseRef-bigscience-open-rail-m", "conflicting"),
    ("LicenseRef-openai-tou-20241211", "LicenseRef-anthropic-terms", "conflicting"),
    ("NOASSERTION", "NOASSERTION", "unresolved"),
    ("MIT", "NOASSERTION", "unresolved"),
    ("MIT", "LicenseRef-house-terms", "unresolved"),
    ("MIT OR LicenseRef-house-terms", "GPL-3.0-only", "unresolved"),
    ("LicenseRef-house-terms", "LicenseRef-other-terms", "unresolved"),
]


@pytest.mark.parametrize(("a", "b", "conflict"), PAIRS)
def test_pairs(a, b, conflict):
    found = compare_terms(a, b)
    assert found.conflict == conflict
    assert bool(found.reason) == (conflict != "none")
    assert compare_terms(b, a).conflict == conflict


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("MIT", "CC-BY-NC-ND-4.0", "commercial_use yes against no; derivatives yes against no"),
        ("MIT", "GPL-3.0-only", "share_alike no against GPL"),
        ("MIT", "LicenseRef-bigscience-open-rail-m", "use_restrictions none against rail"),
        ("NOASSERTION", "MIT", "the license is not known on one side"),
        ("NOASSERTION", "NOASSERTION", "the license is not known on both sides"),
    ],
)
def test_the_reason_names_what_differs(a, b, reason):
    assert compare_terms(a, b).reason == reason


@pytest.mark.parametrize("license_id", [i for i in license_facts() if i != "NOASSERTION"])
def test_a_license_never_conflicts_with_itself(license_id):
    assert compare_terms(license_id, license_id).conflict is TermsConflict.NONE
