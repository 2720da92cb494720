"""Croissant 1.1 with provenance (PROV-O) and Responsible AI terms: for tools that load and search datasets.

Dates, creators and addresses are there when they were declared. Record sets are left out: an audit knows which field
holds the text of a record, not the types of the others.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from corpus_audit.document.addresses import urn
from corpus_audit.document.gaps import Json, known, without_gaps
from corpus_audit.export import groups
from corpus_audit.export.formatting import format_count, recorded
from corpus_audit.export.inputs import AuditedSource, ExportFile, ExportInputs, Row, SuppliedStatement
from corpus_audit.export.media_types import media_type
from corpus_audit.rights.record_licenses import purpose_column
from corpus_audit.vocabulary import (
    NOASSERTION,
    NOT_RECORDED,
    WHOLE_DATASET,
    Answer,
    LicenseState,
    ModelRole,
    Purpose,
    SourceKind,
)

CONFORMS_TO = ("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0")

_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification recommends, and PROV-O."""

_COLLECTION_TYPES: Mapping[SourceKind, str] = {
    SourceKind.PUBLIC_DATASET: "Secondary Data Analysis",
    SourceKind.LICENSED: "Others",
    SourceKind.PRIVATE_DATASET: "Others",
    SourceKind.WEB_CRAWL: "Web Scraping",
    SourceKind.USER_DATA: "User-Generated Content Data",
    SourceKind.SYNTHETIC: "Others",
    SourceKind.SELF_COLLECTED: "Others",
    SourceKind.SOFTWARE_PACKAGE: "Software Collection",
    SourceKind.OTHER: "Others",
}
"""The terms of the RAI vocabulary for how data was collected."""


