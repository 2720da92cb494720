"""Vehicle identification numbers (ISO 3779) beside their label; confirmed by the check digit of North America."""

import re

from corpus_audit.measure.detection.checked_numbers import labelled_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match

_VALUES = {sign: value for value, sign in enumerate("0123456789")} | dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK_PLACE = 8


def _check(value: str) -> Match | None:
    compact = "".join(filter(str.isalnum, value)).upper()
    total = sum(_VALUES[sign] * weight for sign, weight in zip(compact, _WEIGHTS, strict=True))
    if "0123456789X"[total % 11] != compact[_CHECK_PLACE]:
        return None
    return Match(compact.encode(), 0.9, f"{ConfirmedBy.CHECKSUM}+context")


DETECTOR = labelled_detector(
    "VEHICLE_IDENTIFICATION_NUMBER",
    LabelledForm(("VIN",), re.compile(r"[A-HJ-NPR-Z0-9]{17}"), _check, has_letters=True, ends_in_letters=True),
)
