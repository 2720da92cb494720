"""What evaluation makes of evidence, with Great Expectations itself: rows, nulls, errors, what results may hold."""

import corpus_audit.policy.great_expectations_alone  # noqa: F401 - before anything loads Great Expectations

# isort: split
import hashlib
import json
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import great_expectations as gx
import pyarrow as pa
import pytest

from corpus_audit.errors import PackError
from corpus_audit.evidence import tables
from corpus_audit.policy.description import PackSource
from corpus_audit.policy.evaluate import Evaluation, evaluate
from corpus_audit.policy.packs import Pack, Suite, available_packs, load_pack
from corpus_audit.policy.rules import Bilingual
from corpus_audit.schemas import FINDINGS, RULES

TABLES = {table.name: table for table in tables.EVIDENCE}
LAW = PackSource(id="law", title=Bilingual(en="A law", zh="《某法》"), status="secondary", used_for="tests")
Rows = Sequence[dict[str, Any]]


def _rule(expectation: str, arguments: dict[str, Any], slug: str = "rule", **meta: Any) -> dict[str, Any]:
    texts = {name: {"en": f"{name} in English", "zh": f"{name} 中文"} for name in ("title", "why", "remedy")}
    texts["problem"] = {"en": "{subject}: a problem[ ({kind})]", "zh": "{subject}：问题[（{kind}）]"}
    basics = {"rule_id": f"test.{slug}", "severity": "warning", "failure_kind": "missing", "requirements": [1]}
    basis = {"citations": [{"source": "law", "clause": {"en": "art. 1", "zh": "第一条"}}], "owner": "data-steward"}
    return {"type": expectation, "kwargs": arguments, "meta": basics | basis | texts | meta}


def _pack(rules: Sequence[dict[str, Any]], table: str = "sources") -> Pack:
    suite = Suite(table, {"name": f"test.{table}", "expectations": list(rules)}, Path(f"{table}.json"))
    return Pack("test", Bilingual(en="Test", zh="测试"), "1", "any", (LAW,), (suite,), ())


def _evidence(rows: Rows, table: str = "sources") -> dict[str, pa.Table]:
    """Return evidence in which a source without a name is called by its number, and what is not said is null."""
    named = [{"source_id": f"s{number}"} | row if table == "sources" else row for number, row in enumerate(rows)]
    return {table: pa.Table.from_pylist(named, schema=TABLES[table].schema)}


def _judge(rules: Sequence[dict[str, Any]], rows: Rows, table: str = "sources") -> Evaluation:
    return evaluate([_pack(rules, table)], _evidence(rows, table))


def _only_rule(evaluation: Evaluation) -> dict[str, Any]:
    (row,) = evaluation.rules.to_pylist()
    return dict(row)


def _state(evaluation: Evaluation) -> tuple[str, int, int]:
    row = _only_rule(evaluation)
    return row["state"], row["rows_evaluated"], row["rows_failed"]


def _subjects(evaluation: Evaluation) -> list[str]:
    return sorted(finding["subject"] for finding in evaluation.findings.to_pylist())


def _where(column: str, operator: str, value: Any) -> dict[str, Any]:
    return {"type": "comparison", "column": {"name": column}, "operator": operator, "parameter": value}


IN_SET = _rule("expect_column_values_to_be_in_set", {"column": "kind", "value_set": ["licensed"]})
RECORDED = _rule("expect_claim_to_be_recorded", {"column": "origin"})


# --- tables and findings ----------------------------------------------------------------------------------------------


def test_each_failing_row_is_one_finding_with_its_evidence() -> None:
    rule = _rule(
        "expect_column_values_to_be_in_set",
        {"column": "kind", "value_set": ["licensed"]},
        severity="critical",
        failure_kind="contradiction",
        evidence_columns=["files", "derived_from", "origin"],
    )
    rows = [{"kind": "licensed"}, {"source_id": "web", "kind": "web-crawl", "files": 3, "derived_from": ["a", "b"]}]
    evaluation = _judge([rule], rows)
    assert evaluation.rules.schema.equals(RULES.schema)
    assert evaluation.findings.schema.equals(FINDINGS.schema)
    (finding,) = evaluation.findings.to_pylist()
    assert finding == {
        "finding_id": hashlib.sha256(b"test.rule\0web").hexdigest()[:16],
        "problem_id": hashlib.sha256(b"sources\0rule\0web").hexdigest()[:16],
        "rule_id": "test.rule",
        "pack": "test",
        "severity": "critical",
        "failure_kind": "contradiction",
        "evidence_table": "sources",
        "subject": "web",
        "source_id": "web",
        "evidence": '{"kind": "web-crawl", "files": 3, "derived_from": ["a", "b"], "origin": null}',
        "named": '{"source_id": "web", "kind": "web-crawl"}',
    }
    assert _state(evaluation) == ("failed", 2, 1)


