"""The license tables hold together: every id, upgrade, tag and alias in them leads somewhere."""

import pytest

from corpus_audit.rights.facts import LicensePermission, aliases, license_facts
from corpus_audit.rights.licenses import resolve_license
from corpus_audit.rights.names import plain_form
from corpus_audit.rights.restrictions import RESTRICTIONS, UseRestriction
from corpus_audit.vocabulary import NOASSERTION, LicenseState, Purpose

FACTS = [pytest.param(facts, id=facts.license_id) for facts in license_facts().values()]


@pytest.mark.parametrize("facts", FACTS)
def test_a_row_is_consistent(facts):
    assert facts.share_alike_upgrades <= license_facts().keys()
    assert facts.excluded_targets <= license_facts().keys()
    assert facts.use_restrictions <= set(UseRestriction)
    assert facts.confidence in ("high", "medium", "low")
    assert facts.source
    assert len(facts.note.split()) <= 15
    if facts.share_alike in ("no", "unknown"):
        assert not facts.share_alike_upgrades


@pytest.mark.parametrize("facts", FACTS)
def test_a_release_of_models_is_not_taken_for_granted(facts):
    """Whether trained models are derivatives is not settled, so only terms that bind neither way permit a release."""
    if (
        facts.model_release is LicensePermission.YES
        and not facts.models_are_free
        and "research-only" not in facts.use_restrictions
    ):
        assert facts.share_alike == "no"
        assert facts.derivatives is LicensePermission.YES


@pytest.mark.parametrize("facts", FACTS)
def test_a_license_id_resolves_to_itself(facts):
    resolved = resolve_license(facts.license_id)
    if facts.license_id == NOASSERTION:
        assert resolved.state == LicenseState.NOT_RECORDED
    else:
        assert resolved.expression == facts.license_id


def test_ids_differ_in_more_than_case():
    assert len({license_id.lower() for license_id in license_facts()}) == len(license_facts())


def test_every_alias_leads_to_a_row_and_is_normalised():
    for spelling, alias in aliases().items():
        assert alias.license_id in license_facts()
        assert spelling == " ".join(spelling.lower().split())
        assert alias.is_ambiguous == (alias.license_id == NOASSERTION)


def test_every_alias_resolves_to_its_license():
    for spelling, alias in aliases().items():
        assert resolve_license(spelling).expression == alias.license_id, spelling


def test_a_plain_form_never_joins_two_licenses():
    by_plain_form = {}
    for spelling, alias in aliases().items():
        if alias.kind != "url" and not alias.is_ambiguous:
            by_plain_form.setdefault(plain_form(spelling), set()).add(alias.license_id)
    assert [found for found in by_plain_form.items() if len(found[1]) > 1] == []


def test_every_restriction_is_worded_and_touches_a_purpose():
    assert set(RESTRICTIONS) == set(UseRestriction)
    for restriction in RESTRICTIONS.values():
        assert restriction.statement
        assert restriction.effects.keys() <= set(Purpose)
        assert restriction.effects
