"""Parameters as users write them: names, values, the order of the places, and what an identity holds of them."""

import json
from dataclasses import asdict

import pytest

from corpus_audit.config import PARAMETER_MEANINGS, Parameters, RuleBound
from corpus_audit.config.parameters import (
    SETTABLE,
    changed_parameters,
    choose_parameters,
    given_origins,
    parameter_origins,
    parse_assignments,
    parse_choices,
)
from corpus_audit.errors import ManifestError, ParameterError
from corpus_audit.manifest.native import parse_manifest
from corpus_audit.vocabulary import ParameterOrigin

MANIFEST = "manifest_version: 1\ndataset: {id: d}\naudit:\n  parameters:\n"


def problems_of(*assignments: str) -> tuple[str, ...]:
    with pytest.raises(ParameterError) as caught:
        parse_assignments(assignments)
    return caught.value.problems


def test_values_are_read_from_text_and_from_numbers():
    text = parse_assignments(
        ["jaccard_threshold=0.9", "num_perm=256", "detectors.off=US_SSN, IP_ADDRESS", "rule:a.b.row_condition.bytes=5"]
    )
    plain = {
        "jaccard_threshold": 0.9,
        "num_perm": 256,
        "detectors.off": ["IP_ADDRESS", "US_SSN"],
        "rule:a.b.row_condition.bytes": 5,
    }
    assert choose_parameters([text]) == choose_parameters([parse_choices(plain)])
    chosen = choose_parameters([text])
    assert (chosen.jaccard_threshold, chosen.num_perm, chosen.seed) == (0.9, 256, 1)
    assert chosen.detectors_off == ("IP_ADDRESS", "US_SSN")
    assert chosen.rule_bounds == (RuleBound("a.b", "row_condition.bytes", 5),)


@pytest.mark.parametrize(
    ("assignment", "problem"),
    [
        ("jacard_threshold=0.9", "is no parameter: did you mean 'jaccard_threshold'?"),
        ("detector.off=US_SSN", "is no parameter: did you mean 'detectors.off'?"),
        ("jaccard_threshold=0.2", "must be a number from 0.3 to 1"),
        ("jaccard_threshold=nan", "must be a number from 0.3 to 1"),
        ("jaccard_threshold=", "must be a number from 0.3 to 1"),
        ("num_perm=128.0", "must be a whole number from 16 to 1024"),
        ("scheme=other", "cannot be set: this version has one value for it"),
        ("detectors.off=phone number", "must be entity types, such as PHONE_NUMBER,IP_ADDRESS"),
        ("rule:baseline=1", "is no bound of a rule: write rule:PACK.RULE.ARGUMENT"),
        ("rule:a.b.max_value=much", "must be a number"),
        ("seed", "is no NAME=VALUE"),
    ],
)
def test_a_wrong_name_or_value_is_told_with_its_place(assignment, problem):
    assert problems_of(assignment) == (f"--parameter {assignment.partition('=')[0]}: {problem}",)


def test_every_problem_is_told_at_once_and_a_doubled_name_is_one():
    assert len(problems_of("num_perm=1", "seed=-1", "nothing_of_the_kind_at_all=1")) == 3
    assert problems_of("seed=1", "seed=2") == ("--parameter seed: is given more than once",)


def test_a_name_that_may_hold_anything_is_not_repeated():
    (problem,) = problems_of("张三 13800138000=1")
    assert "138" not in problem


@pytest.mark.parametrize("name", SETTABLE)
def test_the_ends_of_a_range_and_the_default_can_be_set(name):
    about = SETTABLE[name]
    for value in (about.minimum, about.maximum, getattr(Parameters(), name)):
        assert getattr(choose_parameters([parse_choices({name: value})]), name) == value
    for beyond in (about.minimum - 1, about.maximum + 1):
        with pytest.raises(ParameterError):
            parse_choices({name: beyond})