def test_a_rule_row_says_what_was_judged_in_both_languages() -> None:
    assert _only_rule(_judge([IN_SET], [{"kind": "licensed"}])) == {
        "rule_id": "test.rule",
        "pack": "test",
        "severity": "warning",
        "declared_severity": "warning",
        "severity_pack": "",
        "severity_reason": "",
        "failure_kind": "missing",
        "title": "title in English",
        "why": "why in English",
        "problem": "{subject}: a problem[ ({kind})]",
        "remedy": "remedy in English",
        "title_zh": "title 中文",
        "why_zh": "why 中文",
        "problem_zh": "{subject}：问题[（{kind}）]",
        "remedy_zh": "remedy 中文",
        "fact": "rule",
        "requirements": [1],
        "citations": ["A law, art. 1 (secondary source)"],
        "citations_zh": ["《某法》第一条（二手来源）"],
        "citation_status": "secondary",
        "owner": "data-steward",
        "sentence": '`kind` is "licensed".',
        "sentence_zh": '`kind` 为 "licensed"。',
        "bounds": [],
        "evidence_table": "sources",
        "column": "kind",
        "expectation": "expect_column_values_to_be_in_set",
        "state": "passed",
        "state_reason": "",
        "rows_evaluated": 1,
        "rows_failed": 0,
    }


def test_the_subject_of_a_finding_is_its_whole_key() -> None:
    rule = _rule("expect_column_values_to_be_in_set", {"column": "state", "value_set": ["verified"]})
    rows = [{"source_id": "s", "file": "a/b.txt", "state": "missing"}]
    (finding,) = _judge([rule], rows, "files").findings.to_pylist()
    assert (finding["subject"], finding["source_id"]) == ("s / a/b.txt", "s")


def test_an_overlap_is_shown_at_its_first_source_and_a_model_at_none() -> None:
    conflict = _rule("expect_column_values_to_be_in_set", {"column": "terms_conflict", "value_set": ["none"]})
    overlap = {"source_a": "a", "source_b": "b", "terms_conflict": "conflicting"}
    (finding,) = _judge([conflict], [overlap], "overlaps").findings.to_pylist()
    assert (finding["subject"], finding["source_id"]) == ("a / b", "a")
    version = _rule("expect_claim_to_be_recorded", {"column": "version"})
    model = {"model_id": "m", "version": "not-recorded"}
    (finding,) = _judge([version], [model], "models").findings.to_pylist()
    assert (finding["subject"], finding["source_id"]) == ("m", None)


def test_findings_are_sorted_and_the_same_for_rows_in_any_order() -> None:
    rows = [{"source_id": name, "kind": "other"} for name in "dbca"]
    forward, backward = (_judge([IN_SET], order).findings for order in (rows, rows[::-1]))
    assert forward.equals(backward)
    ids = forward["finding_id"].to_pylist()
    assert ids == sorted(set(ids))


def test_long_evidence_is_cut() -> None:
    rule = RECORDED | {"meta": RECORDED["meta"] | {"evidence_columns": ["license_declared", "processing"]}}
    row = {"origin": "", "license_declared": "x" * 5000, "processing": [f"step {n}" for n in range(50)]}
    (finding,) = _judge([rule], [row]).findings.to_pylist()
    shown = json.loads(finding["evidence"])
    assert shown["license_declared"] == "x" * 199 + "…"
    assert shown["processing"] == [*(f"step {n}" for n in range(10)), "… and 40 more"]


# --- nulls: Great Expectations looks past them, a rule does not -------------------------------------------------------


