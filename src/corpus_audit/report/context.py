"""Facts about an audit outside the evidence tables: its author, versions and parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus_audit.store import Marker
from corpus_audit.store.identity import InstalledDetector, PackUsed
from corpus_audit.vocabulary import ParameterOrigin


@dataclass(frozen=True)
class AuditContext:
    """What the caller knows of an audit before its report is built.

    ``entity_types`` names everything the detectors looked for, so that the report can say what they do not.
    ``markers`` are the finished stages' completion markers; their times are left out of the report.
    """

    audit_id: str
    started_at: str
    tool_version: str
    manifest_sha256: str
    parameters: Mapping[str, str | int | float]
    parameter_origins: Mapping[str, ParameterOrigin]
    packs: tuple[PackUsed, ...]
    markers: tuple[Marker, ...]
    entity_types: tuple[str, ...]
    detectors_off: tuple[str, ...] = ()
    installed_detectors: tuple[InstalledDetector, ...] = ()
    supplements: tuple[Mapping[str, Any], ...] = ()
    """Rows of claim_supplements."""
