"""What a record is, and where it went: source, license, consent, opt-outs, copies, audits, bundles and models."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit import schemas
from corpus_audit.evidence import tables
from corpus_audit.pipeline.models_trained import trainings
from corpus_audit.pipeline.tracing.audits import TracedAudit
from corpus_audit.store import AuditFolder
from corpus_audit.store.bundles import bundle_path, superseded_bundles
from corpus_audit.vocabulary import NOT_RECORDED

COPIES_KEPT = 50
"""Copies of one record that are named."""


@dataclass(frozen=True)
class Copy:
    """A copy of a record in the same dataset: verified exact or near when the audit looked for duplicates."""

    record_id: str
    source_id: str
    kind: str


@dataclass(frozen=True)
class Place:
    """One record in one version of a dataset, and what is known of it there.

    ``copies`` is None where the audit has not come so far as to look for them; ``copies_left`` counts those not named.
    ``consent`` has a state for each person that the record names, ``opt_outs`` what its host and the record itself say.
    """

    dataset_id: str
    version: str
    record_id: str
    source_id: str
    file: str
    row: int
    size_bytes: int
    license_declared: str
    license_expression: str
    record_license: str
    consent: Mapping[str, str]
    opt_outs: tuple[str, ...]
    copies: tuple[Copy, ...] | None
    copies_left: int
    audits: tuple[str, ...]
    bundles: tuple[str, ...]
    models: tuple[str, ...]
    """Models that the ledger says were trained on what one of these audits looked at."""
    models_of_others: tuple[str, ...]
    """Models that it says were trained on audits of the dataset that are gone or were not looked through, with these:
    whether the record was among that data is not known."""


class PlaceReader:
    """Says what records are that were found in *searched* audits; what it reads of an audit it reads once."""

    def __init__(self, searched: Iterable[TracedAudit]) -> None:
        self._searched = frozenset(traced.audit_id for traced in searched if traced.is_measured)
        self._sources = cache(_sources)
        self._hosts = cache(_hosts)
        self._consent = cache(_consent)
        self._statements = cache(_statements)
        self._trainings = cache(trainings)

    def places(self, found: Iterable[tuple[TracedAudit, str, Mapping[str, Any]]]) -> list[Place]:
        """Return the places of records, each given with an audit and the folder of its shard, the latest first.

        Audits of the same version of a dataset are one place.
        """
        merged: dict[tuple[str, str, str], list[tuple[TracedAudit, str, Mapping[str, Any]]]] = {}
        for traced, folder, record in found:
            key = traced.dataset_id, traced.version, record["record_id"]
            merged.setdefault(key, []).append((traced, folder, record))
        copies = self._copies(rows[0] for rows in merged.values())
        return [self._place(rows, copies) for rows in merged.values()]

    def _copies(
        self, firsts: Iterable[tuple[TracedAudit, str, Mapping[str, Any]]]
    ) -> dict[tuple[str, str], list[Copy] | None]:
        wanted: dict[str, tuple[AuditFolder, set[str]]] = {}
        for traced, _, record in firsts:
            wanted.setdefault(traced.audit_id, (traced.audit, set()))[1].add(record["record_id"])
        return {
            (audit_id, record_id): copies
            for audit_id, (audit, ids) in wanted.items()
            for record_id, copies in copies_of(audit, ids).items()
        }

    def _place(
        self,
        rows: list[tuple[TracedAudit, str, Mapping[str, Any]]],
        copies: Mapping[tuple[str, str], list[Copy] | None],
    ) -> Place:
        traced, folder, record = rows[0]
        source = self._sources(traced.audit).get(record["source_id"], {})
        named = copies[traced.audit_id, record["record_id"]]
        audits = tuple(dict.fromkeys(other.audit_id for other, _, _ in rows))
        trained = [one for one in self._trainings(traced.audit.store) if one.dataset_id == traced.dataset_id]
        return Place(
            dataset_id=traced.dataset_id,
            version=traced.version,
            record_id=record["record_id"],
            source_id=record["source_id"],
            file=record["file"],
            row=record["row"],
            size_bytes=record["size_bytes"],
            license_declared=source.get("license_declared") or NOT_RECORDED,
            license_expression=source.get("license_expression") or NOT_RECORDED,
            record_license=record["declared_license"] or "",
            consent=self._consent(traced.audit, frozenset(record["subject_ids"] or ())),
            opt_outs=(
                *self._of_host(traced.audit, record),
                *self._statements(traced.audit, folder).get(record["record_id"], ()),
            ),
            copies=None if named is None else tuple(named[:COPIES_KEPT]),
            copies_left=max(0, len(named or ()) - COPIES_KEPT),
            audits=audits,
            bundles=tuple(name for other, _, _ in rows for name in bundles_of(other.audit)),
            models=tuple(sorted({one.model for one in trained if one.audit_id in audits})),
            models_of_others=tuple(
                f"{one.model} ({one.audit_id})" for one in trained if one.audit_id not in self._searched.union(audits)
            ),
        )

    def _of_host(self, audit: AuditFolder, record: Mapping[str, Any]) -> Iterable[str]:
        host = (urlsplit(record["url"]).hostname or "") if record["url"] else ""
        state = self._hosts(audit).get((record["source_id"], host)) if host else None
        return [f"{host}: {state}"] if state else []


def copies_of(audit: AuditFolder, record_ids: Collection[str]) -> dict[str, list[Copy] | None]:
    """Return the other records of each record's cluster, by id; None for all where the audit did not look for them."""
    if audit.marker("deduplicate") is None:
        return dict.fromkeys(record_ids)
    path = audit.table_path("deduplicate", schemas.CLUSTERS)
    own = pq.read_table(
        path, columns=["record_id", "cluster_id"], filters=pc.field("record_id").isin(sorted(record_ids))
    )
    cluster_of = dict(zip(own["record_id"].to_pylist(), own["cluster_id"].to_pylist(), strict=True))
    if not cluster_of:
        return {record_id: [] for record_id in record_ids}
    members = pq.read_table(
        path,
        columns=["record_id", "source_id", "cluster_id", "kind"],
        filters=pc.field("cluster_id").isin(sorted(set(cluster_of.values()))),
    ).sort_by("record_id")
    by_cluster: dict[str, list[Copy]] = {}
    for row in members.to_pylist():
        copy = Copy(row["record_id"], row["source_id"], row["kind"])
        by_cluster.setdefault(row["cluster_id"], []).append(copy)
    return {
        record_id: [copy for copy in by_cluster.get(cluster_of.get(record_id, ""), ()) if copy.record_id != record_id]
        for record_id in record_ids
    }


