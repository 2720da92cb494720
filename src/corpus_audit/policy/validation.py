"""One suite validated on one evidence table by Great Expectations, returned as plain facts per rule.

Great Expectations has three habits this module guards against. It drops expectations it cannot build, so every one
is built here and counted. It skips nulls and judges the rest, so each rule has a null check beside it. It calls an
aggregate of no rows a failure, so a rule that applies to no row is passed before its result is read.
"""

import corpus_audit.policy.expectations  # noqa: F401 - registers our expectations, and loads Great Expectations

# isort: split
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from numbers import Integral, Real
from typing import Any

import great_expectations as gx
import pyarrow as pa
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from corpus_audit.errors import PackError
from corpus_audit.policy.built_once import built_once
from corpus_audit.policy.frames import to_frame
from corpus_audit.policy.packs import Pack, Suite
from corpus_audit.policy.rules import Rule, condition_leaves

NOT_COMPUTED = "Great Expectations could not compute it. Check that its arguments fit the type of the column."
"""Why a rule errored. The exception's own words stay out: they may quote values or paths."""

NULL_CHECK = "expect_column_values_to_not_be_null"
_KEPT_FIGURES = ("element_count", "unexpected_count", "missing_count", "observed_value")
_EXAMPLES = 20


@dataclass(frozen=True)
class RuleOutcome:
    """What the evidence said to one rule. Rows are positions in the evidence table."""

    rows_evaluated: int = 0
    failing_rows: tuple[int, ...] = ()
    fails_as_a_whole: bool = False
    observed: float | None = None
    error: str = ""


@dataclass(frozen=True)
class Validation:
    """One suite's judgements by rule_id, and Great Expectations' own result without values, times and paths."""

    judgements: Mapping[str, RuleOutcome]
    document: Mapping[str, Any]


class Validator:
    """Runs suites in a Great Expectations context that is kept in memory and sends no reports."""

    def __init__(self) -> None:
        settings = DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        )
        source = gx.get_context(mode="ephemeral", project_config=settings).data_sources.add_pandas("evidence")
        # One asset for all tables: each new one would have the whole project written down anew.
        self._batches = source.add_dataframe_asset("evidence").add_batch_definition_whole_dataframe("whole")

    def validate(self, name: str, rules: Sequence[Rule], table: pa.Table, key: Sequence[str]) -> Validation:
        """Return what *table* says to *rules*; raises PackError when a rule cannot be built."""
        checks = {
            label: check for rule in rules for label, check in (_domain_checks(rule) | _condition_checks(rule)).items()
        }
        suite = build_suite(name, [*(rule.configuration for rule in rules), *checks.values()])
        columns = sorted({column for rule in rules for column in (*rule.columns, *rule.condition_columns)})
        results = self._run(suite, table, columns)
        judgements = {rule.rule_id: _judge(rule, results, table.num_rows) for rule in rules}
        return Validation(judgements, _document(name, rules, results, judgements, table.select(list(key))))

    def _run(self, suite: Any, table: pa.Table, columns: Sequence[str]) -> dict[str, Any]:
        """Return every result by the label that its expectation carries in meta."""
        batch = self._batches.get_batch({"dataframe": to_frame(table, columns)})
        with built_once():
            outcome = batch.validate(suite, result_format=_result_format())
        return {result.expectation_config.meta["rule_id"]: result for result in outcome.results}


def check_buildable(packs: Iterable[Pack]) -> None:
    """Raise PackError with every rule of *packs* that Great Expectations refuses."""
    refused: list[PackError] = []
    for pack in packs:
        for suite in pack.suites:
            try:
                build_suite(suite_name(pack, suite), [rule.configuration for rule in pack.rules_of(suite)])
            except PackError as error:
                refused.append(error)
    if refused:
        problems = tuple(problem for error in refused for problem in error.problems)
        raise PackError("\n".join(map(str, refused)), problems)


def suite_name(pack: Pack, suite: Suite) -> str:
    """Return what results call a suite of a pack."""
    return f"{pack.id}.{suite.evidence_table}"


def build_suite(name: str, configurations: Sequence[Mapping[str, Any]]) -> Any:
    """Return a Great Expectations suite that holds all of *configurations*, or raise PackError with all that fail."""
    expectations, problems = [], []
    for configuration in configurations:
        try:
            expectations.append(ExpectationConfiguration(**configuration).to_domain_obj())
        except Exception as error:  # noqa: BLE001 - whatever it raises, the expectation is not usable
            problems.append(f"{configuration['meta']['rule_id']}: {' '.join(str(error).split())}")
    suite = gx.ExpectationSuite(name=name, expectations=expectations)
    lost = len(configurations) - len(problems) - len(suite.expectations)
    if lost:
        problems.append(f"{lost} of {len(configurations)} expectations were lost without a word")
    if problems:
        listing = "\n".join(f"  - {problem}" for problem in problems)
        message = f"Great Expectations refuses rules of '{name}'; mend their type or kwargs:\n{listing}"
        raise PackError(message, tuple(problems))
    return suite


