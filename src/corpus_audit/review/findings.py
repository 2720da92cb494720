"""A page of one audit's findings or of its problems, filtered and sorted in SQL over the audit's own Parquet files."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.document.natural_order import natural_ranks
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.ledger import Decided, Entry, statuses
from corpus_audit.policy.requirements import REQUIREMENTS
from corpus_audit.review.engines import borrowed_engine
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import DecisionScope, FindingStatus

_CONDITIONS: Mapping[str, str] = {
    "severity": "f.severity = a.severity",
    "pack": "f.pack = a.pack",
    "rule_id": "f.rule_id = a.rule_id",
    "source_id": "f.source_id = a.source_id",
    "status": "f.status = a.status",
    "finding_id": "f.finding_id = a.finding_id",
    "finding_ids": "list_contains(a.finding_ids, f.finding_id)",
    "problem_ids": "list_contains(a.problem_ids, f.problem_id)",
    "fact": "f.fact = a.fact",
    "owner": "f.owner = a.owner",
    "jurisdiction": """f.rule_id IN (
        SELECT s.rule_id FROM served AS s CROSS JOIN asked AS t WHERE s.jurisdiction = t.jurisdiction)""",
    "text": """(contains(lower(f.subject), lower(a.text)) OR f.rule_id IN (
        SELECT n.rule_id FROM rules AS n CROSS JOIN asked AS t WHERE contains(
            lower(concat_ws(' ', n.rule_id, n.title, n.title_zh,
                regexp_replace(concat_ws(' ', n.problem, n.problem_zh), '[{][^}]*[}]|<[a-z0-9_ ]+:|>', '', 'g'))),
            lower(t.text))))""",
}
"""What each field of a query asks of a finding; a field that stands for any asks nothing, and costs nothing."""

_LISTED = """
SELECT f.finding_id, f.rule_id, f.pack, f.severity, f.subject, f.source_id, f.problem_id,
       CASE f.severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END AS weight,
       r.evidence_table || '.' || r.fact AS fact, r.owner, coalesce(d.status, 'open') AS status
FROM findings AS f
JOIN rules AS r ON r.rule_id = f.rule_id
LEFT JOIN decided AS d ON d.finding_id = f.finding_id
"""
"""What findings are filtered, grouped and sorted by, beside the place of their subject.

It is read once: its few columns are small, evidence is not.
"""
FROM = """
FROM listed AS f CROSS JOIN asked AS a
"""
_WHOLE = """
SELECT f.finding_id, f.rule_id, f.pack, f.severity, f.failure_kind, f.evidence_table, f.subject, f.source_id,
       f.problem_id, f.evidence, f.named, r."column", r.title, r.title_zh, r.problem, r.problem_zh, r.why, r.why_zh,
       r.remedy, r.remedy_zh, s.status
FROM shown AS s
JOIN findings AS f ON f.finding_id = s.finding_id
JOIN rules AS r ON r.rule_id = f.rule_id
ORDER BY s.weight, f.rule_id, s.place, f.finding_id
"""
_ORDER = """
ORDER BY f.weight, f.rule_id, f.place, f.finding_id
"""
_LEADS = """
QUALIFY row_number() OVER (PARTITION BY f.problem_id ORDER BY f.weight, f.rule_id, f.finding_id) = 1
"""
"""Of the findings about one row of evidence, the one under the most severe rule."""
_NAMED = "SELECT f.finding_id, f.evidence FROM findings AS f WHERE f.finding_id IN (SELECT finding_id FROM named)"
_NO_LAW = ("Good practice", "Terms of the platforms")
_SERVED = """
CREATE OR REPLACE VIEW served AS
SELECT DISTINCT r.rule_id, a.jurisdiction FROM rules AS r, asked_in AS a WHERE a.number IN r.requirements
"""
_DECIDED = pa.schema([("finding_id", pa.string()), ("status", pa.string())])


@dataclass(frozen=True)
class FindingQuery:
    """Filters and order of an audit's findings; '' matches any value."""

    severity: str = ""
    pack: str = ""
    rule_id: str = ""
    source_id: str = ""
    status: str = ""
    text: str = ""
    finding_id: str = ""
    finding_ids: tuple[str, ...] = ()
    problem_ids: tuple[str, ...] = ()
    fact: str = ""
    """Evidence table and fact of a rule, joined with '.'."""
    owner: str = ""
    jurisdiction: str = ""
    """Whose law asks what a rule serves, as the requirements name it: CN, EU."""
    page: int = 1
    size: int = 50


@dataclass(frozen=True)
class ListedFinding:
    """One finding with its rule's texts and its status. Texts are English and Chinese."""

    finding_id: str
    rule_id: str
    pack: str
    severity: str
    failure_kind: str
    evidence_table: str
    subject: str
    source_id: str | None
    problem_id: str
    evidence: Mapping[str, Any]
    named: Mapping[str, Any]
    column: str
    title: str
    title_zh: str
    problem: str
    problem_zh: str
    why: str
    why_zh: str
    remedy: str
    remedy_zh: str
    status: FindingStatus
    entry: Entry | None


@dataclass(frozen=True)
class FindingPage:
    """One page of findings, and how many there are on all pages."""

    findings: tuple[ListedFinding, ...]
    total: int