@pytest.mark.parametrize(
    ("expectation", "arguments"),
    [
        ("expect_column_values_to_be_in_set", {"column": "kind", "value_set": ["licensed"]}),
        ("expect_column_values_to_not_be_in_set", {"column": "kind", "value_set": ["web-crawl"]}),
        ("expect_column_values_to_match_regex", {"column": "kind", "regex": "^l"}),
        ("expect_claim_to_be_recorded", {"column": "kind"}),
        ("expect_column_values_to_be_between", {"column": "files", "min_value": 0}),
        ("expect_column_values_to_be_between", {"column": "exact_duplicate_share", "max_value": 1}),
        ("expect_column_max_to_be_between", {"column": "files", "min_value": 0}),
        ("expect_claim_to_be_recorded", {"column": "processing"}),
        ("expect_column_pair_values_to_be_equal", {"column_A": "files", "column_B": "files_verified"}),
    ],
)
def test_a_null_fails(expectation: str, arguments: dict[str, Any]) -> None:
    content = {
        "kind": "licensed",
        "files": 1,
        "files_verified": 1,
        "exact_duplicate_share": 0.5,
        "processing": ["cut"],
    }
    evaluation = _judge([_rule(expectation, arguments)], [content, {}, content])
    assert _state(evaluation) == ("failed", 3, 1)
    assert _subjects(evaluation) == ["s1"]


def test_a_column_of_nothing_but_nulls_fails_in_every_row() -> None:
    assert _state(_judge([IN_SET], [{}, {}])) == ("failed", 2, 2)
    between = _rule("expect_column_values_to_be_between", {"column": "files", "max_value": 0})
    assert _state(_judge([between], [{}, {}])) == ("failed", 2, 2)


def test_a_rule_may_say_that_nulls_pass() -> None:
    rule = _rule("expect_column_values_to_be_between", {"column": "files", "min_value": 2}, nulls="pass")
    evaluation = _judge([rule], [{"files": 1}, {}, {"files": 2}])
    assert _state(evaluation) == ("failed", 2, 1)
    assert _subjects(evaluation) == ["s0"]
    assert _state(_judge([rule], [{}, {}])) == ("nothing-to-judge", 0, 0)


def test_a_null_outside_the_rows_a_rule_applies_to_is_not_its_business() -> None:
    rule = _rule(
        "expect_claim_to_be_recorded", {"column": "origin", "row_condition": _where("kind", "==", "web-crawl")}
    )
    assert _state(_judge([rule], [{"kind": "licensed"}, {"kind": "web-crawl", "origin": "x"}])) == ("passed", 1, 0)


def test_a_null_that_decides_whether_a_rule_applies_fails() -> None:
    rule = _rule(
        "expect_claim_to_be_recorded", {"column": "origin", "row_condition": _where("kind", "==", "web-crawl")}
    )
    evaluation = _judge([rule], [{"kind": "licensed", "origin": "x"}, {"kind": None, "origin": "x"}])
    assert _state(evaluation)[0] == "failed"
    assert _subjects(evaluation) == ["s1"]


def test_a_condition_that_names_null_has_dealt_with_it() -> None:
    there = {"type": "nullity", "column": {"name": "kind"}, "is_null": False}
    condition = {"type": "and", "conditions": [there, _where("kind", "==", "web-crawl")]}
    rule = _rule("expect_claim_to_be_recorded", {"column": "origin", "row_condition": condition})
    assert _state(_judge([rule], [{"kind": None}, {"kind": "web-crawl", "origin": "x"}])) == ("passed", 1, 0)


# --- what Arrow values become -----------------------------------------------------------------------------------------


def test_whole_numbers_stay_exact_beside_nulls() -> None:
    rule = _rule("expect_column_values_to_be_in_set", {"column": "size_bytes", "value_set": [2**53 - 1]}, nulls="pass")
    assert _state(_judge([rule], [{"size_bytes": 2**53 - 1}, {}, {"size_bytes": 2**53 - 2}])) == ("failed", 2, 1)


def test_lists_are_judged_as_their_items_joined() -> None:
    rule = _rule("expect_column_values_to_match_regex", {"column": "processing", "regex": "^a, b$"})
    evaluation = _judge([rule], [{"processing": ["a", "b"]}, {"processing": ["a"]}, {"processing": []}])
    assert _subjects(evaluation) == ["s1", "s2"]


@pytest.mark.parametrize(("claim", "passes"), [("no", True), ("not-recorded", False), ("", False)])
def test_any_answer_is_recorded_but_none_is_not(claim: str, passes: bool) -> None:
    assert (_state(_judge([RECORDED], [{"origin": claim}]))[0] == "passed") is passes


