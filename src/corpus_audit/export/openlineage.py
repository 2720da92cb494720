"""OpenLineage events, one per line, as its file transport writes them.

One event tells how the dataset was assembled, as claimed: sources in, dataset out. Two tell of the audit: it began, it
ended; dataset in, report out. Facets are named with the version of their schema.
"""

import json
from collections.abc import Iterator

from corpus_audit.document.gaps import Json
from corpus_audit.export import groups
from corpus_audit.export.coverage import ReadCounts
from corpus_audit.export.inputs import AuditedSource, ExportFile, ExportInputs
from corpus_audit.export.openlineage_facet import COVERAGE_FACET_NAME, FACET_NAME, coverage_facet, facet_of
from corpus_audit.lineage.names import AUDIT_JOB, Names, audit_run_id
from corpus_audit.vocabulary import NOT_RECORDED, RuleState, Severity

_WEIGHTS = {Severity.CRITICAL: "error", Severity.WARNING: "warn", Severity.INFO: "info"}


def export_openlineage(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the events as one NDJSON file."""
    lines = (json.dumps(event, sort_keys=True, ensure_ascii=False, allow_nan=False) for event in events(inputs))
    return (ExportFile("openlineage.ndjson", "".join(f"{line}\n" for line in lines).encode()),)


def events(inputs: ExportInputs) -> Iterator[Json]:
    """Yield the event of the dataset's assembly, and those of the audit's beginning and end."""
    build = _Events(inputs)
    yield build.assembly()
    yield build.audit("START", inputs.started_at)
    yield build.audit("COMPLETE", inputs.finished_at)


class _Events:
    """Events about one audit, all by the same producer and in the same namespace."""

    def __init__(self, inputs: ExportInputs) -> None:
        self._inputs = inputs
        self._names = Names(inputs.manifest.dataset.id, inputs.tool_version)

    def assembly(self) -> Json:
        sources = [self._source(source) for source in self._inputs.sources]
        return self._names.job_event(self._inputs.started_at, self._names.job("assemble"), sources, [self._dataset()])

    def audit(self, event_type: str, at: str) -> Json:
        is_over = event_type == "COMPLETE"
        return self._names.run_event(
            event_type,
            at,
            {"runId": audit_run_id(self._inputs.audit_id), "facets": self._run_facets(is_over=is_over)},
            self._names.job(AUDIT_JOB),
            [self._dataset() | ({"inputFacets": self._input_facets()} if is_over else {})],
            [self._names.output(self._inputs.audit_id, "report", "report.json")],
        )

    def _run_facets(self, *, is_over: bool) -> Json:
        inputs = self._inputs
        parameters = [{"key": key, "value": str(value)} for key, value in sorted(inputs.parameters.items())]
        tags = {
            "audit_id": inputs.audit_id,
            "manifest_sha256": inputs.manifest_sha256,
            **{f"pack {used.pack} {used.version}": used.sha256 for used in inputs.packs},
            **({"verdict": inputs.verdict["verdict"]} if is_over else {}),
        }
        return {
            "processing_engine": self._names.engine(),
            "executionParameters": self._names.facet("ExecutionParametersRunFacet", parameters=parameters),
            "tags": self._names.tags(tags),
        }

    def _source(self, source: AuditedSource) -> Json:
        claims, evidence = source.claims, source.evidence
        facets = {
            "documentation": self._names.facet("DocumentationDatasetFacet", description=groups.title(source)),
            FACET_NAME: facet_of(source, self._names.producer),
        }
        if claims.origin.url:
            facets["dataSource"] = self._names.facet("DatasourceDatasetFacet", name=source.id, uri=claims.origin.url)
        if claims.collector != NOT_RECORDED:
            facets["ownership"] = self._owners(claims.collector, "COLLECTOR")
        statistics = self._statistics(source.coverage, evidence["records"], size=evidence["size_bytes"])
        return self._names.source(source.id, facets=facets, inputFacets=statistics)

    def _statistics(self, read: ReadCounts, records: int, **more: int) -> Json:
        """Return the facets of how much there is: the rows that were read, beside those that were not."""
        statistics = self._names.facet(
            "InputStatisticsInputDatasetFacet", rowCount=read.rows_read, fileCount=read.files, **more
        )
        coverage = coverage_facet(read, records, self._names.producer)
        return {"inputStatistics": statistics, COVERAGE_FACET_NAME: coverage}

    def _dataset(self) -> Json:
        dataset = self._inputs.manifest.dataset
        facets: Json = {}
        if dataset.description != NOT_RECORDED:
            facets["documentation"] = self._names.facet("DocumentationDatasetFacet", description=dataset.description)
        if dataset.version != NOT_RECORDED:
            facets["version"] = self._names.facet("DatasetVersionDatasetFacet", datasetVersion=dataset.version)
        if dataset.issuer != NOT_RECORDED:
            facets["ownership"] = self._owners(dataset.issuer, "ISSUER")
        return self._names.dataset(dataset.id, facets=facets)

    def _input_facets(self) -> Json:
        """Return figures on the dataset, and each rule that was judged; one that was not is not an assertion."""
        dataset = self._inputs.dataset
        judged = (RuleState.PASSED, RuleState.FAILED)
        assertions = [
            {
                "assertion": row["rule_id"],
                "success": row["state"] == RuleState.PASSED,
                "severity": _WEIGHTS[Severity(row["severity"])],
                "name": row["title"],
            }
            for row in self._inputs.rules.to_pylist()
            if row["state"] in judged
        ]
        statistics = self._statistics(self._inputs.coverage, dataset["records"])
        quality = self._names.facet("DataQualityAssertionsDatasetFacet", assertions=assertions)
        return {**statistics, "dataQualityAssertions": quality}

    def _owners(self, name: str, kind: str) -> Json:
        return self._names.facet("OwnershipDatasetFacet", owners=[{"name": name, "type": kind}])
