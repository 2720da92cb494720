"""All evidence tables, built from claims and facts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.config import Parameters
from corpus_audit.engine.base import Engine
from corpus_audit.engine.on_demand import OnDemandEngine, Supply
from corpus_audit.evidence.copies import COPY_TABLES, find_copies
from corpus_audit.evidence.defects import DEFECT_PLACES
from corpus_audit.evidence.descriptions import CLAIM_PROBLEM_PLACES, CLAIM_PROBLEMS_VIEW
from corpus_audit.evidence.evidence_table import Circumstances, EvidenceTable, Prepare
from corpus_audit.evidence.labels import LABELS_VIEW
from corpus_audit.evidence.media import MEDIA_VIEW
from corpus_audit.evidence.minimum_score import ALL_SPANS_VIEW, DIVIDED_SPANS, divide_spans
from corpus_audit.evidence.models import MODEL_TABLES, add_models
from corpus_audit.evidence.overlaps import LICENSE_PAIRS, OVERLAPS_VIEW
from corpus_audit.evidence.source_licenses import LICENSE_TABLES, find_licenses
from corpus_audit.evidence.subjects import PEOPLE_TABLES, find_people
from corpus_audit.evidence.tables import EVIDENCE
from corpus_audit.evidence.totals import SPAN_COLUMNS, TOTALS
from corpus_audit.rights.consent import CONSENT_TABLES, evaluate_consents
from corpus_audit.rights.license_table import comparison_table
from corpus_audit.rights.share_alike import share_alike_of_all

_LISTS = (DEFECT_PLACES, CLAIM_PROBLEM_PLACES, SPAN_COLUMNS)

# Each list column of the claims as rows of (key of the claim, value): engines differ in how they unnest.
_CLAIMED_LISTS = {
    "claimed_uses": (schemas.CLAIMED_DATASET, "intended_uses"),
    "claimed_languages": (schemas.CLAIMED_DATASET, "languages"),
    "claimed_license_files": (schemas.CLAIMED_SOURCES, "license_evidence_files"),
    "claimed_personal_types": (schemas.CLAIMED_SOURCES, "personal_information_types"),
    "claimed_generators": (schemas.CLAIMED_SOURCES, "generator_models"),
    "claimed_processors": (schemas.CLAIMED_SOURCES, "processor_models"),
}


@dataclass(frozen=True)
class EvidenceInputs:
    """Where the Parquet files are that evidence is gathered from, and what the operator chose.

    *files* has for each of INPUTS, by its name, the files that hold it: measured tables have one a shard, or none.
    """

    files: Mapping[str, Sequence[Path]]
    keyword_lists: Sequence[str]
    parameters: Parameters


_SHARED = (
    schemas.CLAIMED_DATASET,
    schemas.CLAIMED_MODELS,
    schemas.CLAIMED_SOURCES,
    schemas.CLAIMED_SUBJECTS,
    schemas.CLAIMED_AUTHORISATIONS,
    schemas.CLAIMED_FILES,
    schemas.RECORDS,
    schemas.SPANS,
    schemas.CLUSTERS,
    schemas.DEFECTS,
    schemas.FILES,
    schemas.PAIRS,
    schemas.OVERLAPS,
)
"""What is read to make visible what several tables share."""

INPUTS: tuple[schemas.Table, ...] = tuple(
    {table.name: table for table in (*_SHARED, *(given for found in EVIDENCE for given in found.inputs))}.values()
)
"""The stored tables that evidence is gathered from."""

_VIEW_NAMES = {
    schemas.SPANS.name: ALL_SPANS_VIEW,
    schemas.OVERLAPS.name: OVERLAPS_VIEW,
    schemas.CLAIM_PROBLEMS.name: CLAIM_PROBLEMS_VIEW,
    schemas.MEDIA.name: MEDIA_VIEW,
    schemas.LABELS.name: LABELS_VIEW,
}


def gather(
    engine: Engine,
    inputs: EvidenceInputs,
    day: date,
    wanted: Sequence[EvidenceTable] = EVIDENCE,
    tell: Callable[[int, int], None] = lambda _done, _steps: None,
) -> dict[str, pa.Table]:
    """Return the *wanted* evidence tables by name, each in its schema and sorted by its key, as of the audit's *day*.

    Records, spans and clusters are only ever aggregated, so memory does not grow with the corpus. *tell* is called with
    the tables that are done, and their number.
    """
    seeing = make_visible(engine, inputs, day, wanted)
    gathered = {}
    for done, table in enumerate(wanted, 1):
        gathered[table.name] = table.run(seeing)
        tell(done, len(wanted))
    return gathered


def make_visible(engine: Engine, inputs: EvidenceInputs, day: date, wanted: Sequence[EvidenceTable]) -> Engine:
    """Return an engine that sees the stored tables, and everything that the statements of *wanted* tables read.

    It works in *engine*, and makes what several tables share when a statement first reads it.
    """
    seeing = OnDemandEngine(engine, _supplies(inputs, day))
    circumstances = Circumstances(inputs.parameters, inputs.keyword_lists, day)
    for prepare in _preparations(wanted):
        prepare(seeing, circumstances)
    return seeing


def _supplies(inputs: EvidenceInputs, day: date) -> Iterator[Supply]:
    """Yield what makes each stored table visible, and what several evidence tables share."""
    for table in INPUTS:
        name = _VIEW_NAMES.get(table.name, table.name)
        yield Supply((name,), partial(_add_stored, name=name, paths=inputs.files[table.name], table=table))
    yield Supply(DIVIDED_SPANS, partial(divide_spans, minimum_score=inputs.parameters.minimum_score))
    for name in _CLAIMED_LISTS:
        yield Supply((name,), partial(_add_claimed_list, name=name))
    yield Supply(("no_types",), _add_no_types)
    for name, sql in TOTALS.items():
        yield Supply((name,), partial(_add_result, name=name, sql=sql))
    yield Supply((*LICENSE_TABLES, "share_alike_of_all"), _add_licenses)
    yield Supply(("terms_comparisons",), _add_terms_comparisons)
    yield Supply(MODEL_TABLES, add_models)
    for lists in _LISTS:
        yield Supply((lists.name,), lists.add)
    yield Supply(COPY_TABLES, find_copies)
    yield Supply(PEOPLE_TABLES, find_people)
    yield Supply(CONSENT_TABLES, partial(evaluate_consents, day=day))


def _preparations(wanted: Sequence[EvidenceTable]) -> list[Prepare]:
    """Return what makes visible what *wanted* tables read, and what that reads in turn, in the order of EVIDENCE."""
    needed, waiting = set[str](), list(wanted)
    while waiting:
        table = waiting.pop()
        if table.name not in needed:
            needed.add(table.name)
            waiting += table.after
    return [table.prepare for table in EVIDENCE if table.name in needed and table.prepare is not None]


def _add_stored(engine: Engine, name: str, paths: Sequence[Path], table: schemas.Table) -> None:
    engine.add_parquet(name, paths, table)


def _add_result(engine: Engine, name: str, sql: str) -> None:
    engine.add_arrow(name, engine.fetch(sql))


def _add_claimed_list(engine: Engine, name: str) -> None:
    table, column = _CLAIMED_LISTS[name]
    (key,) = table.key
    claims = engine.fetch(f"SELECT {key}, {column} FROM {table.name}")  # noqa: S608 - constants
    engine.add_arrow(name, _rows_of_list(claims, key, column))


def _add_no_types(engine: Engine) -> None:
    engine.add_arrow("no_types", pa.table({"value": pa.array([[]], pa.list_(pa.string()))}))


def _rows_of_list(claims: pa.Table, key: str, column: str) -> pa.Table:
    """Return each value of a list column beside its row's key, without doubles."""
    lists = claims[column].combine_chunks()
    owners = claims[key].combine_chunks().take(pc.list_parent_indices(lists))
    rows = pa.table({key: owners, "value": pc.list_flatten(lists)})
    return rows.group_by([key, "value"]).aggregate([])


def _add_licenses(engine: Engine) -> None:
    """Make visible what licenses permit for each purpose, and what all share alike."""
    whole = share_alike_of_all(find_licenses(engine))
    engine.add_arrow("share_alike_of_all", pa.table({"share_alike": [whole]}))


def _add_terms_comparisons(engine: Engine) -> None:
    """Make visible how the licenses of overlapping sources relate in pairs."""
    pairs = engine.fetch(LICENSE_PAIRS)
    sides = zip(_column(pairs, "license_a"), _column(pairs, "license_b"), strict=True)
    engine.add_arrow("terms_comparisons", comparison_table(sides))


def _column(table: pa.Table, name: str) -> list[str]:
    return [str(value) for value in table[name].to_pylist()]
