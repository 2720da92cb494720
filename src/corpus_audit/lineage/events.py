"""The events of one stage run, and of the audit that it starts or ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import uuid4

from corpus_audit.document.gaps import Json, without_gaps
from corpus_audit.lineage.names import AUDIT_JOB, Names, audit_run_id
from corpus_audit.lineage.parents import Parent, parent_from, root_from

MOST_SOURCES = 1_000
"""Sources that an event names at most; of more it names the training dataset as a whole, so that events stay small."""
_STATISTICS = {"input": "InputStatisticsInputDatasetFacet", "output": "OutputStatisticsOutputDatasetFacet"}
_FIRST_STAGE, _LAST_STAGE = "ingest", "report"


@dataclass(frozen=True)
class Stored:
    """What a stage stored under one name: its size, its files, and its rows when it is a table."""

    stage: str
    name: str
    size_bytes: int
    files: int
    rows: int | None


@dataclass(frozen=True)
class SourceDataset:
    """What a stage reads of a source of the training dataset."""

    id: str
    files: int
    size_bytes: int


@dataclass(frozen=True)
class StageIO:
    """What a stage read and wrote."""

    sources: Sequence[SourceDataset] = ()
    read: Sequence[Stored] = ()
    written: Sequence[Stored] = ()


@dataclass(frozen=True)
class StageEvents:
    """Makes the events of one run of a stage."""

    names: Names
    stage: str
    shard: int | None
    run_id: str = field(default_factory=lambda: str(uuid4()))

    def start(self, at: datetime, audit_id: str | None) -> Json:
        """Return the event of its beginning; ingest begins before its audit has an id."""
        return self._event("START", at, audit_id, {})

    def end(
        self, event_type: str, at: datetime, audit_id: str | None, outcome: str, touched: StageIO, error: str | None
    ) -> Json:
        """Return the event of its end; *error* is the name of what stopped it."""
        facets = {}
        if error:
            message = self.names.facet("ErrorMessageRunFacet", message=error, programmingLanguage="python")
            facets["errorMessage"] = message
        inputs = [
            *self._sources(touched.sources),
            *(self._stored(audit_id, "input", stored) for stored in touched.read),
        ]
        outputs = [self._stored(audit_id, "output", stored) for stored in touched.written]
        return self._event(event_type, at, audit_id, {"outcome": outcome}, facets, inputs, outputs)

    def of_audit(self, event_type: str, began: datetime, ended: datetime, audit_id: str) -> Iterator[Json]:
        """Yield what the end of this stage is to its audit: the beginning, the end, a failure, or nothing."""
        facets = {"processing_engine": self.names.engine(), "tags": self.names.tags({"audit_id": audit_id})}
        parent, root = parent_from(), root_from()
        if parent and root:
            facets["parent"] = self._parent(parent, root)
        run, job = {"runId": audit_run_id(audit_id), "facets": facets}, self.names.job(AUDIT_JOB)
        whole = [self.names.dataset(self.names.dataset_id)]
        if self.stage == _FIRST_STAGE:
            yield self.names.run_event("START", began.isoformat(), run, job, whole)
        if event_type != "COMPLETE":
            yield self.names.run_event(event_type, ended.isoformat(), run, job, whole)
        elif self.stage == _LAST_STAGE:
            report = self.names.output(audit_id, _LAST_STAGE, "report.json")
            yield self.names.run_event(event_type, ended.isoformat(), run, job, whole, [report])

    def _event(
        self,
        event_type: str,
        at: datetime,
        audit_id: str | None,
        tags: Mapping[str, str],
        facets: Mapping[str, Json] = MappingProxyType({}),
        inputs: Sequence[Json] = (),
        outputs: Sequence[Json] = (),
    ) -> Json:
        known = {"audit_id": audit_id, "shard": None if self.shard is None else str(self.shard), **tags}
        run = {
            "processing_engine": self.names.engine(),
            "tags": self.names.tags({key: value for key, value in known.items() if value is not None}),
            **facets,
        }
        if audit_id:
            audit = Parent(self.names.namespace, AUDIT_JOB, audit_run_id(audit_id))
            run["parent"] = self._parent(audit, root_from() or audit)
        job = self.names.job(f"{AUDIT_JOB}.{self.stage}")
        return self.names.run_event(
            event_type, at.isoformat(), {"runId": self.run_id, "facets": run}, job, inputs, outputs
        )

    def _parent(self, parent: Parent, root: Parent) -> Json:
        return self.names.facet("ParentRunFacet", **parent.as_dict(), root=root.as_dict())

    def _sources(self, sources: Sequence[SourceDataset]) -> Iterator[Json]:
        if len(sources) > MOST_SOURCES:
            size, files = (sum(sizes) for sizes in zip(*((s.size_bytes, s.files) for s in sources), strict=True))
            yield self.names.dataset(self.names.dataset_id, **self._statistics("input", size, files))
            return
        for source in sources:
            yield self.names.source(source.id, **self._statistics("input", source.size_bytes, source.files))

    def _stored(self, audit_id: str | None, side: str, stored: Stored) -> Json:
        statistics = self._statistics(side, stored.size_bytes, stored.files, stored.rows)
        return self.names.output(str(audit_id), stored.stage, stored.name, **statistics)

    def _statistics(self, side: str, size: int, files: int, rows: int | None = None) -> Json:
        numbers = without_gaps({"rowCount": rows, "size": size, "fileCount": files})
        return {f"{side}Facets": {f"{side}Statistics": self.names.facet(_STATISTICS[side], **numbers)}}
