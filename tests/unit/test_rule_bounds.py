"""Bounds of rules that an operator sets otherwise than the pack: what is used, and whether that is looser."""

import pytest

from corpus_audit.config import RuleBound
from corpus_audit.errors import ParameterError
from corpus_audit.policy.bounds import apply_bounds
from corpus_audit.policy.packs import load_packs, pack_digest, with_bounds
from corpus_audit.policy.sentences import rule_sentence
from corpus_audit.vocabulary import Language


def configuration(operator=">=", **arguments):
    leaf = {"type": "comparison", "column": {"name": "bytes"}, "operator": operator, "parameter": 1000}
    condition = {"type": "or", "conditions": [leaf, leaf | {"column": {"name": "records"}}]}
    return {"type": "any", "kwargs": {"column": "share", "row_condition": condition, **arguments}}


@pytest.mark.parametrize(
    ("argument", "used", "is_loosened"),
    [
        ("max_value", 0.5, True),
        ("max_value", 0.1, False),
        ("min_value", 0.1, False),
        ("min_value", -1, True),
    ],
)
def test_an_argument_is_replaced_and_its_direction_known(argument, used, is_loosened):
    given = configuration(min_value=0, max_value=0.3)
    changed, (bound,) = apply_bounds(given, {argument: used})
    assert changed["kwargs"][argument] == used
    assert given["kwargs"] == configuration(min_value=0, max_value=0.3)["kwargs"], "the pack stays as it is"
    assert (bound.argument, bound.of_pack, bound.used) == (argument, given["kwargs"][argument], used)
    assert bound.is_loosened is is_loosened


@pytest.mark.parametrize(
    ("operator", "used", "is_loosened"),
    [(">=", 2000, True), (">=", 500, False), ("<", 500, True), ("<", 2000, False), ("==", 999, True)],
)
def test_a_condition_is_looser_when_the_rule_judges_fewer_rows(operator, used, is_loosened):
    changed, (bound,) = apply_bounds(configuration(operator), {"row_condition.bytes": used})
    bytes_leaf, records_leaf = changed["kwargs"]["row_condition"]["conditions"]
    assert (bytes_leaf["parameter"], records_leaf["parameter"]) == (used, 1000)
    assert bound.is_loosened is is_loosened


def test_a_bound_that_is_the_packs_own_changes_nothing():
    given = configuration(max_value=0.3)
    assert apply_bounds(given, {"max_value": 0.3}) == (given, ())


def test_the_rule_uses_the_bound_says_so_and_the_pack_keeps_its_digest():
    packs = load_packs(["baseline"])
    changed = with_bounds(packs, [RuleBound("baseline.exact-duplicates-bounded", "max_value", 0.5)])
    (rule,) = (rule for rule in changed[0].rules if rule.bounds)
    assert rule.rule_id == "baseline.exact-duplicates-bounded"
    assert "0.5" in rule_sentence(rule.expectation, rule.configuration["kwargs"], Language.ENGLISH)
    assert [bound.is_loosened for bound in rule.bounds] == [True]
    assert pack_digest(changed[0]) == pack_digest(packs[0])


@pytest.mark.parametrize(
    ("rule", "argument", "problem"),
    [
        ("baseline.exact-duplicate-bounded", "max_value", "did you mean 'baseline.exact-duplicates-bounded'?"),
        ("baseline.exact-duplicates-bounded", "max_valu", "did you mean 'max_value'?"),
        ("baseline.license-resolved", "max_value", "the rule has no bound that is a number"),
        ("other.rule", "max_value", "no chosen pack has the rule 'other.rule'"),
    ],
)
def test_a_bound_that_no_rule_has_is_told_with_the_nearest(rule, argument, problem):
    with pytest.raises(ParameterError) as caught:
        with_bounds(load_packs(["baseline"]), [RuleBound(rule, argument, 1)])
    assert problem in caught.value.problems[0]
