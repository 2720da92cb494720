"""Opt-outs stated by records, by source and convention: headers, meta tags and links in the data.

Statements are decided once for each set of them that occurs in a source; records are only counted. An RSL license of
whose host the manifest holds a snapshot leaves nothing open here: the snapshot decides it, with its host.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.corpus.own_statements import OwnStatement
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, evidence_table
from corpus_audit.evidence.hosts import HOST_OF_URL
from corpus_audit.rights.opt_outs.own import VERSIONS, decide_own
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR, STRINGS
from corpus_audit.vocabulary import NOT_RECORDED, OptOutKind, OptOutProtocol, OptOutState, StatementPlace

STATEMENTS_SHOWN = 10

# Addresses differ from page to page and decide nothing: without them few sets of statements are left.
_WORDS = f"""
    CASE WHEN protocol = '{OptOutProtocol.RSL}' THEN 'license'
         WHEN statement LIKE 'tdm-policy%' THEN 'tdm-policy'
         ELSE statement END
"""
_SAID = f"array_sort(array_agg(DISTINCT place || '|' || protocol || '|' || {_WORDS})) AS said"

_STATING = f"""
    CREATE TABLE stating_records AS
    SELECT record_id, source_id, {_SAID} FROM opt_out_statements GROUP BY record_id, source_id
"""  # noqa: S608 - constants

_SETS = "SELECT source_id, said, COUNT(*) AS records FROM stating_records GROUP BY source_id, said"

_WITH_SNAPSHOT = f"""
    SELECT addressed.record_id
    FROM (SELECT record_id, source_id, {HOST_OF_URL} AS host FROM records WHERE url IS NOT NULL) AS addressed
    JOIN (
        SELECT DISTINCT source_id, host FROM claimed_opt_outs
        WHERE kind = '{OptOutKind.RSL}' AND content IS NOT NULL
    ) AS terms ON terms.source_id = addressed.source_id AND terms.host = addressed.host
"""  # noqa: S608 - constants

_SETS_BY_PROTOCOL = f"""
    SELECT source_id, protocol, said, COUNT(*) AS records
    FROM (
        SELECT stated.record_id, stated.source_id, protocol, {_SAID}
        FROM opt_out_statements AS stated
        LEFT JOIN ({_WITH_SNAPSHOT}) AS kept ON kept.record_id = stated.record_id
        WHERE kept.record_id IS NULL OR protocol <> '{OptOutProtocol.RSL}'
        GROUP BY stated.record_id, stated.source_id, protocol
    ) AS stating
    GROUP BY source_id, protocol, said
    ORDER BY source_id, protocol, said
"""  # noqa: S608 - constants

_CRAWLERS = f"SELECT DISTINCT source_id, crawler FROM claimed_opt_outs WHERE crawler <> '{NOT_RECORDED}'"  # noqa: S608

# Every record that states something: what it says of training, where, and whether it names terms that are not here.
_TERMS = """
    CREATE TABLE record_terms AS
    SELECT stating_records.record_id, stating_records.source_id, own_answers.own_state, own_answers.own_reserved_by,
           own_answers.names_terms
    FROM stating_records
    JOIN own_answers ON own_answers.source_id = stating_records.source_id AND own_answers.said = stating_records.said
