"""A manifest as tables: the claims that evidence sets beside the facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pyarrow as pa

from corpus_audit.manifest.claimed_disclosures import disclosure_row, source_disclosure_rows, trained_model_rows
from corpus_audit.manifest.claimed_people import authorisation_rows, subject_rows
from corpus_audit.manifest.file_fields import fields_of
from corpus_audit.manifest.model import Dataset, Manifest, ModelDescription, Origin, Source
from corpus_audit.manifest.reservations import OptOutSnapshot
from corpus_audit.manifest.splits import split_of
from corpus_audit.manifest.values import host_of
from corpus_audit.schemas import (
    CLAIMED_AUTHORISATIONS,
    CLAIMED_DATASET,
    CLAIMED_DISCLOSURE,
    CLAIMED_FILES,
    CLAIMED_FOLDERS,
    CLAIMED_MODELS,
    CLAIMED_OPT_OUTS,
    CLAIMED_SOURCE_DISCLOSURES,
    CLAIMED_SOURCES,
    CLAIMED_SUBJECTS,
    CLAIMED_TRAINED_MODELS,
)
from corpus_audit.schemas.assembling import table_of_rows
from corpus_audit.vocabulary import CLAIMS_SOURCE, NOT_RECORDED, FileFormat

_Row = Mapping[str, Any]


@dataclass(frozen=True)
class Claims:
    """Everything a manifest claims, each table in its schema and sorted by its key."""

    dataset: pa.Table
    sources: pa.Table
    files: pa.Table
    folders: pa.Table
    models: pa.Table
    subjects: pa.Table
    authorisations: pa.Table
    opt_outs: pa.Table
    disclosure: pa.Table
    source_disclosures: pa.Table
    trained_models: pa.Table


def claim_tables(manifest: Manifest) -> Claims:
    """Return a manifest's claims as tables."""
    return Claims(
        dataset=table_of_rows(CLAIMED_DATASET, [_dataset_row(manifest.dataset)]),
        sources=table_of_rows(CLAIMED_SOURCES, map(_source_row, manifest.sources)),
        files=table_of_rows(CLAIMED_FILES, chain(_file_rows(manifest), _claim_file_rows(manifest))),
        folders=table_of_rows(CLAIMED_FOLDERS, _folder_rows(manifest)),
        models=table_of_rows(CLAIMED_MODELS, _model_rows(manifest)),
        subjects=table_of_rows(CLAIMED_SUBJECTS, subject_rows(manifest.subjects)),
        authorisations=table_of_rows(CLAIMED_AUTHORISATIONS, authorisation_rows(manifest.subjects)),
        opt_outs=table_of_rows(CLAIMED_OPT_OUTS, _opt_out_rows(manifest)),
        disclosure=table_of_rows(CLAIMED_DISCLOSURE, [disclosure_row(manifest)]),
        source_disclosures=table_of_rows(CLAIMED_SOURCE_DISCLOSURES, source_disclosure_rows(manifest)),
        trained_models=table_of_rows(CLAIMED_TRAINED_MODELS, trained_model_rows(manifest)),
    )


def _dataset_row(dataset: Dataset) -> _Row:
    return {"dataset_id": dataset.id, **dataset.model_dump(exclude={"id"})}


def _source_row(source: Source) -> _Row:
    evidence = source.license.evidence
    return {
        "source_id": source.id,
        "title": source.title,
        "kind": source.kind,
        "origin": _origin(source.origin),
        "collector": source.collector,
        "supplier": source.supplier,
        "collection_method": source.collection.method,
        "collected_from": source.collection.from_,
        "collected_until": source.collection.until,
        "license_declared": source.license.expression,
        "license_evidence": len(evidence),
        "license_evidence_files": sorted({e.file for e in evidence if e.file is not None}),
        "license_evidence_urls": sorted({e.url for e in evidence if e.url is not None}),
        "personal_information": source.personal_information.present,
        "personal_information_types": sorted(set(source.personal_information.entity_types)),
        "legal_basis": source.personal_information.legal_basis,
        "opt_outs_checked": source.opt_outs.checked,
        "synthetic": source.synthetic.generated,
        "generator_models": sorted(set(source.synthetic.generators)),
        "processor_models": sorted(set(source.processed_by)),
        "derived_from": sorted(set(source.derived_from)),
        "processing": source.processing,
    }


