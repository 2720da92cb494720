"""A page of one audit's findings, filtered and sorted in SQL over the audit's own Parquet files."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.review.engines import borrowed_engine
from corpus_audit.review.ledger import Decided, Entry, standings
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import DecisionScope, Standing

_FROM = """
FROM findings AS f
JOIN rules AS r ON r.rule_id = f.rule_id
LEFT JOIN decided AS d ON d.finding_id = f.finding_id
CROSS JOIN asked AS a
WHERE (a.severity = '' OR f.severity = a.severity)
  AND (a.pack = '' OR f.pack = a.pack)
  AND (a.rule_id = '' OR f.rule_id = a.rule_id)
  AND (a.source_id = '' OR f.source_id = a.source_id)
  AND (a.standing = '' OR coalesce(d.standing, 'open') = a.standing)
  AND (a.finding_id = '' OR f.finding_id = a.finding_id)
  AND (a.text = '' OR contains(lower(concat_ws(' ', f.subject, f.rule_id, r.title, r.title_zh)), lower(a.text)))
"""
_COUNT = "SELECT count(*) AS n" + _FROM
_SELECT = """
SELECT f.finding_id, f.rule_id, f.pack, f.severity, f.nature, f.evidence_table, f.subject, f.source_id, f.evidence,
       r.title, r.title_zh, r.why, r.why_zh, r.remedy, r.remedy_zh, coalesce(d.standing, 'open') AS standing,
       count(*) OVER () AS total
"""
_ORDER = """
ORDER BY CASE f.severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.rule_id, f.subject, f.finding_id
LIMIT (SELECT size FROM asked) OFFSET (SELECT skip FROM asked)
"""
_DECIDED = pa.schema([("finding_id", pa.string()), ("standing", pa.string())])


@dataclass(frozen=True)
class FindingQuery:
    """What somebody asks of an audit's findings; '' stands for any."""

    severity: str = ""
    pack: str = ""
    rule_id: str = ""
    source_id: str = ""
    standing: str = ""
    text: str = ""
    finding_id: str = ""
    page: int = 1
    size: int = 50


@dataclass(frozen=True)
class ListedFinding:
    """One finding with its rule's texts, and how it stands. Texts are English and Chinese."""

    finding_id: str
    rule_id: str
    pack: str
    severity: str
    nature: str
    evidence_table: str
    subject: str
    source_id: str | None
    evidence: Mapping[str, Any]
    title: str
    title_zh: str
    why: str
    why_zh: str
    remedy: str
    remedy_zh: str
    standing: Standing
    entry: Entry | None


@dataclass(frozen=True)
class FindingPage:
    """One page of findings, and how many there are on all pages."""

    findings: tuple[ListedFinding, ...]
    total: int


def find_findings(audit: AuditFolder, entries: Iterable[Entry], moment: str, query: FindingQuery) -> FindingPage:
    """Return one page of an audit's findings, each as it stands at *moment* after the dataset's ledger *entries*."""
    decided = _decided(audit, entries, moment)
    with _asked(audit, decided, query) as engine:
        found = engine.fetch(_SELECT + _FROM + _ORDER).to_pylist()
        # A page after the last has no row that could tell how many there are.
        total = found[0]["total"] if found else engine.fetch(_COUNT)["n"][0].as_py()
    return FindingPage(tuple(_listed(row, decided) for row in found), total)


def find_finding_ids(audit: AuditFolder, entries: Iterable[Entry], moment: str, query: FindingQuery) -> list[str]:
    """Return the ids of all findings on all pages of a query, sorted."""
    with _asked(audit, _decided(audit, entries, moment), query) as engine:
        ids: list[str] = engine.fetch("SELECT f.finding_id" + _FROM + "ORDER BY f.finding_id")["finding_id"].to_pylist()
    return ids


@contextmanager
def _asked(audit: AuditFolder, decided: Mapping[str, Decided], query: FindingQuery) -> Iterator[DuckDBEngine]:
    """Yield an engine with everything that the statements of this module name."""
    with borrowed_engine() as engine:
        for table in (schemas.FINDINGS, schemas.RULES):
            engine.add_parquet(table.name, [audit.table_path("evaluate", table)], table)
        rows = [{"finding_id": name, "standing": found.standing} for name, found in decided.items()]
        engine.add_arrow("decided", pa.Table.from_pylist(rows, schema=_DECIDED))
        # What a person typed is a value of a row, never a part of a statement.
        asked = asdict(query) | {"skip": (query.page - 1) * query.size}
        engine.add_arrow("asked", pa.Table.from_pylist([asked]))
        yield engine


def _decided(audit: AuditFolder, entries: Iterable[Entry], moment: str) -> dict[str, Decided]:
    about_findings = [entry for entry in entries if entry.scope == DecisionScope.FINDING]
    if not about_findings:
        return {}
    return standings(audit.read("evaluate", schemas.FINDINGS), about_findings, moment)


def _listed(row: dict[str, Any], decided: Mapping[str, Decided]) -> ListedFinding:
    known = decided.get(row["finding_id"])
    del row["total"]
    changed = {"evidence": json.loads(row["evidence"]), "standing": Standing(row["standing"])}
    return ListedFinding(**row | changed, entry=known.entry if known else None)
