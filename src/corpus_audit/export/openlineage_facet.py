"""The OpenLineage facets that the standard lacks, and their JSON Schema: terms and consent; what was looked at."""

import dataclasses
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from corpus_audit.document.addresses import urn
from corpus_audit.export.coverage import ReadCounts
from corpus_audit.export.inputs import AuditedSource, Row
from corpus_audit.vocabulary import Answer, LegalBasis, LicenseState, Purpose

FACET_NAME = "corpusAudit_licenseAndConsent"
COVERAGE_FACET_NAME = "corpusAudit_coverage"
SCHEMA_ID = urn("schema", "LicenseAndConsentDatasetFacet", "1-0-0")
SCHEMA_URL = f"{SCHEMA_ID}#/$defs/LicenseAndConsentDatasetFacet"
COVERAGE_SCHEMA_URL = f"{SCHEMA_ID}#/$defs/CoverageInputDatasetFacet"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


class FacetPurpose(_Part):
    """The license's terms for one purpose."""

    purpose: Purpose = Field(description="The purpose.")
    intended: Answer = Field(description="Is it an intended use of the dataset?")
    permitted: str = Field(description="yes, no or unknown, as the terms read; it grants nothing.")


class LicenseAndConsentDatasetFacet(_Part):
    """Terms and consent of a source, as declared and as an audit found them; not-recorded is not no."""

    producer: str = Field(
        alias="_producer", description="URI of what made this metadata.", json_schema_extra={"format": "uri"}
    )
    schema_url: str = Field(alias="_schemaURL", description="URI of this schema.", json_schema_extra={"format": "uri"})
    declared_license: str = Field(description="License as declared, or not-recorded.")
    license_expression: str = Field(description="SPDX expression it resolves to, or NOASSERTION.")
    license_state: LicenseState = Field(description="How far it resolved.")
    license_evidence_files: tuple[str, ...] = Field(description="Files that show the license, relative to the root.")
    license_evidence_urls: tuple[str, ...] = Field(description="Addresses that show it; never fetched.")
    purposes: tuple[FacetPurpose, ...] = Field(description="What the license says of each purpose.")
    personal_information: Answer = Field(description="Declared answer to whether there is personal information.")
    personal_information_found: tuple[str, ...] = Field(description="Entity types that the detectors found.")
    legal_basis: LegalBasis = Field(description="Declared legal basis.")
    consent_reference: str = Field(description="Where the consents are kept, or not-recorded.")
    opt_outs_checked: Answer = Field(description="Declared answer to whether opt-outs were checked.")
    stated_by_stewards: tuple[str, ...] = Field(
        description="Declarations that a steward made and not the manifest: the field, by whom, when."
    )


class CoverageInputDatasetFacet(_Part):
    """What an audit looked at of its input: a figure on it says nothing of the rest."""

    producer: str = Field(
        alias="_producer", description="URI of what made this metadata.", json_schema_extra={"format": "uri"}
    )
    schema_url: str = Field(alias="_schemaURL", description="URI of this schema.", json_schema_extra={"format": "uri"})
    rows: int = Field(description="Rows that are there, as far as they could be counted.")
    rows_read: int = Field(description="Those of which a record was made; rowCount of the statistics.")
    rows_unread: int = Field(description="Those that were not read.")
    rows_looked_at: int = Field(description="Those that were read or scanned: personal information was looked for.")
    records: int = Field(description="Records: a row may hold a text and several media.")
    files: int = Field(description="Files that are declared.")
    files_unread: int = Field(description="Those of which nothing was read.")
    files_broken: int = Field(description="Those that were read only in part.")


def coverage_facet(read: ReadCounts, records: int, producer: str) -> dict[str, Any]:
    """Return the facet of what was looked at as JSON values."""
    facet = CoverageInputDatasetFacet(
        producer=producer, schema_url=COVERAGE_SCHEMA_URL, records=records, **dataclasses.asdict(read)
    )
    return facet.model_dump(mode="json", by_alias=True)


def facet_of(source: AuditedSource, producer: str) -> dict[str, Any]:
    """Return the facet of one source as JSON values."""
    claims, evidence = source.claims, source.evidence
    facet = LicenseAndConsentDatasetFacet(
        producer=producer,
        schema_url=SCHEMA_URL,
        declared_license=evidence["license_declared"],
        license_expression=evidence["license_expression"],
        license_state=evidence["license_state"],
        license_evidence_files=evidence["license_evidence_files"],
        license_evidence_urls=evidence["license_evidence_urls"],
        purposes=tuple(_purpose(row) for row in source.purposes),
        personal_information=claims.personal_information.present,
        personal_information_found=evidence["personal_information_observed"],
        legal_basis=claims.personal_information.legal_basis,
        consent_reference=claims.personal_information.consent_reference,
        opt_outs_checked=claims.opt_outs.checked,
        stated_by_stewards=tuple(one.note for one in source.supplements),
    )
    return facet.model_dump(mode="json", by_alias=True)


def _purpose(row: Row) -> FacetPurpose:
    return FacetPurpose(purpose=row["purpose"], intended=row["intended"], permitted=row["permitted"])


def facet_json_schema() -> dict[str, Any]:
    """Return the facets' JSON Schema, laid out as OpenLineage lays out its own."""
    definitions: dict[str, Any] = {}
    for facet in (LicenseAndConsentDatasetFacet, CoverageInputDatasetFacet):
        schema = facet.model_json_schema(mode="serialization", by_alias=True)
        definitions |= {**schema.pop("$defs", {}), facet.__name__: schema}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "$defs": definitions,
        "type": "object",
        "properties": {
            FACET_NAME: {"$ref": f"#/$defs/{LicenseAndConsentDatasetFacet.__name__}"},
            COVERAGE_FACET_NAME: {"$ref": f"#/$defs/{CoverageInputDatasetFacet.__name__}"},
        },
    }