def _file_rows(manifest: Manifest) -> Iterator[_Row]:
    for source_index, source in enumerate(manifest.sources):
        for file_index, file in enumerate(source.files):
            fields = fields_of(source, file)
            yield {
                "source_id": source.id,
                "file": file.path,
                "format": file.format,
                "size_bytes": file.size_bytes,
                "sha256": file.sha256,
                "text_fields": fields.text,
                "license_field": fields.license,
                "language_field": fields.language,
                "url_field": fields.url,
                "date_field": fields.date,
                "subject_ids_field": fields.subject_ids,
                "subject_ids": sorted(set(file.subjects)),
                "split": split_of(source, file),
                "pointer": f"/sources/{source_index}/files/{file_index}",
            }


def _claim_file_rows(manifest: Manifest) -> Iterator[_Row]:
    """Yield each file that holds claims and no records, once: it is checked like every other, and never measured."""
    seen: set[str] = set()
    for file, sha256, size_bytes, pointer in _claim_files(manifest):
        if file not in seen:
            seen.add(file)
            yield {
                "source_id": CLAIMS_SOURCE,
                "file": file,
                "format": FileFormat.BINARY,
                "size_bytes": size_bytes,
                "sha256": sha256,
                "text_fields": [],
                "subject_ids": [],
                "pointer": pointer,
            }


def _claim_files(manifest: Manifest) -> Iterator[tuple[str, str | None, int | None, str]]:
    """Yield path, sha256, size and pointer of tables of people, evidence of authorisations, and snapshots."""
    for name in ("subjects_table", "authorisations_table"):
        table = getattr(manifest, name)
        if table is not None:
            yield table.path, table.sha256, table.size_bytes, f"/{name}"
    for index, subject in enumerate(manifest.subjects):
        for number, authorisation in enumerate(subject.authorisations):
            evidence = authorisation.evidence
            if evidence is not None and evidence.file is not None:
                pointer = f"/subjects/{index}/authorisations/{number}/evidence"
                yield evidence.file, evidence.sha256, None, pointer
    for index, source in enumerate(manifest.sources):
        for number, snapshot in enumerate(source.opt_outs.snapshots):
            if snapshot.file is not None:
                yield snapshot.file, snapshot.sha256, None, f"/sources/{index}/opt_outs/snapshots/{number}"


def _opt_out_rows(manifest: Manifest) -> Iterator[_Row]:
    for source in manifest.sources:
        for number, snapshot in enumerate(source.opt_outs.snapshots):
            yield {"source_id": source.id, "number": number, **_opt_out_row(snapshot)}


def _opt_out_row(snapshot: OptOutSnapshot) -> _Row:
    return {
        "kind": snapshot.kind,
        "host": host_of(snapshot.url) if snapshot.url is not None else snapshot.host,
        "url": snapshot.url,
        "crawler": snapshot.crawler,
        "observed_at": snapshot.observed_at,
        "vocabulary": snapshot.vocabulary,
        "file": snapshot.file,
        "content": snapshot.text,
    }


def _folder_rows(manifest: Manifest) -> Iterator[_Row]:
    for source in manifest.sources:
        for folder in sorted(set(source.folders)):
            yield {"source_id": source.id, "folder": folder, "ignore": source.ignore}


def _model_rows(manifest: Manifest) -> Iterator[_Row]:
    described = {model.id: model for model in manifest.models}
    named = {model for source in manifest.sources for model in (*source.synthetic.generators, *source.processed_by)}
    named |= {base for model in manifest.models for base in model.built_on}
    for model_id in sorted(described.keys() | named):
        yield _model_row(described.get(model_id, ModelDescription(id=model_id)), declared=model_id in described)


def _model_row(model: ModelDescription, declared: bool) -> _Row:
    return {
        "model_id": model.id,
        "version": model.version,
        "role": model.role,
        "origin": _origin(model.origin),
        "license_declared": model.license.expression,
        "filing_number": model.filing_number,
        "built_on": sorted(set(model.built_on)),
        "license_evidence": len(model.license.evidence),
        "declared": declared,
    }


def _origin(origin: Origin) -> str:
    """Return the most exact words there are for where something came from."""
    return origin.url or next(
        (words for words in (origin.contract, origin.description) if words != NOT_RECORDED), NOT_RECORDED
    )
