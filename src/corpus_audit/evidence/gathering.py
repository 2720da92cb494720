"""From claims and facts to every evidence table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.config import Parameters
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.checks import CHECKS, find_checks
from corpus_audit.evidence.content import CONTENT
from corpus_audit.evidence.copies import find_copies
from corpus_audit.evidence.coverage import COVERAGE, COVERAGE_COLUMNS, COVERAGE_FILES, COVERAGE_GAPS, find_coverage
from corpus_audit.evidence.dataset import DATASET
from corpus_audit.evidence.defects import DEFECT_PLACES, DEFECTS
from corpus_audit.evidence.descriptions import CLAIM_PROBLEM_PLACES, CLAIM_PROBLEMS, CLAIM_PROBLEMS_VIEW, QUESTIONS
from corpus_audit.evidence.disclosures import DISCLOSURE, SOURCE_DISCLOSURES, TRAINED_MODELS, add_summary_deadline
from corpus_audit.evidence.diversity import DIVERSITY
from corpus_audit.evidence.exclusion_funnel import EXCLUSION_FUNNEL
from corpus_audit.evidence.files import FILES
from corpus_audit.evidence.gates import GATES, KEYWORDS, find_gates
from corpus_audit.evidence.labels import LABELS, LABELS_VIEW, find_labels
from corpus_audit.evidence.languages import LANGUAGES, find_languages
from corpus_audit.evidence.license_evidence import LICENSE_EVIDENCE, compare_license_texts
from corpus_audit.evidence.media import MEDIA, MEDIA_VIEW, find_media
from corpus_audit.evidence.models import MODELS, add_models
from corpus_audit.evidence.names import NAMES
from corpus_audit.evidence.notices import NOTICES, find_notices
from corpus_audit.evidence.opt_outs import OPT_OUTS, find_opt_outs
from corpus_audit.evidence.overlaps import DATASET_OVERLAPS, LICENSE_PAIRS, OVERLAPS, OVERLAPS_VIEW
from corpus_audit.evidence.personal_information import PERSONAL_INFORMATION
from corpus_audit.evidence.propagated_restrictions import PROPAGATED_RESTRICTIONS, find_propagated_restrictions
from corpus_audit.evidence.purposes import PURPOSES
from corpus_audit.evidence.quality import QUALITY, find_quality
from corpus_audit.evidence.references import REFERENCES
from corpus_audit.evidence.sample import find_sample
from corpus_audit.evidence.secrets import SECRETS
from corpus_audit.evidence.similarity import SIMILARITY
from corpus_audit.evidence.sources import SOURCES
from corpus_audit.evidence.subjects import SUBJECTS, find_people
from corpus_audit.evidence.totals import SPAN_COLUMNS, TOTALS
from corpus_audit.rights.consent import evaluate_consents
from corpus_audit.rights.license_table import comparison_table, license_table, purpose_table
from corpus_audit.rights.share_alike import share_alike_of_all
from corpus_audit.schemas import Table

QUERIES = (
    DATASET,
    SOURCES,
    COVERAGE,
    COVERAGE_GAPS,
    COVERAGE_FILES,
    COVERAGE_COLUMNS,
    FILES,
    CONTENT,
    MEDIA,
    LABELS,
    DEFECTS,
    CLAIM_PROBLEMS,
    QUESTIONS,
    PERSONAL_INFORMATION,
    OVERLAPS,
    DATASET_OVERLAPS,
    SIMILARITY,
    EXCLUSION_FUNNEL,
    REFERENCES,
    PURPOSES,
    MODELS,
    SUBJECTS,
    OPT_OUTS,
    DISCLOSURE,
    SOURCE_DISCLOSURES,
    TRAINED_MODELS,
    LANGUAGES,
    QUALITY,
    DIVERSITY,
    SECRETS,
    NOTICES,
    KEYWORDS,
    GATES,
    NAMES,
    CHECKS,
    PROPAGATED_RESTRICTIONS,
    LICENSE_EVIDENCE,
)

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
_DECLARED_LICENSES = """
    SELECT license_declared FROM claimed_sources
    UNION
    SELECT license_declared FROM claimed_models
"""
_SOURCE_LICENSES = """
    SELECT DISTINCT license_expression
    FROM claimed_sources
    JOIN licenses ON licenses.license_declared = claimed_sources.license_declared
