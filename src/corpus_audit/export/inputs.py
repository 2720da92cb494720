"""The inputs of every export: one audit's claims, evidence, rules and findings, read once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from corpus_audit.config import DETECTORS_OFF
from corpus_audit.export.coverage import ReadCounts
from corpus_audit.export.form import LocalizedText
from corpus_audit.manifest.model import Manifest, Source
from corpus_audit.store import Marker
from corpus_audit.store.identity import PackUsed
from corpus_audit.vocabulary import NOT_RECORDED, Language

Row = Mapping[str, Any]
Describe = Callable[[Row, Sequence[Row], Language, int], str]
"""Says what is wrong: a rule's row, rows of its findings, a language, and how many rows fail it in all."""

Label = Callable[[str], LocalizedText]
"""Names a type of personal information as a reader would."""


@dataclass(frozen=True)
class ExportFile:
    """One file that an export writes: its name within the export's folder, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class RequirementText:
    """One numbered requirement that rules serve, in both languages, and who asks it."""

    number: int
    en: str
    zh: str
    source: str
    asked_in: str


@dataclass(frozen=True)
class SuppliedStatement:
    """A steward's statement that counts for an audit: of which source, about which field, by whom and when."""

    source_id: str
    field: str
    author: str
    stated_at: str

    @property
    def note(self) -> str:
        """What a reader has to know of the field: that the manifest is silent on it, and who is not."""
        return f"{self.field} was stated by {self.author} on {self.stated_at[:10]}, and not by the manifest."


@dataclass(frozen=True)
class AuditedSource:
    """One source: its place among the manifest's, its claims in full, and every evidence row about it."""

    number: int
    claims: Source
    evidence: Row
    content: tuple[Row, ...]
    files: tuple[Row, ...]
    purposes: tuple[Row, ...]
    personal_information: tuple[Row, ...]
    record_licenses: tuple[Row, ...]
    coverage: ReadCounts
    supplements: tuple[SuppliedStatement, ...]

    @property
    def id(self) -> str:
        """The source's identifier."""
        return self.claims.id


@dataclass(frozen=True)
class ExportInputs:
    """One finished audit. Times are the markers', so that exporting again gives the same bytes.

    *closed* has the findings that a decision closes for now, each with its status (vocabulary FindingStatus).
    """

    audit_id: str
    tool_version: str
    manifest: Manifest
    manifest_sha256: str
    parameters: Mapping[str, str | int | float]
    packs: tuple[PackUsed, ...]
    markers: tuple[Marker, ...]
    verdict: Mapping[str, Any]
    rules: pa.Table
    findings: pa.Table
    closed: Mapping[str, str]
    evidence: Mapping[str, pa.Table]
    requirements: tuple[RequirementText, ...]
    describe: Describe
    name_type: Label
    supplements: tuple[SuppliedStatement, ...] = ()
    """What stewards stated where the manifest is silent; *manifest* holds it too."""

    @property
    def detectors_off(self) -> tuple[str, ...]:
        """Entity types that were not looked for: counts of an export that could include them say so."""
        return tuple(filter(None, str(self.parameters.get(DETECTORS_OFF, "")).split(",")))

    @property
    def started_at(self) -> str:
        """When the first stage began (ISO 8601, UTC)."""
        return min(marker.started_at for marker in self.markers)

    @property
    def finished_at(self) -> str:
        """When the last stage ended (ISO 8601, UTC)."""
        return max(marker.finished_at for marker in self.markers)

    @property
    def subject(self) -> dict[str, Any]:
        """The fields of a form that say which dataset it is about, and which audit filled it in."""
        dataset = self.manifest.dataset
        version = "" if dataset.version == NOT_RECORDED else f", version {dataset.version}"
        return {
            "covers": LocalizedText(en=f"Dataset: {dataset.name}{version}"),
            "dataset_id": dataset.id,
            "audit_id": self.audit_id,
            "manifest_sha256": self.manifest_sha256,
            "tool_version": self.tool_version,
            "finished_at": self.finished_at,
        }

    @cached_property
    def dataset(self) -> Row:
        """The evidence row of the dataset."""
        row: Row = self.evidence["dataset"].to_pylist()[0]
        return row

    @cached_property
    def coverage(self) -> ReadCounts:
        """What was read of the whole dataset."""
        return ReadCounts.of(self.rows("coverage"))

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of an evidence table, sorted by its key as it was stored."""
        rows: list[dict[str, Any]] = self.evidence[table].to_pylist()
        return rows

    def supplements_of(self, source_id: str) -> tuple[SuppliedStatement, ...]:
        """Return what stewards stated about a source, or about WHOLE_DATASET."""
        return tuple(one for one in self.supplements if one.source_id == source_id)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The names that people know the sources by, by identifier."""
        return {
            source.id: source.id if source.title == NOT_RECORDED else source.title for source in self.manifest.sources
        }

    @cached_property
    def sources(self) -> tuple[AuditedSource, ...]:
        """Every source in the manifest's order, with the evidence about it."""
        evidence = {row["source_id"]: row for row in self.rows("sources")}
        read = _by_source(self.rows("coverage"))
        content, files, purposes, personal, licenses = (
            _by_source(self.rows(table))
            for table in ("content", "files", "purposes", "personal_information", "record_licenses")
        )
        return tuple(
            AuditedSource(
                number=number,
                claims=source,
                evidence=evidence[source.id],
                content=content.get(source.id, ()),
                files=files.get(source.id, ()),
                purposes=purposes.get(source.id, ()),
                personal_information=personal.get(source.id, ()),
                record_licenses=licenses.get(source.id, ()),
                coverage=ReadCounts.of(read.get(source.id, ())),
                supplements=self.supplements_of(source.id),
            )
            for number, source in enumerate(self.manifest.sources)
        )


def _by_source(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["source_id"]].append(row)
    return {source: tuple(found) for source, found in grouped.items()}