"""

_ANSWERS = pa.schema(
    {
        "source_id": pa.string(),
        "said": pa.list_(pa.string()),
        "own_state": pa.string(),
        "own_reserved_by": pa.string(),
        "names_terms": pa.int64(),
    }
)


@dataclass
class _Count:
    """Records of one source that state something in one convention."""

    states: Counter[OptOutState] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    statements: Counter[str] = field(default_factory=Counter)

    def add(self, said: Iterable[OwnStatement], state: OptOutState, records: int) -> None:
        """Count records with one set of statements."""
        self.states[state] += records
        for one in said:
            self.places.add(one.place)
            self.statements[one.statement] += records

    def row(self) -> dict[str, Any]:
        """Return the counts as columns of the evidence."""
        records = self.states.total()
        reserved, allowed = self.states[OptOutState.RESERVED], self.states[OptOutState.ALLOWED]
        frequent = sorted(self.statements.items(), key=lambda item: (-item[1], item[0]))
        return {
            "places": sorted(self.places),
            "records": records,
            "records_reserved": reserved,
            "records_allowed": allowed,
            "records_not_recorded": records - reserved - allowed,
            "statements": [statement for statement, _count in frequent[:STATEMENTS_SHOWN]],
            "state": OptOutState.RESERVED
            if reserved
            else OptOutState.ALLOWED
            if allowed == records
            else OptOutState.NOT_RECORDED,
        }


def find_record_opt_outs(engine: Engine, _circumstances: Circumstances) -> None:
    """Make ``record_terms`` and the counts visible; reads opt_out_statements and claimed_opt_outs."""
    crawlers: dict[str, set[str]] = defaultdict(set)
    for row in engine.fetch(_CRAWLERS).to_pylist():
        crawlers[row["source_id"]].add(row["crawler"])
    engine.execute(_STATING)
    answers = [_answer(row, crawlers) for row in _stream(engine, _SETS)]
    engine.add_arrow("own_answers", pa.Table.from_pylist(answers, schema=_ANSWERS))
    engine.execute(_TERMS)
    engine.add_arrow("record_opt_out_counts", _counts(engine, crawlers))


def _answer(row: Mapping[str, Any], crawlers: Mapping[str, Collection[str]]) -> dict[str, Any]:
    decision = decide_own(_statements(row["said"]), crawlers.get(row["source_id"], ()))
    return {
        "source_id": row["source_id"],
        "said": row["said"],
        "own_state": decision.state,
        "own_reserved_by": " ".join(sorted(decision.reserved_by)),
        "names_terms": int(decision.names_terms),
    }


def _counts(engine: Engine, crawlers: Mapping[str, Collection[str]]) -> pa.Table:
    counts: dict[tuple[str, OptOutProtocol], _Count] = defaultdict(_Count)
    for row in _stream(engine, _SETS_BY_PROTOCOL):
        said = list(_statements(row["said"]))
        decision = decide_own(said, crawlers.get(row["source_id"], ()))
        counts[row["source_id"], OptOutProtocol(row["protocol"])].add(said, decision.state, row["records"])
    rows = [
        {
            "source_id": source_id,
            "protocol": protocol,
            "vocabulary": VERSIONS[protocol],
            "crawlers": sorted(crawlers.get(source_id, ())),
            **count.row(),
        }
        for (source_id, protocol), count in counts.items()
    ]
    return pa.Table.from_pylist(rows, schema=RECORD_OPT_OUTS.schema)


def _statements(said: Iterable[str]) -> Iterator[OwnStatement]:
    for text in said:
        place, protocol, statement = text.split("|", 2)
        yield OwnStatement(StatementPlace(place), OptOutProtocol(protocol), statement)


def _stream(engine: Engine, sql: str) -> Iterator[Mapping[str, Any]]:
    for batch in engine.stream(sql):
        yield from batch.to_pylist()


RECORD_OPT_OUTS = evidence_table(
    "record_opt_outs", "one convention of one source: what its records state about their own use",
    ("source_id", "protocol"),
    ("source_id", STR, "Source."),
    ("protocol", STR, "Convention of the statements (vocabulary OptOutProtocol)."),
    ("vocabulary", STR, "Version of the convention that they are read by."),
    ("places", STRINGS, "Where they stand (vocabulary StatementPlace)."),
    ("crawlers", STRINGS, "Crawlers they are read for; empty where none is known: statements for one are open."),
    ("records", INT, "Records that state something in it; RSL only where no snapshot holds the terms."),
    ("records_reserved", INT, "Those that it reserves for training."),
    ("records_allowed", INT, "Those that it allows for training and does not reserve."),
    ("records_not_recorded", INT, "Those whose statement leaves training open, or names terms that are not here."),
    ("statements", STRINGS, "The most frequent statements, ten at most."),
    ("state", STR, "reserved when any record is, allowed when all are, else not-recorded."),
    label=_("conventions by source"),
    inputs=(schemas.CLAIMED_OPT_OUTS, schemas.OPT_OUT_STATEMENTS, schemas.RECORDS,),
    prepare=find_record_opt_outs,
    sql="SELECT * FROM record_opt_out_counts",
)  # fmt: skip
