"""Detectors of other installed packages, found by entry point, and the full set used by an audit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from corpus_audit.config import DETECTORS_OFF
from corpus_audit.config.parameters import suggest
from corpus_audit.errors import CorpusAuditError, ParameterError
from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.store.identity import InstalledDetector

ENTRY_POINT_GROUP = "corpus_audit.detectors"
"""Each entry point of this group names a Detector."""

_ENTITY_TYPE = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


@dataclass(frozen=True)
class Installed:
    """A detector of another package, and what an audit records of it."""

    about: InstalledDetector
    detector: Detector


@cache
def find_installed() -> tuple[Installed, ...]:
    """Return the detectors of other packages, sorted by entity type and name.

    Raises CorpusAuditError for an entry point that cannot be loaded or names no detector: a check that its user
    counts on must not be missing without a word.
    """
    found = (_load(point) for point in entry_points(group=ENTRY_POINT_GROUP))
    return tuple(sorted(found, key=lambda installed: installed.about))


def installed_detectors() -> tuple[Detector, ...]:
    """Return the detectors of this program and then those of other packages."""
    return DETECTORS + tuple(installed.detector for installed in find_installed())


def detectors_in_use(off: Sequence[str] = ()) -> tuple[Detector, ...]:
    """Return every detector but those of the entity types that are switched off."""
    return tuple(detector for detector in installed_detectors() if detector.entity_type not in off)


def check_switched_off(off: Sequence[str]) -> None:
    """Raise ParameterError for every switched-off type without a detector."""
    known = sorted({detector.entity_type for detector in installed_detectors()})
    problems = [
        f"{DETECTORS_OFF}: no detector looks for {name}: "
        + suggest(name, known, lambda _all: "docs/reference/detectors.md lists the types")
        for name in off
        if name not in known
    ]
    if problems:
        raise ParameterError(problems)


def check_installed(recorded: Sequence[InstalledDetector]) -> None:
    """Raise CorpusAuditError unless the detectors that are installed here are those an audit was begun with."""
    if tuple(found.about for found in find_installed()) != tuple(recorded):
        message = (
            "The detectors of other packages that are installed here are not those that this audit was begun with: "
            "install the same ones for every worker, or start the audit again, it becomes a new one."
        )
        raise CorpusAuditError(message)


def _load(point: EntryPoint) -> Installed:
    distribution, version = (point.dist.name, point.dist.version) if point.dist else ("", "")
    try:
        detector = point.load()
    except Exception as error:
        message = _describe(point, distribution, f"cannot be loaded ({type(error).__name__})")
        raise CorpusAuditError(message) from error
    if not isinstance(detector, Detector) or not _ENTITY_TYPE.fullmatch(detector.entity_type):
        message = _describe(point, distribution, "is no Detector with an entity type in capitals")
        raise CorpusAuditError(message)
    about = InstalledDetector(detector.entity_type, detector.kind.value, point.value, distribution, version)
    return Installed(about, detector)


def _describe(point: EntryPoint, distribution: str, problem: str) -> str:
    owner = f" of the package {distribution}" if distribution else ""
    return f"The detector '{point.name}' ({point.value}){owner} {problem}: mend or uninstall it."