def _result_format() -> dict[str, Any]:
    """Return a new result format: Great Expectations changes the one it gets.

    Without named index columns it reports row numbers, exact and an order of magnitude faster than keys; the keys
    are looked up in the evidence.
    """
    return {
        "result_format": "COMPLETE",
        "exclude_unexpected_values": True,
        "include_unexpected_rows": False,
        "return_unexpected_index_query": False,
    }


# --- null checks ------------------------------------------------------------------------------------------------------


def _null_check(column: str, condition: Mapping[str, Any] | None) -> tuple[str, dict[str, Any]]:
    """Return a label and an expectation that a column has no nulls in the rows that a condition selects."""
    label = f"null-check:{column}:{json.dumps(condition, sort_keys=True)}"
    arguments = {"column": column} | ({"row_condition": condition} if condition else {})
    return label, {"type": NULL_CHECK, "kwargs": arguments, "meta": {"rule_id": label}}


def _domain_checks(rule: Rule) -> dict[str, dict[str, Any]]:
    """Return a null check for each column a rule judges, in the rows it applies to."""
    return dict(_null_check(column, rule.row_condition) for column in rule.columns)


def _condition_checks(rule: Rule) -> dict[str, dict[str, Any]]:
    """Return a null check for each column that decides where a rule applies.

    A comparison with null selects no row, so a null there would take the row out of the rule's sight. A condition
    that names null itself has dealt with it.
    """
    leaves = set(condition_leaves(rule.row_condition))
    named = {column for kind, column in leaves if kind == "nullity"}
    compared = sorted(column for kind, column in leaves if kind == "comparison" and column not in named)
    return dict(_null_check(column, None) for column in compared)


# --- reading results --------------------------------------------------------------------------------------------------


def _judge(rule: Rule, results: Mapping[str, Any], rows: int) -> RuleOutcome:
    own = results[rule.rule_id]
    domain = [results[label] for label in _domain_checks(rule)]
    checks = [*domain, *(results[label] for label in _condition_checks(rule))]
    if any(map(_is_error, (own, *checks))):
        return RuleOutcome(error=NOT_COMPUTED)
    rows_evaluated = max((_rows_judged(rule, check) for check in domain), default=rows)
    nulls = [] if rule.meta.nulls == "pass" else [row for check in checks for row in _failing_rows(check)]
    failing = tuple(sorted({*nulls, *_failing_rows(own)}))
    # An aggregate has no failing rows of its own, and Great Expectations fails it when there is nothing to aggregate.
    whole = not own.success and rows_evaluated > 0 and not _failing_rows(own)
    return RuleOutcome(
        rows_evaluated=max(rows_evaluated, len(failing)),
        failing_rows=() if whole else failing,
        fails_as_a_whole=whole,
        observed=_number(own.result.get("observed_value")),
    )


def _rows_judged(rule: Rule, null_check: Any) -> int:
    """Return how many rows a rule judges: where a missing value passes, a row without one is not judged."""
    in_domain = int(null_check.result["element_count"])
    return in_domain - len(_failing_rows(null_check)) if rule.meta.nulls == "pass" else in_domain


def _failing_rows(result: Any) -> list[int]:
    return [int(row) for row in result.result.get("unexpected_index_list") or ()]


def _is_error(result: Any) -> bool:
    """True if Great Expectations failed to compute it, which it reports once, or once per needed metric."""
    info = result.exception_info or {}
    details = [info] if "raised_exception" in info else list(info.values())
    return any(detail.get("raised_exception") for detail in details)


def _number(value: Any) -> float | None:
    """Return a figure as Python and JSON have it; None for anything that is not one, such as a set of values."""
    if not isinstance(value, Real) or isinstance(value, bool) or isnan(value):
        return None
    return int(value) if isinstance(value, Integral) else float(value)


def _document(
    name: str,
    rules: Sequence[Rule],
    results: Mapping[str, Any],
    judgements: Mapping[str, RuleOutcome],
    keys: pa.Table,
) -> dict[str, Any]:
    """Return what may be stored of the results: figures and keys, in the order of the suite."""
    return {
        "suite_name": name,
        "meta": {"great_expectations_version": gx.__version__},
        "evaluated_expectations": len(rules),
        "results": [_result(rule, results[rule.rule_id], judgements[rule.rule_id], keys) for rule in rules],
    }


def _result(rule: Rule, result: Any, judgement: RuleOutcome, keys: pa.Table) -> dict[str, Any]:
    figures = {name: _number(result.result.get(name)) for name in _KEPT_FIGURES}
    return {
        "expectation_config": {"type": rule.expectation, "kwargs": rule.configuration.get("kwargs", {})},
        "rule_id": rule.rule_id,
        "success": not (judgement.error or judgement.failing_rows or judgement.fails_as_a_whole),
        "exception_info": {"raised_exception": bool(judgement.error), "exception_message": judgement.error or None},
        "result": {name: value for name, value in figures.items() if value is not None}
        | {
            "failing_rows": len(judgement.failing_rows),
            "partial_unexpected_index_list": keys.take(
                pa.array(judgement.failing_rows[:_EXAMPLES], pa.int64())
            ).to_pylist(),
        },
    }
