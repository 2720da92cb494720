"""Print how long consents take: a million people, each with an authorisation, and records that name them.

    python benchmarks/subjects.py [--people 1000000]

The people differ in every way that the rules look at, in a fixed pattern, so that no branch is left out.
"""

import argparse
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.config import Settings
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.evidence.subjects import SUBJECTS, find_people
from corpus_audit.manifest.people import ClaimTable
from corpus_audit.manifest.people_tables import FoundTable, People, write_people
from corpus_audit.rights.consent import evaluate_consents
from corpus_audit.schemas import Table

DAY = date(2026, 11, 23)


def every(count: int, *values: object, shift: int = 0) -> pa.Array:
    """Return *count* values that take turns; *shift* keeps two columns from turning together."""
    chosen = pa.array(values)
    return chosen.take(pa.array((np.arange(count) // (shift + 1)) % len(values)))


def write_tables(folder: Path, count: int) -> tuple[FoundTable, FoundTable]:
    """Write the tables that a manifest would name, and return where they are."""
    ids = pc.binary_join_element_wise("person", pa.array(np.arange(count)).cast(pa.string()), "-")
    dead = every(count, "no", "no", "yes", "not-recorded")
    pq.write_table(
        pa.table(
            {
                "subject_id": ids,
                "deceased": dead,
                "died_at": pc.if_else(pc.equal(dead, "yes"), "2015-06-01", None),
                "minor": every(count, "no", "no", "no", "not-recorded", "no", shift=1),
                "modalities": every(count, "voice", "face;voice", "name", "text", shift=2),
            }
        ),
        folder / "subjects.parquet",
    )
    grantor = every(count, "the person", "the studio", "the daughter", "the cousin", shift=4)
    pq.write_table(
        pa.table(
            {
                "subject_id": ids,
                "grantor": grantor,
                "grantee": every(count, "the supplier", "the agent", shift=3),
                "relation": every(count, "self", "rights-holder", "child", "other-relative", shift=4),
                "separate": every(count, "yes", "yes", "no", shift=5),
                "modalities": every(count, "face;voice;name;text", "voice", shift=6),
                "scope": every(count, "internal-training;commercial-training", "internal-training", shift=7),
                "signed_at": every(count, "2012-01-01", "2020-05-05", shift=8),
                "expires_at": every(count, "2030-01-01", None, "2024-01-01", shift=9),
                "withdrawn_at": every(count, None, None, None, "2025-02-02", shift=10),
                "evidence_url": every(count, "https://example.org/consent", None, shift=11),
            }
        ),
        folder / "authorisations.parquet",
    )
    return tuple(FoundTable(ClaimTable(path=f"{name}.parquet"), folder / f"{name}.parquet")
                 for name in ("subjects", "authorisations"))  # type: ignore[return-value] # fmt: skip


def write_records(folder: Path, count: int) -> list[Path]:
    """Write records that name two people in three, with no column but those that are read."""
    named = count * 2 // 3
    ids = pc.binary_join_element_wise("person", pa.array(np.arange(named)).cast(pa.string()), "-")
    lists = pa.ListArray.from_arrays(pa.array(np.arange(named + 1, dtype=np.int32)), ids)
    columns = {
        "source_id": pa.repeat("songs", named),
        "file": pa.repeat("songs.parquet", named),
        "row": pa.array(np.arange(named)),
        "modality": pa.repeat("text", named),
        "subject_ids": lists,
    }
    pq.write_table(pa.table(columns), folder / "records.parquet")
    return [folder / "records.parquet"]


def write_claims(folder: Path, table: Table, **values: object) -> list[Path]:
    """Write a table of claims with one row, every other column not recorded."""
    plain = {f.name: [] if pa.types.is_list(f.type) else "not-recorded" if pa.types.is_string(f.type) else 0
             for f in table.schema}  # fmt: skip
    pq.write_table(pa.Table.from_pylist([plain | values], schema=table.schema), folder / f"{table.name}.parquet")
    return [folder / f"{table.name}.parquet"]


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how many seconds the block took."""
    started = perf_counter()
    yield
    print(f"{what:<46}{perf_counter() - started:8.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    count = parser.parse_args().people
    settings = Settings.from_environment()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        subjects, authorisations = write_tables(folder, count)
        listed = People(
            schemas.CLAIMED_SUBJECTS.empty(), schemas.CLAIMED_AUTHORISATIONS.empty(), subjects, authorisations
        )

        def open_engine() -> DuckDBEngine:
            return DuckDBEngine(settings.memory_limit, settings.workers, folder)

        print(f"{count:,} people, as many authorisations, {settings.workers} threads, {settings.memory_limit}")
        with timed("ingest: read, check and sort both tables"):
            write_people(folder, listed, open_engine)
        inputs = {
            schemas.CLAIMED_DATASET: write_claims(
                folder, schemas.CLAIMED_DATASET, intended_uses=["internal-training", "commercial-training"]
            ),
            schemas.CLAIMED_SOURCES: write_claims(
                folder, schemas.CLAIMED_SOURCES, source_id="songs", supplier="The Supplier"
            ),
            schemas.CLAIMED_FILES: [],
            schemas.FILES: [],
            schemas.RECORDS: write_records(folder, count),
            schemas.CLAIMED_SUBJECTS: [folder / "claimed_subjects.parquet"],
            schemas.CLAIMED_AUTHORISATIONS: [folder / "claimed_authorisations.parquet"],
        }
        with open_engine() as engine:
            for table, paths in inputs.items():
                engine.add_parquet(table.name, paths, table)
            engine.add_arrow("claimed_uses", pa.table({"value": ["internal-training", "commercial-training"]}))
            engine.add_arrow("no_types", pa.table({"value": pa.array([[]], pa.list_(pa.string()))}))
            with timed("gather: where they are in the records"):
                find_people(engine)
            with timed("gather: hold authorisations against needs"):
                evaluate_consents(engine, DAY)
            with timed("gather: the evidence table"):
                evidence = SUBJECTS.run(engine)
        for row in evidence.group_by("state").aggregate([("subject_id", "count")]).sort_by("state").to_pylist():
            print(f"  {row['state']:<44}{row['subject_id_count']:>10,}")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main()
