"""The parent run of an audit, from the environment variables that OpenLineage defines."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from corpus_audit.document.gaps import Json


@dataclass(frozen=True)
class Parent:
    """A run of a job."""

    namespace: str
    job: str
    run_id: str

    def as_dict(self) -> Json:
        """Return it as facets name it."""
        return {"run": {"runId": self.run_id}, "job": {"namespace": self.namespace, "name": self.job}}


def parent_from(environ: Mapping[str, str] = os.environ) -> Parent | None:
    """Return the run that started this program, as ``OPENLINEAGE_PARENT_ID`` names it: namespace/job/run id."""
    return _parse(environ.get("OPENLINEAGE_PARENT_ID", ""))


def root_from(environ: Mapping[str, str] = os.environ) -> Parent | None:
    """Return the run at the top, as ``OPENLINEAGE_ROOT_PARENT_ID`` names it; without that the parent is the top."""
    return _parse(environ.get("OPENLINEAGE_ROOT_PARENT_ID", "")) or parent_from(environ)


def _parse(raw: str) -> Parent | None:
    # A namespace may be an address with slashes of its own.
    parts = raw.rsplit("/", 2)
    return Parent(*parts) if len(parts) == 3 and all(parts) else None
