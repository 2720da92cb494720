"""Names of producer, jobs, datasets and facets in OpenLineage events, the same in exports and at run time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_audit.document.addresses import stable_uuid, urn
from corpus_audit.document.gaps import Json

AUDIT_JOB = "audit"
_SPEC = "https://openlineage.io/spec"
_CORE = f"{_SPEC}/2-0-2/OpenLineage.json#/$defs"
_FACET_VERSIONS: Mapping[str, str] = {
    "DocumentationDatasetFacet": "1-1-0",
    "DatasourceDatasetFacet": "1-0-1",
    "DatasetVersionDatasetFacet": "1-0-1",
    "OwnershipDatasetFacet": "1-0-1",
    "InputStatisticsInputDatasetFacet": "1-0-0",
    "OutputStatisticsOutputDatasetFacet": "1-0-2",
    "DataQualityAssertionsDatasetFacet": "1-1-0",
    "ErrorMessageRunFacet": "1-0-1",
    "ParentRunFacet": "1-2-0",
    "ProcessingEngineRunFacet": "1-1-1",
    "ExecutionParametersRunFacet": "1-0-0",
    "TagsRunFacet": "1-0-0",
    "JobTypeJobFacet": "2-0-4",
}


def audit_run_id(audit_id: str) -> str:
    """Return the run id of an audit: always the same, as an audit that was stopped goes on as itself."""
    return stable_uuid("audit", audit_id)


@dataclass(frozen=True)
class Names:
    """The names in all events about one training dataset, by one version of this program."""

    dataset_id: str
    tool_version: str

    @property
    def producer(self) -> str:
        """The program, as a URI."""
        return urn("tool", self.tool_version)

    @property
    def namespace(self) -> str:
        """The namespace of all jobs and datasets."""
        return f"corpus-audit://{self.dataset_id}"

    def facet(self, schema: str, /, **fields: Any) -> Json:
        """Return a facet of the standard, named with the version of its schema."""
        url = f"{_SPEC}/facets/{_FACET_VERSIONS[schema]}/{schema}.json#/$defs/{schema}"
        return {"_producer": self.producer, "_schemaURL": url, **fields}

    def tags(self, tags: Mapping[str, str]) -> Json:
        """Return the facet that tags a run."""
        rows = [{"key": key, "value": value, "source": "CORPUS_AUDIT"} for key, value in tags.items()]
        return self.facet("TagsRunFacet", tags=rows)

    def engine(self) -> Json:
        """Return the facet that says which program ran."""
        return self.facet("ProcessingEngineRunFacet", name="corpus-audit", version=self.tool_version)

    def job(self, name: str) -> Json:
        """Return a job of this program."""
        facet = self.facet("JobTypeJobFacet", processingType="BATCH", integration="CORPUS_AUDIT", jobType="JOB")
        return {"namespace": self.namespace, "name": name, "facets": {"jobType": facet}}

    def dataset(self, name: str, **facets: Json) -> Json:
        """Return a dataset of the namespace."""
        return {"namespace": self.namespace, "name": name, **facets}

    def source(self, source_id: str, **facets: Json) -> Json:
        """Return a source of the training dataset, as a dataset."""
        return self.dataset(f"sources/{source_id}", **facets)

    def output(self, audit_id: str, stage: str, name: str, **facets: Json) -> Json:
        """Return what a stage of an audit wrote, as a dataset; all shards of a stage write the same ones."""
        return self.dataset(f"{audit_id}/{stage}/{name}", **facets)

    def job_event(self, at: str, job: Json, inputs: Sequence[Json], outputs: Sequence[Json]) -> Json:
        """Return an event about a job, apart from any run."""
        return self._event("JobEvent", at, job, inputs, outputs)

    def run_event(
        self, event_type: str, at: str, run: Json, job: Json, inputs: Sequence[Json] = (), outputs: Sequence[Json] = ()
    ) -> Json:
        """Return an event of a run; *at* is in ISO 8601 with its zone."""
        return self._event("RunEvent", at, job, inputs, outputs) | {"eventType": event_type, "run": run}

    def _event(self, kind: str, at: str, job: Json, inputs: Sequence[Json], outputs: Sequence[Json]) -> Json:
        return {
            "eventTime": at,
            "producer": self.producer,
            "schemaURL": f"{_CORE}/{kind}",
            "job": job,
            "inputs": list(inputs),
            "outputs": list(outputs),
        }
