"""CycloneDX 1.6: the dataset and its sources as components of type data, models as machine-learning models."""

import json

from corpus_audit.document.addresses import stable_uuid
from corpus_audit.document.gaps import Json, known, without_gaps
from corpus_audit.export import groups
from corpus_audit.export.inputs import AuditedSource, ExportFile, ExportInputs, Row, SuppliedStatement
from corpus_audit.vocabulary import NOT_RECORDED, WHOLE_DATASET, LicenseState

_FIGURES = ("files", "files_verified", "records", "text_bytes", "exact_duplicate_share", "near_duplicate_share")
_CLAIMS = ("kind", "license_declared", "legal_basis", "personal_information", "opt_outs_checked", "synthetic")


def export_cyclonedx(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the bill of materials as one JSON file."""
    text = json.dumps(cyclonedx_document(inputs), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return (ExportFile("bom.cdx.json", text.encode()),)


def cyclonedx_document(inputs: ExportInputs) -> Json:
    """Return the bill of materials of one dataset."""
    dataset_ref = _ref("dataset", inputs.manifest.dataset.id)
    models = inputs.rows("models")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{stable_uuid('cyclonedx', inputs.audit_id)}",
        "version": 1,
        "metadata": {
            "timestamp": inputs.finished_at,
            "lifecycles": [{"phase": "post-build"}],
            "tools": {"components": [{"type": "application", "name": "corpus-audit", "version": inputs.tool_version}]},
            "component": _dataset(inputs, dataset_ref),
            "properties": _properties(
                {
                    "audit_id": inputs.audit_id,
                    "manifest_sha256": inputs.manifest_sha256,
                    "verdict": inputs.verdict["verdict"],
                }
            ),
        },
        "components": [
            *(_source(source) for source in inputs.sources),
            *(_model(row) for row in models),
        ],
        "dependencies": [
            {"ref": dataset_ref, "dependsOn": [_ref("source", source.id) for source in inputs.sources]},
            *(
                {"ref": _ref("source", source.id), "dependsOn": _dependencies(source, inputs)}
                for source in inputs.sources
            ),
            *({"ref": _ref("model", row["model_id"]), "dependsOn": []} for row in models),
        ],
        **without_gaps({"annotations": [_annotation(one, dataset_ref) for one in inputs.supplements]}),
    }


def _annotation(one: SuppliedStatement, dataset_ref: str) -> Json:
    """Return the note that a steward stated what a component says, where the manifest is silent."""
    return {
        "subjects": [dataset_ref if one.source_id == WHOLE_DATASET else _ref("source", one.source_id)],
        "annotator": {"individual": {"name": one.author}},
        "timestamp": one.stated_at,
        "text": one.note,
    }


def _dataset(inputs: ExportInputs, ref: str) -> Json:
    dataset = inputs.manifest.dataset
    publication = dataset.publication
    found = sorted({row["entity_type"] for row in inputs.rows("personal_information")})
    component = {
        "type": "data",
        "bom-ref": ref,
        "name": dataset.name,
        "version": known(dataset.version),
        "description": known(dataset.description),
        "publisher": known(dataset.issuer),
        "licenses": _named_license(publication.license),
        "externalReferences": _references(publication.url, "distribution"),
        "data": [
            without_gaps(
                {
                    "type": "dataset",
                    "name": dataset.id,
                    "description": known(dataset.description),
                    "contents": {"url": publication.url} if publication.url else None,
                    "sensitiveData": found,
                    "governance": _governance(owner=dataset.issuer),
                }
            )
        ],
        "properties": _properties(
            {name: inputs.dataset[name] for name in _FIGURES}
            | ({"detectors_off": ", ".join(inputs.detectors_off)} if inputs.detectors_off else {})
        ),
    }
    return without_gaps(component)


def _source(source: AuditedSource) -> Json:
    claims, evidence = source.claims, source.evidence
    sensitive = sorted({*evidence["personal_information_types"], *evidence["personal_information_observed"]})
    component = {
        "type": "data",
        "bom-ref": _ref("source", source.id),
        "name": groups.title(source),
        "supplier": {"name": claims.supplier} if claims.supplier != NOT_RECORDED else None,
        "licenses": _licenses(evidence),
        "externalReferences": [
            *_references(claims.origin.url, "distribution"),
            *(ref for url in evidence["license_evidence_urls"] for ref in _references(url, "license")),
        ],
        "data": [
            without_gaps(
                {
                    "type": "dataset",
                    "name": source.id,
                    "contents": {"url": claims.origin.url} if claims.origin.url else None,
                    "sensitiveData": sensitive,
                    "governance": _governance(steward=claims.collector, owners=claims.disclosure.rights_holders),
                }
            )
        ],
        "properties": _properties(
            {name: evidence[name] for name in (*_CLAIMS, *_FIGURES, "license_state", "license_expression")}
        ),
    }
    return without_gaps(component)


def _model(row: Row) -> Json:
    component = {
        "type": "machine-learning-model",
        "bom-ref": _ref("model", row["model_id"]),
        "name": row["model_id"],
        "version": known(row["version"]),
        "licenses": _licenses(row),
        "properties": _properties(
            {name: row[name] for name in ("role", "origin", "filing_number", "license_declared", "license_state")}
        ),
    }
    return without_gaps(component)


def _dependencies(source: AuditedSource, inputs: ExportInputs) -> list[str]:
    """Return what a source was made from, as far as it is part of this bill."""
    known = {other.id for other in inputs.sources} - {source.id}
    models = sorted({*source.claims.synthetic.generators, *source.claims.processed_by})
    described = {row["model_id"] for row in inputs.rows("models")}
    from_sources = [_ref("source", name) for name in dict.fromkeys(source.claims.derived_from) if name in known]
    return from_sources + [_ref("model", name) for name in models if name in described]


# --- parts ------------------------------------------------------------------------------------------------------------


def _licenses(row: Row) -> list[Json]:
    """Return the expression a license resolves to, else its name as declared; nothing if none is recorded."""
    if row["license_state"] == LicenseState.RESOLVED:
        return [{"expression": row["license_expression"], "acknowledgement": "declared"}]
    if row["license_state"] == LicenseState.PER_RECORD:  # the word is no name of a license
        return []
    return _named_license(row["license_declared"])


def _named_license(declared: str) -> list[Json]:
    return [] if declared == NOT_RECORDED else [{"license": {"name": declared, "acknowledgement": "declared"}}]


def _governance(owner: str = NOT_RECORDED, steward: str = NOT_RECORDED, owners: tuple[str, ...] = ()) -> Json | None:
    parties = {
        "stewards": [steward] if steward != NOT_RECORDED else [],
        "owners": [*([owner] if owner != NOT_RECORDED else []), *owners],
    }
    named = {role: [{"organization": {"name": name}} for name in names] for role, names in parties.items() if names}
    return named or None


def _references(url: str | None, kind: str) -> list[Json]:
    return [{"type": kind, "url": url}] if url else []


def _properties(values: Row) -> list[Json]:
    return [{"name": f"corpus-audit:{name}", "value": str(value)} for name, value in values.items()]


def _ref(kind: str, name: str) -> str:
    return f"{kind}/{name}"