def test_the_first_place_goes_before_the_next_and_both_before_the_default():
    first = parse_choices({"seed": 7, "rule:a.b.max_value": 1})
    second = parse_choices({"seed": 8, "num_perm": 64, "rule:a.b.max_value": 2, "rule:a.b.min_value": 0})
    chosen = choose_parameters([first, second])
    assert (chosen.seed, chosen.num_perm, chosen.shingle_size) == (7, 64, 5)
    assert chosen.rule_bounds == (RuleBound("a.b", "max_value", 1), RuleBound("a.b", "min_value", 0))


def test_a_place_can_switch_detectors_on_again():
    manifest = parse_choices({"detectors.off": ["US_SSN"]})
    assert choose_parameters([parse_assignments(["detectors.off="]), manifest]).detectors_off == ()
    assert choose_parameters([parse_assignments([]), manifest]).detectors_off == ("US_SSN",)


def test_each_parameter_keeps_the_place_that_set_it():
    """What goes before says so even where it sets the default; the form's value is the schedule's where both agree."""
    manifest = parse_choices({"seed": 8, "num_perm": 64}, ParameterOrigin.MANIFEST)
    command = parse_assignments(["seed=1", "rule:a.b.max_value=1"])
    assert parameter_origins([command, manifest]) == {
        "seed": "command-line",
        "num_perm": "manifest",
        "rule:a.b.max_value": "command-line",
    }
    listed = {"seed": 8, "num_perm": 64, "shingle_size": 6}
    form = parse_choices({"seed": 9, "num_perm": 64, "detectors.off": ["US_SSN"]}, ParameterOrigin.FORM, listed)
    assert parameter_origins([form]) == {"seed": "form", "num_perm": "schedule", "detectors.off": "form"}
    assert given_origins(Parameters(seed=7)) == {"seed": "program"}


def test_what_is_stored_is_read_back_the_same():
    chosen = choose_parameters([parse_choices({"detectors.off": "US_SSN", "rule:a.b.max_value": 0.5})])
    assert Parameters.from_stored(json.loads(json.dumps(asdict(chosen)))) == chosen


def test_only_what_decides_measuring_makes_shards_be_measured_anew():
    def measured(**values):
        return choose_parameters([parse_choices(values)]).of_measuring()

    same = Parameters().of_measuring()
    assert measured(**{"rule:a.b.max_value": 1, "minimum_score": 0.5, "jaccard_threshold": 0.9}) == same
    assert measured(shingle_size=6) != same
    assert measured(**{"detectors.off": "US_SSN"}) != same


def test_changed_parameters_are_those_that_differ_from_the_default():
    assert changed_parameters(Parameters().as_dict()) == []
    chosen = choose_parameters([parse_choices({"seed": 1, "keyword_share": 0.5, "detectors.off": "US_SSN"})])
    assert changed_parameters(chosen.as_dict()) == [("keyword_share", "0.5", "1"), ("detectors.off", "US_SSN", "")]


def test_every_parameter_says_what_it_is():
    assert all(about.meaning.endswith(".") for about in PARAMETER_MEANINGS.values())


def test_a_manifest_says_how_it_is_to_be_audited():
    text = f"{MANIFEST}    jaccard_threshold: 0.9\n    detectors.off: [US_SSN]\n    rule:a.b.max_value: 3\n"
    parameters = parse_manifest(text.encode(), ".yaml").audit.parameters
    assert choose_parameters([parse_choices(parameters)]).jaccard_threshold == 0.9


def test_a_wrong_parameter_of_a_manifest_is_told_with_its_place_and_line():
    text = f"{MANIFEST}    jacard_threshold: 0.9\n    num_perm: 1\n    rule:a.b.max_value: much\n"
    with pytest.raises(ManifestError) as caught:
        parse_manifest(text.encode(), ".yaml")
    assert caught.value.problems == (
        "/audit/parameters/jacard_threshold (line 5): is no parameter: did you mean 'jaccard_threshold'?",
        "/audit/parameters/num_perm (line 6): must be a whole number from 16 to 1024",
        "/audit/parameters/rule:a.b.max_value (line 7): must be a number",
    )
