"""PROV-JSON (W3C): the inputs and agents of the dataset, and the inputs and outputs of the audit."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from corpus_audit.document.gaps import Json, known, without_gaps
from corpus_audit.export import groups
from corpus_audit.export.inputs import AuditedSource, ExportFile, ExportInputs, SuppliedStatement
from corpus_audit.store import Marker
from corpus_audit.vocabulary import NOT_RECORDED, WHOLE_DATASET

_PREFIXES = {"ca": "urn:corpus-audit:"}


def export_prov(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the provenance as one PROV-JSON file."""
    text = json.dumps(prov_document(inputs), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    return (ExportFile("prov.json", text.encode()),)


def prov_document(inputs: ExportInputs) -> Json:
    """Return entities, activities, agents and how they relate."""
    document = ProvDocument()
    dataset = _add_dataset(document, inputs)
    for source in inputs.sources:
        _add_source(document, source, dataset)
    for row in inputs.rows("models"):
        attributes = {
            "prov:label": row["model_id"],
            "ca:version": known(row["version"]),
            "ca:origin": known(row["origin"]),
        }
        document.element("entity", name_of("model", row["model_id"]), attributes)
    _add_audit(document, inputs, dataset)
    return document.parts


class ProvDocument:
    """A PROV-JSON document: elements by name, relations numbered within their kind."""

    def __init__(self) -> None:
        self.parts: Json = {"prefix": _PREFIXES}

    def element(self, kind: str, name: str, attributes: Json) -> str:
        """Add an element with those of its attributes that are recorded; return its name."""
        self.parts.setdefault(kind, {})[name] = without_gaps(attributes)
        return name

    def agent(self, name: str, kind: str = "prov:Organization") -> str:
        """Add an agent; return its name."""
        return self.element("agent", name_of("agent", name), {"prov:label": name, "prov:type": typed(kind)})

    def relate(self, kind: str, **ends: Any) -> None:
        """Add a relation between elements, by their roles in it."""
        relations = self.parts.setdefault(kind, {})
        relations[f"_:{kind}{len(relations) + 1}"] = {f"prov:{role}": end for role, end in ends.items()}


def _add_dataset(document: ProvDocument, inputs: ExportInputs) -> str:
    dataset = inputs.manifest.dataset
    name = document.element(
        "entity",
        name_of("dataset", dataset.id),
        {
            "prov:type": typed("prov:Collection"),
            "prov:label": dataset.name,
            "prov:location": dataset.publication.url,
            "ca:version": known(dataset.version),
        },
    )
    _add_supplements(document, name, inputs.supplements_of(WHOLE_DATASET))
    for person in dict.fromkeys((*dataset.publication.creators, dataset.issuer)):
        if person != NOT_RECORDED:
            document.relate("wasAttributedTo", entity=name, agent=document.agent(person))
    return name


def _add_source(document: ProvDocument, source: AuditedSource, dataset: str) -> None:
    claims = source.claims
    name = document.element(
        "entity",
        name_of("source", source.id),
        {
            "prov:label": groups.title(source),
            "prov:location": claims.origin.url,
            "ca:kind": known(claims.kind),
            "ca:license": known(source.evidence["license_expression"]),
            "ca:records": source.evidence["records"],
        },
    )
    document.relate("hadMember", collection=dataset, entity=name)
    document.relate("wasDerivedFrom", generatedEntity=dataset, usedEntity=name)
    _add_collection(document, source, name)
    _add_supplements(document, name, source.supplements)
    for origin in claims.derived_from:
        parent = name_of("source", origin)
        if parent not in document.parts["entity"]:
            document.element("entity", parent, {"prov:label": origin})
        document.relate("wasDerivedFrom", generatedEntity=name, usedEntity=parent)
    for model in claims.synthetic.generators:
        document.relate("wasDerivedFrom", generatedEntity=name, usedEntity=name_of("model", model))


def _add_collection(document: ProvDocument, source: AuditedSource, entity: str) -> None:
    """Add how a source was collected; days and months are kept as declared, for PROV's own times want seconds."""
    collection = source.claims.collection
    attributes = {
        "prov:label": known(collection.method),
        "ca:from": known(collection.from_),
        "ca:until": known(collection.until),
    }
    if not without_gaps(attributes) and source.claims.collector == NOT_RECORDED:
        return
    activity = document.element("activity", name_of("collection", source.id), attributes)
    document.relate("wasGeneratedBy", entity=entity, activity=activity)
    if source.claims.collector != NOT_RECORDED:
        document.relate("wasAssociatedWith", activity=activity, agent=document.agent(source.claims.collector))


def _add_supplements(document: ProvDocument, about: str, supplements: Iterable[SuppliedStatement]) -> None:
    """Add each statement of a steward, who made it, and that what is said here of the entity rests on it."""
    for one in supplements:
        name = name_of("statement", one.source_id, one.field)
        document.element("entity", name, {"prov:label": one.note, "ca:field": one.field, "ca:stated_at": one.stated_at})
        document.relate("wasAttributedTo", entity=name, agent=document.agent(one.author, "prov:Person"))
        document.relate("wasInfluencedBy", influencee=about, influencer=name)


def _add_audit(document: ProvDocument, inputs: ExportInputs, dataset: str) -> None:
    tool = document.agent(f"corpus-audit {inputs.tool_version}", "prov:SoftwareAgent")
    manifest = document.element(
        "entity", name_of("manifest", inputs.manifest_sha256), {"ca:sha256": inputs.manifest_sha256}
    )
    for number, marker in enumerate(inputs.markers):
        stage = document.element("activity", name_of("stage", inputs.audit_id, marker.stage), _times(marker))
        document.relate("wasAssociatedWith", activity=stage, agent=tool)
        if number == 0:
            document.relate("used", activity=stage, entity=manifest)
            document.relate("used", activity=stage, entity=dataset)
        else:
            before = name_of("stage", inputs.audit_id, inputs.markers[number - 1].stage)
            document.relate("wasInformedBy", informed=stage, informant=before)
    report = document.element("entity", name_of("report", inputs.audit_id), {"ca:verdict": inputs.verdict["verdict"]})
    last = name_of("stage", inputs.audit_id, inputs.markers[-1].stage)
    document.relate("wasGeneratedBy", entity=report, activity=last)
    document.relate("wasDerivedFrom", generatedEntity=report, usedEntity=dataset)


def _times(marker: Marker) -> Json:
    return {"prov:startTime": marker.started_at, "prov:endTime": marker.finished_at, "prov:label": marker.stage}


def name_of(*parts: str) -> str:
    """Return a qualified name; every character that one may not hold is percent-encoded."""
    return "ca:" + "/".join(quote(part, safe="") for part in parts)


def typed(name: str) -> Json:
    """Return the value of ``prov:type``."""
    return {"$": name, "type": "prov:QUALIFIED_NAME"}
