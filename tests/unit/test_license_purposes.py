"""What license terms say about each purpose, and on which conditions."""

import pytest

from corpus_audit.rights.purposes import permits_expression
from corpus_audit.vocabulary import Purpose

PURPOSES = tuple(Purpose)
ANSWERS = {
    #                                      internal   commercial  as is      derived    model release
    "MIT": ("yes", "yes", "yes", "yes", "yes"),
    "CC0-1.0": ("yes", "yes", "yes", "yes", "yes"),
    "CC-BY-4.0": ("yes", "yes", "yes", "yes", "yes"),
    "CC-BY-NC-4.0": ("yes", "no", "yes", "yes", "yes"),
    "CC-BY-ND-4.0": ("yes", "yes", "yes", "no", "unknown"),
    "CC-BY-NC-ND-4.0": ("yes", "no", "yes", "no", "unknown"),
    "CC-BY-SA-4.0": ("yes", "yes", "yes", "yes", "unknown"),
    "GPL-3.0-only": ("yes", "yes", "yes", "yes", "unknown"),
    "CDLA-Sharing-1.0": ("yes", "yes", "yes", "yes", "yes"),
    "LicenseRef-anthropic-terms": ("no", "no", "yes", "yes", "no"),
    "LicenseRef-openai-tou-20241211": ("unknown", "unknown", "yes", "yes", "unknown"),
    "LicenseRef-nvidia-model-training-2025": ("yes", "yes", "no", "no", "yes"),
    "LicenseRef-research-only": ("unknown", "no", "unknown", "unknown", "unknown"),
    "LicenseRef-stability-ai-community-2024": ("unknown", "unknown", "yes", "yes", "unknown"),
    "LicenseRef-all-rights-reserved": ("no", "no", "no", "no", "no"),
    "NONE": ("no", "no", "no", "no", "no"),
    "NOASSERTION": ("unknown",) * 5,
    "LicenseRef-house-terms": ("unknown",) * 5,
    "MIT AND CC-BY-NC-ND-4.0": ("yes", "no", "yes", "no", "unknown"),
    "GPL-2.0-only AND Apache-2.0": ("yes", "yes", "yes", "no", "unknown"),
    # each purpose may take another side of OR
    "CC-BY-NC-4.0 OR CC-BY-ND-4.0": ("yes", "yes", "yes", "yes", "yes"),
    "CC-BY-NC-4.0 OR LicenseRef-house-terms": ("yes", "unknown", "yes", "yes", "yes"),
}


@pytest.mark.parametrize("expression", ANSWERS)
def test_answers(expression):
    assert tuple(permits_expression(expression, purpose).permitted for purpose in PURPOSES) == ANSWERS[expression]


@pytest.mark.parametrize("expression", ANSWERS)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_an_answer_has_reasons_exactly_when_it_is_not_yes(expression, purpose):
    answer = permits_expression(expression, purpose)
    assert bool(answer.reasons) == (answer.permitted != "yes")
    if answer.permitted == "no":
        assert answer.conditions == ()


def conditions(expression, purpose):
    return permits_expression(expression, purpose).conditions


def test_duties_come_with_sharing_only():
    assert conditions("CC-BY-4.0", Purpose.COMMERCIAL_TRAINING) == ()
    assert "credit the licensor" in conditions("CC-BY-4.0", Purpose.REDISTRIBUTION_AS_IS)
    assert "mark what was changed" not in conditions("CC-BY-4.0", Purpose.REDISTRIBUTION_AS_IS)
    assert "mark what was changed" in conditions("CC-BY-4.0", Purpose.REDISTRIBUTION_DERIVED)


def test_clauses_that_flow_down_are_named():
    derived = conditions("CC-BY-SA-4.0 AND MIT", Purpose.REDISTRIBUTION_DERIVED)
    assert "changed versions stay under CC-BY-SA" in derived
    rail = conditions("LicenseRef-bigscience-open-rail-m", Purpose.MODEL_RELEASE)
    assert any("behavioural limits" in condition for condition in rail)
    llama = conditions("LicenseRef-llama-3.1-license-2024", Purpose.MODEL_RELEASE)
    assert any("name" in condition for condition in llama)


def test_a_non_commercial_license_says_so_whatever_the_purpose():
    for purpose in (Purpose.INTERNAL_TRAINING, Purpose.REDISTRIBUTION_AS_IS, Purpose.MODEL_RELEASE):
        assert "not for commercial gain" in conditions("CC-BY-NC-4.0", purpose)


def test_models_owe_nothing_to_licenses_that_free_them():
    assert conditions("CDLA-Sharing-1.0", Purpose.MODEL_RELEASE) == ()
    assert conditions("CDLA-Permissive-2.0", Purpose.MODEL_RELEASE) == ()
    both = conditions("CDLA-Sharing-1.0 AND CC-BY-4.0", Purpose.MODEL_RELEASE)
    assert both == conditions("CC-BY-4.0", Purpose.MODEL_RELEASE)


def test_unknown_terms_ask_nothing_definite():
    assert all(conditions("NOASSERTION", purpose) == () for purpose in PURPOSES)


def test_share_alike_conflict_bars_sharing_changes():
    answer = permits_expression("GPL-2.0-only AND GPL-3.0-only", Purpose.REDISTRIBUTION_DERIVED)
    assert answer.permitted == "no"
    assert "share-alike" in answer.reasons[0]
