"""SPDX 3.0.1 with the dataset profile, as JSON-LD: the dataset, its sources, files, models and licenses.

The profile asks of every dataset package when it was released. A source has no release of its own, so the document
uses the profile's terms for what is known and does not say that it conforms to the profile.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from corpus_audit.document.addresses import urn
from corpus_audit.document.gaps import Json, known, without_gaps
from corpus_audit.export import groups
from corpus_audit.export.inputs import AuditedSource, ExportFile, ExportInputs, Row, SuppliedStatement
from corpus_audit.export.spdx_licenses import NO_ASSERTION, license_element, license_id
from corpus_audit.vocabulary import NOT_RECORDED, WHOLE_DATASET, Answer, Modality

_CREATION = "_:creation"
_PROFILES = ("core", "software", "simpleLicensing")


def export_spdx(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the document as one JSON-LD file."""
    text = json.dumps(spdx_document(inputs), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return (ExportFile("dataset.spdx.json", text.encode()),)


def spdx_document(inputs: ExportInputs) -> Json:
    """Return the JSON-LD document of one dataset."""
    graph = _Graph(inputs)
    graph.add_dataset()
    for source in inputs.sources:
        graph.add_source(source)
    graph.add_models()
    for number, statement in enumerate(inputs.supplements):
        graph.add_supplement(number, statement)
    return {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": graph.finish()}


@dataclass
class _Graph:
    """The elements of the document as they are added; agents and licenses are there once."""

    inputs: ExportInputs
    elements: dict[str, Json] = field(default_factory=dict)

    def add_dataset(self) -> None:
        dataset = self.inputs.manifest.dataset
        publication = dataset.publication
        sources = self.inputs.sources
        self._add_package(
            "dataset_DatasetPackage",
            _dataset_id(self.inputs),
            {
                "name": dataset.name,
                "description": known(dataset.description),
                "software_packageVersion": known(dataset.version),
                "software_primaryPurpose": "data",
                "software_downloadLocation": publication.url,
                "builtTime": spdx_time(publication.created_at),
                "releaseTime": spdx_time(publication.published_at),
                "originatedBy": [self._agent(name) for name in publication.creators],
                "suppliedBy": self._agent(dataset.issuer),
                "dataset_datasetSize": sum(source.evidence["size_bytes"] for source in sources),
                "dataset_datasetType": _types({m for source in sources for m in groups.modalities(source)}),
                "dataset_dataCollectionProcess": "; ".join(_methods(self.inputs)) or None,
                "dataset_dataPreprocessing": [step for source in sources for step in source.claims.processing],
                "dataset_intendedUse": ", ".join(dataset.intended_uses) or None,
                "dataset_hasSensitivePersonalInformation": _presence(
                    [_holds_personal_information(s, self.inputs) for s in sources]
                ),
            },
            publication.license,
        )

    def add_source(self, source: AuditedSource) -> None:
        claims = source.claims
        source_id = urn("source", source.id)
        self._add_package(
            "dataset_DatasetPackage",
            source_id,
            {
                "name": groups.title(source),
                "summary": known(claims.kind),
                "software_primaryPurpose": "data",
                "software_downloadLocation": claims.origin.url,
                "software_sourceInfo": known(groups.origin(source)),
                "suppliedBy": self._agent(claims.supplier),
                "dataset_datasetSize": source.evidence["size_bytes"],
                "dataset_datasetType": _types(groups.modalities(source)),
                "dataset_dataCollectionProcess": known(claims.collection.method),
                "dataset_dataPreprocessing": list(claims.processing),
                "dataset_hasSensitivePersonalInformation": _presence(
                    [_holds_personal_information(source, self.inputs)]
                ),
            },
            claims.license.expression,
        )
        self._relate(_dataset_id(self.inputs), "contains", [source_id])
        self._relate(source_id, "contains", [self._add_file(source, row) for row in source.files])
        self._relate(source_id, "descendantOf", [urn("source", name) for name in self._known_sources(source)])

    def add_models(self) -> None:
        made = {
            model: [s.id for s in self.inputs.sources if model in s.claims.synthetic.generators]
            for model in (row["model_id"] for row in self.inputs.rows("models"))
        }
        for row in self.inputs.rows("models"):
            model_id = urn("model", row["model_id"])
            body = {
                "name": row["model_id"],
                "software_packageVersion": known(row["version"]),
                "software_primaryPurpose": "model",
                "software_sourceInfo": known(row["origin"]),
            }
            self._add_package("software_Package", model_id, body, row["license_declared"])
            self._relate(model_id, "generates", [urn("source", name) for name in made[row["model_id"]]])

    def add_supplement(self, number: int, one: SuppliedStatement) -> None:
        """Add the note that a steward stated what a package says, where the manifest is silent."""
        is_whole = one.source_id == WHOLE_DATASET
        body = {
            "annotationType": "other",
            "subject": _dataset_id(self.inputs) if is_whole else urn("source", one.source_id),
            "contentType": "text/plain",
            "statement": one.note,
        }
        self._add("Annotation", urn("annotation", self.inputs.audit_id, str(number)), body)

    def finish(self) -> list[Json]:
        """Return the whole graph: who made it, the document, and every element by its id."""
        tool = urn("tool", self.inputs.tool_version)
        document = {
            "type": "SpdxDocument",
            "spdxId": urn("spdx", self.inputs.audit_id),
            "creationInfo": _CREATION,
            "name": f"{self.inputs.manifest.dataset.id}, from audit {self.inputs.audit_id}",
            "profileConformance": list(_PROFILES),
            "rootElement": [_dataset_id(self.inputs)],
            "element": sorted(self.elements),
        }
        created = spdx_time(self.inputs.finished_at)
        return [
            {
                "type": "CreationInfo",
                "@id": _CREATION,
                "specVersion": "3.0.1",
                "created": created,
                "createdBy": [tool],
            },
            {
                "type": "SoftwareAgent",
                "spdxId": tool,
                "creationInfo": _CREATION,
                "name": f"corpus-audit {self.inputs.tool_version}",
            },
            document,
            *(self.elements[name] for name in sorted(self.elements)),
        ]

    # --- elements -----------------------------------------------------------------------------------------------------

    def _add(self, kind: str, spdx_id: str, body: Json) -> str:
        element = {"type": kind, "spdxId": spdx_id, "creationInfo": _CREATION, **without_gaps(body)}
        self.elements.setdefault(spdx_id, element)
        return spdx_id

    def _add_package(self, kind: str, spdx_id: str, body: Json, declared_license: str) -> None:
        self._add(kind, spdx_id, body)
        self._relate(spdx_id, "hasDeclaredLicense", [self._license(declared_license)])

    def _add_file(self, source: AuditedSource, row: Row) -> str:
        digest = row["observed_sha256"]
        return self._add(
            "software_File",
            urn("file", source.id, row["file"]),
            {
                "name": row["file"],
                "software_primaryPurpose": "data",
                "verifiedUsing": [{"type": "Hash", "algorithm": "sha256", "hashValue": digest}] if digest else [],
            },
        )

    def _agent(self, name: str) -> str | None:
        return None if name == NOT_RECORDED else self._add("Organization", urn("agent", name), {"name": name})

    def _license(self, declared: str) -> str:
        element = license_element(declared)
        if element is None:
            return NO_ASSERTION
        return self._add("simplelicensing_LicenseExpression", license_id(declared), element)

    def _relate(self, start: str, kind: str, ends: list[str]) -> None:
        if not ends:
            return
        body = {"from": start, "relationshipType": kind, "to": ends}
        self._add("Relationship", urn("relationship", start, kind, ends[0] if kind == "contains" else ""), body)

    def _known_sources(self, source: AuditedSource) -> list[str]:
        known_ids = {other.id for other in self.inputs.sources} - {source.id}
        return [name for name in dict.fromkeys(source.claims.derived_from) if name in known_ids]


def spdx_time(date: str) -> str | None:
    """Return a date as SPDX writes time (UTC, to the second), or None when it is less exact than a day."""
    if date == NOT_RECORDED or len(date) < len("2026-01-01"):
        return None
    moment = datetime.fromisoformat(date)
    in_utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return in_utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def _dataset_id(inputs: ExportInputs) -> str:
    return urn("dataset", inputs.manifest.dataset.id)


def _types(found: set[Modality]) -> list[str]:
    return sorted(modality.value for modality in found) or ["noAssertion"]


def _methods(inputs: ExportInputs) -> Iterator[str]:
    for source in inputs.sources:
        if source.claims.collection.method != NOT_RECORDED:
            yield f"{groups.title(source)}: {source.claims.collection.method}"


def _holds_personal_information(source: AuditedSource, inputs: ExportInputs) -> Answer:
    """Return yes when it was found or declared; no only when it was declared and everything was looked for in vain."""
    declared = source.claims.personal_information.present
    if source.personal_information:
        return Answer.YES
    return Answer.NOT_RECORDED if declared is Answer.NO and inputs.detectors_off else declared


def _presence(answers: list[Answer]) -> str:
    answer = groups.any_answer(answers)
    return "noAssertion" if answer is Answer.NOT_RECORDED else answer.value