class FindingTable:
    """The findings of one audit, each with its status, for as many queries as a page has."""

    def __init__(self, engine: DuckDBEngine, decided: Mapping[str, Decided]) -> None:
        self._engine = engine
        self._decided = decided

    def ask(self, query: FindingQuery, statement: str, **named: pa.Table) -> pa.Table:
        """Return the rows of a statement; it may name ``listed``, ``asked`` (the query's values) and tables *named*."""
        # What a person typed is a value of a row, never a part of a statement.
        for name, rows in {"asked": pa.Table.from_pylist([asdict(query)]), **named}.items():
            self._engine.add_arrow(name, rows)
        return self._engine.fetch(statement)

    def findings(self, query: FindingQuery) -> FindingPage:
        """Return one page of the findings that a query asks for."""
        return self._page(FROM + where(query), query)

    def problems(self, query: FindingQuery) -> FindingPage:
        """Return one page of the problems that a query asks for, each by its finding under the most severe rule."""
        return self._page(FROM + where(query) + _LEADS, query)

    def neighbours(self, query: FindingQuery, problem_id: str) -> tuple[str, str]:
        """Return the findings that stand for the problems before and after one in a list; '' at its ends."""
        chosen = FROM + where(query) + _LEADS + _ORDER
        listed = self.ask(query, f"SELECT f.finding_id, f.problem_id {chosen}").to_pydict()
        if problem_id not in listed["problem_id"]:
            return "", ""
        place = listed["problem_id"].index(problem_id)
        around = ["", *listed["finding_id"], ""]
        return around[place], around[place + 2]

    def ids_of_problems(self, query: FindingQuery) -> list[str]:
        """Return the ids, sorted, of all findings about the problems of a query: those of every pack that it breaks."""
        statement = f"""
        SELECT finding_id FROM listed WHERE problem_id IN (SELECT f.problem_id {FROM} {where(query)})
        ORDER BY finding_id
        """  # noqa: S608 - of this module; what users say is bound
        ids: list[str] = self.ask(query, statement)["finding_id"].to_pylist()
        return ids

    def _page(self, chosen: str, query: FindingQuery) -> FindingPage:
        counted = self.ask(query, f"SELECT count(*) AS n FROM (SELECT f.finding_id {chosen})")  # noqa: S608 - of this module
        shown = self.ask(query, f"SELECT f.finding_id, f.weight, f.place, f.status {chosen} {_ORDER} {_limit(query)}")
        found = self.ask(query, _WHOLE, shown=shown).to_pylist()
        return FindingPage(tuple(_listed(row, self._decided) for row in found), counted["n"][0].as_py())


@contextmanager
def open_findings(audit: AuditFolder, entries: Iterable[Entry], moment: str) -> Iterator[FindingTable]:
    """Yield the findings of an audit, each with its status at *moment* by the ledger *entries*."""
    with borrowed_engine() as engine:
        for table in (schemas.FINDINGS, schemas.RULES):
            engine.add_parquet(table.name, [audit.table_path("evaluate", table)], table)
        decided = _decided(engine, entries, moment)
        rows = [{"finding_id": name, "status": found.status} for name, found in decided.items()]
        engine.add_arrow("decided", pa.Table.from_pylist(rows, schema=_DECIDED))
        listed = engine.fetch(_LISTED)
        engine.add_arrow("listed", listed.append_column("place", natural_ranks(listed["subject"])))
        engine.add_arrow("asked_in", _asked_in())
        engine.execute(_SERVED)
        yield FindingTable(engine, decided)


def _asked_in() -> pa.Table:
    """Return the jurisdiction of each requirement of law by its number."""
    of_law = [requirement for requirement in REQUIREMENTS.values() if requirement.source not in _NO_LAW]
    return pa.table(
        {
            "number": pa.array([requirement.number for requirement in of_law], pa.int32()),
            "jurisdiction": [requirement.asked_in for requirement in of_law],
        }
    )


def _limit(query: FindingQuery) -> str:
    """Return which rows are on the page, as numbers: to rows of a subquery DuckDB cannot keep a sort short."""
    return f"LIMIT {query.size:d} OFFSET {(query.page - 1) * query.size:d}"


def where(query: FindingQuery) -> str:
    """Return the condition for the set fields of a query."""
    conditions = [condition for name, condition in _CONDITIONS.items() if getattr(query, name)]
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _decided(engine: DuckDBEngine, entries: Iterable[Entry], moment: str) -> dict[str, Decided]:
    about_findings = [entry for entry in entries if entry.scope == DecisionScope.FINDING]
    if not about_findings:
        return {}
    named = pa.array(sorted({entry.finding_id for entry in about_findings}), pa.string())
    engine.add_arrow("named", pa.table({"finding_id": named}))
    return statuses(engine.fetch(_NAMED), about_findings, moment)


def _listed(row: dict[str, Any], decided: Mapping[str, Decided]) -> ListedFinding:
    known = decided.get(row["finding_id"])
    changed = {name: json.loads(row[name]) for name in ("evidence", "named")} | {"status": FindingStatus(row["status"])}
    return ListedFinding(**row | changed, entry=known.entry if known else None)