def test_booleans_can_be_judged_and_can_decide() -> None:
    declared = _rule("expect_column_values_to_be_in_set", {"column": "declared", "value_set": [True]}, slug="a")
    version = _rule(
        "expect_claim_to_be_recorded", {"column": "version", "row_condition": _where("declared", "==", True)}, slug="b"
    )
    rows = [
        {"model_id": "m1", "declared": True, "version": "1"},
        {"model_id": "m2", "declared": False, "version": "not-recorded"},
        {"model_id": "m3", "declared": None, "version": "1"},
    ]
    findings = _judge([declared, version], rows, "models").findings.to_pylist()
    assert sorted((found["rule_id"], found["subject"]) for found in findings) == [
        ("test.a", "m2"),
        ("test.a", "m3"),
        ("test.b", "m3"),
    ]


# --- rules over a table as a whole ------------------------------------------------------------------------------------


def test_a_failing_aggregate_is_one_finding_about_the_dataset() -> None:
    rule = _rule("expect_column_max_to_be_between", {"column": "files", "max_value": 5})
    dataset = pa.Table.from_pylist([{"dataset_id": "poems"}], schema=TABLES["dataset"].schema)
    evaluation = evaluate([_pack([rule])], _evidence([{"files": 9}, {"files": 1}]) | {"dataset": dataset})
    (finding,) = evaluation.findings.to_pylist()
    assert (finding["subject"], finding["source_id"], finding["evidence"]) == ("poems", None, '{"files": 9}')
    assert _state(evaluation) == ("failed", 2, 2)


def test_an_aggregate_over_no_row_has_nothing_to_judge() -> None:
    arguments = {"column": "files", "max_value": 5, "row_condition": _where("kind", "==", "licensed")}
    rule = _rule("expect_column_max_to_be_between", arguments)
    assert _state(_judge([rule], [{"files": 9, "kind": "other"}])) == ("nothing-to-judge", 0, 0)


def test_a_table_may_be_judged_by_its_size() -> None:
    rule = _rule("expect_table_row_count_to_be_between", {"min_value": 2})
    assert _state(_judge([rule], [{}, {}])) == ("passed", 2, 0)
    evaluation = _judge([rule], [{}])
    assert _state(evaluation) == ("failed", 1, 1)
    assert _only_rule(evaluation)["column"] == ""
    assert _subjects(evaluation) == ["dataset"]


# --- rules that say nothing -------------------------------------------------------------------------------------------


def test_a_rule_that_cannot_be_computed_errs_alone_and_quotes_nothing() -> None:
    wrong = _rule("expect_column_values_to_be_between", {"column": "kind", "max_value": 3}, slug="wrong")
    evaluation = _judge([wrong, RECORDED], [{"kind": "secret-word", "origin": "x"}])
    rules = {row["rule_id"]: row for row in evaluation.rules.to_pylist()}
    assert rules["test.wrong"]["state"] == "errored"
    assert rules["test.rule"]["state"] == "passed"
    assert "Check that its arguments fit" in rules["test.wrong"]["state_reason"]
    assert evaluation.findings.num_rows == 0
    stored = json.dumps([document for _, document in evaluation.validations])
    for leak in ("secret-word", "Traceback", "site-packages", "TypeError"):
        assert leak not in rules["test.wrong"]["state_reason"]
        assert leak not in stored


def test_a_condition_that_cannot_be_computed_errs() -> None:
    rule = _rule("expect_claim_to_be_recorded", {"column": "origin", "row_condition": _where("kind", ">", 3)})
    assert _state(_judge([rule], [{"kind": "licensed", "origin": "x"}]))[0] == "errored"


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ({}, "The evidence table 'sources' was not gathered."),
        ({"sources": pa.table({"source_id": ["s"]})}, "The evidence has no column kind."),
        (_evidence([]), "The evidence table 'sources' has no rows."),
    ],
)
def test_a_rule_without_evidence_is_not_evaluated(evidence: dict[str, pa.Table], reason: str) -> None:
    evaluation = evaluate([_pack([IN_SET])], evidence)
    row = _only_rule(evaluation)
    assert (row["state"], row["state_reason"], evaluation.validations) == ("not-evaluated", reason, ())


def test_a_missing_condition_column_is_missing_evidence() -> None:
    rule = _rule("expect_claim_to_be_recorded", {"column": "origin", "row_condition": _where("kind", "==", "x")})
    evaluation = evaluate([_pack([rule])], {"sources": pa.table({"source_id": ["s"], "origin": ["x"]})})
    assert _state(evaluation)[0] == "not-evaluated"


