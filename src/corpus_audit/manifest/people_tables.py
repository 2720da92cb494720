"""The people and authorisations of a manifest, both inline and in tables, as sorted Parquet files.

An unreadable table stops the audit, like an unreadable manifest: without it, the people in the data are unknown.
Single unreadable values are reported and count as not-recorded.
"""

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from corpus_audit import guard
from corpus_audit.engine.base import Engine
from corpus_audit.errors import ManifestError
from corpus_audit.guard import Limits, WorkerDiedError
from corpus_audit.manifest.claim_columns import AUTHORISATION_COLUMNS, SUBJECT_COLUMNS, ClaimColumns
from corpus_audit.manifest.people import ClaimTable
from corpus_audit.schemas import CLAIMED_AUTHORISATIONS, CLAIMED_SUBJECTS
from corpus_audit.store import TableWriter, stream_table, write_table
from corpus_audit.vocabulary import NOT_RECORDED, FileFormat

_CSV_BLOCK_BYTES = 4 * 2**20


@dataclass(frozen=True)
class FoundTable:
    """One table as the manifest declares it, and where it lies."""

    declared: ClaimTable
    path: Path


@dataclass(frozen=True)
class TableProblem:
    """Unreadable values of one column, or rows about no known person; *detail* repeats no value."""

    file: str
    column: str
    detail: str


@dataclass(frozen=True)
class People:
    """What a manifest lists (schemas CLAIMED_SUBJECTS and CLAIMED_AUTHORISATIONS), and its tables with more."""

    subjects: pa.Table
    authorisations: pa.Table
    subjects_table: FoundTable | None = None
    authorisations_table: FoundTable | None = None


def write_people(folder: Path, people: People, open_engine: Callable[[], Engine], limits: Limits) -> list[TableProblem]:
    """Write both tables of people into *folder*, sorted by their keys, and return what could not be read.

    Tables that the manifest names are read in a worker, under *limits*.

    Raises ManifestError when a table has the wrong columns, cannot be read, or names a person twice.
    """
    subjects = folder / f"{CLAIMED_SUBJECTS.name}.parquet"
    authorisations = folder / f"{CLAIMED_AUTHORISATIONS.name}.parquet"
    if people.subjects_table is None and people.authorisations_table is None:
        write_table(subjects, CLAIMED_SUBJECTS, people.subjects)
        write_table(authorisations, CLAIMED_AUTHORISATIONS, people.authorisations)
        return []
    tallies = [
        _append_guarded(limits, subjects, SUBJECT_COLUMNS, people.subjects, people.subjects_table),
        _append_guarded(
            limits, authorisations, AUTHORISATION_COLUMNS, people.authorisations, people.authorisations_table
        ),
    ]
    with open_engine() as engine:
        engine.add_parquet("subjects", [subjects], CLAIMED_SUBJECTS)
        engine.add_parquet("authorisations", [authorisations], CLAIMED_AUTHORISATIONS)
        _refuse_repeats(engine, people.subjects_table)
        orphans = _count(engine, _ORPHANS)
        _sort(engine, "subjects", subjects, SUBJECT_COLUMNS)
        _sort(engine, "authorisations", authorisations, AUTHORISATION_COLUMNS)
    problems = [problem for tally in tallies for problem in tally]
    if orphans and people.authorisations_table is not None:
        detail = f"{orphans:,} authorisations name people that are not described"
        problems.append(TableProblem(people.authorisations_table.declared.path, "subject_id", detail))
    return problems


_ORPHANS = """
    SELECT COUNT(*) AS found FROM authorisations
    LEFT JOIN subjects ON subjects.subject_id = authorisations.subject_id
    WHERE subjects.subject_id IS NULL
"""
_REPEATS = """
    SELECT COUNT(*) AS found
    FROM (SELECT subject_id FROM subjects GROUP BY subject_id HAVING COUNT(*) > 1) AS repeated
"""


def _count(engine: Engine, sql: str) -> int:
    return int(engine.fetch(sql)["found"][0].as_py())


def _refuse_repeats(engine: Engine, table: FoundTable | None) -> None:
    repeats = _count(engine, _REPEATS)
    if repeats and table is not None:
        message = (
            f"{table.declared.path} describes people twice ({repeats:,} of them): keep one row, or one entry, for each."
        )
        raise ManifestError(message)


def _sort(engine: Engine, view: str, path: Path, columns: ClaimColumns) -> None:
    """Put a file of rows into the order of its key, through the engine, which spills what does not fit."""
    unsorted = path.rename(path.with_suffix(".unsorted"))
    engine.add_parquet(view, [unsorted], columns.table)
    ordered = engine.stream(f"SELECT * FROM {view} ORDER BY {', '.join(columns.table.key)}")  # noqa: S608 - constants
    write_table(path, columns.table, ordered)
    unsorted.unlink()


def _append_guarded(
    limits: Limits, path: Path, columns: ClaimColumns, listed: pa.Table, table: FoundTable | None
) -> list[TableProblem]:
    if table is None:
        return _append(path, columns, listed, table)
    append = partial(guard.run, _append_in_worker, path, columns.table.name, listed, table, limits=limits)
    try:
        found = guard.run_again_if_killed(append)
    except WorkerDiedError as error:
        raise ManifestError(f"{table.declared.path} cannot be read ({error.death.detail}): repair it.") from None
    return [TableProblem(**problem) for problem in found]