"""


@dataclass(frozen=True)
class EvidenceInputs:
    """Where the Parquet files are that evidence is gathered from; measured tables have one file a shard, or none."""

    claimed_dataset: Path
    claimed_sources: Path
    claimed_models: Path
    claim_problems: Path
    claim_gaps: Path
    claimed_files: Path
    claimed_subjects: Path
    claimed_authorisations: Path
    claimed_opt_outs: Path
    claimed_disclosure: Path
    claimed_source_disclosures: Path
    claimed_trained_models: Path
    files: Path
    defects: Sequence[Path]
    read_counts: Sequence[Path]
    unread: Sequence[Path]
    columns_seen: Sequence[Path]
    records: Sequence[Path]
    spans: Sequence[Path]
    samples: Sequence[Path]
    pairs: Path
    reference_works: Path
    reference_hits: Sequence[Path]
    keyword_hits: Sequence[Path]
    media: Sequence[Path]
    labels: Sequence[Path]
    clusters: Path
    overlaps: Path
    dataset_overlaps: Path
    name_checks: Path
    name_samples: Path
    name_spans: Path
    keyword_lists: Sequence[str]
    parameters: Parameters
    license_texts: Path

    def paths(self, table: Table) -> Sequence[Path]:
        """Return the files that hold *table*."""
        found: Path | Sequence[Path] = getattr(self, table.name)
        return [found] if isinstance(found, Path) else found


_INPUTS = (
    schemas.CLAIMED_DATASET,
    schemas.CLAIMED_SOURCES,
    schemas.CLAIMED_MODELS,
    schemas.CLAIM_PROBLEMS,
    schemas.CLAIM_GAPS,
    schemas.CLAIMED_FILES,
    schemas.CLAIMED_SUBJECTS,
    schemas.CLAIMED_AUTHORISATIONS,
    schemas.CLAIMED_OPT_OUTS,
    schemas.CLAIMED_DISCLOSURE,
    schemas.CLAIMED_SOURCE_DISCLOSURES,
    schemas.CLAIMED_TRAINED_MODELS,
    schemas.FILES,
    schemas.DEFECTS,
    schemas.READ_COUNTS,
    schemas.UNREAD,
    schemas.COLUMNS_SEEN,
    schemas.RECORDS,
    schemas.SPANS,
    schemas.SAMPLES,
    schemas.PAIRS,
    schemas.REFERENCE_WORKS,
    schemas.REFERENCE_HITS,
    schemas.KEYWORD_HITS,
    schemas.NAME_CHECKS,
    schemas.NAME_SAMPLES,
    schemas.NAME_SPANS,
    schemas.MEDIA,
    schemas.LABELS,
    schemas.CLUSTERS,
    schemas.OVERLAPS,
    schemas.LICENSE_TEXTS,
    schemas.DATASET_OVERLAPS,
)
_VIEW_NAMES = {
    schemas.OVERLAPS.name: OVERLAPS_VIEW,
    schemas.CLAIM_PROBLEMS.name: CLAIM_PROBLEMS_VIEW,
    schemas.MEDIA.name: MEDIA_VIEW,
    schemas.LABELS.name: LABELS_VIEW,
}


def gather(engine: Engine, inputs: EvidenceInputs, day: date) -> dict[str, pa.Table]:
    """Return every evidence table by name, each in its schema and sorted by its key; *day* is that of the audit.

    Records, spans and clusters are only ever aggregated, so memory does not grow with the corpus.
    """
    for table in _INPUTS:
        engine.add_parquet(_VIEW_NAMES.get(table.name, table.name), inputs.paths(table), table)
    _add_claimed_lists(engine)
    _add_licenses(engine)
    add_models(engine)
    for name, sql in TOTALS.items():
        engine.add_arrow(name, engine.fetch(sql))
    for lists in _LISTS:
        lists.add(engine)
    find_copies(engine)
    find_opt_outs(engine)
    find_people(engine)
    find_media(engine)
    find_coverage(engine, inputs.parameters)
    find_labels(engine)
    evaluate_consents(engine, day)
    find_propagated_restrictions(engine, inputs.parameters)
    compare_license_texts(engine)
    add_summary_deadline(engine, day)
    find_sample(engine, inputs.parameters)
    find_languages(engine)
    find_quality(engine)
    find_notices(engine)
    find_gates(engine, inputs.keyword_lists, inputs.parameters.keyword_share)
    find_checks(engine, inputs.parameters)
    return {query.table.name: query.run(engine) for query in QUERIES}


def _add_claimed_lists(engine: Engine) -> None:
    for name, (table, column) in _CLAIMED_LISTS.items():
        (key,) = table.key
        claims = engine.fetch(f"SELECT {key}, {column} FROM {table.name}")  # noqa: S608 - constants
        engine.add_arrow(name, _rows_of_list(claims, key, column))
    engine.add_arrow("no_types", pa.table({"value": pa.array([[]], pa.list_(pa.string()))}))


def _rows_of_list(claims: pa.Table, key: str, column: str) -> pa.Table:
    """Return each value of a list column beside its row's key, without doubles."""
    lists = claims[column].combine_chunks()
    owners = claims[key].combine_chunks().take(pc.list_parent_indices(lists))
    rows = pa.table({key: owners, "value": pc.list_flatten(lists)})
    return rows.group_by([key, "value"]).aggregate([])


def _add_licenses(engine: Engine) -> None:
    """Make visible what the declared licenses resolve to, permit for each purpose, and how they relate in pairs."""
    licenses = license_table(_column(engine.fetch(_DECLARED_LICENSES), "license_declared"))
    engine.add_arrow(schemas.LICENSES.name, licenses)
    whole = share_alike_of_all(_column(engine.fetch(_SOURCE_LICENSES), "license_expression"))
    engine.add_arrow("share_alike_of_all", pa.table({"share_alike": [whole]}))
    engine.add_arrow("purpose_answers", purpose_table(_column(licenses, "license_expression")))
    pairs = engine.fetch(LICENSE_PAIRS)
    sides = zip(_column(pairs, "license_a"), _column(pairs, "license_b"), strict=True)
    engine.add_arrow("terms_comparisons", comparison_table(sides))


def _column(table: pa.Table, name: str) -> list[str]:
    return [str(value) for value in table[name].to_pylist()]
