"""The gates that a corpus passes before it is used, and what the operator's keyword lists found in each source.

The sampling plan is that of GB/T 45654-2025 as secondary sources tell it: each source on its own, the whole corpus by
keywords, and the whole corpus by people. What people are to read is chosen here; what they found, the provider tells.
"""

from collections.abc import Sequence

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.evidence.query import Query
from corpus_audit.measure.prose.gates import KEYWORD_GATE, MANUAL_GATE, SOURCE_GATE, AcceptanceCriterion
from corpus_audit.schemas import EVIDENCE_GATES, EVIDENCE_KEYWORDS, MANUAL_SAMPLE
from corpus_audit.vocabulary import WHOLE_DATASET

KEYWORDS = Query(
    EVIDENCE_KEYWORDS,
    """
    SELECT hits.source_id, hits.keyword_list, checked.records_checked, hits.records,
           hits.records / checked.records_checked AS record_share
    FROM (SELECT source_id, keyword_list, COUNT(*) AS records FROM keyword_hits
          GROUP BY source_id, keyword_list) AS hits
    JOIN checked_records AS checked ON checked.source_id = hits.source_id
    """,
)

GATES = Query(EVIDENCE_GATES, "SELECT * FROM judged_gates")

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


def find_gates(engine: Engine, keyword_lists: Sequence[str], keyword_share: float) -> None:
    """Make visible how each gate stands; without a list nothing was searched for, and nothing is known."""
    checked = engine.fetch(_CHECKED.format(share=keyword_share if keyword_lists else 0))
    engine.add_arrow("checked_records", checked)
    sources = checked.to_pylist()
    counts = ("records", "records_checked", "records_rejected")
    whole = {name: sum(row[name] for row in sources) for name in counts}
    rows = [_row(SOURCE_GATE, keyword_lists, **row) for row in sources]
    rows.append(_row(KEYWORD_GATE, keyword_lists, source_id=WHOLE_DATASET, **whole))
    rows.append(_row(MANUAL_GATE, (), source_id=WHOLE_DATASET, **(whole | _read_by_people(engine))))
    engine.add_arrow("judged_gates", pa.Table.from_pylist(rows, schema=EVIDENCE_GATES.schema))


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
