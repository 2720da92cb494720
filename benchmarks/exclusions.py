"""Exclusions of many records: seconds, and peak memory, of finding and writing them.

    .venv/bin/python benchmarks/exclusions.py [RECORDS]

The tables are made by a seed: a tenth of the records are copies, a tenth state a license that forbids commercial
training, a twentieth hold a secret.
"""

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.config import Parameters
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.evidence import INPUTS, EvidenceInputs, make_visible
from corpus_audit.export.exclusions.exclusions import EXCLUSIONS, find_exclusions
from corpus_audit.export.exclusions.policy import DEFAULT_POLICY, read_policy
from corpus_audit.export.exclusions.reasons import evidence_read
from corpus_audit.export.exclusions.writers import WRITERS

_DAY = date(2026, 11, 23)
_NUMBERED = "SELECT range AS number, printf('%012d:0', range) AS record_id FROM range({records})"

_FILLED = {
    schemas.RECORDS.name: """
        SELECT record_id, 'source' || number % 20 AS source_id, 'part-' || number // 1000000 AS file,
               number % 1000000 AS row, 'text' AS modality, 1000 AS size_bytes, 1000 AS characters, 200 AS tokens,
               150 AS shingles, CASE WHEN number % 10 = 3 THEN 'CC-BY-NC-4.0' ELSE 'CC-BY-4.0' END AS declared_license,
               0 AS replacement_characters, 0 AS mojibake, 0 AS control_characters
        FROM numbered
    """,
    schemas.CLUSTERS.name: """
        SELECT record_id, 'source' || number % 20 AS source_id, cluster_id, cluster_id AS representative_id,
               CASE WHEN record_id = cluster_id THEN 'representative' ELSE 'exact' END AS kind, 1000 AS size_bytes
        FROM (SELECT *, printf('%012d:0', number - number % 10) AS cluster_id FROM numbered WHERE number % 10 < 2)
    """,
    schemas.PAIRS.name: """
        SELECT printf('%012d:0', number - 1) AS record_a, record_id AS record_b, 'exact' AS kind
        FROM numbered WHERE number % 10 = 1
    """,
    schemas.SPANS.name: """
        SELECT record_id, 'source' || number % 20 AS source_id, '' AS field, 'secret' AS kind,
               'GITHUB_TOKEN' AS entity_type, 1.0 AS score
        FROM numbered WHERE number % 20 = 7
    """,
}


_CLAIMED = {
    schemas.CLAIMED_SOURCES.name: [{"source_id": f"source{number}", "license_declared": "MIT"} for number in range(20)],
    schemas.CLAIMED_DATASET.name: [{"dataset_id": "big", "intended_uses": ["commercial-training"]}],
}


def _claimed(table: schemas.Table) -> pa.Table:
    """Return the claims of a table; what they do not name is not recorded."""
    plain = {
        field.name: [] if pa.types.is_list(field.type) else "not-recorded" if pa.types.is_string(field.type) else None
        for field in table.schema
    }
    return pa.Table.from_pylist([plain | row for row in _CLAIMED.get(table.name, ())], schema=table.schema)


def write_tables(folder: Path, records: int) -> dict[str, list[Path]]:
    """Write every table that evidence reads, and return its files by name."""
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '1GB'; SET temp_directory = '{folder}/spill'")
    connection.execute(f"CREATE VIEW numbered AS {_NUMBERED.format(records=records)}")
    files = {}
    for table in INPUTS:
        path = folder / f"{table.name}.parquet"
        pq.write_table(_claimed(table), path)
        if table.name in _FILLED:
            empty = f"SELECT * FROM read_parquet('{path}')"
            filled = path.with_suffix(".filled")
            rows = f"{empty} UNION ALL BY NAME {_FILLED[table.name]}"
            connection.execute(f"COPY ({rows}) TO '{filled}' (FORMAT parquet)")
            path = filled
        files[table.name] = [path]
    connection.close()
    return files


def main() -> None:
    """Print how long it takes and how much memory is in use at most."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_tables(folder, records)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        wall, processor = time.monotonic(), time.process_time()
        inputs = EvidenceInputs(files, [], Parameters())
        with DuckDBEngine(spill_root=folder) as engine:
            policy = read_policy(DEFAULT_POLICY)
            seeing = make_visible(engine, inputs, _DAY, evidence_read(policy.reasons))
            found = find_exclusions(seeing, policy, [], [])
            WRITERS[".parquet"](folder / "out.parquet", EXCLUSIONS.schema, found)
        excluded = pq.ParquetFile(folder / "out.parquet").metadata.num_rows
        wall, processor = time.monotonic() - wall, time.process_time() - processor
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{records:,} records, {excluded:,} excluded: {wall:.1f} s, {processor:.1f} s of processor time,"
        f" peak memory {peak / 1024:.0f} MiB (making the tables: {before / 1024:.0f} MiB)"
    )


if __name__ == "__main__":
    main()
