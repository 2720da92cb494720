"""Which findings a report lists: the first rows of each problem, with counts of all; findings.parquet has the rest."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.document.natural_order import natural_ranks
from corpus_audit.report import bounds
from corpus_audit.report.order import ProblemKind, manifest_field, problem_kind
from corpus_audit.report.sections import Finding, FindingDecision, ProblemCount, RuleRow
from corpus_audit.vocabulary import WHOLE_DATASET, Severity

PLACES = {"sources": "sources", "source_disclosures": "sources", "dataset": "dataset", "disclosure": "dataset"}
"""Evidence tables whose statements about the same thing make one line."""

_SEVERITIES = list(Severity)
_Integers = NDArray[np.int64]
_Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class ListedFindings:
    """The findings of a report in no order, a count for each problem, and of how many places a field is empty."""

    findings: tuple[Finding, ...]
    problems: tuple[ProblemCount, ...]
    not_stated: int


@dataclass(frozen=True)
class _Problems:
    """The facts that some rules judge, each rule's, and the rule that leads each fact: the most severe that failed."""

    facts: Sequence[tuple[str, str]]
    of_rule: Mapping[str, int]
    lead: Sequence[RuleRow]

    @property
    def is_not_stated(self) -> _Flags:
        return np.array([problem_kind(rule) is ProblemKind.NOT_STATED for rule in self.lead], np.bool_)


def choose_findings(
    table: pa.Table, decisions: Mapping[str, FindingDecision], rules: Sequence[RuleRow]
) -> ListedFindings:
    """Return what a report lists of *table* (schema FINDINGS), with the *decisions* about that, by finding id."""
    is_known = pc.is_in(table["rule_id"], pa.array([rule.rule_id for rule in rules], pa.string()))
    table = table if pc.all(is_known).as_py() else table.filter(is_known)  # a copy is as large as all evidence
    if not table.num_rows:
        return ListedFindings((), (), 0)
    problems = _problems(pc.unique(table["rule_id"]).to_pylist(), rules)
    facts = _map(table["rule_id"], problems.of_rule)
    rows = _number(table["problem_id"])
    closed = [finding for finding, decision in decisions.items() if decision.status.is_closed]
    is_open = _is_open(table, rows, closed)
    is_not_stated = problems.is_not_stated[facts]
    places, places_kept = _places(table, is_not_stated, [manifest_field(rule) for rule in problems.lead], facts)
    limit = bounds.problem_rows_listed(len(problems.facts))
    is_listed = _first_rows(table, facts, rows, is_open, limit) & ~is_not_stated
    is_listed |= is_not_stated & np.isin(places, places_kept)
    listed = table.filter(pa.array(np.isin(rows, rows[is_listed])))
    return ListedFindings(
        findings=tuple(_finding(row, decisions) for row in listed.to_pylist()),
        problems=tuple(_count(table, problems, facts, rows, is_open)),
        not_stated=len(np.unique(places[is_not_stated])),
    )


def severities_by_source(table: pa.Table) -> Mapping[str | None, Counter[Severity]]:
    """Return how many findings of each severity each source has (schema FINDINGS); None is the whole dataset."""
    counts: dict[str | None, Counter[Severity]] = defaultdict(Counter)
    counted = table.group_by(["source_id", "severity"]).aggregate([([], "count_all")])
    for row in counted.to_pylist():
        counts[row["source_id"]][Severity(row["severity"])] = row["count_all"]
    return counts


def fields_not_stated(table: pa.Table, rules: Sequence[RuleRow]) -> Mapping[str, set[str]]:
    """Return by source the fields of the manifest that findings (schema FINDINGS) ask to be filled."""
    problems = _problems(pc.unique(table["rule_id"]).to_pylist(), rules)
    fields: dict[str, set[str]] = defaultdict(set)
    for row in table.group_by(["rule_id", "source_id"]).aggregate([]).to_pylist():
        fact = problems.of_rule.get(row["rule_id"])
        if fact is not None and problem_kind(problems.lead[fact]) is ProblemKind.NOT_STATED:
            fields[row["source_id"] or WHOLE_DATASET] |= set(manifest_field(problems.lead[fact]).split(", "))
    return fields


def _problems(failed: Iterable[str], rules: Sequence[RuleRow]) -> _Problems:
    known = {rule.rule_id: rule for rule in rules}
    by_fact: dict[tuple[str, str], list[RuleRow]] = defaultdict(list)
    for rule in sorted((known[name] for name in failed if name in known), key=lambda rule: rule.rule_id):
        by_fact[rule.evidence_table, rule.fact].append(rule)
    return _Problems(
        facts=tuple(by_fact),
        of_rule={rule.rule_id: number for number, found in enumerate(by_fact.values()) for rule in found},
        lead=tuple(min(found, key=_weight) for found in by_fact.values()),
    )


