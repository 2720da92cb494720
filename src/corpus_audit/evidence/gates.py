"""The gates that a corpus must pass before use, and the hits of the operator's keyword lists per source.

The sampling plan is that of GB/T 45654-2025 as secondary sources tell it: each source on its own, the whole corpus by
keywords, and the whole corpus by people. What people are to read is chosen here; what they found, the provider tells.
"""

from collections.abc import Sequence

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, evidence_table
from corpus_audit.measure.prose.gates import KEYWORD_GATE, MANUAL_GATE, SOURCE_GATE, AcceptanceCriterion
from corpus_audit.schemas import MANUAL_SAMPLE
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS
from corpus_audit.vocabulary import WHOLE_DATASET

_CHECKED = """
    SELECT claimed_sources.source_id,
           COALESCE(texts.records, 0) AS records,
           COALESCE(texts.records_checked, 0) AS records_checked,
           COALESCE(rejected.records, 0) AS records_rejected
    FROM claimed_sources
    LEFT JOIN (SELECT source_id, COUNT(*) AS records,
                      COUNT(CASE WHEN sample_position < {share} THEN 1 END) AS records_checked
               FROM records WHERE entropy_bits IS NOT NULL GROUP BY source_id) AS texts
           ON texts.source_id = claimed_sources.source_id
    LEFT JOIN (SELECT source_id, COUNT(DISTINCT record_id) AS records FROM keyword_hits GROUP BY source_id) AS rejected
           ON rejected.source_id = claimed_sources.source_id
    ORDER BY claimed_sources.source_id
"""

_TOLD = "SELECT manual_sampled, manual_rejected FROM claimed_disclosure"

_MANUAL_SAMPLE = f"""
    SELECT record_id, source_id, file, row, sample_position
    FROM records
    WHERE entropy_bits IS NOT NULL
    ORDER BY sample_position, record_id
    LIMIT {MANUAL_GATE.least_records}
"""  # noqa: S608 - constant


def find_gates(engine: Engine, circumstances: Circumstances) -> None:
    """Register the view of each gate's state; without a list nothing was searched and nothing is known."""
    keyword_lists = circumstances.keyword_lists
    share = circumstances.parameters.keyword_share if keyword_lists else 0
    checked = engine.fetch(_CHECKED.format(share=share))
    engine.add_arrow("checked_records", checked)
    sources = checked.to_pylist()
    counts = ("records", "records_checked", "records_rejected")
    whole = {name: sum(row[name] for row in sources) for name in counts}
    rows = [_row(SOURCE_GATE, keyword_lists, **row) for row in sources]
    rows.append(_row(KEYWORD_GATE, keyword_lists, source_id=WHOLE_DATASET, **whole))
    rows.append(_row(MANUAL_GATE, (), source_id=WHOLE_DATASET, **(whole | _read_by_people(engine))))
    engine.add_arrow("judged_gates", pa.Table.from_pylist(rows, schema=GATES.schema))


def _read_by_people(engine: Engine) -> dict[str, int]:
    """Return what the provider says that people read and rejected, nothing where it does not say both."""
    told = engine.fetch(_TOLD).to_pylist()
    read, rejected = (told[0]["manual_sampled"], told[0]["manual_rejected"]) if told else (None, None)
    if read is None or rejected is None:
        return {"records_checked": 0, "records_rejected": 0}
    return {"records_checked": read, "records_rejected": rejected}


def choose_manual_sample(engine: Engine) -> pa.Table:
    """Return the records that people are to read (schema MANUAL_SAMPLE), in the order of sampling."""
    return engine.fetch(_MANUAL_SAMPLE).select(MANUAL_SAMPLE.schema.names).cast(MANUAL_SAMPLE.schema)


def _row(
    gate: AcceptanceCriterion,
    keyword_lists: Sequence[str],
    source_id: str,
    records: int,
    records_checked: int,
    records_rejected: int,
) -> dict[str, object]:
    return {
        "gate": gate.name,
        "source_id": source_id,
        "records": records,
        "records_needed": gate.sample_size(records),
        "records_checked": records_checked,
        "records_rejected": records_rejected,
        "clean_share": (records_checked - records_rejected) / records_checked if records_checked else None,
        "passes_at": gate.passes_at,
        "keyword_lists": list(keyword_lists),
        "state": gate.judge(records, records_checked, records_rejected),
    }


_SOURCE_OR_ALL = "Source; (dataset) for the dataset as a whole."


GATES = evidence_table(
    "gates", "one gate that a source or the dataset has to pass before it is used", ("gate", "source_id"),
    ("gate", STR, "source (each source, by keywords), keyword (the dataset, by keywords) or manual (by people)."),
    ("source_id", STR, _SOURCE_OR_ALL),
    ("records", INT, "Records with text."),
    ("records_needed", INT, "Records that have to be looked at."),
    ("records_checked", INT, "Records that were."),
    ("records_rejected", INT, "Of those, records that hold a word of some list."),
    ("clean_share", FLOAT, "Share of records_checked that hold none; null when none was looked at."),
    ("passes_at", FLOAT, "The least clean_share at which the gate holds."),
    ("keyword_lists", STRINGS, "Names of the lists applied."),
    ("state", STR, "holds, fails, too-few (fewer looked at than needed), or not-recorded (none looked at)."),
    label=_("gates"),
    inputs=(schemas.CLAIMED_DISCLOSURE, schemas.CLAIMED_SOURCES, schemas.KEYWORD_HITS, schemas.RECORDS,),
    prepare=find_gates,
    sql="SELECT * FROM judged_gates",
)  # fmt: skip

KEYWORDS = evidence_table(
    "keywords", "one list of the operator in one source", ("source_id", "keyword_list"),
    ("source_id", STR, "Source."),
    ("keyword_list", STR, "Name of the list."),
    ("records_checked", INT, "Records of the source that were searched."),
    ("records", INT, "Records that hold a word of the list."),
    ("record_share", FLOAT, "records as a share of records_checked."),
    label=_("keyword lists by source"),
    inputs=(schemas.CLAIMED_DISCLOSURE, schemas.CLAIMED_SOURCES, schemas.KEYWORD_HITS, schemas.RECORDS,),
    sql="""
    SELECT hits.source_id, hits.keyword_list, checked.records_checked, hits.records,
           hits.records / checked.records_checked AS record_share
    FROM (SELECT source_id, keyword_list, COUNT(*) AS records FROM keyword_hits
          GROUP BY source_id, keyword_list) AS hits
    JOIN checked_records AS checked ON checked.source_id = hits.source_id
    """,
    after=(GATES,),
)  # fmt: skip
