"""The list of a store's audits as a small SQLite table, so that a page of it takes one query.

It holds nothing that the store and the ledger do not: it may be deleted at any time and is then made anew. Each look at
it first takes in what has changed since: audits by the time stamps of their markers, decisions by the ledger's head,
waivers by the time they run out.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.config.privacy import make_private
from corpus_audit.errors import BundleError, StoreError
from corpus_audit.ledger import Approval, Entry, Ledger, format_time, statuses
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.conclusion import conclude_now
from corpus_audit.pipeline.current import approval_now
from corpus_audit.review.publication import approved_bundle
from corpus_audit.store import AuditFolder, read_json
from corpus_audit.store.bucket import pull
from corpus_audit.store.bundles import bundle_path
from corpus_audit.vocabulary import NOT_RECORDED, DecisionScope, Severity, Verdict

FILE_NAME = "review-index.sqlite"
_SECONDS = 2.0
"""How long a look at the bucket of a store holds."""

_VERSION = 2
_SCHEMA = (
    "DROP TABLE IF EXISTS audits",
    "DROP TABLE IF EXISTS seen",
    """CREATE TABLE audits (
    audit_id TEXT PRIMARY KEY, stamp TEXT NOT NULL, dataset_id TEXT NOT NULL, title TEXT NOT NULL,
    version TEXT NOT NULL, started_at TEXT NOT NULL, verdict TEXT NOT NULL, findings INTEGER NOT NULL,
    open_findings INTEGER NOT NULL, open_critical INTEGER NOT NULL, approval TEXT NOT NULL,
    is_current INTEGER NOT NULL, is_published INTEGER NOT NULL, next_expiry TEXT NOT NULL)""",
    "CREATE INDEX audits_by_dataset ON audits (dataset_id, started_at)",
    "CREATE TABLE seen (ledger_sequence INTEGER NOT NULL)",
    "INSERT INTO seen VALUES (0)",
)
_COLUMNS = (
    "audit_id", "stamp", "dataset_id", "title", "version", "started_at", "verdict", "findings", "open_findings",
    "open_critical", "approval", "is_current", "is_published", "next_expiry",
)  # fmt: skip
_LISTED = tuple(name for name in _COLUMNS if name != "stamp")
_NEVER = "9999"
_UNDECIDED = """verdict <> '' AND approval NOT IN ('approve', 'reject') AND started_at = (
    SELECT max(other.started_at) FROM audits AS other
    WHERE other.dataset_id = audits.dataset_id AND other.verdict <> '')"""


class AuditSort(StrEnum):
    """What a list of audits may be sorted by."""

    STARTED = "started"
    DATASET = "dataset"
    VERDICT = "verdict"
    OPEN = "open"


_ORDERS: Mapping[AuditSort, str] = {
    AuditSort.STARTED: "started_at {way}, audit_id {way}",
    AuditSort.DATASET: "dataset_id {way}, started_at DESC, audit_id",
    AuditSort.VERDICT: "verdict {way}, started_at DESC, audit_id",
    AuditSort.OPEN: "open_critical {way}, open_findings {way}, audit_id",
}


@dataclass(frozen=True)
class AuditQuery:
    """Filters and order of the list of audits; '' matches any value."""

    text: str = ""
    verdict: Verdict | None = None
    approval: str = ""
    dataset_id: str = ""
    finished: bool = False
    published: bool = False
    """Only audits with an approved bundle."""
    expires_before: str = ""
    """Only audits of which a waiver ends before that moment (ISO 8601, UTC)."""
    undecided: bool = False
    """Only the newest finished audit of each dataset, where it is neither approved nor rejected."""
    sort: AuditSort = AuditSort.STARTED
    descending: bool = True
    page: int = 1
    size: int = 50
    extra: int = 0
    """Rows of the next page that are wanted too."""


@dataclass(frozen=True)
class ListedAudit:
    """One audit of the list. *verdict* is '' while the audit has not finished; *is_current* says that nothing was
    decided, and no waiver ran out, since it was concluded; *is_published* that regulators may see its bundle."""

    audit_id: str
    dataset_id: str
    title: str
    version: str
    started_at: str
    verdict: str
    findings: int
    open_findings: int
    open_critical: int
    approval: str
    is_current: bool
    is_published: bool
    next_expiry: str
    """When the first of its waivers ends (ISO 8601, UTC); a moment that never comes when it has none."""

    @property
    def name(self) -> str:
        """What people call it: its title, or its id where no title is recorded."""
        return self.title if self.title != NOT_RECORDED else self.dataset_id


@dataclass(frozen=True)
class AuditPage:
    """One page of the list, and how many audits there are on all pages."""

    audits: tuple[ListedAudit, ...]
    total: int


class AuditIndex:
    """The list of the audits of one store."""

    def __init__(self, store: Path, ledger: Ledger) -> None:
        self._store = store
        self._ledger = ledger
        self._path = store / FILE_NAME

    def find(self, query: AuditQuery) -> AuditPage:
        """Return one page of the audits that a query asks for, as the store and the ledger are now."""
        conditions, values = _conditions(query)
        order = _ORDERS[query.sort].format(way="DESC" if query.descending else "ASC")
        with self._opened() as connection:
            total = connection.execute(f"SELECT count(*) FROM audits {conditions}", values).fetchone()[0]  # noqa: S608
            rows = connection.execute(
                f"SELECT {', '.join(_LISTED)} FROM audits {conditions} ORDER BY {order} LIMIT :size OFFSET :skip",  # noqa: S608 - names of this module; what users say is bound
                values | {"size": query.size + query.extra, "skip": (query.page - 1) * query.size},
            ).fetchall()
        return AuditPage(tuple(_listed(row) for row in rows), total)

    def get(self, audit_id: str) -> ListedAudit | None:
        """Return one audit, None when there is none of that id."""
        with self._opened() as connection:
            row = connection.execute(
                f"SELECT {', '.join(_LISTED)} FROM audits WHERE audit_id = ?",  # noqa: S608 - names of this module
                [audit_id],
            ).fetchone()
        return _listed(row) if row else None

    def finished_ids(self) -> frozenset[str]:
        """Return the ids of the audits that can be opened."""
        with self._opened() as connection:
            return frozenset(row[0] for row in connection.execute("SELECT audit_id FROM audits WHERE verdict <> ''"))

    def refresh(self) -> None:
        """Take in everything that changed."""
        with self._opened():
            pass

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            make_private(self._path)
            with closing(sqlite3.connect(self._path, timeout=60)) as connection:
                _make_tables(connection)
                self._take_in_changes(connection)
                yield connection
        except sqlite3.Error as error:
            message = f"{self._path} cannot be used ({error}): the store's folder must be writable. It may be deleted."
            raise StoreError(message) from error

    def _take_in_changes(self, connection: sqlite3.Connection) -> None:
        pull(self._store, "audits", _SECONDS)
        known = dict(connection.execute("SELECT audit_id, stamp FROM audits"))
        stamps = dict(_stamps(self._store / "audits"))
        head, _sha256 = self._ledger.head()
        stale = {audit_id for audit_id, stamp in stamps.items() if known.get(audit_id) != stamp}
        stale |= {audit_id for audit_id in self._decided_about(connection, head) if audit_id in stamps}
        gone = known.keys() - stamps.keys()
        if not stale and not gone and head == self._seen(connection):
            return
        rows = [row for audit_id in sorted(stale) if (row := self._read(audit_id, stamps[audit_id])) is not None]
        with connection:
            connection.executemany("DELETE FROM audits WHERE audit_id = ?", [(audit_id,) for audit_id in gone])
            marks = ", ".join(f":{name}" for name in _COLUMNS)
            connection.executemany(
                f"INSERT OR REPLACE INTO audits ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608 - names of this module
                rows,
            )
            connection.execute("UPDATE seen SET ledger_sequence = ?", [head])

    def _decided_about(self, connection: sqlite3.Connection, head: int) -> set[str]:
        """Return the audits whose findings may have a new status: decided about since, or a waiver ended."""
        seen = self._seen(connection)
        datasets = self._ledger.datasets_since(seen) if head != seen else ()
        now = format_time(self._ledger.clock())
        audits = {row[0] for row in connection.execute("SELECT audit_id FROM audits WHERE next_expiry < ?", [now])}
        for dataset_id in datasets:
            audits |= {
                row[0] for row in connection.execute("SELECT audit_id FROM audits WHERE dataset_id = ?", [dataset_id])
            }
        return audits

    @staticmethod
    def _seen(connection: sqlite3.Connection) -> int:
        seen: int = connection.execute("SELECT ledger_sequence FROM seen").fetchone()[0]
        return seen

    def _read(self, audit_id: str, stamp: str) -> dict[str, Any] | None:
        audit = AuditFolder(self._store / "audits" / audit_id)
        try:
            return _row(audit, self._ledger) | {"audit_id": audit_id, "stamp": stamp}
        except (StoreError, KeyError, OSError):
            return None  # an audit that is just being written or removed; the next look finds it


def _listed(row: tuple[Any, ...]) -> ListedAudit:
    columns = dict(zip(_LISTED, row, strict=True))
    return ListedAudit(**columns | {name: bool(columns[name]) for name in ("is_current", "is_published")})


def _make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of this version, in one transaction: another process may be about to do the same."""
    if _version_of(connection) == _VERSION:
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if _version_of(connection) != _VERSION:
            for statement in (*_SCHEMA, f"PRAGMA user_version = {_VERSION}"):
                connection.execute(statement)


