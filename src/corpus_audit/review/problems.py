"""An audit's problems by the fact that they are about, and how many there are of each value of a facet."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from corpus_audit.review.findings import FROM, FindingQuery, FindingTable, where

_LONGEST_FACET = 12
_NAMED = 20
"""Rows of evidence whose names are read for the sentence of a group: it says three, and counts the rest."""

FACETS: Mapping[str, str] = {
    "severity": "f.severity",
    "status": "f.status",
    "source_id": "f.source_id",
    "pack": "f.pack",
    "owner": "f.owner",
    "jurisdiction": "s.jurisdiction",
}
"""Fields of a query by which a list of problems can be narrowed."""

_FACET_JOINS: Mapping[str, str] = {"jurisdiction": "JOIN served AS s ON s.rule_id = f.rule_id"}
"""Tables beside those of every query in which a facet has its values."""

_GROUPS = """
SELECT f.fact, count(DISTINCT f.problem_id) AS problems,
       count(DISTINCT f.problem_id) FILTER (f.status NOT IN ('accepted', 'false-positive')) AS open,
       min({'weight': f.weight, 'rule_id': f.rule_id, 'severity': f.severity, 'owner': f.owner}) AS lead,
       min(f.finding_id) AS first_finding, list(DISTINCT f.pack ORDER BY f.pack) AS packs
"""
_LEAD = f"""
SELECT l.rule_id, r.problem, r.problem_zh, r.evidence_table, r."column", r.rows_evaluated, f.named, l.failed
FROM (
    SELECT f.finding_id, f.rule_id, f.place, count(*) OVER (PARTITION BY f.rule_id) AS failed {FROM}
    JOIN lead ON lead.rule_id = f.rule_id {{where}}
    QUALIFY row_number() OVER (PARTITION BY f.rule_id ORDER BY f.place) <= {_NAMED}
) AS l
JOIN findings AS f ON f.finding_id = l.finding_id
JOIN rules AS r ON r.rule_id = l.rule_id
ORDER BY l.rule_id, l.place
"""  # noqa: S608 - of this module; what users say is bound


@dataclass(frozen=True)
class ListedGroup:
    """The problems about one fact: how many, how many of them open, and what the sentence of the first rule names.

    ``first_finding`` leads to the page of the problem where there is one only. ``failed`` counts the rows of evidence
    that break the first rule; ``named`` names the first of them.
    """

    fact: str
    problems: int
    open: int
    severity: str
    owner: str
    rule_id: str
    first_finding: str
    packs: tuple[str, ...]
    problem: str
    problem_zh: str
    evidence_table: str
    column: str
    named: tuple[Mapping[str, Any], ...]
    failed: int
    evaluated: int


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet, and how many problems have it."""

    value: str
    problems: int


@dataclass(frozen=True)
class Facet:
    """The most frequent values of a facet, and how many other values there are."""

    values: tuple[FacetValue, ...] = ()
    left_out: int = 0


def group_problems(findings: FindingTable, query: FindingQuery) -> tuple[ListedGroup, ...]:
    """Return the problems that a query asks for, grouped by fact, open and severe ones first."""
    order = " GROUP BY f.fact ORDER BY open = 0, min(f.weight), problems DESC, f.fact"
    grouped = findings.ask(query, _GROUPS + FROM + where(query) + order).to_pylist()
    leads = _leads(findings, query, [row["lead"]["rule_id"] for row in grouped])
    return tuple(_group(row, leads[row["lead"]["rule_id"]]) for row in grouped)


def facets_of(findings: FindingTable, query: FindingQuery) -> Mapping[str, Facet]:
    """Return the values of each facet in a list that it does not narrow itself, the most frequent first."""
    matching = f"SELECT f.* {FROM} {where(_without(query, *FACETS))}"
    values_of = " UNION ALL ".join(_facet(name, _facets_alone(query)) for name in FACETS)
    statement = f"WITH matching AS MATERIALIZED ({matching}) {values_of} ORDER BY facet, problems DESC, value"
    rows = findings.ask(query, statement).to_pylist()
    found = {name: tuple(of_facet) for name, of_facet in groupby(rows, itemgetter("facet"))}
    return {name: _facet_of(found.get(name, ())) for name in FACETS}


def _facet_of(rows: Sequence[Mapping[str, Any]]) -> Facet:
    values = tuple(FacetValue(row["value"], row["problems"]) for row in rows)
    return Facet(values, rows[0]["distinct_values"] - len(rows) if rows else 0)


def _leads(findings: FindingTable, query: FindingQuery, rules: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the first rows of evidence that break each of some rules, with what its sentence is made of."""
    lead = pa.table({"rule_id": pa.array(rules, pa.string())})
    rows = findings.ask(query, _LEAD.format(where=where(query)), lead=lead).to_pylist()
    return {rule: list(found) for rule, found in groupby(rows, itemgetter("rule_id"))}


def _group(row: Mapping[str, Any], found: list[dict[str, Any]]) -> ListedGroup:
    first = found[0]
    return ListedGroup(
        **{name: row[name] for name in ("fact", "problems", "open", "first_finding")},
        **{name: row["lead"][name] for name in ("severity", "owner", "rule_id")},
        **{name: first[name] for name in ("problem", "problem_zh", "evidence_table", "column", "failed")},
        packs=tuple(row["packs"]),
        named=tuple(json.loads(one["named"]) for one in found),
        evaluated=first["rows_evaluated"],
    )


def _without(query: FindingQuery, *names: str) -> FindingQuery:
    """Return a query without some of its filters."""
    return replace(query, **dict.fromkeys(names, ""))  # type: ignore[arg-type]


def _facets_alone(query: FindingQuery) -> FindingQuery:
    """Return a query with those of its filters that are facets."""
    return FindingQuery(**{name: getattr(query, name) for name in FACETS})


def _facet(name: str, query: FindingQuery) -> str:
    """Return the statement for the values of a facet in a list that it does not narrow itself."""
    column = FACETS[name]
    condition = where(_without(query, name)) or "WHERE true"
    return f"""(
    SELECT '{name}' AS facet, {column} AS value, count(DISTINCT f.problem_id) AS problems,
           count(*) OVER () AS distinct_values
    FROM matching AS f CROSS JOIN asked AS a {_FACET_JOINS.get(name, "")} {condition} AND {column} IS NOT NULL
    GROUP BY {column} ORDER BY problems DESC, value LIMIT {_LONGEST_FACET})"""  # noqa: S608 - of this module; what users say is bound
