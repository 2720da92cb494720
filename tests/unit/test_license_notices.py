"""How a license that a text names stands to the one that its source declares."""

import pytest

from corpus_audit.rights.notices import compare_notice, stated_license

CASES = {
    ("MIT", "MIT"): "agrees",
    ("MIT", "Apache-2.0"): "differs",
    ("MIT", "NOASSERTION"): "not-recorded",
    ("unrecognised", "MIT"): "noted",
    ("BSD", "BSD-3-Clause"): "agrees",
    ("GPL-3.0", "GPL-3.0-or-later"): "agrees",
    ("GPL", "LGPL-2.1-only"): "differs",
    ("Apache-2.0 OR MIT", "MIT"): "agrees",
    ("Apache-2.0 AND MIT", "MIT"): "differs",
    ("CC-BY", "CC-BY-4.0"): "agrees",
    # A family is its versions, not the licenses whose names begin alike.
    ("CC-BY", "CC-BY-NC-4.0"): "differs",
    ("CC-BY-NC", "CC-BY-NC-SA-4.0"): "differs",
    ("CC-BY-SA-3.0", "CC-BY-SA-3.0-DE"): "agrees",
    ("CC-BY-NC-SA-4.0", "LicenseRef-cc-by-nc-sa"): "agrees",
    ("CC-BY-NC-4.0", "LicenseRef-cc-by"): "differs",
    ("CC-BY", "LicenseRef-cc-by-nc"): "differs",
    ("LicenseRef-non-commercial", "CC-BY-NC-4.0"): "agrees",
    ("LicenseRef-non-commercial", "CC-BY-4.0"): "differs",
    ("LicenseRef-non-commercial", "LicenseRef-house-terms"): "not-recorded",
    ("LicenseRef-research-only", "CC-BY-NC-4.0"): "differs",
    ("LicenseRef-research-only", "LicenseRef-mistral-research-0.1"): "agrees",
}


@pytest.mark.parametrize(("pair", "state"), CASES.items())
def test_compares(pair, state):
    assert compare_notice(*pair) == state


def test_a_tag_is_an_expression_or_unrecognised():
    assert stated_license("mit OR apache-2.0") == "Apache-2.0 OR MIT"
    assert stated_license("Foo Public License") == "unrecognised"
