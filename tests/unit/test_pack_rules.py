"""Every rule of every pack beside the baseline tells a failing evidence row from a passing one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.evidence import tables
from corpus_audit.policy.evaluate import Evaluation, evaluate
from corpus_audit.policy.packs import Pack, available_packs, load_pack
from unit.pack_cases import CASES, WORTHY, Case

TABLES = {table.name: table for table in tables.EVIDENCE}
FILLERS = {pa.string(): "x", pa.int64(): 1, pa.float64(): 0.0, pa.bool_(): True}
PACKS = tuple(load_pack(name) for name in available_packs() if name != "baseline")
RULES = {rule.rule_id: rule for pack in PACKS for rule in pack.rules}
CASE_OF = {f"{pack}.{slug}": case for pack, cases in CASES.items() for slug, case in cases.items()}


def _table(name: str, rows: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    """Return evidence with one row for each label, by which it is keyed unless the row names its own key."""
    table = TABLES[name]
    filler = {column.name: FILLERS.get(column.type, []) for column in table.schema}
    whole = [filler | dict.fromkeys(table.key, label) | WORTHY[name] | row for label, row in rows.items()]
    return pa.Table.from_pylist(whole, schema=table.schema)


def _labelled_rows(rule_id: str, case: Case) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield a row that passes, one that fails, and one that would fail if the rule spoke about it."""
    yield f"passes {rule_id}", case.passes
    yield f"fails {rule_id}", case.fails
    condition = RULES[rule_id].row_condition
    if condition is not None:
        yield f"is no matter of {rule_id}", {**case.fails, **_outside(condition)}


def _outside(condition: Mapping[str, Any]) -> dict[str, Any]:
    """Return what makes a row one that the condition does not select."""
    if condition["type"] == "and":
        return _outside(condition["conditions"][0])
    if condition["type"] == "or":
        return {name: value for part in condition["conditions"] for name, value in _outside(part).items()}
    wanted = condition["parameter"]
    beside = {
        "==": lambda: not wanted if isinstance(wanted, bool) else "something else",
        "!=": lambda: wanted,
        ">": lambda: wanted,
        ">=": lambda: wanted - 1,
        "<": lambda: wanted,
        "IN": lambda: "something else",
        "NOT_IN": lambda: wanted[0],
    }
    return {condition["column"]["name"]: beside[condition["operator"]]()}


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """Return what all packs make of evidence that holds the two rows of every case, judged at once."""
    rows: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for rule_id, case in CASE_OF.items():
        rows[RULES[rule_id].evidence_table].update(_labelled_rows(rule_id, case))
    return evaluate(PACKS, {name: _table(name, found) for name, found in rows.items()})


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert set(CASE_OF) == set(RULES)


@pytest.fixture(scope="module")
def subjects_of(evaluation: Evaluation) -> Mapping[str, list[str]]:
    """Return what each rule found fault with."""
    found = defaultdict(list)
    for finding in evaluation.findings.to_pylist():
        found[finding["rule_id"]].append(finding["subject"])
    return found


@pytest.mark.parametrize("rule_id", sorted(CASE_OF))
def test_a_rule_tells_the_failing_row_from_the_passing_one(rule_id: str, subjects_of: Mapping[str, list[str]]) -> None:
    subjects = subjects_of[rule_id]
    assert any(f"fails {rule_id}" in subject for subject in subjects)
    assert not any(f"passes {rule_id}" in subject for subject in subjects)
    assert not any(f"is no matter of {rule_id}" in subject for subject in subjects)


def test_a_passing_row_is_judged_and_not_passed_over() -> None:
    """A case proves nothing when the rule does not apply to the row that passes."""
    passing = {rule_id: case.passes for rule_id, case in CASE_OF.items()}
    for pack in PACKS:
        for rule in pack.rules:
            table = _table(rule.evidence_table, {"alone": passing[rule.rule_id]})
            assert _applies(rule.row_condition, table.to_pylist()[0]), rule.rule_id


def _applies(condition: Mapping[str, Any] | None, row: Mapping[str, Any]) -> bool:
    if condition is None:
        return True
    if condition["type"] in ("and", "or"):
        judge = all if condition["type"] == "and" else any
        return judge(_applies(part, row) for part in condition["conditions"])
    value, wanted = row[condition["column"]["name"]], condition["parameter"]
    return {
        "==": lambda: value == wanted,
        "!=": lambda: value != wanted,
        ">": lambda: value > wanted,
        ">=": lambda: value >= wanted,
        "<": lambda: value < wanted,
        "IN": lambda: value in wanted,
        "NOT_IN": lambda: value not in wanted,
    }[condition["operator"]]()


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_what_nobody_recorded_never_passes_a_rule_that_asks_for_it(pack: Pack) -> None:
    """A manifest that says nothing at all fails every pack, and nulls break no rule."""
    silent = {
        name: pa.Table.from_pylist(
            [{column.name: _nothing(column.type) for column in TABLES[name].schema}], schema=TABLES[name].schema
        )
        for name in ("dataset", "sources", "disclosure", "source_disclosures", "trained_models", "models", "subjects")
    }
    states = {row["rule_id"]: row["state"] for row in evaluate([pack], silent).rules.to_pylist()}
    asks = {rule.rule_id for rule in pack.rules if rule.expectation == "expect_claim_to_be_recorded"}
    unconditional = {rule_id for rule_id in asks if RULES[rule_id].row_condition is None}
    assert {states[rule_id] for rule_id in unconditional} == {"failed"}
    assert "errored" not in states.values()


def _nothing(kind: pa.DataType) -> Any:
    if pa.types.is_string(kind):
        return "not-recorded"
    return [] if pa.types.is_list(kind) else None
