"""A rule over the roles of a sentence fits only sentences that have a letter of each of its groups."""

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from corpus_audit.measure.detection.notices.phrases import ROLES
from corpus_audit.measure.detection.notices.sentence_rules import RULES

_LETTERS = st.sampled_from([*ROLES.values(), ",", "-"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.says.name}-{rule.letters.replace(' ', '-')}")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_fits_a_rule_has_a_letter_of_each_group(rule, data):
    parts = [data.draw(st.from_regex(need, fullmatch=True, alphabet=_LETTERS)) for need in rule.needs]
    roles = "".join(data.draw(st.permutations(parts)))
    assume(all(re.search(need, roles) for need in rule.needs))
    assert [group for group in rule.letters.split() if not set(group) & set(roles)] == []
