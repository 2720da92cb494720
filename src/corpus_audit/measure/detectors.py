"""Every detector there is, in one place; third parties add theirs through the entry point group below."""

from importlib.metadata import entry_points

from corpus_audit.measure.detector import Detector
from corpus_audit.measure.personal_information import email_address

ENTRY_POINT_GROUP = "corpus_audit.detectors"
"""Each entry point of this group names a Detector."""

DETECTORS: tuple[Detector, ...] = (email_address.DETECTOR,)


def installed_detectors() -> tuple[Detector, ...]:
    """Return the detectors of this package and then those of other installed packages, sorted by their names."""
    third_party = sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: (point.name, point.value))
    return DETECTORS + tuple(point.load() for point in third_party)