def test_a_table_without_rows_leaves_nothing_to_judge() -> None:
    rule = _rule("expect_column_values_to_be_in_set", {"column": "terms_conflict", "value_set": ["none"]})
    assert _state(_judge([rule], [], "overlaps")) == ("nothing-to-judge", 0, 0)


# --- packs that must not be evaluated ---------------------------------------------------------------------------------


def _misspell_type(rule: dict[str, Any]) -> None:
    rule["type"] = "expect_column_values_to_be_in_sets"


def _misspell_argument(rule: dict[str, Any]) -> None:
    rule["kwargs"]["valueset"] = rule["kwargs"].pop("value_set")


@pytest.mark.parametrize("damage", [_misspell_type, _misspell_argument])
@pytest.mark.parametrize("rows", [[], [{"kind": "licensed"}]], ids=["no-rows", "rows"])
def test_an_expectation_that_would_be_dropped_stops_the_evaluation(
    damage: Callable[[dict[str, Any]], None], rows: Rows, capfd: pytest.CaptureFixture[str]
) -> None:
    rule: dict[str, Any] = json.loads(json.dumps(IN_SET))
    damage(rule)
    with pytest.raises(PackError, match=r"test\.sources.*\n  - test\.rule: ") as caught:
        _judge([rule, RECORDED | {"meta": RECORDED["meta"] | {"rule_id": "test.other"}}], rows)
    assert len(caught.value.problems) == 1
    assert capfd.readouterr() == ("", "")


def test_packs_that_clash_are_not_evaluated() -> None:
    with pytest.raises(PackError, match="The pack 'test' was chosen more than once"):
        evaluate([_pack([IN_SET]), _pack([RECORDED])], {})
    with pytest.raises(PackError, match=r"More than one of the chosen packs has the rule test\.rule"):
        evaluate([_pack([IN_SET]), replace(_pack([IN_SET]), id="copy")], {})


@pytest.mark.parametrize(
    "suite",
    [suite for name in available_packs() for suite in load_pack(name).suites],
    ids=lambda suite: suite.document["name"],
)
def test_a_suite_loads_natively_without_losing_a_rule(suite: Suite) -> None:
    loaded = gx.ExpectationSuite(**suite.document)
    assert [rule.meta["rule_id"] for rule in loaded.expectations] == [
        rule["meta"]["rule_id"] for rule in suite.document["expectations"]
    ]


# --- what is stored ---------------------------------------------------------------------------------------------------


def test_stored_results_hold_keys_and_figures_never_values_or_times() -> None:
    rules = [
        IN_SET,
        _rule("expect_column_distinct_values_to_be_in_set", {"column": "origin", "value_set": ["x"]}, slug="distinct"),
        _rule("expect_column_most_common_value_to_be_in_set", {"column": "origin", "value_set": ["y"]}, slug="common"),
        _rule("expect_column_max_to_be_between", {"column": "files", "max_value": 3}, slug="most"),
    ]
    rows = [{"kind": "canary-1", "origin": "canary-2", "files": 4}, {"kind": "licensed", "origin": "x", "files": 1}]
    first, second = (_judge(rules, rows) for _ in range(2))
    ((name, document),) = first.validations
    assert name == "test-sources.json"
    stored = json.dumps(document, sort_keys=True)
    assert stored == json.dumps(second.validations[0][1], sort_keys=True)
    for leak in ("canary", "ge_load_time", "fingerprint", "batch", "run_id"):
        assert leak not in stored
    judged, distinct, common, most = document["results"]
    assert judged == {
        "expectation_config": {"type": IN_SET["type"], "kwargs": IN_SET["kwargs"]},
        "rule_id": "test.rule",
        "success": False,
        "exception_info": {"raised_exception": False, "exception_message": None},
        "result": {
            "element_count": 2,
            "unexpected_count": 1,
            "missing_count": 0,
            "failing_rows": 1,
            "partial_unexpected_index_list": [{"source_id": "s0"}],
        },
    }
    assert (distinct["success"], common["success"]) == (False, False)
    assert "observed_value" not in distinct["result"] | common["result"]
    assert most["result"]["observed_value"] == 4


def test_evaluation_is_silent_and_stays_off_the_network(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("the network was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    evidence = {table.name: table.empty() for table in tables.EVIDENCE} | _evidence([{"kind": "licensed"}])
    evaluate([load_pack("baseline")], evidence)
    assert capfd.readouterr() == ("", "")
