"""The anchor of each evidence row in the page, so that every number can link to its row."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from corpus_audit.report.bounds import (
    LICENSES_SHOWN,
    MODELS_SHOWN,
    OVERLAPS_SHOWN,
    PERSONAL_SHOWN,
    SOURCES_SHOWN,
)
from corpus_audit.report.model import Report


class Anchors:
    """The anchors of one report; a row that its page leaves out is answered with its section's."""

    def __init__(self, report: Report) -> None:
        self._report = report

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The anchor of each source by its id."""
        return _numbered("source", (source.source_id for source in self._report.sources.listed[:SOURCES_SHOWN]))

    @cached_property
    def models(self) -> Mapping[str, str]:
        """The anchor of each model by its id."""
        return _numbered("model", (model.model_id for model in self._report.models.listed[:MODELS_SHOWN]))

    @cached_property
    def licenses(self) -> Mapping[tuple[str, str], str]:
        """The anchor of each group of licenses by expression and state."""
        shares = self._report.licenses.shares.listed[:LICENSES_SHOWN]
        return _numbered("license", ((share.license_expression, share.license_state) for share in shares))

    @cached_property
    def overlaps(self) -> Mapping[tuple[str, str], str]:
        """The anchor of each pair of sources by their ids, either way round."""
        pairs = self._report.overlaps.pairs.listed[:OVERLAPS_SHOWN]
        ways = _numbered("overlap", ((pair.source_a, pair.source_b) for pair in pairs))
        return {**ways, **{(b, a): anchor for (a, b), anchor in ways.items()}}

    @cached_property
    def personal_information(self) -> Mapping[tuple[str, str], str]:
        """The anchor of each entity type in each source."""
        rows = self._report.personal_information.by_source.listed[:PERSONAL_SHOWN]
        return _numbered("personal", ((row.entity_type, row.source_id) for row in rows))


Key = TypeVar("Key")


def _numbered(name: str, keys: Iterable[Key]) -> dict[Key, str]:
    return {key: f"{name}-{number}" for number, key in enumerate(keys, start=1)}