def _version_of(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _stamps(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each audit with what changes whenever its verdict or report does."""
    if not folder.is_dir():
        return
    for audit in folder.iterdir():
        markers = (audit / "markers" / f"{marker}.json" for marker in ("conclude", "report"))
        yield audit.name, " ".join(map(_changed_at, (*markers, bundle_path(AuditFolder(audit)))))


def _changed_at(path: Path) -> str:
    """Return when a file was changed, by the system's own clock; '' when it is not there."""
    try:
        return str(path.stat().st_ctime_ns)
    except OSError:
        return ""


def _row(audit: AuditFolder, ledger: Ledger) -> dict[str, Any]:
    about = read_json(audit.path / "audit.json")
    (claimed,) = audit.read("ingest", schemas.CLAIMED_DATASET).to_pylist()
    row = {
        "dataset_id": about["dataset_id"],
        "title": claimed["title"],
        "version": claimed["version"],
        "started_at": about["started_at"],
    }
    finished = audit.marker("conclude") is not None
    return row | (_judged(audit, about["dataset_id"], ledger) if finished else _unjudged())


def _unjudged() -> dict[str, Any]:
    counts = dict.fromkeys(("findings", "open_findings", "open_critical"), 0)
    empty = {"verdict": "", "approval": "", "is_current": True, "is_published": False, "next_expiry": _NEVER}
    return counts | empty


def _judged(audit: AuditFolder, dataset_id: str, ledger: Ledger) -> dict[str, Any]:
    is_current = _is_concluded_now(audit, ledger)
    verdict = read_json(audit.folder("conclude") / "verdict.json")
    by_severity = verdict["findings_by_severity"]
    entries = ledger.entries(dataset_id=dataset_id)
    closed, next_expiry = _closed(audit, entries, format_time(ledger.clock()))
    approval = approval_now(audit, entries, context=RunContext(clock=ledger.clock))
    findings = sum(by_severity.values())
    return {
        "verdict": verdict["verdict"],
        "findings": findings,
        "open_findings": findings - len(closed),
        "open_critical": by_severity[Severity.CRITICAL] - closed.count(Severity.CRITICAL),
        "approval": approval.state,
        "is_current": is_current,
        "is_published": is_current and _is_published(audit, approval),
        "next_expiry": next_expiry,
    }


def _is_published(audit: AuditFolder, approval: Approval) -> bool:
    try:
        return approved_bundle(audit, approval) is not None
    except BundleError:
        return False  # a file that is no bundle; the page of the exports says so


def _is_concluded_now(audit: AuditFolder, ledger: Ledger) -> bool:
    """Conclude an audit on what the ledger holds now; False if it is damaged or in use, which its own page explains."""
    try:
        conclude_now(audit, context=RunContext(clock=ledger.clock))
    except StoreError:
        return False
    return True


def _closed(audit: AuditFolder, entries: Iterable[Entry], now: str) -> tuple[list[str], str]:
    """Return the severities of the closed findings, and when the first of their waivers runs out."""
    about_findings = [entry for entry in entries if entry.scope == DecisionScope.FINDING]
    if not about_findings:
        return [], _NEVER
    findings = audit.read("evaluate", schemas.FINDINGS).select(["finding_id", "severity", "evidence"])
    decided = statuses(findings, about_findings, now)
    closed = {finding_id: found.entry for finding_id, found in decided.items() if found.is_closed}
    of_the_closed = findings.filter(pc.is_in(findings["finding_id"], pa.array(closed, pa.string())))
    return of_the_closed["severity"].to_pylist(), min((entry.expires_at for entry in closed.values()), default=_NEVER)


def _conditions(query: AuditQuery) -> tuple[str, dict[str, Any]]:
    escaped = query.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    asked = {
        "(dataset_id LIKE :text ESCAPE '\\' OR title LIKE :text ESCAPE '\\' OR audit_id LIKE :text ESCAPE '\\')": (
            "text",
            f"%{escaped}%" if query.text else "",
        ),
        "verdict = :verdict": ("verdict", str(query.verdict or "")),
        "verdict <> :unfinished": ("unfinished", "" if not query.finished else " "),
        "approval = :approval": ("approval", query.approval),
        "dataset_id = :dataset_id": ("dataset_id", query.dataset_id),
        "next_expiry < :expires_before": ("expires_before", query.expires_before),
        f"{_UNDECIDED} AND '1' = :undecided": ("undecided", "1" if query.undecided else ""),
        "is_published = :published": ("published", "1" if query.published else ""),
    }
    chosen = {condition: value for condition, value in asked.items() if value[1]}
    where = "WHERE " + " AND ".join(chosen) if chosen else ""
    return where, dict(chosen.values())
