"""Great Expectations builds each expectation once while a suite is validated, and what it judges is the same."""

import corpus_audit.policy.great_expectations_alone  # noqa: F401 - before anything loads Great Expectations

# isort: split
from contextlib import nullcontext
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from great_expectations.core.id_dict import IDDict
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from corpus_audit.evidence.tables import EVIDENCE
from corpus_audit.policy import validation
from corpus_audit.policy.built_once import built_once
from corpus_audit.policy.evaluate import Evaluation, evaluate
from corpus_audit.policy.packs import load_pack

CONFIGURATION: dict[str, Any] = {
    "type": "expect_column_values_to_be_in_set",
    "kwargs": {"column": "a", "value_set": [1, 2]},
    "meta": {"rule_id": "r"},
}


def test_what_is_built_is_kept_within_the_context_only() -> None:
    configuration = ExpectationConfiguration(**CONFIGURATION)
    with built_once():
        first = configuration.to_domain_obj()
        assert configuration.to_domain_obj() is first
        assert first.configuration is first.configuration
    later = configuration.to_domain_obj()
    assert later is not first
    assert later.configuration is not later.configuration
    assert later.configuration == first.configuration


def test_objects_that_are_equal_are_told_apart() -> None:
    one, other = ExpectationConfiguration(**CONFIGURATION), ExpectationConfiguration(**CONFIGURATION)
    with built_once():
        assert one.to_domain_obj() is not other.to_domain_obj()


def test_the_context_ends_where_validation_breaks_off() -> None:
    configuration = ExpectationConfiguration(**CONFIGURATION)
    with pytest.raises(ZeroDivisionError), built_once():
        1 / 0  # noqa: B018 - it breaks off
    assert configuration.to_domain_obj() is not configuration.to_domain_obj()


def test_the_same_arguments_have_one_name() -> None:
    column, values = "a", [1, 2]
    with built_once():
        first = IDDict(column=column, values=values)
        name = first.to_id()
        assert IDDict(column=column, values=values).to_id() is name
        assert IDDict(values=values, column=column).to_id() == name
        assert IDDict(column=column, values=[1, 3]).to_id() != name
        assert IDDict(columns=column, values=values).to_id() != name
        assert first.to_id(id_keys=["column"]) == "column=a"
    assert IDDict(column=column, values=values).to_id() == name


def test_rows_that_a_condition_selects_are_looked_for_once_and_stay_as_they_are() -> None:
    engine, frame = PandasExecutionEngine(), pd.DataFrame({"a": [1, 2, 3]})
    condition = {"type": "comparison", "column": {"name": "a"}, "operator": ">", "parameter": 1}
    with built_once():
        first = engine._apply_row_condition_filter(frame, condition, {})
        first["b"] = 0
        frame.loc[0, "a"] = 4  # not looked at again
        again = engine._apply_row_condition_filter(frame, dict(condition), {})
        assert again.to_dict("list") == {"a": [2, 3]}
        other = engine._apply_row_condition_filter(frame, condition | {"parameter": 2}, {})
        assert other["a"].to_list() == [4, 3]
    assert engine._apply_row_condition_filter(frame, condition, {})["a"].to_list() == [4, 2, 3]


def evaluated(tables: dict[str, pa.Table]) -> Evaluation:
    return evaluate([load_pack("baseline")], tables)


def test_what_is_judged_is_the_same_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {"sources": [{"source_id": "a", "license_declared": "MIT"}, {"source_id": "b"}], "overlaps": []}
    tables = {t.name: pa.Table.from_pylist(rows[t.name], schema=t.schema) for t in EVIDENCE if t.name in rows}
    found = evaluated(tables)
    monkeypatch.setattr(validation, "built_once", nullcontext)
    plain = evaluated(tables)
    assert found.rules.equals(plain.rules)
    assert found.findings.num_rows > 0
    assert found.findings.equals(plain.findings)
    assert found.validations == plain.validations