def bundles_of(audit: AuditFolder) -> list[str]:
    """Return the names of the bundles that were built of an audit in its store, superseded ones too."""
    return [path.name for path in (bundle_path(audit), *superseded_bundles(audit)) if path.is_file()]


def _sources(audit: AuditFolder) -> dict[str, dict[str, Any]]:
    if audit.marker("gather") is None:
        return {}
    names = ["source_id", "license_declared", "license_expression"]
    return {row["source_id"]: row for row in audit.read("gather", tables.SOURCES).select(names).to_pylist()}


def _hosts(audit: AuditFolder) -> dict[tuple[str, str], str]:
    if audit.marker("gather") is None:
        return {}
    rows = audit.read("gather", tables.OPT_OUTS).select(["source_id", "host", "state"]).to_pylist()
    return {(row["source_id"], row["host"]): row["state"] for row in rows}


def _consent(audit: AuditFolder, subjects: Collection[str]) -> dict[str, str]:
    if not subjects:
        return {}
    if audit.marker("gather") is None:
        return dict.fromkeys(subjects, NOT_RECORDED)
    wanted = pc.field("subject_id").isin(sorted(subjects))
    path = audit.table_path("gather", tables.SUBJECTS)
    rows = pq.read_table(path, columns=["subject_id", "state"], filters=wanted).to_pylist()
    return dict.fromkeys(sorted(subjects), NOT_RECORDED) | {row["subject_id"]: row["state"] for row in rows}


def _statements(audit: AuditFolder, folder: str) -> dict[str, list[str]]:
    """Return what the records of a shard state about their own use, by record."""
    found: dict[str, list[str]] = {}
    for row in audit.read(folder, schemas.OPT_OUT_STATEMENTS).to_pylist():
        found.setdefault(row["record_id"], []).append(f"{row['protocol']}: {row['statement']}")
    return found
