"""Whatever the evidence holds, a rule finds exactly the rows that break it, unknowns included."""

from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_audit.evidence import tables
from corpus_audit.policy.description import PackSource
from corpus_audit.policy.evaluate import Evaluation, evaluate, finding_id
from corpus_audit.policy.packs import Pack, Suite
from corpus_audit.policy.rules import Bilingual
from corpus_audit.policy.verdict import decide
from corpus_audit.vocabulary import NOT_RECORDED, Severity, Verdict

WORDS = st.none() | st.sampled_from([NOT_RECORDED, "", "yes", "no", "是"]) | st.text(max_size=4)
COUNTS = st.none() | st.integers(min_value=-3, max_value=3) | st.just(2**53 - 1)
ROWS = st.lists(st.tuples(WORDS, WORDS, COUNTS), min_size=1, max_size=12)
READ = pa.Table.from_pylist([{"source_id": "s", "state": "read"}], schema=tables.COVERAGE.schema)
FEW = settings(max_examples=40, deadline=None)

TEXTS = {name: {"en": name, "zh": name} for name in ("title", "why", "remedy")}
PROBLEM = dict.fromkeys(("en", "zh"), "{subject}: problem")
BASIS = {"requirements": [1], "citations": [{"source": "law"}], "owner": "data-steward"}
META = TEXTS | BASIS | {"problem": PROBLEM} | {"rule_id": "test.rule", "failure_kind": "missing"}
LAW = PackSource(id="law", title=Bilingual(en="A law", zh="某法"), status="secondary", used_for="tests")


def _judge(rows: list[tuple[Any, ...]], expectation: str, arguments: dict[str, Any], **meta: str) -> Evaluation:
    rule = {"type": expectation, "kwargs": arguments, "meta": META | {"severity": "warning"} | meta}
    suite = Suite("sources", {"name": "test.sources", "expectations": [rule]}, Path("sources.json"))
    pack = Pack("test", Bilingual(en="Test", zh="测试"), "1", "any", (LAW,), (suite,), ())
    named = [
        {"source_id": f"s{number}", "kind": kind, "origin": origin, "files": files}
        for number, (kind, origin, files) in enumerate(rows)
    ]
    return evaluate([pack], {"sources": pa.Table.from_pylist(named, schema=tables.SOURCES.schema)})


def _failing(evaluation: Evaluation) -> set[int]:
    assert evaluation.rules["state"].to_pylist()[0] in ("passed", "failed", "nothing-to-judge")
    return {int(subject[1:]) for subject in evaluation.findings["subject"].to_pylist()}


@FEW
@given(ROWS)
def test_a_set_finds_every_row_outside_it(rows: list[tuple[Any, ...]]) -> None:
    evaluation = _judge(rows, "expect_column_values_to_be_in_set", {"column": "kind", "value_set": ["yes", "是"]})
    assert _failing(evaluation) == {number for number, row in enumerate(rows) if row[0] not in ("yes", "是")}


@FEW
@given(ROWS)
def test_a_bound_finds_every_row_beyond_it_and_every_unknown(rows: list[tuple[Any, ...]]) -> None:
    evaluation = _judge(rows, "expect_column_values_to_be_between", {"column": "files", "min_value": 0, "max_value": 2})
    assert _failing(evaluation) == {number for number, row in enumerate(rows) if row[2] is None or not 0 <= row[2] <= 2}


@FEW
@given(ROWS)
def test_a_condition_leaves_out_only_rows_that_are_known_to_be_outside(rows: list[tuple[Any, ...]]) -> None:
    condition = {"type": "comparison", "column": {"name": "kind"}, "operator": "==", "parameter": "yes"}
    evaluation = _judge(rows, "expect_claim_to_be_recorded", {"column": "origin", "row_condition": condition})
    assert _failing(evaluation) == {
        number
        for number, (kind, origin, _) in enumerate(rows)
        if kind is None or (kind == "yes" and origin in (None, "", NOT_RECORDED))
    }


@FEW
@given(ROWS, st.sampled_from(list(Severity)))
def test_findings_keep_their_ids_and_decide_the_verdict(rows: list[tuple[Any, ...]], severity: Severity) -> None:
    evaluation = _judge(rows, "expect_claim_to_be_recorded", {"column": "origin"}, severity=severity)
    subjects = evaluation.findings["subject"].to_pylist()
    expected = sorted(finding_id("test.rule", subject) for subject in subjects)
    assert evaluation.findings["finding_id"].to_pylist() == expected
    fails = bool(subjects) and severity is Severity.CRITICAL
    judged = "nothing-to-judge" not in evaluation.rules["state"].to_pylist()
    verdict = Verdict.FAIL if fails else Verdict.PASS if judged else Verdict.INCOMPLETE
    assert decide(evaluation.rules, evaluation.findings, READ).verdict is verdict