def _weight(rule: RuleRow) -> tuple[int, int]:
    return _SEVERITIES.index(rule.severity), problem_kind(rule)


def _is_open(table: pa.Table, rows: _Integers, closed: Sequence[str]) -> _Flags:
    """Return for each row of evidence whether a finding of it is open."""
    is_closed = pc.is_in(table["finding_id"], pa.array(closed, pa.string())).to_numpy()
    is_open: _Flags = np.bincount(rows, weights=~is_closed) > 0
    return is_open


def _first_rows(table: pa.Table, facts: _Integers, rows: _Integers, is_open: _Flags, limit: int) -> _Flags:
    """Return which findings are of the first rows of their problem: open, most severe, by their names."""
    severity = _map(table["severity"], {name.value: place for place, name in enumerate(_SEVERITIES)})
    subjects = natural_ranks(table["subject"]).to_numpy().astype(np.int64)
    order = np.lexsort((rows, subjects, severity, ~is_open[rows], facts))
    _, firsts = np.unique(rows[order], return_index=True)  # the place of each row in the order
    ordered = order[np.sort(firsts)]
    begins = np.searchsorted(facts[ordered], facts[ordered])
    kept = rows[ordered[np.arange(len(ordered)) - begins < limit]]
    is_kept: _Flags = np.isin(rows, kept)
    return is_kept


def _places(
    table: pa.Table, is_not_stated: _Flags, fields: Sequence[str], facts: _Integers
) -> tuple[_Integers, _Integers]:
    """Return what each finding is about, as a number, and the places whose empty fields are listed."""
    grouped = [PLACES.get(name) for name in table["evidence_table"].to_pylist()]
    subjects = pc.if_else(pa.array([name is not None for name in grouped]), "", table["subject"])
    of_table = pc.coalesce(pa.array(grouped, pa.string()), table["evidence_table"])
    names = pc.binary_join_element_wise(of_table, subjects, pc.fill_null(table["source_id"], ""), "\0")
    places = pc.rank(names, tiebreaker="dense").to_numpy().astype(np.int64)  # ordered: rows of a table are not
    about = np.flatnonzero(is_not_stated)
    severity = _map(table["severity"], {name.value: place for place, name in enumerate(_SEVERITIES)})
    asked = _number(pa.array([fields[fact] for fact in facts.tolist()], pa.string()))
    known = np.unique(places[about])
    if not len(known):
        return places, known
    number = np.searchsorted(known, places[about])
    worst, subject = np.full(len(known), len(_SEVERITIES)), np.full(len(known), table.num_rows)
    np.minimum.at(worst, number, severity[about])
    np.minimum.at(subject, number, natural_ranks(table["subject"]).to_numpy()[about].astype(np.int64))
    pairs = np.unique(np.stack([number, asked[about]]), axis=1)
    count = np.bincount(pairs[0], minlength=len(known))
    order = np.lexsort((subject, -count, worst))
    return places, known[order[: bounds.PLACES_LISTED]]


def _count(
    table: pa.Table, problems: _Problems, facts: _Integers, rows: _Integers, is_open: _Flags
) -> Iterable[ProblemCount]:
    broken: dict[int, list[str]] = defaultdict(list)
    for rule in sorted(pc.unique(table["rule_id"]).to_pylist()):
        broken[problems.of_rule[rule]].append(rule)
    _, firsts = np.unique(rows, return_index=True)
    of_row = facts[firsts]
    for fact, (evidence_table, name) in sorted(enumerate(problems.facts), key=lambda pair: pair[1]):
        yield ProblemCount(
            evidence_table=evidence_table,
            fact=name,
            rules=tuple(broken[fact]),
            rows=int((of_row == fact).sum()),
            open_rows=int(is_open[of_row == fact].sum()),
            findings=int((facts == fact).sum()),
        )


def _finding(row: Mapping[str, str], decisions: Mapping[str, FindingDecision]) -> Finding:
    values = {name: row[name] for name in Finding.model_fields if name in row}
    values |= {"evidence": json.loads(row["evidence"]), "named": json.loads(row["named"])}
    return Finding.model_validate(values | {"decision": decisions.get(row["finding_id"])})


def _number(column: pa.ChunkedArray | pa.Array) -> _Integers:
    """Return a number for each value: the same for the same."""
    encoded = pc.dictionary_encode(column)
    indices = encoded.combine_chunks().indices if isinstance(encoded, pa.ChunkedArray) else encoded.indices
    numbers: _Integers = indices.to_numpy().astype(np.int64)
    return numbers


def _map(column: pa.ChunkedArray, values: Mapping[str, int]) -> _Integers:
    """Return what *values* has for each value of a column."""
    encoded = pc.dictionary_encode(column.combine_chunks())
    of_value = np.array([values[name] for name in encoded.dictionary.to_pylist()], np.int64)
    mapped: _Integers = of_value[encoded.indices.to_numpy()]
    return mapped
