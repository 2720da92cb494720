"""Evaluation of packs on the evidence: rules that passed or failed, and one finding per failing row.

Importing this module imports great_expectations, which takes seconds: do it where an evaluation starts.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.evidence import tables
from corpus_audit.policy.citations import citation_status, cite
from corpus_audit.policy.description import PackSource
from corpus_audit.policy.packs import Pack, Suite, check_together
from corpus_audit.policy.problems import named_columns, named_figures
from corpus_audit.policy.rules import Rule
from corpus_audit.policy.sentences import rule_sentence
from corpus_audit.policy.validation import RuleOutcome, Validator, build_suite, suite_name
from corpus_audit.vocabulary import WHOLE_DATASET, Language, RuleState

TABLES = {table.name: table for table in tables.EVIDENCE}
NEVER_EMPTY = frozenset({tables.DATASET.name, tables.SOURCES.name, tables.COVERAGE.name})
"""Tables whose emptiness means that nothing was gathered, not that there is nothing to find fault with."""

_LONGEST_TEXT = 200
_LONGEST_LIST = 10


@dataclass(frozen=True)
class Evaluation:
    """What the packs made of the evidence: tables in schemas RULES and FINDINGS, and the results to be stored."""

    rules: pa.Table
    findings: pa.Table
    validations: tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True)
class _Outcome:
    rule: Rule
    state: RuleState
    reason: str = ""
    judgement: RuleOutcome = field(default_factory=RuleOutcome)


def evaluate(
    packs: Sequence[Pack],
    evidence: Mapping[str, pa.Table],
    tell: Callable[[int, int], None] = lambda _done, _steps: None,
) -> Evaluation:
    """Return what every rule of *packs* makes of *evidence* (evidence tables by name).

    *tell* is called with the suites that are done, and their number. Raises PackError when two packs claim the same
    rule or when a rule cannot be built.
    """
    check_together(packs)
    validator = Validator()
    outcomes: list[_Outcome] = []
    validations: list[tuple[str, dict[str, Any]]] = []
    suites = [(pack, suite) for pack in packs for suite in pack.suites]
    for done, (pack, suite) in enumerate(suites, 1):
        judged, document = _evaluate_suite(validator, pack, suite, evidence.get(suite.evidence_table))
        outcomes += judged
        if document is not None:
            validations.append((f"{pack.id}-{suite.evidence_table}.json", document))
        tell(done, len(suites))
    return Evaluation(
        rules=_rules_table(outcomes, {pack.id: pack.sources for pack in packs}),
        findings=_findings_table(outcomes, evidence),
        validations=tuple(sorted(validations, key=lambda named: named[0])),
    )


def _evaluate_suite(
    validator: Validator, pack: Pack, suite: Suite, table: pa.Table | None
) -> tuple[list[_Outcome], dict[str, Any] | None]:
    rules = pack.rules_of(suite)
    name = suite_name(pack, suite)
    # Built even when there is nothing to judge: a rule that cannot be loaded must not wait for its evidence to show.
    build_suite(name, [rule.configuration for rule in rules])
    outcomes = {
        rule.rule_id: outcome for rule in rules if (outcome := _settle_without_judging(rule, table)) is not None
    }
    open_rules = [rule for rule in rules if rule.rule_id not in outcomes]
    document = None
    if open_rules and table is not None:
        validation = validator.validate(name, open_rules, table, TABLES[suite.evidence_table].key)
        document = dict(validation.document)
        outcomes |= {rule.rule_id: _outcome(rule, validation.judgements[rule.rule_id]) for rule in open_rules}
    return [outcomes[rule.rule_id] for rule in rules], document


def _settle_without_judging(rule: Rule, table: pa.Table | None) -> _Outcome | None:
    """Return the outcome of a rule without evidence rows; None if it must be judged."""
    if table is None:
        return _Outcome(rule, RuleState.NOT_EVALUATED, f"The evidence table '{rule.evidence_table}' was not gathered.")
    absent = sorted({*rule.columns, *rule.condition_columns}.difference(table.column_names))
    if absent:
        return _Outcome(rule, RuleState.NOT_EVALUATED, f"The evidence has no column {', '.join(absent)}.")
    if table.num_rows:
        return None
    if rule.evidence_table in NEVER_EMPTY:
        return _Outcome(rule, RuleState.NOT_EVALUATED, f"The evidence table '{rule.evidence_table}' has no rows.")
    return _Outcome(rule, RuleState.NOTHING_TO_JUDGE)


def _outcome(rule: Rule, judgement: RuleOutcome) -> _Outcome:
    if judgement.error:
        return _Outcome(rule, RuleState.ERRORED, judgement.error)
    if judgement.failing_rows or judgement.fails_as_a_whole:
        return _Outcome(rule, RuleState.FAILED, judgement=judgement)
    return _Outcome(
        rule, RuleState.PASSED if judgement.rows_evaluated else RuleState.NOTHING_TO_JUDGE, judgement=judgement
    )


# --- tables -----------------------------------------------------------------------------------------------------------


def _rules_table(outcomes: Sequence[_Outcome], sources: Mapping[str, Sequence[PackSource]]) -> pa.Table:
    rows = [_rule_row(outcome) | _basis(outcome.rule, sources[outcome.rule.pack]) for outcome in outcomes]
    rows.sort(key=lambda row: (row["pack"], row["rule_id"]))
    return pa.Table.from_pylist(rows, schema=schemas.RULES.schema)


def _rule_row(outcome: _Outcome) -> dict[str, Any]:
    rule, judgement = outcome.rule, outcome.judgement
    meta = rule.meta
    texts = {"title": meta.title, "problem": meta.problem, "why": meta.why, "remedy": meta.remedy}
    return {
        "rule_id": rule.rule_id,
        "pack": rule.pack,
        "severity": rule.severity,
        "declared_severity": rule.meta.severity,
        "severity_pack": "" if rule.reweighing is None else rule.reweighing.pack,
        "severity_reason": "" if rule.reweighing is None else rule.reweighing.reason,
        "failure_kind": rule.meta.failure_kind,
        **{name: text.en for name, text in texts.items()},
        **{f"{name}_zh": text.zh for name, text in texts.items()},
        "requirements": rule.meta.requirements,
        "owner": rule.meta.owner,
        "bounds": [asdict(bound) for bound in rule.bounds],
        "fact": rule.fact,
        "evidence_table": rule.evidence_table,
        "column": rule.columns[0] if len(rule.columns) == 1 else "",
        "expectation": rule.expectation,
        "state": outcome.state,
        "state_reason": outcome.reason,
        "rows_evaluated": judgement.rows_evaluated,
        "rows_failed": judgement.rows_evaluated if judgement.fails_as_a_whole else len(judgement.failing_rows),
    }


def _basis(rule: Rule, sources: Sequence[PackSource]) -> dict[str, Any]:
    """Return what a rule asks as a sentence, and what it rests on."""
    arguments = rule.configuration.get("kwargs", {})
    return {
        "citations": cite(rule.meta, sources, Language.ENGLISH),
        "citations_zh": cite(rule.meta, sources, Language.CHINESE),
        "citation_status": citation_status(rule.meta, sources),
        "sentence": rule_sentence(rule.expectation, arguments, Language.ENGLISH),
        "sentence_zh": rule_sentence(rule.expectation, arguments, Language.CHINESE),
    }


def _findings_table(outcomes: Sequence[_Outcome], evidence: Mapping[str, pa.Table]) -> pa.Table:
    # Rule by rule, so that only one rule's findings are Python objects at a time: there may be millions in all.
    parts = (
        pa.Table.from_pylist(list(_findings(outcome, evidence)), schema=schemas.FINDINGS.schema) for outcome in outcomes
    )
    return pa.concat_tables([schemas.FINDINGS.empty(), *parts]).sort_by("finding_id")


def _findings(outcome: _Outcome, evidence: Mapping[str, pa.Table]) -> Iterator[dict[str, Any]]:
    rule, judgement = outcome.rule, outcome.judgement
    if judgement.fails_as_a_whole:
        observed = dict.fromkeys(rule.columns, judgement.observed)
        yield _finding(rule, _dataset_id(evidence), None, observed, observed)
    if not judgement.failing_rows:
        return
    table = evidence[rule.evidence_table]
    shown = [name for name in dict.fromkeys((*rule.columns, *rule.meta.evidence_columns)) if name in table.column_names]
    named = [name for name in named_columns(rule) if name in table.column_names]
    key = TABLES[rule.evidence_table].key
    columns = list(dict.fromkeys((*key, *shown, *named)))
    for row in table.take(pa.array(judgement.failing_rows, pa.int64())).select(columns).to_pylist():
        subject = " / ".join(str(row[name]) for name in key)
        yield _finding(rule, subject, _source_of(row), {n: row[n] for n in shown}, {n: row[n] for n in named})


def _finding(
    rule: Rule, subject: str, source_id: str | None, shown: Mapping[str, Any], named: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "finding_id": finding_id(rule.rule_id, subject),
        "problem_id": problem_id(rule.evidence_table, rule.fact, subject),
        "rule_id": rule.rule_id,
        "pack": rule.pack,
        "severity": rule.severity,
        "failure_kind": rule.meta.failure_kind,
        "evidence_table": rule.evidence_table,
        "subject": subject,
        "source_id": source_id,
        "evidence": _as_json(shown),
        "named": _as_json({**named, **named_figures(rule)}),
    }


def _as_json(values: Mapping[str, Any]) -> str:
    return json.dumps({name: _shorten(value) for name, value in values.items()}, ensure_ascii=False)


def finding_id(rule_id: str, subject: str) -> str:
    """Return the id that the same subject and rule have in every run, so that decisions carry over."""
    return hashlib.sha256(f"{rule_id}\0{subject}".encode()).hexdigest()[:16]


def problem_id(evidence_table: str, fact: str, subject: str) -> str:
    """Return the id of a problem: the same in every run, and for every rule of every pack that judges the same fact."""
    return hashlib.sha256(f"{evidence_table}\0{fact}\0{subject}".encode()).hexdigest()[:16]


def _dataset_id(evidence: Mapping[str, pa.Table]) -> str:
    table = evidence.get(tables.DATASET.name)
    return str(table.column("dataset_id")[0].as_py()) if table is not None and table.num_rows else "dataset"


def _source_of(row: Mapping[str, Any]) -> str | None:
    """Return the source a row is about: the first of the two for an overlap, None for the dataset or a model."""
    source: str | None = row.get("source_id", row.get("source_a"))
    return None if source == WHOLE_DATASET else source


def _shorten(value: Any) -> Any:
    """Return a value small enough for a finding: some declared licenses are whole texts."""
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return value[: _LONGEST_TEXT - 1] + "…"
    if isinstance(value, list):
        rest = len(value) - _LONGEST_LIST
        return [*map(_shorten, value[:_LONGEST_LIST]), *([f"… and {rest} more"] if rest > 0 else [])]
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124 - NaN is no JSON
