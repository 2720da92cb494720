"""An audit's problems by the fact that they are about, and how many there are of each value of a facet."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.ledger import Entry
from corpus_audit.review.findings import FROM, RANK, FindingQuery, asked, where
from corpus_audit.store import AuditFolder

_LONGEST_FACET = 12
FACETS: Mapping[str, str] = {
    "severity": "f.severity",
    "status": "coalesce(d.status, 'open')",
    "source_id": "f.source_id",
    "pack": "f.pack",
    "owner": "r.owner",
    "jurisdiction": "s.jurisdiction",
}
"""Fields of a query by which a list of problems can be narrowed."""

_FACET_JOINS: Mapping[str, str] = {"jurisdiction": "JOIN served AS s ON s.rule_id = f.rule_id"}
"""Tables beside those of every query in which a facet has its values."""

_GROUPS = f"""
SELECT r.evidence_table || '.' || r.fact AS fact, count(DISTINCT f.problem_id) AS problems,
       count(DISTINCT f.problem_id) FILTER (coalesce(d.status, 'open') NOT IN ('accepted', 'false-positive')) AS open,
       min({RANK}) AS weight, arg_min(f.severity, {RANK}) AS severity, arg_min(r.owner, {RANK}) AS owner,
       arg_min(f.rule_id, {RANK}) AS rule_id, min(f.finding_id) AS first_finding,
       list(DISTINCT f.pack ORDER BY f.pack) AS packs
"""
_LEAD = """
SELECT DISTINCT r.problem, r.problem_zh, r.evidence_table, r."column", r.rows_evaluated, f.subject, f.named
FROM findings AS f JOIN rules AS r ON r.rule_id = f.rule_id JOIN lead AS l ON l.rule_id = f.rule_id
ORDER BY f.subject
"""


@dataclass(frozen=True)
class ListedGroup:
    """The problems about one fact: how many, how many of them open, and what the sentence of the first rule names.

    ``first_finding`` leads to the page of the problem where there is one only.
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
    evaluated: int


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet, and how many problems have it."""

    value: str
    problems: int


@dataclass(frozen=True)
class ProblemList:
    """The problems that a query asks for, grouped by fact, open and severe ones first, and the facets beside them."""

    groups: tuple[ListedGroup, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]


def list_problems(audit: AuditFolder, entries: Iterable[Entry], moment: str, query: FindingQuery) -> ProblemList:
    """Return the groups of problems that a query asks for, and the facets of the list."""
    with asked(audit, entries, moment, query) as (engine, _decided):
        order = " GROUP BY 1 ORDER BY open = 0, weight, problems DESC, fact"
        grouped = engine.fetch(_GROUPS + FROM + where(query) + order).to_pylist()
        groups = tuple(_group(engine, row) for row in grouped)
        facets = {name: _facet(engine, name, query) for name in FACETS}
    return ProblemList(groups, facets)


def _group(engine: DuckDBEngine, row: dict[str, Any]) -> ListedGroup:
    engine.add_arrow("lead", pa.table({"rule_id": [row["rule_id"]]}))
    found = engine.fetch(_LEAD).to_pylist()
    first = found[0]
    return ListedGroup(
        **{name: row[name] for name in ("fact", "problems", "open", "severity", "owner", "rule_id", "first_finding")},
        **{name: first[name] for name in ("problem", "problem_zh", "evidence_table", "column")},
        packs=tuple(row["packs"]),
        named=tuple(json.loads(one["named"]) for one in found),
        evaluated=first["rows_evaluated"],
    )


def _without(query: FindingQuery, name: str) -> FindingQuery:
    """Return a query without one of its filters."""
    return FindingQuery(**asdict(query) | {name: ""})


def _facet(engine: DuckDBEngine, name: str, query: FindingQuery) -> tuple[FacetValue, ...]:
    """Return the values of a facet in a list that it does not narrow itself, the most frequent first."""
    column = FACETS[name]
    condition = where(_without(query, name)) or "WHERE true"
    chosen = f"{FROM} {_FACET_JOINS.get(name, '')} {condition}"
    statement = f"""
    SELECT {column} AS value, count(DISTINCT f.problem_id) AS problems {chosen} AND {column} IS NOT NULL
    GROUP BY 1 ORDER BY problems DESC, value LIMIT {_LONGEST_FACET}
    """
    return tuple(FacetValue(**row) for row in engine.fetch(statement).to_pylist())
