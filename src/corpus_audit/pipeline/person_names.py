"""Names: people's names in a sample of the records, by the installed finders."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import guard, schemas
from corpus_audit.config import Settings
from corpus_audit.pipeline.context import (
    RunContext,
    digests_of,
    measure_folders,
    measured,
    open_corpus,
    parts_read,
)
from corpus_audit.pipeline.figures import rows
from corpus_audit.pipeline.guarded_measuring import run_guarded
from corpus_audit.pipeline.progress import in_shares, share_of
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import AuditFolder, Store, read_table, write_table
from corpus_audit.store.identity import read_identity


def person_names(audit: AuditFolder, *, context: RunContext | None = None) -> None:
    """Find names in the first records in the order of sampling, in each language with a finder."""
    from corpus_audit.measure.prose.names.model import model_availability

    context = context or RunContext()
    with StageRun(PERSON_NAMES, context, audit) as run:
        # What is installed decides what is found, so it is an input: with another model the stage is run anew.
        available = model_availability()
        inputs = digests_of(audit, measure_folders(audit)) | {"model": available.reason or available.version}

        def work(folder: Path) -> None:
            run_guarded(_find_names, audit, folder, audit, context.settings, advance=context.advance)

        run.once(audit, inputs, work)


def _find_names(folder: Path, audit: AuditFolder, settings: Settings) -> None:
    from corpus_audit.measure.prose.names.chinese import ChineseNames
    from corpus_audit.measure.prose.names.model import EnglishNames, model_availability

    available = model_availability()
    ways = ((EnglishNames, available.reason, available.version), (ChineseNames, "", ""))
    tell = share_of(guard.advance)

    def part(number: int) -> Callable[[int, int], None]:
        return lambda done, texts: tell(number * texts + done, len(ways) * texts)

    found = [_look(audit, settings, *way, part(number)) for number, way in enumerate(ways)]
    tell(1, 1)  # where there is no model, or no text in its language, nothing was told
    for table, parts in zip(_TABLES, zip(*found, strict=True), strict=True):
        rows = pa.concat_tables(part.cast(table.schema) for part in parts)
        write_table(folder / f"{table.name}.parquet", table, rows.sort_by([(name, "ascending") for name in table.key]))


def _look(
    audit: AuditFolder, settings: Settings, kind: Any, reason: str, version: str, tell: Callable[[int, int], None]
) -> tuple[pa.Table, ...]:
    """Return what one way to find names did, in which records, and what it found: rows of _TABLES."""
    from corpus_audit.measure.prose.names.finder import find_name_spans

    parameters = read_identity(audit).parameters
    check = {
        "method": kind.method,
        "language": kind.language,
        "state": "not-run" if reason else "run",
        "reason": reason,
        "version": version,
        "characters": parameters.name_characters,
    }
    checks = pa.Table.from_pylist([check], schema=schemas.NAME_CHECKS.schema)
    records = _first_records(audit, kind.language, 0 if reason else parameters.name_records)
    if not records.num_rows:
        return checks, schemas.NAME_SAMPLES.empty(), schemas.NAME_SPANS.empty()
    records, texts = _read_texts(audit, records, parameters.name_characters, settings)
    sampled = records.append_column("method", pa.repeat(pa.scalar(kind.method), records.num_rows))
    key = Store(audit.store).key()
    return checks, sampled.select(schemas.NAME_SAMPLES.schema.names), find_name_spans(kind(), records, texts, key, tell)


_OF_RECORDS = ["record_id", "source_id", "sample_position", "language_observed"]
_TABLES = (schemas.NAME_CHECKS, schemas.NAME_SAMPLES, schemas.NAME_SPANS)


def _first_records(audit: AuditFolder, language: str, most: int) -> pa.Table:
    """Return the records in a language that come first in the order of sampling."""
    order = [("sample_position", "ascending"), ("record_id", "ascending")]
    first = schemas.RECORDS.empty().select(_OF_RECORDS)
    for shard in measured(audit, schemas.RECORDS):
        spoken = read_table(shard, _OF_RECORDS, where=pc.field("language_observed") == language)
        first = pa.concat_tables([first, spoken]).sort_by(order).slice(0, most)
    return first.select(["record_id", "source_id"])


def _read_texts(
    audit: AuditFolder, records: pa.Table, most_characters: int, settings: Settings
) -> tuple[pa.Table, Sequence[str]]:
    """Return those of *records* that are still there, sorted by id, and the first characters of their texts."""
    from corpus_audit.corpus.records import read_record_texts

    files = audit.read("ingest", schemas.FILES)
    wanted = {record_id.partition(":")[0] for record_id in records["record_id"].to_pylist()}
    location = open_corpus(audit, settings)
    texts: dict[str, str] = {}
    for batch in read_record_texts(location, files, wanted, settings.batch_bytes, parts_read(audit, wanted)):
        texts.update(_beginnings(batch, records["record_id"], most_characters))
    found = records.filter(pc.is_in(records["record_id"], pa.array(sorted(texts), pa.string()))).sort_by("record_id")
    return found, [texts[record_id] for record_id in found["record_id"].to_pylist()]


def _beginnings(batch: pa.RecordBatch, wanted: Any, most_characters: int) -> Iterator[tuple[str, str]]:
    chosen = batch.filter(pc.is_in(batch["record_id"], wanted.combine_chunks()))
    beginnings = pc.utf8_slice_codeunits(chosen["text"], 0, most_characters)
    yield from zip(chosen["record_id"].to_pylist(), beginnings.to_pylist(), strict=True)


PERSON_NAMES = Stage(
    "person_names",
    run=person_names,
    after=("measure",),
    reads={"ingest": names_of(schemas.FILES), "measure": names_of(schemas.RECORDS)},
    writes=names_of(*_TABLES),
    figures={"records": rows(schemas.NAME_SAMPLES), "spans": rows(schemas.NAME_SPANS)},
    units=in_shares,
)
