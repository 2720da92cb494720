"""What license expressions permit and ask: AND merges, OR chooses, share-alike must reduce to one."""

import pytest

from corpus_audit.rights.facts import LicensePermission
from corpus_audit.rights.obligations import terms_of

YES, NO, UNKNOWN = LicensePermission.YES, LicensePermission.NO, LicensePermission.UNKNOWN


@pytest.mark.parametrize(
    ("expression", "commercial_use", "derivatives", "redistribution"),
    [
        ("MIT", YES, YES, YES),
        ("CC-BY-NC-4.0", NO, YES, YES),
        ("CC-BY-ND-4.0", YES, NO, YES),
        ("CC-BY-NC-4.0 AND CC-BY-ND-4.0", NO, NO, YES),
        ("MIT AND CC-BY-NC-4.0", NO, YES, YES),
        ("MIT OR CC-BY-NC-4.0", YES, YES, YES),
        ("(MIT OR CC-BY-NC-4.0) AND CC-BY-ND-4.0", YES, NO, YES),
        ("NONE", NO, NO, NO),
        ("NOASSERTION", UNKNOWN, UNKNOWN, UNKNOWN),
        ("LicenseRef-house-terms", UNKNOWN, UNKNOWN, UNKNOWN),
        ("MIT AND LicenseRef-house-terms", UNKNOWN, UNKNOWN, UNKNOWN),
        ("CC-BY-NC-4.0 AND LicenseRef-house-terms", NO, UNKNOWN, UNKNOWN),
        ("MIT OR LicenseRef-house-terms", YES, YES, YES),
        ("CC-BY-NC-4.0 OR LicenseRef-house-terms", NO, YES, YES),
        ("GPL-2.0-only WITH Classpath-exception-2.0", YES, YES, YES),
        ("not an expression", UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_permissions(expression, commercial_use, derivatives, redistribution):
    terms = terms_of(expression)
    assert (terms.commercial_use, terms.derivatives, terms.redistribution) == (
        commercial_use,
        derivatives,
        redistribution,
    )


@pytest.mark.parametrize(
    ("expression", "share_alike"),
    [
        ("MIT", "no"),
        ("CC-BY-SA-4.0", "CC-BY-SA"),
        ("MIT AND CC-BY-SA-4.0", "CC-BY-SA"),
        ("MIT OR CC-BY-SA-4.0", "no"),
        ("LicenseRef-house-terms", "unknown"),
        ("CC-BY-SA-4.0 AND LicenseRef-house-terms", "unknown"),
        # later versions and one-way doors
        ("CC-BY-SA-3.0 AND CC-BY-SA-4.0", "CC-BY-SA"),
        ("CC-BY-SA-1.0 AND CC-BY-SA-4.0", "conflict"),
        ("CC-BY-SA-4.0 AND GPL-3.0-only", "GPL"),
        ("GPL-2.0-or-later AND GPL-3.0-only", "GPL"),
        ("GPL-2.0-or-later AND GPL-2.0-only", "GPL"),
        ("GPL-2.0-only AND GPL-3.0-only", "conflict"),
        ("LGPL-2.1-only AND GPL-3.0-only", "GPL"),
        ("GPL-3.0-only AND AGPL-3.0-only", "AGPL"),
        ("MPL-2.0 AND GPL-2.0-only", "GPL"),
        ("MPL-2.0 AND Apache-2.0", "MPL"),
        ("EUPL-1.2 AND CC-BY-SA-3.0", "CC-BY-SA"),
        ("GFDL-1.2-or-later AND GFDL-1.3-only", "GFDL"),
        ("ODbL-1.0 AND CC-BY-SA-4.0", "conflict"),
        ("GPL-3.0-only AND EPL-2.0", "conflict"),
        # a share-alike license admits no further limits
        ("CC-BY-SA-4.0 AND CC-BY-NC-4.0", "conflict"),
        ("CC-BY-SA-4.0 AND CC-BY-NC-SA-4.0", "conflict"),
        ("CC-BY-NC-SA-4.0 AND CC-BY-NC-4.0", "CC-BY-NC-SA"),
        ("CC-BY-NC-SA-4.0 AND CC-BY-4.0", "CC-BY-NC-SA"),
        ("GPL-3.0-only AND LicenseRef-bigscience-open-rail-m", "conflict"),
        ("GPL-2.0-only AND Apache-2.0", "conflict"),
        ("GPL-2.0-or-later AND Apache-2.0", "GPL"),
        ("GPL-2.0-or-later AND BSD-4-Clause", "conflict"),
        # a conflict that is certain stays one whatever is unknown
        ("GPL-2.0-only AND GPL-3.0-only AND LicenseRef-house-terms", "conflict"),
        # OR steps around a conflict
        ("GPL-2.0-only AND (GPL-3.0-only OR MIT)", "GPL"),
    ],
)
def test_share_alike(expression, share_alike):
    assert terms_of(expression).share_alike == share_alike


def test_duties_and_restrictions_are_united():
    terms = terms_of("CC0-1.0 AND Zlib AND LicenseRef-llama-3.1-license-2024 AND LicenseRef-bigscience-open-rail-m")
    assert terms.use_restrictions == {"acceptable-use", "mau-limit", "naming-duty", "rail"}
    assert (terms.attribution, terms.notice, terms.state_changes) == (YES, YES, YES)


def test_families_are_sorted_and_name_the_unknown():
    assert terms_of("MIT AND CC-BY-4.0 AND LicenseRef-house-terms").families == ("CC-BY", "permissive", "unknown")


def test_or_takes_the_alternative_with_fewest_strings():
    assert terms_of("Apache-2.0 OR CC0-1.0").licenses == {"CC0-1.0"}
    assert terms_of("MIT OR LicenseRef-llama-3.1-license-2024").licenses == {"MIT"}
    assert terms_of("GPL-3.0-only OR MIT").licenses == {"MIT"}
