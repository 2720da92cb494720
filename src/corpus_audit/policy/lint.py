"""Errors of a suite, found before evaluation and without loading Great Expectations."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from corpus_audit.evidence import tables
from corpus_audit.policy.problems import lint_problem
from corpus_audit.policy.rules import COLUMN_ARGUMENTS, RuleMeta, judged_columns

COLUMNS = {table.name: frozenset(table.schema.names) for table in tables.EVIDENCE}
"""The columns each evidence table has."""

REFUSED_ARGUMENTS = {
    "mostly": "it would let failing rows pass unseen; judge a share column instead",
    "result_format": "it could carry values into results; the program sets it",
    "catch_exceptions": "an exception must show as an errored rule; the program sets it",
    "condition_parser": "write row_condition as an object with a type",
}
"""Arguments Great Expectations allows and a rule must not use, with the reason."""

_BRANCHES = ("and", "or")
_LEAVES = ("comparison", "nullity")


def lint_suite(pack: str, sources: Collection[str], evidence_table: str, document: Any, path: Path) -> Iterator[str]:
    """Yield every problem of one suite, each beginning with its file and, where there is one, its rule.

    *sources* are the ids of what the pack's rules may cite.
    """
    if evidence_table not in COLUMNS:
        known = ", ".join(COLUMNS)
        yield f"{path.name}: there is no evidence table '{evidence_table}'; name the file after one of {known}."
        return
    expectations = document.get("expectations") if isinstance(document, Mapping) else None
    if not isinstance(expectations, list) or not expectations:
        yield f"{path.name}: a suite is an object with a list 'expectations' that holds at least one rule."
        return
    if not isinstance(document.get("name"), str):
        yield f"{path.name}: the suite has no 'name'."
    for number, configuration in enumerate(expectations, start=1):
        place = f"{path.name}, {_name_rule(configuration, number)}"
        problems = _lint_rule(pack, sources, evidence_table, configuration)
        yield from (f"{place}: {problem}" for problem in problems)


def repeated_rule_ids(documents: Iterable[Any]) -> Iterator[str]:
    """Yield one problem for every rule_id that more than one expectation claims."""
    named = Counter(
        configuration["meta"]["rule_id"]
        for document in documents
        if isinstance(document, Mapping) and isinstance(document.get("expectations"), list)
        for configuration in document["expectations"]
        if _name_rule(configuration, 0) != "expectation 0"
    )
    yield from (
        f"rule_id '{rule_id}' is used {count} times; make each unique."
        for rule_id, count in sorted(named.items())
        if count > 1
    )


def describe_errors(place: str, error: ValidationError) -> Iterator[str]:
    """Yield every problem pydantic found, each with its place."""
    for problem in error.errors():
        location = ".".join(str(part) for part in problem["loc"])
        message = problem["msg"].removeprefix("Value error, ")
        yield f"{': '.join(filter(None, (place, location)))}: {message[0].lower()}{message[1:]}."


def _name_rule(configuration: Any, number: int) -> str:
    meta = configuration.get("meta") if isinstance(configuration, Mapping) else None
    rule_id = meta.get("rule_id") if isinstance(meta, Mapping) else None
    return rule_id if isinstance(rule_id, str) else f"expectation {number}"


def _lint_rule(pack: str, sources: Collection[str], evidence_table: str, configuration: Any) -> Iterator[str]:
    columns = COLUMNS[evidence_table]
    if not isinstance(configuration, Mapping) or not isinstance(configuration.get("type"), str):
        yield "an expectation is an object with a 'type' such as expect_column_values_to_be_in_set."
        return
    arguments = configuration.get("kwargs", {})
    if not isinstance(arguments, Mapping):
        yield "'kwargs' must be an object."
        return
    yield from _lint_meta(pack, sources, evidence_table, configuration)
    yield from (f"remove '{name}': {reason}." for name, reason in REFUSED_ARGUMENTS.items() if name in arguments)
    yield from _lint_columns(columns, configuration)
    yield from _lint_condition(columns, arguments.get("row_condition"))


def _lint_meta(
    pack: str, sources: Collection[str], evidence_table: str, configuration: Mapping[str, Any]
) -> Iterator[str]:
    if not isinstance(configuration.get("meta"), Mapping):
        wanted = ", ".join(name for name, field in RuleMeta.model_fields.items() if field.is_required())
        yield f"it has no 'meta', so it is not a rule; give it {wanted}."
        return
    try:
        meta = RuleMeta.model_validate(configuration["meta"])
    except ValidationError as error:
        yield from describe_errors("meta", error)
        return
    if not meta.rule_id.startswith(f"{pack}."):
        yield f"rule_id must begin with the pack's id: '{pack}.'."
    if configuration.get("severity", meta.severity) != meta.severity:
        yield "the expectation's own 'severity' differs from meta.severity; remove one."
    yield from (
        f"it cites '{citation.source}', which the sources of pack.yaml do not list."
        for citation in meta.citations
        if citation.source not in sources
    )
    yield from (
        f"evidence column '{name}' is not in this table."
        for name in meta.evidence_columns
        if name not in COLUMNS[evidence_table]
    )
    yield from lint_problem(meta, evidence_table, COLUMNS[evidence_table], configuration.get("kwargs", {}))


def _lint_columns(columns: frozenset[str], configuration: Mapping[str, Any]) -> Iterator[str]:
    try:
        named = judged_columns(configuration)
    except TypeError:
        yield f"{', '.join(COLUMN_ARGUMENTS[:-1])} take one column name, {COLUMN_ARGUMENTS[-1]} a list of them."
        return
    yield from (f"column '{name}' is not in this table." for name in named if name not in columns)


def _lint_condition(columns: frozenset[str], condition: Any) -> Iterator[str]:
    """Yield what is wrong with a row condition; text conditions would be run as code, so only objects pass."""
    if condition is None:
        return
    kind = condition.get("type") if isinstance(condition, Mapping) else None
    if kind in _BRANCHES and isinstance(condition.get("conditions"), list):
        for part in condition["conditions"]:
            yield from _lint_condition(columns, part)
    elif kind in _LEAVES:
        column = condition.get("column")
        name = column.get("name") if isinstance(column, Mapping) else None
        if name not in columns:
            yield f"row_condition reads column {name!r}, which is not in this table."
    else:
        yield f"row_condition must be an object whose type is one of {', '.join((*_LEAVES, *_BRANCHES))}."
