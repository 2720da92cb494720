"""Expectations of our own: their sentences, as Great Expectations renders them, and what they cannot be talked into."""

import corpus_audit.policy.great_expectations_alone  # noqa: F401 - before anything loads Great Expectations

# isort: split
import re
from typing import Any

import pytest
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from corpus_audit.policy import expectations
from corpus_audit.policy.expectations.sentence import CHINESE_SUMMARY
from corpus_audit.policy.packs import available_packs, load_pack
from corpus_audit.policy.sentences import OWN, describe_condition, has_own_sentence, rule_sentence
from corpus_audit.vocabulary import Language

TYPES = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): name for name in expectations.__all__}


def _comparison(column: str, operator: str, value: Any) -> dict[str, Any]:
    return {"type": "comparison", "column": {"name": column}, "operator": operator, "parameter": value}


def _build(expectation: str, **arguments: Any) -> Any:
    return ExpectationConfiguration(expectation, {"column": "c", **arguments}, meta={}).to_domain_obj()


def test_every_expectation_has_a_sentence_and_every_sentence_an_expectation() -> None:
    assert set(TYPES) == set(OWN)


@pytest.mark.parametrize("expectation", sorted(TYPES))
def test_great_expectations_renders_the_sentence_in_both_languages(expectation: str) -> None:
    condition = _comparison("kind", "==", "a$b")
    built = _build(expectation, row_condition=condition)
    built.render()
    rendered = {content.name: content.value.template for content in built.rendered_content}
    arguments = {"column": "c", "row_condition": condition}
    assert rendered == {
        "atomic.prescriptive.summary": rule_sentence(expectation, arguments, Language.ENGLISH).replace("$", "$$"),
        CHINESE_SUMMARY: rule_sentence(expectation, arguments, Language.CHINESE).replace("$", "$$"),
    }
    (block,) = built._prescriptive_renderer(configuration=built.configuration)
    assert block.string_template["template"] == rendered["atomic.prescriptive.summary"]


def _promise(expectation: str) -> str | None:
    """Return the argument that says what an expectation accepts; None for one that has no such argument."""
    fields = getattr(expectations, TYPES[expectation]).__fields__
    return next((name for name in ("value_set", "regex") if name in fields), None)


@pytest.mark.parametrize("expectation", sorted(TYPES))
def test_a_suite_cannot_change_what_a_name_promises(expectation: str) -> None:
    promise = _promise(expectation)
    if promise is None:
        assert expectation == "expect_claim_to_be_recorded"
        return
    with pytest.raises(ValueError, match="unexpected value; permitted"):
        _build(expectation, **{promise: ["anything"]})


@pytest.mark.parametrize("pack", available_packs())
def test_every_rule_reads_as_a_sentence(pack: str) -> None:
    assert [rule.expectation for rule in load_pack(pack).rules if not has_own_sentence(rule.expectation)] == []


BETWEEN = "expect_column_values_to_be_between"


@pytest.mark.parametrize(
    ("expectation", "arguments", "english", "chinese"),
    [
        (BETWEEN, {"min_value": 1}, "`c` is at least 1.", "`c` 不少于 1。"),
        (BETWEEN, {"max_value": 0.5}, "`c` is at most 0.5.", "`c` 不超过 0.5。"),
        (BETWEEN, {"min_value": 0, "max_value": 0}, "`c` is exactly 0.", "`c` 恰为 0。"),
        (BETWEEN, {"min_value": 0, "max_value": 3}, "`c` is between 0 and 3.", "`c` 介于 0 与 3 之间。"),
        ("expect_column_values_to_be_in_set", {"value_set": ["yes"]}, '`c` is "yes".', '`c` 为 "yes"。'),
        (
            "expect_column_values_to_be_in_set",
            {"value_set": [1, True]},
            "`c` is one of 1, true.",
            "`c` 属于 1、true 之一。",
        ),
        ("expect_column_values_to_not_be_in_set", {"value_set": ["x"]}, '`c` is not "x".', '`c` 不为 "x"。'),
        (
            "expect_column_values_to_not_be_in_set",
            {"value_set": ["x", "y"]},
            '`c` is none of "x", "y".',
            '`c` 不属于 "x"、"y" 中任何一个。',
        ),
        (
            "expect_column_unique_value_count_to_be_between",
            {"max_value": 1},
            "The number of different values of `c` is at most 1.",
            "`c` 的不同取值个数不超过 1。",
        ),
        (
            "expect_table_row_count_to_be_between",
            {"min_value": 1},
            "The number of rows is at least 1.",
            "行数不少于 1。",
        ),
        ("expect_column_values_to_not_be_null", {}, "`c` is there.", "`c` 有值。"),
        ("expect_column_values_to_be_unique", {}, 'Expect_column_values_to_be_unique (column "c").', None),
    ],
)
def test_arguments_become_words(expectation: str, arguments: dict[str, Any], english: str, chinese: str | None) -> None:
    given = {"column": "c"} | arguments
    assert rule_sentence(expectation, given, Language.ENGLISH) == english
    if chinese is not None:
        assert rule_sentence(expectation, given, Language.CHINESE) == chinese


def test_conditions_become_words_with_brackets_where_and_meets_or() -> None:
    missing = {"type": "nullity", "column": {"name": "b"}, "is_null": True}
    either = {"type": "or", "conditions": [_comparison("a", ">=", 3), missing]}
    both = {"type": "and", "conditions": [_comparison("k", "NOT_IN", ["x", "y"]), either]}
    assert (
        describe_condition(both, Language.ENGLISH)
        == '`k` is none of "x", "y" and (`a` is at least 3 or `b` is missing)'
    )
    assert describe_condition(both, Language.CHINESE) == '`k` 不属于 "x"、"y" 且 (`a` 不少于 3 或 `b` 缺失)'