def export_croissant(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the dataset as one Croissant JSON-LD file."""
    text = json.dumps(croissant_document(inputs), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return (ExportFile("croissant.json", text.encode()),)


def croissant_document(inputs: ExportInputs) -> Json:
    """Return the JSON-LD document; nothing in it is guessed, so a validator may warn about missing values."""
    dataset, publication = inputs.manifest.dataset, inputs.manifest.dataset.publication
    document = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "@id": urn("dataset", dataset.id),
        "name": dataset.name,
        "description": known(dataset.description),
        "conformsTo": list(CONFORMS_TO),
        "license": known(publication.license),
        "url": publication.url,
        "creator": [{"@type": "sc:Organization", "name": name} for name in publication.creators],
        "publisher": _agent(dataset.issuer),
        "dateCreated": known(publication.created_at),
        "datePublished": known(publication.published_at),
        "version": known(dataset.version),
        "inLanguage": list(dataset.languages),
        "usageInfo": list(_usage(inputs)),
        **_responsible_ai(inputs),
        "prov:wasDerivedFrom": [_provenance(source) for source in inputs.sources],
        "prov:wasGeneratedBy": _audit_activity(inputs),
        "prov:wasInfluencedBy": _supplements(inputs.supplements_of(WHOLE_DATASET)),
        "distribution": [_file(row) for source in inputs.sources for row in source.files if row["observed_sha256"]],
    }
    return without_gaps(document)


def _file(row: Row) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": f"{row['source_id']}/{row['file']}",
        "name": row["file"],
        "contentUrl": row["file"],
        "contentSize": f"{row['observed_size_bytes']} B",
        "encodingFormat": media_type(row["file"], row["format"]),
        "sha256": row["observed_sha256"],
        "prov:wasDerivedFrom": {"@id": urn("source", row["source_id"])},
    }


def _provenance(source: AuditedSource) -> Json:
    """Return a source as the entity the dataset derives from, with who and what made it as far as it is recorded."""
    claims = source.claims
    collection = {
        "@type": "prov:Activity",
        "prov:label": known(claims.collection.method),
        "prov:startedAtTime": known(claims.collection.from_),
        "prov:endedAtTime": known(claims.collection.until),
    }
    entity = {
        "@type": "prov:Entity",
        "@id": urn("source", claims.id),
        "prov:label": groups.title(source),
        "prov:atLocation": claims.origin.url,
        "sc:license": _licenses(source),
        "prov:wasAttributedTo": _labelled("prov:Agent", claims.collector),
        "prov:wasGeneratedBy": without_gaps(collection) if len(without_gaps(collection)) > 1 else None,
        "prov:wasDerivedFrom": [_labelled("prov:Entity", name) for name in claims.derived_from],
        "prov:wasInfluencedBy": _supplements(source.supplements),
    }
    return without_gaps(entity)


def _supplements(supplements: Iterable[SuppliedStatement]) -> list[Json]:
    """Return the statements of stewards that a description rests on: the manifest is silent there."""
    return [
        {
            "@type": "prov:Entity",
            "prov:label": one.note,
            "prov:generatedAtTime": one.stated_at,
            "prov:wasAttributedTo": {"@type": "prov:Person", "prov:label": one.author},
        }
        for one in supplements
    ]


def _license(source: AuditedSource) -> str:
    expression: str = source.evidence["license_expression"]
    return expression if source.evidence["license_state"] == LicenseState.RESOLVED else NOASSERTION


def _licenses(source: AuditedSource) -> str | list[str]:
    """Return the license of a source, with those that its records state where they state other ones."""
    stated = {row["license_expression"] for row in source.record_licenses if row["license_state"] == "resolved"}
    found = sorted(stated | ({_license(source)} - {NOASSERTION}))
    return found if len(found) > 1 else found[0] if found else NOASSERTION


def _audit_activity(inputs: ExportInputs) -> Json:
    """Return the activity that produced this description."""
    return {
        "@type": "prov:Activity",
        "@id": urn("audit", inputs.audit_id),
        "prov:label": f"Description from an audit by corpus-audit {inputs.tool_version}",
        "prov:startedAtTime": inputs.started_at,
        "prov:endedAtTime": inputs.finished_at,
    }


# --- use and responsible AI -------------------------------------------------------------------------------------------


def _usage(inputs: ExportInputs) -> Iterator[Json]:
    """Yield the combined terms of all licenses per purpose; this reads their terms and grants nothing."""
    by_purpose: dict[str, list[str]] = {}
    for row in inputs.rows("purposes"):
        by_purpose.setdefault(row["purpose"], []).append(row["permitted"])
    of_records = inputs.rows("record_licenses")
    for purpose, answers in sorted(by_purpose.items()):
        single = Counter[str]()
        for row in of_records:
            single[row[purpose_column(Purpose(purpose))]] += row["records"]
        counted = ", ".join(f"{answer}: {format_count(answers.count(answer))}" for answer in ("yes", "no", "unknown"))
        yield {
            "@type": "sc:DefinedTerm",
            "name": purpose,
            "termCode": _together([*answers, *single]),
            "description": f"Sources whose license, as declared, permits this purpose – {counted}."
            + _of_records(single),
            "inDefinedTermSet": urn("vocabulary", "purpose"),
        }


def _of_records(answers: Mapping[str, int]) -> str:
    """Return how many records permit a purpose by their own license; nothing where none states one."""
    counted = [f"{answer}: {format_count(answers.get(answer, 0))}" for answer in ("yes", "no", "unknown")]
    is_stated = any(answers.get(answer) for answer in ("yes", "no", "unknown"))
    return f" Records by the license that they state – {', '.join(counted)}." if is_stated else ""


def _together(answers: Iterable[str]) -> str:
    given = set(answers)
    return "no" if "no" in given else "unknown" if "unknown" in given else "yes"


def _responsible_ai(inputs: ExportInputs) -> Json:
    sources = inputs.sources
    collections = [source.claims.collection for source in sources]
    first, last = recorded(c.from_ for c in collections), recorded(c.until for c in collections)
    kinds = recorded(_COLLECTION_TYPES.get(source.claims.kind, NOT_RECORDED) for source in sources)
    annotators = [model for model in inputs.manifest.models if model.role is ModelRole.ANNOTATOR]
    methods = [
        f"{groups.title(source)}: {source.claims.collection.method}"
        for source in sources
        if source.claims.collection.method != NOT_RECORDED
    ]
    return {
        "rai:dataCollection": "; ".join(methods) or None,
        "rai:dataCollectionType": sorted(kinds),
        "rai:dataCollectionTimeframe": [min(first), max(last)] if first and last else None,
        "rai:dataPreprocessingProtocol": recorded(step for source in sources for step in source.claims.processing),
        "rai:machineAnnotationTools": [model.id for model in annotators],
        "rai:personalSensitiveInformation": list(_personal_information(inputs)),
        "rai:dataUseCases": [str(use) for use in inputs.manifest.dataset.intended_uses],
        "rai:dataLimitations": list(_limitations(inputs)),
    }


def _personal_information(inputs: ExportInputs) -> Iterator[str]:
    looked_at_by_source = {row["source_id"]: row["rows_looked_at"] for row in inputs.rows("coverage")}
    for row in inputs.rows("personal_information"):
        yield (
            f"{row['entity_type']}: found in {format_count(row['records'])} of "
            f"{format_count(row['records_looked_at'])} records looked at of source {row['source_id']} ({row['state']})"
        )
    for source in inputs.sources:
        if source.claims.personal_information.present is Answer.YES and not source.personal_information:
            looked_at = looked_at_by_source[source.id]
            found = f"none found by the detectors in {format_count(looked_at)} records looked at"
            yield f"declared for source {source.id}; {found if looked_at else 'no record of it was looked at'}"
    for entity_type in inputs.detectors_off:
        yield f"{entity_type}: not looked for"


def _limitations(inputs: ExportInputs) -> Iterator[str]:
    whole = len(inputs.sources)
    if inputs.coverage.is_partial:
        yield f"The audit did not read everything: {inputs.coverage.read().en}."
    for count, what in (
        (groups.count_where(inputs.sources, lambda s: _license(s) == NOASSERTION), "have no license that resolves"),
        (groups.count_where(inputs.sources, lambda s: groups.origin(s) == NOT_RECORDED), "have no recorded origin"),
        (
            groups.count_where(inputs.sources, lambda s: s.evidence["collection_period_state"] != "recorded"),
            "have no fully recorded period of collection",
        ),
    ):
        if count:
            yield f"{count} of {whole} sources {what}."
    rows = inputs.rows("record_licenses")
    for what, column, value in (
        ("state a license that forbids an intended use", "intended_permitted", "no"),
        ("state a license whose terms leave an intended use open", "intended_permitted", "unknown"),
    ):
        records = sum(row["records"] for row in rows if row[column] == value and row["spellings"])
        if records:
            yield f"{format_count(records)} records {what}."
    unstated = sum(row["records"] for row in rows if not row["spellings"] and row["intended_permitted"] == "unknown")
    if unstated:
        yield f"{format_count(unstated)} records state no license, though each record is to state its own."


def _agent(name: str) -> Json | None:
    return None if name == NOT_RECORDED else {"@type": "sc:Organization", "name": name}


def _labelled(kind: str, name: str) -> Json | None:
    return None if name == NOT_RECORDED else {"@type": kind, "prov:label": name}