def _append_in_worker(path: Path, name: str, listed: pa.Table, table: FoundTable) -> list[dict[str, str]]:
    columns = next(one for one in (SUBJECT_COLUMNS, AUTHORISATION_COLUMNS) if one.table.name == name)
    guard.begin_file(table.declared.path, table.path.stat().st_size)
    return [asdict(problem) for problem in _append(path, columns, listed, table)]


def _append(path: Path, columns: ClaimColumns, listed: pa.Table, table: FoundTable | None) -> list[TableProblem]:
    """Write the listed rows and those of a table to *path*, and return what could not be read."""
    bad: Counter[str] = Counter()
    with TableWriter(path, columns.table) as writer:
        writer.write(listed)
        if table is None:
            return []
        number = listed.num_rows
        for batch in _batches(table, columns):
            rows = _read_rows(batch, columns, number, bad)
            number += batch.num_rows
            writer.write(rows)
    return [TableProblem(table.declared.path, name, _tell(columns, name, bad[name])) for name in sorted(bad)]


def _tell(columns: ClaimColumns, name: str, bad: int) -> str:
    if name in columns.required:
        return f"{bad:,} rows have no id that can be read and were left out"
    return f"{bad:,} values cannot be read and count as not-recorded"


def _read_rows(batch: pa.RecordBatch, columns: ClaimColumns, number: int, bad: Counter[str]) -> pa.Table:
    """Return a batch in the schema of its table, and count in *bad* what could not be read."""
    count = batch.num_rows
    read: dict[str, pa.Array] = {"number": pa.array(range(number, number + count), pa.int64())}
    for name, reader in columns.readers.items():
        if name in batch.schema.names:
            read[name], unread = reader(batch[name])
            bad.update({name: unread} if unread else {})
    arrays = [read.get(field.name, _absent(columns, field, count)) for field in columns.table.schema]
    table = pa.table([array.cast(field.type) for array, field in zip(arrays, columns.table.schema, strict=True)],
                     schema=columns.table.schema)  # fmt: skip
    return table.filter(pc.is_valid(table["subject_id"]))


def _absent(columns: ClaimColumns, field: pa.Field, count: int) -> pa.Array:
    if pa.types.is_list(field.type):
        return pa.array([[]] * count, field.type)
    value = columns.absent.get(field.name, NOT_RECORDED)
    return pa.array([value] * count, field.type) if value is None else pa.repeat(pa.scalar(value), count)


# --- reading files ----------------------------------------------------------------------------------------------------


def _batches(table: FoundTable, columns: ClaimColumns) -> Iterator[pa.RecordBatch]:
    """Yield a file's rows; raises ManifestError when its columns are wrong or it cannot be read to its end."""
    file = table.declared.path
    is_csv = (table.declared.format or _format_of(file)) is FileFormat.CSV
    try:
        yield from _read_csv(table.path, file, columns) if is_csv else _read_parquet(table.path, file, columns)
    except (OSError, pa.ArrowException) as error:
        message = f"{file} cannot be read as {'CSV' if is_csv else 'Parquet'}: repair it, or name its format."
        raise ManifestError(message) from error


def _format_of(file: str) -> FileFormat:
    return FileFormat.CSV if file.lower().endswith((".csv", ".csv.gz", ".csv.zst")) else FileFormat.PARQUET


def _read_parquet(path: Path, file: str, columns: ClaimColumns) -> Iterator[pa.RecordBatch]:
    schema = pq.read_schema(path)
    nested = [f"column '{field.name}' is a mapping: give it a plain value" for field in schema
              if pa.types.is_struct(field.type) or pa.types.is_map(field.type)]  # fmt: skip
    _check_columns(file, schema.names, columns, nested)
    yield from stream_table(path)


def _read_csv(path: Path, file: str, columns: ClaimColumns) -> Iterator[pa.RecordBatch]:
    with pa.input_stream(str(path), compression="detect") as stream:
        names = pcsv.open_csv(stream, read_options=pcsv.ReadOptions(block_size=_CSV_BLOCK_BYTES)).schema.names
    _check_columns(file, names, columns)
    with pa.input_stream(str(path), compression="detect") as stream:
        yield from pcsv.open_csv(
            stream,
            read_options=pcsv.ReadOptions(use_threads=False, block_size=_CSV_BLOCK_BYTES),
            parse_options=pcsv.ParseOptions(newlines_in_values=True),
            convert_options=pcsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )


def _check_columns(file: str, names: Sequence[str], columns: ClaimColumns, problems: Sequence[str] = ()) -> None:
    known = list(columns.readers)
    unknown = [name for name in names if name not in known]
    told = [
        *(f"lacks the column '{name}'" for name in columns.required if name not in names),
        *(f"has the column {_shown(name)}, which is none: {_advise(name, known)}" for name in unknown),
        *(f"has the column '{name}' {count} times" for name, count in Counter(names).items() if count > 1),
        *problems,
    ]
    if told:
        message = f"The table {file} cannot be used as it stands. Mend its columns, then run the same command again."
        raise ManifestError(message, tuple(f"{file}: {problem}" for problem in told))


def _shown(name: str) -> str:
    return f"'{name}'" if name.isascii() and name.isprintable() and len(name) <= 40 else "with an unusual name"


def _advise(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean '{close[0]}'?" if close else f"use {', '.join(known)}"
